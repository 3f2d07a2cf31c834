import type { InteractionTest, Surface, SurfaceGrid, SurfaceMethod } from "../spline/types.js";
import { formatP, formatValue } from "../shared/text.js";
import type { Extreme, Extremes } from "./heights.js";
import { cutOffSentence, extremesOf } from "./heights.js";
import type { SurfaceLabels } from "./labels.js";
import type { AxisNames } from "./names.js";
import { shortNames, withNames } from "./names.js";

/** A surface in words: plain text, not yet escaped for any place. */
export interface SurfaceWords extends Extremes {
  /** Line 1 what was found, line 2 where hill and trough are (where there are any), last line how and from how many. */
  readonly title: readonly string[];
  readonly caption: string;
  readonly alt: string;
}

const METHOD_NAMES: Readonly<Record<SurfaceMethod, string>> = {
  pspline: "tensor P-spline (REML)",
  plane: "plane (least squares)",
  "thin-plate": "thin-plate spline",
  constant: "constant",
  exact_bilinear: "bilinear surface, exact",
  curve_1d: "curve: the points lie on one line",
  points_only: "points only, no surface",
  empty: "no data",
};

/** The method in the field's words, as it stands in titles. */
export function methodName(method: SurfaceMethod): string {
  return METHOD_NAMES[method];
}

/** Finding, method, edf, n and p of a surface, for its title, caption and text alternative. */
export function describeSurface(surface: Surface, grid: SurfaceGrid, labels: SurfaceLabels): SurfaceWords {
  const names = shortNames(labels);
  const unit = labels.unit ?? "models";
  const extremes = extremesOf(surface, grid);
  const heights = heightsText(extremes);
  const count = `${surface.n} ${surface.n === 1 ? unit.replace(/s$/, "") : unit}`;
  const how = [
    ...(labels.simulated === true ? ["Simulated"] : []),
    methodName(surface.method),
    ...(surface.edf === null ? [] : [`edf ${surface.edf.toFixed(1)}`]),
    `n = ${count}`,
  ].join(" · ");
  const finding = labels.title ?? findingOf(surface, labels.interaction, names);
  const caption = [
    withNames(surface.note, labels),
    qualitySentence(surface, unit),
    withNames(interactionSentence(labels.interaction), labels),
    cutOffSentence(extremes),
    sourceSentence(labels.simulated),
  ];
  const alt =
    `${names.z} (height) over ${names.x} and ${names.y}: ${heights ?? "no hill and no trough"}. ` +
    `${count}, ${methodName(surface.method)}.${labels.simulated === true ? " Simulated." : ""}`;
  return {
    title: [finding, ...(heights === null ? [] : [heights]), how],
    caption: caption.filter((part) => part !== "").join(" "),
    alt,
    ...extremes,
  };
}

function heightsText({ hill, trough }: Extremes): string | null {
  if (hill === null || trough === null) return null;
  return `hill ${placeText(hill)}, trough ${placeText(trough)}`;
}

function placeText({ x, y, height }: Extreme): string {
  return `${height} at (${formatValue(x)}, ${formatValue(y)})`;
}

function findingOf(
  surface: Surface,
  interaction: InteractionTest | undefined,
  { x, y, z }: AxisNames,
): string {
  if (surface.method === "empty") return `${z} over ${x} and ${y}: no data`;
  if (surface.method === "points_only") return `${z} over ${x} and ${y}: too few points for a surface`;
  if (interaction?.testable === true && interaction.p !== null) {
    return interaction.p < 0.05
      ? `${z}: ${x} and ${y} interact (${formatP(interaction.p)})`
      : `${z}: no sign that ${x} and ${y} interact (${formatP(interaction.p)})`;
  }
  return `${z} over ${x} and ${y}${interaction ? ": interaction not testable" : ""}`;
}

function interactionSentence(interaction: InteractionTest | undefined): string {
  if (interaction === undefined) return "";
  const p =
    interaction.testable && interaction.p !== null
      ? `Interaction: ${formatP(interaction.p)}.`
      : "Interaction: not testable.";
  // The note usually says so itself.
  if (/\bp [=<]|not testable/.test(interaction.note)) return interaction.note;
  return interaction.note === "" ? p : `${p} ${interaction.note}`;
}

function qualitySentence({ r2, looRmse }: Surface, unit: string): string {
  const parts = [
    ...(r2 === null
      ? []
      : [`explains ${(100 * r2).toFixed(0)} % of how the ${unit} differ (R² ${r2.toFixed(2)})`]),
    ...(looRmse === null ? [] : [`misses ${unit} left out by ${formatValue(looRmse)} (leave-one-out error)`]),
  ];
  return parts.length === 0 ? "" : `The fit ${parts.join(" and ")}.`;
}

function sourceSentence(simulated: boolean | undefined): string {
  if (simulated === undefined) return "";
  return simulated ? "Simulated: no real model was asked." : "Real scores, not simulated.";
}
