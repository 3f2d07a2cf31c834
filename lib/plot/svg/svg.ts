import { INK, SOFT_INK } from "../colours.js";
import { escapeXml } from "../../shared/escape.js";
import { FONT, titleHeight, titleLines } from "../title.js";

/** A number as SVG takes it, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

interface TextOptions {
  readonly size?: number;
  readonly colour?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly weight?: "normal" | "bold";
  /** Degrees, clockwise, about the text's own position. */
  readonly rotate?: number;
}

/** One line of text, escaped. `y` is its baseline. */
export function svgText(x: number, y: number, text: string, options: TextOptions = {}): string {
  const { size = 12, colour = SOFT_INK, anchor = "start", weight = "normal", rotate } = options;
  const turn = rotate === undefined ? "" : ` transform="rotate(${px(rotate)} ${px(x)} ${px(y)})"`;
  const at = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  const bold = weight === "bold" ? ' font-weight="600"' : "";
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${colour}"${at}${bold}${turn}>${escapeXml(text)}</text>`;
}

/** A straight line. */
export function svgLine(
  a: readonly [number, number],
  b: readonly [number, number],
  colour: string,
  width = 1,
): string {
  return `<path d="M${px(a[0])} ${px(a[1])}L${px(b[0])} ${px(b[1])}" stroke="${colour}" stroke-width="${width}" fill="none"/>`;
}

/** A title as SVG text from the top left, with the height that it takes. */
export function svgTitle(title: readonly string[]): { readonly svg: string; readonly height: number } {
  const lines = titleLines(title);
  let y = 8;
  const svg = lines.map((line) => {
    y += line.size * 1.35;
    return svgText(12, y, line.text, {
      size: line.size,
      colour: line.isFirst ? INK : SOFT_INK,
      weight: line.isFirst ? "bold" : "normal",
    });
  });
  return { svg: svg.join(""), height: titleHeight(lines) };
}

/**
 * A whole SVG document on white, which scales with its place.
 *
 * @param alt Its text alternative, for readers that do not see it.
 */
export function svgDocument(width: number, height: number, alt: string, body: string): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${px(width)}" height="${px(height)}" viewBox="0 0 ${px(width)} ${px(height)}" ` +
    `role="img" font-family="${FONT}"><title>${escapeXml(alt)}</title>` +
    `<rect width="100%" height="100%" fill="#fff"/>${body}</svg>`
  );
}
