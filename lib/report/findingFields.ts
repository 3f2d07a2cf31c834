import { formatP } from "../shared/text.js";
import { methodName } from "./describeSurface.js";
import { leadersText } from "./leaders.js";
import { trendsText } from "./trends.js";
import type { FacetMean } from "../table/index.js";
import { holmAdjusted } from "../table/index.js";
import type { InteractionTest, Surface } from "../spline/types.js";

/** One surface of a run, with what it stands for. */
export interface NamedSurface {
  readonly x: string;
  readonly y: string;
  readonly z: string;
  readonly surface: Surface;
  readonly interaction: InteractionTest;
}

/** What a run found. */
export interface Findings {
  readonly means: readonly FacetMean[];
  /** From `comparisonNote`: whether any two models can be told apart. */
  readonly comparison: string;
  readonly surfaces: readonly NamedSurface[];
  readonly simulated: boolean;
}

/** The level at which an interaction counts as found. */
const LEVEL = 0.05;

/** What came out, and how sure it is, as named lines: the best models, the comparison, a line a surface. */
export function findingFields(findings: Findings): readonly (readonly [name: string, text: string])[] {
  const { means, comparison, surfaces } = findings;
  const simulated = findings.simulated ? " (simulated)" : "";
  const scores = new Map<string, number[]>();
  for (const { model, score } of means) {
    const own = scores.get(model) ?? [];
    scores.set(model, score === null ? own : [...own, score]);
  }
  const facets = new Set(means.map((row) => row.facet)).size;
  return [
    ["Best", `${leadersText(scores, facets)}${simulated}`],
    ["Apart", comparison],
    ...surfaces.map((one, i) => [`Surface ${i + 1}`, surfaceText(one) + simulated] as const),
    ...(surfaces.length === 0 ? [["Surfaces", "none: no three facets have scores"] as const] : []),
    ...togetherFields(surfaces),
  ];
}

/** What the surface says, whether its facets interact, and how it was had. */
function surfaceText({ x, y, z, surface, interaction }: NamedSurface): string {
  const { method, n, edf, r2 } = surface;
  const says = trendsText(surface, { x, y, z });
  const fit = [
    methodName(method),
    `n = ${n}`,
    ...(edf === null ? [] : [`edf ${edf.toFixed(1)}`]),
    ...(r2 === null ? [] : [`R² ${r2.toFixed(2)}`]),
  ].join(", ");
  const test =
    interaction.p === null
      ? ""
      : `${interaction.p < LEVEL ? "the two interact" : "no sign that the two interact"}, ${formatP(interaction.p)}`;
  const finding = [says, test].filter((part) => part !== "").join("; ");
  return `${z} over ${x} and ${y}: ${finding === "" ? fit : `${finding}. ${sentence(fit)}`}`;
}

/** Several tests find something by chance more often than one does. */
function togetherFields(surfaces: readonly NamedSurface[]): readonly (readonly [string, string])[] {
  const p = surfaces.flatMap(({ interaction }) => (interaction.p === null ? [] : [interaction.p]));
  if (p.length < 2) return [];
  const [alone, corrected] = [p, holmAdjusted(p)].map((values) => clearOnes(values)) as [number, number];
  if (alone === 0) return [["Together", `none of the ${p.length} interactions tested is clear at 5 %`]];
  const have = alone === 1 ? "has" : "have";
  const left = corrected === 0 ? "none does" : corrected === alone ? "still" : String(corrected);
  const finding = `${alone} of ${p.length} interactions tested ${have} p below 5 %`;
  return [["Together", `${finding}; corrected for testing ${p.length} (Holm), ${left}`]];
}

function clearOnes(p: readonly number[]): number {
  return p.filter((value) => value < LEVEL).length;
}

function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
