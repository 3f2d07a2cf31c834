import { abilityCorrelation } from "../spline/index.js";
import { factsOf } from "./columnFacts.js";
import { facetColumns, numberColumn, provenanceOf } from "./frame.js";
import { Z95 } from "./statistics/intervals.js";
import type { AnyFrame } from "./types.js";

/** How two facets go together over the models that have both. A missing number is null. */
export interface FacetCorrelation {
  readonly x: string;
  readonly y: string;
  /** Pearson's r; missing below 3 models or when a facet does not vary. */
  readonly r: number | null;
  /** 95 % interval by Fisher's z; missing below 4 models. */
  readonly low: number | null;
  readonly high: number | null;
  /**
   * Correlation of the abilities behind the scores, freed of the noise of few items; absent where no score tells its
   * items.
   */
  readonly ability?: number;
  /** Models with a score on both. */
  readonly n: number;
  /** There, and true, for simulated models. */
  readonly simulated?: true;
  /** There where a model judged some facets: which, and by whom. */
  readonly judged?: string;
}

/**
 * The correlation of every two facets, the upper triangle of the matrix as rows, each with its number of models.
 * A model that lacks either score is left out of that pair only. High correlations mean that the points of a surface
 * lie along its diagonal and much of the square is empty.
 *
 * @see Fisher 1921, On the "probable error" of a coefficient of correlation, Metron 1, 3-32 (the interval).
 */
export function facetCorrelations(wide: AnyFrame): readonly FacetCorrelation[] {
  const facets = facetColumns(wide).map((name) => ({
    name,
    values: numberColumn(wide, name),
    items: factsOf(wide, name).items ?? null,
  }));
  const { simulated, ...judged } = provenanceOf(wide);
  const source = { ...(simulated ? { simulated } : {}), ...judged };
  return facets.flatMap((x, i) =>
    facets.slice(i + 1).map((y) => ({
      x: x.name,
      y: y.name,
      ...correlate(x.values, y.values),
      ...abilityOf(x, y),
      ...source,
    })),
  );
}

interface FacetScores {
  readonly values: Float64Array;
  /** Items behind each score, NaN where unknown; null where none is known. */
  readonly items: Float64Array | null;
}

const isScore = (value: number): boolean => value >= 0 && value <= 1;

function abilityOf(x: FacetScores, y: FacetScores): { readonly ability?: number } {
  if (x.items === null && y.items === null) return {};
  const both = [...x.values.keys()].filter((i) => isScore(x.values[i]!) && isScore(y.values[i]!));
  const pick = (values: Float64Array | null): Float64Array =>
    Float64Array.from(both, (i) => values?.[i] ?? Number.NaN);
  const r = abilityCorrelation(pick(x.values), pick(y.values), { x: pick(x.items), y: pick(y.items) });
  return Number.isNaN(r) ? {} : { ability: r };
}

function correlate(x: Float64Array, y: Float64Array) {
  const all = Array.from(x, (value, i) => ({ x: value, y: y[i] ?? Number.NaN }));
  const both = all.filter((point) => !Number.isNaN(point.x + point.y));
  const n = both.length;
  const meanX = both.reduce((sum, point) => sum + point.x, 0) / n;
  const meanY = both.reduce((sum, point) => sum + point.y, 0) / n;
  let [xx, yy, xy] = [0, 0, 0];
  for (const point of both) {
    xx += (point.x - meanX) ** 2;
    yy += (point.y - meanY) ** 2;
    xy += (point.x - meanX) * (point.y - meanY);
  }
  // A facet that is constant but for the rounding of its mean does not vary.
  if (n < 3 || xx <= n * 1e-24 || yy <= n * 1e-24) return { r: null, low: null, high: null, n };
  const r = Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
  if (n < 4) return { r, low: null, high: null, n };
  const half = Z95 / Math.sqrt(n - 3);
  return { r, low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half), n };
}
