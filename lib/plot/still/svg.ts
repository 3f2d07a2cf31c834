import { INK, SOFT_INK } from "../figures/colourScale.js";
import { FONT, titleLines } from "../figures/title.js";
import { escapeXml } from "../../shared/escape.js";
import type { StillMarker, StillTrace } from "./spec.js";

/** A place on the picture in px: right, down. */
export type Pixel = readonly [x: number, y: number];

/** A number as SVG takes it, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

interface TextOptions {
  readonly size?: number;
  readonly colour?: string;
  readonly anchor?: "start" | "middle" | "end";
  readonly isBold?: boolean;
  /** Degrees, clockwise, about the text's own position. */
  readonly rotate?: number;
}

/** One line of text, escaped; nothing for no text. `y` is its baseline. */
export function svgText([x, y]: Pixel, text: string, options: TextOptions = {}): string {
  const { size = 12, colour = SOFT_INK, anchor = "start", isBold = false, rotate = 0 } = options;
  if (text === "") return "";
  const turn = rotate === 0 ? "" : ` transform="rotate(${px(rotate)} ${px(x)} ${px(y)})"`;
  const at = anchor === "start" ? "" : ` text-anchor="${anchor}"`;
  const bold = isBold ? ' font-weight="600"' : "";
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" fill="${colour}"${at}${bold}${turn}>${escapeXml(text)}</text>`;
}

/** A path through the places, closed or not. */
export function pathData(places: readonly Pixel[], isClosed = false): string {
  return `M${places.map(([x, y]) => `${px(x)} ${px(y)}`).join("L")}${isClosed ? "z" : ""}`;
}

/** A straight line. */
export function svgLine(a: Pixel, b: Pixel, colour: string, width = 1): string {
  return `<path d="${pathData([a, b])}" stroke="${colour}" stroke-width="${width}" fill="none"/>`;
}

export function svgRect([x, y]: Pixel, width: number, height: number, attributes: string): string {
  return `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" ${attributes}/>`;
}

/** "#rrggbb" or "#rrggbbaa" as the attribute of that name, with its opacity: SVG 1.1 knows no alpha in colours. */
export function paint(attribute: "fill" | "stroke", colour: string): string {
  if (colour.length !== 9) return `${attribute}="${colour}"`;
  const alpha = Number.parseInt(colour.slice(7), 16) / 255;
  return `${attribute}="${colour.slice(0, 7)}" ${attribute}-opacity="${alpha.toFixed(2)}"`;
}

const DASHES: Readonly<Record<string, string>> = { dot: "2 4", dash: "8 4" };

/** How a trace's line is drawn. */
export function strokeOf({
  color = INK,
  width = 2,
  dash = "",
}: NonNullable<StillTrace["line"]> = {}): string {
  const dashes = DASHES[dash] === undefined ? "" : ` stroke-dasharray="${DASHES[dash]}"`;
  return `${paint("stroke", color)} stroke-width="${width}"${dashes}`;
}

/** A trace's point: a dot, or a triangle. */
export function markerOf(marker: StillMarker, index: number, [x, y]: Pixel): string {
  const { color, symbol, line = { color, width: 0 } } = marker;
  const size = typeof marker.size === "number" ? marker.size : marker.size[index]!;
  const style = `fill="${color}" stroke="${line.color}" stroke-width="${line.width}"`;
  if (symbol === undefined) return `<circle cx="${px(x)}" cy="${px(y)}" r="${px(size / 2)}" ${style}/>`;
  const up = symbol === "triangle-up" ? 1 : -1;
  const d = `M${px(x - size / 2)} ${px(y + up * size * 0.35)}h${px(size)}l${px(-size / 2)} ${px(-up * size * 0.85)}z`;
  return `<path d="${d}" ${style}/>`;
}

/**
 * A whole SVG document on white under its title, which scales with its place.
 *
 * @param size In px, with the title: the body has been drawn below it.
 * @param alt Its text alternative, for readers that do not see it.
 */
export function svgDocument(
  size: { readonly width: number; readonly height: number },
  words: { readonly title: readonly string[]; readonly alt: string },
  body: string,
): string {
  const [width, height] = [px(size.width), px(size.height)];
  let y = 8;
  const title = titleLines(words.title).map((line) => {
    y += line.size * 1.35;
    const colour = line.isFirst ? INK : SOFT_INK;
    return svgText([12, y], line.text, { size: line.size, colour, isBold: line.isFirst });
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `role="img" font-family="${FONT}"><title>${escapeXml(words.alt)}</title>` +
    `<rect width="100%" height="100%" fill="#fff"/>${title.join("")}${body}</svg>`
  );
}

const CHARACTERS: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&#36;": "$",
  "&#37;": "%",
};

/** A text as Plotly takes it from our figures (`escapePlotly`) as plain text again: `svgText` escapes it for SVG. */
export function plainText(text: unknown): string {
  return String(text ?? "")
    .replaceAll(/<\/?b>/g, "")
    .replaceAll(/&(?:amp|lt|gt|#36|#37);/g, (entity) => CHARACTERS[entity] ?? entity);
}
