import type { Points } from "../types.js";

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
  // A number less itself is 0; NaN and Infinity are not.
  const isFinite = (i: number): boolean => 0 === x[i]! - x[i]! + y[i]! - y[i]! + z[i]! - z[i]!;
  let n = 0;
  for (let i = 0; i < rows; i++) if (isFinite(i)) n++;
  const kept = { x: new Float64Array(n), y: new Float64Array(n), z: new Float64Array(n) };
  const labels: string[] = [];
  labels.length = n;
  labels.fill("");
  const weights = weight === undefined ? null : new Float64Array(n);
  let at = 0;
  for (let i = 0; i < rows; i++) {
    if (!isFinite(i)) continue;
    kept.x[at] = x[i]!;
    kept.y[at] = y[i]!;
    kept.z[at] = z[i]!;
    if (weights !== null) weights[at] = checkWeight(items === undefined ? "weight" : "items", weight![i]!, i);
    if (items !== undefined && !(z[i]! >= 0 && z[i]! <= 1)) {
      throw new RangeError(
        `fitSurface: z[${i}] = ${z[i]!} is not in [0, 1], as a mean score of items must be.`,
      );
    }
    if (label !== undefined) labels[at] = label[i]!;
    at++;
  }
  const counted = items === undefined ? null : weights!.slice();
  return { n, ...kept, ...scaleWeights(weights), items: counted, label: labels, dropped: rows - n };
}

function checkWeight(name: string, weight: number, row: number): number {
  if (weight > 0 && weight < Infinity) return weight;
  throw new RangeError(
    `fitSurface: ${name}[${row}] = ${weight} is not a positive finite number; leave the point out instead.`,
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
