import { INK, SOFT_INK } from "../figures/colourScale.js";
import { FONT, titleLines } from "../figures/title.js";
import { escapeXml } from "../../shared/escape.js";
import type { StillMarker, StillTrace } from "./spec.js";

/** A place on the picture in px: right, down. */
export type Pixel = readonly [x: number, y: number, ...more: number[]];
type Attributes = Readonly<Record<string, string | number>>;

/** A number as SVG takes it, to a tenth of a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** One element; numbers to a tenth. Neither the attributes nor the content are escaped here. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const parts = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === "number" ? px(value) : value}"`,
  );
  return `<${name}${parts.join("")}${content === "" ? "/>" : `>${content}</${name}>`}`;
}

/** One line of text from its baseline, escaped; nothing for no text. */
export function textAt([x, y]: Pixel, text: string, attributes: Attributes = {}): string {
  if (text === "") return "";
  return element("text", { x, y, "font-size": 12, fill: SOFT_INK, ...attributes }, escapeXml(text));
}

/** The name of an axis, centred, and turned by some degrees about its place. */
export function axisName(at: Pixel, name: string, degrees = 0): string {
  const transform = `rotate(${px(degrees)} ${px(at[0])} ${px(at[1])})`;
  return textAt(at, name, { "font-size": 13, fill: INK, "text-anchor": "middle", transform });
}

/** A path's data through the places, closed or not. */
export function pathData(places: readonly Pixel[], isClosed = false): string {
  return `M${places.map(([x, y]) => `${px(x)} ${px(y)}`).join("L")}${isClosed ? "z" : ""}`;
}

/** A line through the places. */
export function lineThrough(places: readonly Pixel[], stroke: string, width = 1): string {
  return element("path", { d: pathData(places), stroke, "stroke-width": width, fill: "none" });
}

/** "#rrggbb" or "#rrggbbaa" as the colour inside, with its opacity: SVG 1.1 knows no alpha in colours. */
export function fillOf(colour: string): Attributes {
  const [fill, alpha] = [colour.slice(0, 7), colour.slice(7)];
  return alpha === "" ? { fill } : { fill, "fill-opacity": (Number.parseInt(alpha, 16) / 255).toFixed(2) };
}

const DASHES: Readonly<Record<string, string>> = { dot: "2 4", dash: "8 4" };

/** How a trace's line is drawn. */
export function strokeOf({
  color = INK,
  width = 2,
  dash = "",
}: NonNullable<StillTrace["line"]> = {}): Attributes {
  return { fill: "none", stroke: color, "stroke-width": width, "stroke-dasharray": DASHES[dash] ?? "none" };
}

/** A trace's point: a dot, or a triangle. */
export function markerOf(marker: StillMarker, index: number, [x, y]: Pixel): string {
  const { color: fill, symbol, line } = marker;
  const size = typeof marker.size === "number" ? marker.size : marker.size[index]!;
  const style = { fill, stroke: line?.color ?? fill, "stroke-width": line?.width ?? 0 };
  if (symbol === undefined) return element("circle", { cx: x, cy: y, r: size / 2, ...style });
  const up = (symbol === "triangle-up" ? 1 : -1) * size;
  const d = pathData(
    [
      [x - size / 2, y + up * 0.35],
      [x + size / 2, y + up * 0.35],
      [x, y - up * 0.5],
    ],
    true,
  );
  return element("path", { d, ...style });
}

/** A whole SVG document on white under its title, which scales with its place and has its text alternative. */
export function svgDocument(
  width: number,
  height: number,
  words: { readonly title: readonly string[]; readonly alt: string },
  body: string,
): string {
  let y = 8;
  const title = titleLines(words.title).map(({ text, size }) => {
    y += size * 1.35;
    const weight = size === 15 ? { fill: INK, "font-weight": "600" } : {};
    return textAt([12, y], text, { "font-size": size, ...weight });
  });
  const content =
    `<title>${escapeXml(words.alt)}</title><rect width="100%" height="100%" fill="#fff"/>` +
    title.join("") +
    body;
  const viewBox = `0 0 ${px(width)} ${px(height)}`;
  const xmlns = "http://www.w3.org/2000/svg";
  return element("svg", { xmlns, width, height, viewBox, role: "img", "font-family": FONT }, content);
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", "#36": "$", "#37": "%" };

/** A text as Plotly takes it from our figures (`escapePlotly`) as plain text again: `textAt` escapes it for SVG. */
export function plainText(text: string | undefined): string {
  return (text ?? "")
    .replaceAll(/<\/?b>/g, "")
    .replaceAll(/&(amp|lt|gt|#36|#37);/g, (entity, name: string) => CHARACTERS[name] ?? entity);
}
