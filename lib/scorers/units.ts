const PER_HOUR = String.raw`\s*(?:\/|per|an?|p\.?|por|pro|par|in\s+(?:an?|one|each|every)|each|every)\s*(?:hours?|hrs?|h|hora|stunde|heure)\b`;
const PER_SECOND = String.raw`\s*(?:\/|per|a)\s*(?:s|secs?|seconds?)\b`;

/** Units that a question may ask for or an answer confuse, longest readings first. */
const UNITS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["mph", new RegExp(String.raw`^(?:mph\b|m\.p\.h\.|(?:miles?|mi|millas|meilen|milles)\b${PER_HOUR})`, "i")],
  ["km/h", new RegExp(String.raw`^(?:kmh|kph|kmph|(?:km|kilomet(?:er|re)s?)${PER_HOUR})`, "i")],
  ["m/s", new RegExp(String.raw`^(?:mps\b|(?:m|met(?:er|re)s?)${PER_SECOND})`, "i")],
  ["ft/s", new RegExp(String.raw`^(?:fps\b|(?:ft|feet)${PER_SECOND})`, "i")],
  ["knots", /^(?:knots?|kn)\b/i],
  ["miles per minute", /^miles?\s*(?:\/|per|a|each)\s*min/i],
  ["miles", /^(?:miles?|mi)\b/i],
  ["km", /^(?:km|kilomet(?:er|re)s?)\b/i],
  ["hours", /^(?:hours?|hrs?|h)\b/i],
  ["minutes", /^(?:minutes?|mins?)\b/i],
  ["seconds", /^(?:seconds?|secs?)\b/i],
  ["%", /^(?:%|\\%|percent\b|per\s+cent\b)/i],
];

/**
 * The unit written right after a number, past markup and LaTeX such as `40\ \text{mph}`; null when no known unit stands
 * there.
 *
 * @param after The text after the number; a few dozen characters are enough.
 */
export function unitAfter(after: string): string | null {
  const bare = after.slice(0, 60).replace(/^(?:[\s*_`~{}$-]|\\[,;: ]|\\(?:text|mathrm|,|quad)\b)+/, "");
  if (!/^[a-z%\\]/i.test(bare)) return null;
  return UNITS.find(([, pattern]) => pattern.test(bare))?.[0] ?? null;
}

/** Does a number with the unit `found` answer a question for `wanted`? No unit at all does; "miles" for mph is unclear. */
export function unitFits(found: string | null, wanted: string | undefined): "yes" | "no" | "unclear" {
  if (found === null || wanted === undefined || found === wanted) return "yes";
  return wanted === "mph" && found === "miles" ? "unclear" : "no";
}
