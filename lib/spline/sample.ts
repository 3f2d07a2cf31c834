import type { Points } from "./types.js";

/** The rows that a fit uses: finite, with the mean of z taken out. */
export interface Sample {
  readonly n: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Weights with mean 1; null when all are equal. */
  readonly weight: Float64Array | null;
  /** Mean of the weights as given: 1 when there are none. */
  readonly weightScale: number;
  /** Number of items behind each z; null unless given. The weights are then proportional to them. */
  readonly items: Float64Array | null;
  readonly label: readonly string[];
  /** The points are the simulated panel's. */
  readonly simulated: boolean;
  /** Rows left out because x, y or z was not a finite number. */
  readonly dropped: number;
}

/**
 * Checks the points and drops every row whose x, y or z is not finite.
 *
 * @throws RangeError when the arrays differ in length, a used weight or number of items is not a positive finite
 *   number, or a z with items is not in [0, 1].
 */
export function cleanSample(points: Points): Sample {
  const { x, y, z, label, items } = points;
  if (points.weight !== undefined && items !== undefined) {
    throw new RangeError(
      "fitSurface: both weight and items are given; items say how much a point counts. Give one.",
    );
  }
  const weight = points.weight ?? items;
  const rows = z.length;
  for (const [name, array] of Object.entries({ x, y, label, weight: points.weight, items })) {
    if (array !== undefined && array.length !== rows) {
      throw new RangeError(
        `fitSurface: ${name} has ${array.length} entries and z has ${rows}; give one of each per point.`,
      );
    }
  }
  const kept = finiteRows(x, y, z);
  const n = kept === null ? rows : kept.length;
  const columns = { x: pick(x, kept), y: pick(y, kept), z: pick(z, kept) };
  const weights = weight === undefined ? null : pick(weight, kept);
  if (weights !== null) checkWeights(items === undefined ? "weight" : "items", weights, kept);
  if (items !== undefined) checkScores(columns.z, kept);
  const labels = label === undefined ? emptyLabels(n) : pickLabels(label, kept);
  const counted = items === undefined ? null : weights!.slice();
  const simulated = points.simulated === true;
  return {
    n,
    ...columns,
    ...scaleWeights(weights),
    items: counted,
    label: labels,
    simulated,
    dropped: rows - n,
  };
}

/** The rows whose x, y and z are finite numbers; null when all are. */
function finiteRows(x: ArrayLike<number>, y: ArrayLike<number>, z: ArrayLike<number>): Int32Array | null {
  // A number less itself is 0; NaN and Infinity are not.
  const isFinite = (i: number): boolean => 0 === x[i]! - x[i]! + y[i]! - y[i]! + z[i]! - z[i]!;
  let n = 0;
  for (let i = 0; i < z.length; i++) if (isFinite(i)) n++;
  if (n === z.length) return null;
  const kept = new Int32Array(n);
  for (let i = 0, at = 0; i < z.length; i++) if (isFinite(i)) kept[at++] = i;
  return kept;
}

/** A copy of the rows kept. */
function pick(values: ArrayLike<number>, kept: Int32Array | null): Float64Array {
  return kept === null ? new Float64Array(values) : Float64Array.from(kept, (i) => values[i]!);
}

function emptyLabels(n: number): readonly string[] {
  const out: string[] = [];
  out.length = n;
  return out.fill("");
}

function pickLabels(label: readonly string[], kept: Int32Array | null): readonly string[] {
  return kept === null ? [...label] : Array.from(kept, (i) => label[i]!);
}

function checkWeights(name: string, weights: Float64Array, kept: Int32Array | null): void {
  const bad = weights.findIndex((weight) => !(weight > 0 && weight < Infinity));
  if (bad < 0) return;
  throw new RangeError(
    `fitSurface: ${name}[${kept?.[bad] ?? bad}] = ${weights[bad]} is not a positive finite number; leave the point out instead.`,
  );
}

function checkScores(z: Float64Array, kept: Int32Array | null): void {
  const bad = z.findIndex((value) => !(value >= 0 && value <= 1));
  if (bad < 0) return;
  throw new RangeError(
    `fitSurface: z[${kept?.[bad] ?? bad}] = ${z[bad]} is not in [0, 1], as a mean score of items must be.`,
  );
}

/** Weights scaled to mean 1; null when all are equal. */
export function scaleWeights(weights: Float64Array | null): {
  weight: Float64Array | null;
  weightScale: number;
} {
  if (weights === null || weights.length === 0) return { weight: null, weightScale: 1 };
  const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  if (weights.every((w) => w === weights[0])) return { weight: null, weightScale: mean };
  return { weight: weights.map((w) => w / mean), weightScale: mean };
}
