/** Numbers and counts in words, the same in every table, caption and title. */

/** A p-value as readers expect it: never 0, and no more digits than mean something. */
export function formatP(p: number): string {
  if (p < 0.001) return "p < 0.001";
  return `p = ${p < 0.1 ? p.toFixed(3) : p.toFixed(2)}`;
}

/** Two decimals for scores and what a surface makes of them, four significant figures for anything large. */
export function formatValue(value: number): string {
  if (!Number.isFinite(value)) return "–";
  const shown = Math.abs(value) < 10 ? value.toFixed(2) : String(Number(value.toPrecision(4)));
  return (shown.startsWith("-") && Number(shown) === 0 ? shown.slice(1) : shown).replace("-", "−");
}

/** "1 model", "24 models". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n} ${n === 1 ? noun : plural}`;
}

/** Up to 60 small Latin letters, digits and hyphens of a text, for the name of a file on any system; "" where it has none. */
export function slug(text: string): string {
  const words = text
    .normalize("NFKD")
    .toLowerCase()
    .match(/[a-z0-9]+/g);
  return (words ?? []).join("-").slice(0, 60).replace(/-$/, "");
}

/** "a, b and 3 more": the first names, and how many more there are. */
export function listed(names: Iterable<string>, most: number): string {
  const all = [...names];
  const more = all.length > most ? ` and ${all.length - most} more` : "";
  return all.slice(0, most).join(", ") + more;
}
