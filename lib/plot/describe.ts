import type { InteractionTest, Surface, SurfaceGrid, SurfaceMethod } from "../types.js";
import { shortText } from "./escape/index.js";
import type { SurfaceLabels } from "./labels.js";

/** A surface in words: plain text, not yet escaped for any place. */
export interface SurfaceWords {
  /** Line 1 what was found, line 2 where hill and trough are (where there are any), last line how and from how many. */
  readonly title: readonly string[];
  readonly caption: string;
  readonly alt: string;
  /** Highest and lowest place of the surface; null where there is no surface or it is flat. */
  readonly hill: Place | null;
  readonly trough: Place | null;
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly z: number;
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

/** Finding, method, edf, n and p of a surface, for its title, caption and text alternative. */
export function describeSurface(surface: Surface, grid: SurfaceGrid, labels: SurfaceLabels): SurfaceWords {
  const [x, y, z] = [labels.x, labels.y, labels.z].map((name) => shortText(name, 32)) as [
    string,
    string,
    string,
  ];
  const unit = labels.unit ?? "models";
  const { hill, trough } = extremes(grid);
  const at = (place: Place): string => `(${formatValue(place.x)}, ${formatValue(place.y)})`;
  const heights =
    hill && trough
      ? `hill ${formatValue(hill.z)} at ${at(hill)}, trough ${formatValue(trough.z)} at ${at(trough)}`
      : null;
  const count = `${surface.n} ${surface.n === 1 ? unit.replace(/s$/, "") : unit}`;
  const how = [
    ...(labels.simulated === true ? ["Simulated"] : []),
    methodName(surface.method),
    ...(surface.edf === null ? [] : [`edf ${surface.edf.toFixed(1)}`]),
    `n = ${count}`,
  ].join(" · ");
  const finding = labels.title ?? findingOf(surface, labels.interaction, { x, y, z });
  const title = [finding, ...(heights === null ? [] : [heights]), how];
  const source =
    labels.simulated === true
      ? "Simulated: no real model was asked."
      : labels.simulated === false
        ? "Real scores, not simulated."
        : "";
  const caption = [
    surface.note,
    `${sentence(methodName(surface.method))}, n = ${count}${surface.edf === null ? "" : `, edf ${surface.edf.toFixed(1)}`}${fitQuality(surface)}.`,
    interactionSentence(labels.interaction),
    source,
  ]
    .filter((part) => part !== "")
    .join(" ");
  const alt =
    `${z} (height) over ${x} and ${y}: ${heights ?? (hill === null ? "no hill and no trough" : "")}. ` +
    `${count}, ${methodName(surface.method)}.${labels.simulated === true ? " Simulated." : ""}`;
  return { title, caption, alt, hill, trough };
}

function findingOf(
  surface: Surface,
  interaction: InteractionTest | undefined,
  names: { readonly x: string; readonly y: string; readonly z: string },
): string {
  const { x, y, z } = names;
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
  // The note usually names p itself.
  if (/\bp [=<]/.test(interaction.note)) return interaction.note;
  return interaction.note === "" ? p : `${p} ${interaction.note}`;
}

function fitQuality(surface: Surface): string {
  const r2 = surface.r2 === null ? "" : `, R² ${surface.r2.toFixed(2)}`;
  return surface.looRmse === null ? r2 : `${r2}, leave-one-out error ${formatValue(surface.looRmse)}`;
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function extremes(grid: SurfaceGrid): { readonly hill: Place | null; readonly trough: Place | null } {
  let hill: Place | null = null;
  let trough: Place | null = null;
  for (let ix = 0; ix < grid.x.length; ix++) {
    for (let iy = 0; iy < grid.y.length; iy++) {
      const z = grid.z[ix * grid.y.length + iy] ?? NaN;
      if (!Number.isFinite(z)) continue;
      const place = { x: grid.x[ix] ?? NaN, y: grid.y[iy] ?? NaN, z };
      if (hill === null || z > hill.z) hill = place;
      if (trough === null || z < trough.z) trough = place;
    }
  }
  const isFlat = hill === null || trough === null || hill.z - trough.z < 1e-9 * (1 + Math.abs(hill.z));
  return isFlat ? { hill: null, trough: null } : { hill, trough };
}
