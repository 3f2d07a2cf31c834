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
