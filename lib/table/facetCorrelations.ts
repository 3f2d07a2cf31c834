import { columnsOf, facetColumns, isSimulatedFrame, makeFrame, numberColumn } from "./frame.js";
import type { Column } from "./frame.js";
import { Z95 } from "./intervals.js";
import type { AnyFrame, Frame } from "./types.js";

/** How two facets go together over the models that have both. As a record, a missing number is null. */
export interface FacetCorrelation {
  readonly x: string;
  readonly y: string;
  /** Pearson's r; missing below 3 models or when a facet does not vary. */
  readonly r: number | null;
  /** 95 % interval by Fisher's z; missing below 4 models. */
  readonly low: number | null;
  readonly high: number | null;
  /** Models with a score on both. */
  readonly n: number;
  /** There, and true, for simulated models. */
  readonly simulated?: true;
}

/**
 * The correlation of every two facets, the upper triangle of the matrix as rows, each with its number of models.
 * A model that lacks either score is left out of that pair only. High correlations mean that the points of a surface
 * lie along its diagonal and much of the square is empty.
 *
 * @see Fisher 1921, On the "probable error" of a coefficient of correlation, Metron 1, 3-32 (the interval).
 */
export function facetCorrelations(wide: AnyFrame): Frame<FacetCorrelation> {
  const facets = facetColumns(wide).map((name) => ({ name, values: numberColumn(wide, name) }));
  const pairs = facets.flatMap((x, i) =>
    facets.slice(i + 1).map((y) => {
      const { r, low, high, n } = correlate(x.values, y.values);
      return [x.name, y.name, r, low, high, n];
    }),
  );
  return makeFrame<FacetCorrelation>(COLUMNS, pairs, { simulated: isSimulatedFrame(wide) });
}

const COLUMNS: readonly Column[] = [
  ...columnsOf("string", "x", "y"),
  ...columnsOf("float32", "r", "low", "high"),
  ...columnsOf("int32", "n"),
];

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
  const varies = xx > n * 1e-24 && yy > n * 1e-24;
  const r = n >= 3 && varies ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : Number.NaN;
  const half = n >= 4 ? Z95 / Math.sqrt(n - 3) : Number.NaN;
  return { r, low: Math.tanh(Math.atanh(r) - half), high: Math.tanh(Math.atanh(r) + half), n };
}
