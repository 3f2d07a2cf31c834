/** Text from outside, made safe for the place where it is shown: one function a place. */

/**
 * Characters that a reader cannot see, or that reorder what is seen: controls, bidi controls, zero-width and
 * other ignorable characters, line separators, halves of surrogate pairs, noncharacters.
 */
const UNSEEN =
  /[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u2028\u2029]/gu;

/** Joiners and variation selectors belong to ordinary writing: emoji, Persian, Indic scripts. */
const ORDINARY = /^(?:\u200C|\u200D|\p{Variation_Selector}|\t|\n)$/u;

/**
 * The text with every unseen character written out, so that what is shown is what is there.
 *
 * A C0 control becomes its picture (ESC → ␛), any other unseen character its code in brackets ([U+202E]), and what
 * is no character at all U+FFFD. Tabs and newlines stay; CR LF becomes one newline. Well-formed in XML 1.0.
 */
export function visibleText(text: string): string {
  return text.replaceAll("\r\n", "\n").replace(UNSEEN, (character) => {
    if (ORDINARY.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return "\u2421";
    const isNoCharacter = (code >= 0xd800 && code <= 0xdfff) || (code & 0xfffe) === 0xfffe;
    if (isNoCharacter || (code >= 0xfdd0 && code <= 0xfdef)) return "\uFFFD";
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/**
 * The same on one line and no longer than `length` characters, for labels: white space is one blank, and a cut
 * text ends in "…".
 */
export function shortText(text: string, length: number): string {
  // Four times the length holds any run of surrogate pairs and blanks worth keeping; a 1 MB name stays cheap.
  const line = visibleText(text.slice(0, 4 * length + 64))
    .replaceAll(/\s+/gu, " ")
    .trim();
  const characters = Array.from(line);
  const isCut = characters.length > length || text.length > 4 * length + 64;
  return isCut ? `${characters.slice(0, length - 1).join("")}…` : line;
}

/**
 * A name on one line and no longer than `length` characters, cut in the middle: models of one family differ at
 * their ends ("…-high", "…-low").
 */
export function shortName(text: string, length: number): string {
  const characters = Array.from(shortText(text, 4 * length));
  if (characters.length <= length) return characters.join("");
  const tail = Math.floor((length - 1) * 0.4);
  return `${characters.slice(0, length - 1 - tail).join("")}…${characters.slice(-tail).join("")}`;
}

const HTML_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/**
 * Outside text as HTML text, or inside a quoted attribute. Not for a script, a style, a URL or an event handler:
 * nothing from outside is ever put there.
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replaceAll(/[&<>"'`]/g, (character) => HTML_ENTITIES[character] ?? character);
}

const XML_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Outside text as XML (SVG) text or attribute. `visibleText` leaves only characters that XML 1.0 allows. */
export function escapeXml(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/g, (character) => XML_ENTITIES[character] ?? character);
}

/**
 * `<` opens Plotly's pseudo-HTML (links among it), `&` an entity, `$…$` is set by MathJax where a page has it, and
 * `%{…}` is filled in by a hover template.
 */
const PLOTLY_ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  $: "&#36;",
  "%": "&#37;",
};

/** Outside text for any text that Plotly draws: titles, ticks, hover labels, annotations. One line, cut to `length`. */
export function escapePlotly(text: string, length = 60): string {
  return shortText(text, length).replaceAll(
    /[&<>$%]/g,
    (character) => PLOTLY_ENTITIES[character] ?? character,
  );
}

/** What a spreadsheet takes for a formula, at a cell's beginning; numbers are none. Such a cell gets a "'" in front. */
export const FORMULA = /^(?!-?\d+(?:\.\d+)?(?:e[-+]?\d+)?$)\s*[=+\-@\t\r\n]/i;

/** A line separator ends a string literal in older JavaScript; the others end or reopen the script element. */
const UNSAFE = /[<>&\u2028\u2029]/g;

/**
 * A plain value as JSON that is also safe inside an HTML `<script>`: no `<`, `>` or `&` is left as such, so neither
 * `</script>` nor `<!--` can occur. Lone surrogates are escaped by JSON.stringify itself.
 *
 * @throws TypeError when the value is undefined, a function or a symbol: there is no JSON for it.
 */
export function jsonForScript(value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined)
    throw new TypeError(`jsonForScript: a ${typeof value} has no JSON; give plain data.`);
  return json.replaceAll(UNSAFE, (c) => `\\u${(c.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`);
}

/**
 * Outside text for a terminal: no control sequence survives (ESC and the C1 controls are written out), and neither
 * does a line break or tab, which would let one message pass for several.
 */
export function escapeTerminal(text: string): string {
  return visibleText(text).replaceAll("\n", "⏎").replaceAll("\t", " ");
}

/** A regular expression that matches the text as it stands, with the flag u and without. */
export const escapeRegExp = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
