/** The font of every figure and picture: whatever sans-serif the reader's system has. */
export const FONT = "system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/** One line of a title, already wrapped to fit. The first stands out at 15 px, the others follow at 12 px. */
export interface TitleLine {
  readonly text: string;
  readonly size: 15 | 12;
}

/**
 * A title's lines wrapped so that they fit a figure of 520 px, the narrowest that a notebook shows beside its
 * file browser.
 */
export function titleLines(title: readonly string[]): readonly TitleLine[] {
  return title.flatMap((text, i) => {
    const [size, width] = i === 0 ? ([15, 58] as const) : ([12, 76] as const);
    return wrapLines(text, width).map((line) => ({ text: line, size }));
  });
}

/** Height in px that the title takes above the picture. */
export function titleHeight(title: readonly string[]): number {
  return Math.round(14 + titleLines(title).reduce((sum, line) => sum + line.size * 1.35, 0));
}

/** Lines no longer than `width` characters, broken at blanks, but not around "=" and "<": a p-value stays whole. */
function wrapLines(text: string, width: number): readonly string[] {
  const glued = text.replaceAll(/ (?=[=<])|(?<=[=<]) /g, "\u00A0");
  const lines = glued.match(new RegExp(`[^ ][^]{0,${width - 1}}(?= |$)|[^ ]+`, "g")) ?? [""];
  return lines.map((line) => line.replaceAll("\u00A0", " "));
}
