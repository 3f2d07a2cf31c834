import { shortText } from "../shared/escape.js";
import { count, formatP, formatValue } from "../shared/text.js";
import type { Surface, SurfaceGrid, SurfaceMethod } from "../spline/types.js";
import { areScores, extremesOf, type Extreme, type Extremes } from "./extremes.js";
import { interactionVerdict } from "./verdicts.js";

/** What x, y and z stand for: facets, in a reader's words. */
export interface AxisNames {
  readonly x: string;
  readonly y: string;
  /** What the surface's height is: a facet or a composite. */
  readonly z: string;
}

/** What the axes of a surface are called, and what is known about it beyond the fit. */
export interface SurfaceLabels extends AxisNames {
  /** The finding in the title's first line. Default: what the interaction test and the surface say. */
  readonly title?: string;
}

/** A surface in words: plain text, not yet escaped for any place. */
export interface SurfaceWords extends Extremes {
  /** Line 1 what was found, line 2 where hill and trough are (where there are any), last line how and from how many. */
  readonly title: readonly string[];
  readonly caption: string;
  readonly alt: string;
}

/**
 * Finding, method, edf, n and p of a surface, for its title, caption and text alternative. Simulated surfaces are
 * called so in all three.
 *
 * @param grid The surface as it is drawn: hill and trough are its highest and lowest node.
 */
export function surfaceCaption(surface: Surface, grid: SurfaceGrid, labels: SurfaceLabels): SurfaceWords {
  const { x, y, z } = shortNames(labels);
  const { simulated } = surface;
  const extremes = extremesOf(surface, grid);
  const { hill, trough } = extremes;
  const heights =
    hill === null || trough === null ? null : `hill ${placeText(hill)}, trough ${placeText(trough)}`;
  const how = [...(simulated ? ["Simulated"] : []), ...fitParts(surface)].join(" · ");
  const caption = [
    withNames(surface.note, labels),
    bandSentence(surface),
    qualitySentence(surface),
    withNames(interactionSentence(surface), labels),
    cutOffSentence(extremes),
    simulated ? "Simulated: no real model was asked." : "Real scores, not simulated.",
    surface.judged ? `Note: ${surface.judged}.` : "",
  ];
  const alt =
    `${z} (height) over ${x} and ${y}: ${heights ?? "no hill and no trough"}. ` +
    `${count(surface.n, "model")}, ${METHOD_NAMES[surface.method]}.${simulated ? " Simulated." : ""}`;
  return {
    title: [labels.title ?? findingOf(surface, labels), ...(heights === null ? [] : [heights]), how],
    caption: caption.filter((part) => part !== "").join(" "),
    alt,
    ...extremes,
  };
}

/** The names on one line each, cut to 32 characters. */
export function shortNames({ x, y, z }: AxisNames): AxisNames {
  return { x: shortText(x, 32), y: shortText(y, 32), z: shortText(z, 32) };
}

/**
 * A note of the fit with the facets' names where it says x, y and z: the fit knows nothing of facets. Letters inside
 * words, formulas ("dxy") and quoted names of models stay, and so does an "x" that a name brings along.
 */
export function withNames(note: string, names: AxisNames): string {
  const short = shortNames(names);
  return note.replaceAll(/"[^"]*"|\b[xyz]\b/g, (found) => short[found as keyof AxisNames] ?? found);
}

/** The name of one point where the data give none. */
export function pointName(label: string | undefined, index: number): string {
  return label !== undefined && label.trim() !== "" ? label : `point ${index + 1}`;
}

/** How a surface was had, in a line's parts: the method in the field's words, its edf, and from how many models. */
export function fitParts({ method, scale, edf, n, families }: Surface): readonly string[] {
  const freedom = edf === null ? [] : [`edf ${edf.toFixed(1)}`];
  const over = scale === "ability" ? " over abilities" : "";
  const of = families === null ? "" : ` of ${count(families, "family", "families")}`;
  return [`${METHOD_NAMES[method]}${over}`, ...freedom, `n = ${count(n, "model")}${of}`];
}

const METHOD_NAMES: Readonly<Record<SurfaceMethod, string>> = {
  pspline: "tensor P-spline (REML)",
  posterior: "Bayesian tensor spline",
  law: "a law",
  plane: "plane (least squares)",
  "thin-plate": "thin-plate spline",
  constant: "constant",
  exact_bilinear: "bilinear surface, exact",
  curve_1d: "curve: the points lie on one line",
  points_only: "points only, no surface",
  empty: "no data",
};

/** "0.71 at (0.90, 0.62)". */
function placeText({ x, y, height }: Extreme): string {
  return `${height} at (${formatValue(x)}, ${formatValue(y)})`;
}

/** What was found, in one line: the interaction where there is a test of it, else what is shown. */
function findingOf({ method, interaction }: Surface, labels: SurfaceLabels): string {
  const { x, y, z } = shortNames(labels);
  if (method === "empty") return `${z} over ${x} and ${y}: no data`;
  if (method === "points_only") return `${z} over ${x} and ${y}: too few points for a surface`;
  if (method === "law") return `${z} over ${x} and ${y}`;
  const verdict = interactionVerdict(interaction, `${x} and ${y}`);
  return verdict ? `${z}: ${verdict}` : `${z} over ${x} and ${y}: interaction not testable`;
}

/** The test's note, behind its p where the note does not tell it. */
function interactionSentence({ method, interaction }: Surface): string {
  if (method === "law" || method === "points_only" || method === "empty") return "";
  const { testable, p, note } = interaction;
  if (/\bp [=<]|not testable/.test(note)) return note;
  const result = testable && p !== null ? formatP(p) : "not testable";
  return `Interaction: ${result}. ${note}`.trim();
}

/** How well the fit foretells a model that it has not seen, beside how well it describes those it has. */
function qualitySentence({ r2, r2LeftOut, looRmse }: Surface): string {
  if (looRmse === null) return "";
  const misses = `misses models left out by ${formatValue(looRmse)} (leave-one-out error)`;
  if (r2LeftOut === null) return `The fit ${misses}.`;
  const seen = r2 === null ? "" : `; ${formatValue(r2)} of the models that it was fitted to`;
  const crossed = `(cross-validated R² ${formatValue(r2LeftOut)}${seen})`;
  return r2LeftOut > 0
    ? `The fit foretells ${(100 * r2LeftOut).toFixed(0)} % of how models left out differ ${crossed} and ${misses}.`
    : `The fit foretells models left out no better than their mean does ${crossed}; it ${misses}.`;
}

/** Wider on average than this, half the range of scores, a band leaves nearly every shape open. */
const LITTLE_KNOWN = 0.25;

/** Half the width of the 95 % band where the models are, on average; NaN without a band. */
export function halfBand(surface: Surface): number {
  const { low, high } = surface.predict(surface.points.x, surface.points.y);
  const widths = Array.from(high, (value, i) => (value - low[i]!) / 2).filter(Number.isFinite);
  return widths.reduce((sum, width) => sum + width / widths.length, widths.length === 0 ? NaN : 0);
}

/** How wide the band is, and that it leaves the shape open where it does. */
export function bandSentence(surface: Surface, half = halfBand(surface)): string {
  if (Number.isNaN(half)) return "";
  const open =
    areScores(surface.points.z) && half > LITTLE_KNOWN ? ": so few answers leave its shape open" : "";
  return `At the models the surface is known to ± ${formatValue(half)} on average (95 %)${open}.`;
}

/** That a drawing is cut off where a fit leaves the range of scores, and how far it goes; "" where it does not. */
function cutOffSentence({ hill, trough }: Extremes): string {
  const parts: string[] = [];
  if (hill?.height === "above 1") parts.push(`rises above 1 (to ${formatValue(hill.z)})`);
  if (trough?.height === "below 0") parts.push(`falls below 0 (to ${formatValue(trough.z)})`);
  if (parts.length === 0) return "";
  return `In places the fit ${parts.join(" and ")}, where no score can be: the drawing is cut off there.`;
}
