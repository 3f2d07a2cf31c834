import type { Range } from "../axes.js";
import { CATEGORIES, SOFT_INK } from "../colours.js";
import type { EffectsPanel } from "../effectsPanel.js";
import { SLICE_STYLES } from "../effectsPanel.js";
import type { Slice } from "../../report/index.js";
import { heldText } from "../../report/index.js";
import { shortText } from "../../shared/escape.js";
import { panelAxes } from "./panel.js";
import { px, svgDocument, svgText, svgTitle } from "./svg.js";

/** What the picture of the marginal effects is made of; values in data units. */
export interface EffectsPicture {
  readonly title: readonly string[];
  readonly alt: string;
  readonly z: string;
  readonly range: Range;
  readonly panels: readonly EffectsPanel[];
  /** Half-width of the band in standard errors. */
  readonly width: number;
}

const WIDTH = 720;
const SIDE = 280;
const DASHES: Readonly<Record<string, string>> = {
  dot: "2 4",
  solid: "none",
  dash: "8 4",
};

/** Two panels of lines, the middle line with its band. */
export function drawEffects(picture: EffectsPicture): string {
  const title = svgTitle(picture.title);
  const parts = picture.panels.flatMap((panel, i) => {
    const place = { left: 70 + i * (SIDE + 70), top: title.height + 10, width: SIDE, height: SIDE - 20 };
    const axes = panelAxes(
      { ...place, x: panel.range, y: picture.range },
      { x: panel.name, y: i === 0 ? picture.z : null },
    );
    const clip = `fb-clip-${i}`;
    return [
      `<clipPath id="${clip}"><rect x="${place.left}" y="${px(place.top)}" width="${place.width}" height="${place.height}"/></clipPath>`,
      axes.grid,
      `<g clip-path="url(#${clip})">`,
      band(panel, picture.width, axes.at),
      ...panel.slices.map((slice) => {
        const points = slice.at.map((value, j) => axes.at(value, slice.z[j] ?? NaN));
        return `<path d="${path(points)}" fill="none" ${strokeOf(slice)}/>`;
      }),
      "</g>",
      axes.frame,
      legend(panel, place.left, place.top + place.height + 62),
    ];
  });
  return svgDocument(WIDTH, title.height + SIDE + 70, picture.alt, title.svg + parts.join(""));
}

type At = (x: number, y: number) => readonly [number, number];

function path(points: readonly (readonly [number, number])[]): string {
  return `M${points.map(([x, y]) => `${px(x)} ${px(y)}`).join("L")}`;
}

function strokeOf({ level }: Slice): string {
  const { colour, dash } = SLICE_STYLES[level];
  return `stroke="${colour}" stroke-width="2.4" stroke-dasharray="${DASHES[dash] ?? "none"}"`;
}

function band(panel: EffectsPanel, width: number, at: At): string {
  const middle = panel.slices.find((slice) => slice.level === "median");
  if (middle === undefined || middle.se.some((se) => se === null)) return "";
  const edge = (sign: 1 | -1): readonly (readonly [number, number])[] =>
    middle.at.map((value, i) => at(value, (middle.z[i] ?? NaN) + sign * width * (middle.se[i] ?? 0)));
  return `<path d="${path([...edge(1), ...edge(-1).toReversed()])}z" fill="${CATEGORIES[0]}" fill-opacity=".16"/>`;
}

function legend(panel: EffectsPanel, left: number, y: number): string {
  const parts = [svgText(left, y, `${shortText(panel.other, 18)} at`, { size: 12 })];
  panel.slices.forEach((slice, k) => {
    const x = left + 128 + k * 54;
    parts.push(
      `<path d="M${px(x)} ${px(y - 4)}h18" ${strokeOf(slice)}/>`,
      svgText(x + 22, y, heldText(slice), { size: 12, colour: SOFT_INK }),
    );
  });
  return parts.join("");
}
