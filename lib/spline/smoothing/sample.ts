import { type Domain, type Range, rangeOf, toUnit } from "../basis/axis.js";
import { reflectionsOf } from "../linear/householder.js";
import { lazy } from "../linear/lazy.js";
import type { Points } from "../types.js";

/** The rows that a fit uses: those whose x, y and z are finite. */
export interface Sample {
  readonly n: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly z: Float64Array;
  /** Weights with mean 1; null when all are equal. */
  readonly weight: Float64Array | null;
  /** Mean of the weights as given: 1 when there are none. */
  readonly weightScale: number;
  /** Number of items behind each score, Infinity where unknown; null unless some are given. */
  readonly items: { readonly x: Float64Array; readonly y: Float64Array; readonly z: Float64Array } | null;
  /** Number of each point's family, from 0; null where no two points share one. */
  readonly family: Int32Array | null;
  /** Names of the points; made when first asked for. */
  label(): readonly string[];
  /** The axes that z was computed from. */
  readonly contains: readonly ("x" | "y")[];
  /** The points are the simulated panel's. */
  readonly simulated: boolean;
  /** Rows left out because x, y or z was not a finite number. */
  readonly dropped: number;
}

/**
 * Checks the points and drops every row whose x, y or z is not finite.
 *
 * @throws RangeError when the arrays differ in length, a used weight or number of items is not positive, or a score
 *   with items is not in [0, 1].
 */
export function cleanSample(points: Points): Sample {
  const { x, y, z, label, weight, items, family } = points;
  if (weight !== undefined && items !== undefined) {
    throw new RangeError(
      `fitSurface: both weight (${weight.length} entries) and items are given; items say how much a point ` +
        "counts. Give one.",
    );
  }
  const rows = z.length;
  const named = {
    x,
    y,
    label,
    weight,
    family,
    "items.x": items?.x,
    "items.y": items?.y,
    "items.z": items?.z,
  };
  for (const [name, array] of Object.entries(named)) {
    if (array !== undefined && array.length !== rows) {
      throw new RangeError(
        `fitSurface: ${name} has ${array.length} entries and z has ${rows}; give one of each per point.`,
      );
    }
  }
  const kept = finiteRows(x, y, z);
  const weights = weight === undefined ? null : pick(weight, kept);
  if (weights !== null)
    check(
      "weight",
      weights,
      kept,
      isPositive,
      "is not a positive finite number; leave the point out instead",
    );
  const scores = { x: pick(x, kept), y: pick(y, kept), z: pick(z, kept) };
  return {
    n: kept.length,
    ...scores,
    ...scaleWeights(weights),
    items: itemsOf(items, scores, kept),
    family: familiesOf(family, kept),
    label: lazy(() => Array.from(kept, (i) => label?.[i] ?? "")),
    contains: points.contains ?? [],
    simulated: points.simulated === true,
    dropped: rows - kept.length,
  };
}

const AXES = ["x", "y", "z"] as const;

/** Items behind the scores of each axis; null where none is known. */
function itemsOf(
  items: Points["items"],
  scores: Readonly<Record<(typeof AXES)[number], Float64Array>>,
  kept: Int32Array,
): Sample["items"] {
  const [x, y, z] = AXES.map((axis) => {
    const given = items?.[axis];
    const own = given === undefined ? new Float64Array(kept.length).fill(NaN) : pick(given, kept);
    const known = own.map((count) => (Number.isNaN(count) ? Infinity : count));
    check(`items.${axis}`, known, kept, (count) => count > 0, "is not positive; NaN says that it is unknown");
    const isGood = (score: number, i: number): boolean => known[i] === Infinity || isScore(score);
    check(axis, scores[axis], kept, isGood, "is not in [0, 1], as a mean score of items must be");
    return known;
  }) as [Float64Array, Float64Array, Float64Array];
  return [x, y, z].some((known) => known.some(Number.isFinite)) ? { x, y, z } : null;
}

/** Families by number; null where every point stands for itself. */
function familiesOf(family: Points["family"], kept: Int32Array): Int32Array | null {
  if (family === undefined) return null;
  const numbers = new Map<string, number>();
  const own = Int32Array.from(kept, (row) => {
    const name = family[row]!;
    if (!numbers.has(name)) numbers.set(name, numbers.size);
    return numbers.get(name)!;
  });
  return numbers.size < own.length ? own : null;
}

const isPositive = (value: number): boolean => value > 0 && value < Infinity;
/** A mean of right answers. */
export const isScore = (value: number): boolean => value >= 0 && value <= 1;

/** The rows whose x, y and z are finite numbers. */
function finiteRows(x: ArrayLike<number>, y: ArrayLike<number>, z: ArrayLike<number>): Int32Array {
  const kept = new Int32Array(z.length);
  let n = 0;
  for (let i = 0; i < z.length; i++) {
    // A number less itself is 0; NaN and Infinity are not.
    if (0 === x[i]! - x[i]! + y[i]! - y[i]! + z[i]! - z[i]!) kept[n++] = i;
  }
  return kept.subarray(0, n);
}

/** A copy of the rows kept. */
function pick(values: ArrayLike<number>, kept: Int32Array): Float64Array {
  if (kept.length === values.length) return new Float64Array(values);
  const out = new Float64Array(kept.length);
  for (let i = 0; i < kept.length; i++) out[i] = values[kept[i]!]!;
  return out;
}

function check(
  name: string,
  values: Float64Array,
  kept: Int32Array,
  isGood: (value: number, i: number) => boolean,
  what: string,
): void {
  const bad = values.findIndex((value, i) => !isGood(value, i));
  if (bad >= 0) throw new RangeError(`fitSurface: ${name}[${kept[bad]}] = ${values[bad]} ${what}.`);
}

/** Weights scaled to mean 1; null when all are equal. */
export function scaleWeights(weights: Float64Array | null): Pick<Sample, "weight" | "weightScale"> {
  if (weights === null || weights.length === 0) return { weight: null, weightScale: 1 };
  const mean = weights.reduce((sum, w) => sum + w, 0) / weights.length;
  if (weights.every((w) => w === weights[0])) return { weight: null, weightScale: mean };
  return { weight: weights.map((w) => w / mean), weightScale: mean };
}

/** Sum of the logarithms of the weights. */
export function sumLogWeights({ weight }: Sample): number {
  return weight?.reduce((sum, w) => sum + Math.log(w), 0) ?? 0;
}

/** What the data can carry: counts, ranges and ranks that decide the method. */
export interface Shape {
  readonly domain: Domain;
  /** Number of distinct places, counted up to 8. */
  readonly distinctPoints: number;
  /** Rank of the columns 1, x, y and of 1, x, y, xy. */
  readonly rankPlane: number;
  readonly rankBilinear: number;
  readonly mean: number;
  /** Weighted sum of squares of z about its mean. */
  readonly tss: number;
  /** True when all z are equal, but for rounding. */
  readonly isConstant: boolean;
  /** Below this residual sum of squares only rounding is left: of the arithmetic, or of z itself. */
  readonly exactLimit: number;
}

/** Counts, ranges and ranks of a sample. */
export function describeSample(sample: Sample): Shape {
  const { n, x, y, z, weight } = sample;
  const domain = { x: rangeOf(x), y: rangeOf(y) };
  // Sums are taken about the first value, so that a z far from 0 keeps its digits.
  const anchor = z[0] ?? 0;
  let [sum, tss, zz] = [0, 0, 0];
  for (let i = 0; i < n; i++) sum += (weight === null ? 1 : weight[i]!) * (z[i]! - anchor);
  const shift = n === 0 ? 0 : sum / n;
  for (let i = 0; i < n; i++) {
    const w = weight === null ? 1 : weight[i]!;
    tss += w * (z[i]! - anchor - shift) ** 2;
    zz += w * z[i]! * z[i]!;
  }
  const rounding = 2 * Number.EPSILON * Math.sqrt(zz / n);
  return {
    domain,
    distinctPoints: countDistinct(x, y),
    ...ranksOf(sample, domain),
    mean: anchor + shift,
    tss,
    isConstant: tss <= 1e-20 * zz,
    exactLimit: Math.max(1e-20 * tss, n * rounding * rounding),
  };
}

/** No decision asks for more distinct values. */
const COUNT_LIMIT = 8;

function countDistinct(x: Float64Array, y: Float64Array): number {
  const seen: number[] = [];
  for (let i = 0; i < x.length && seen.length < COUNT_LIMIT; i++) {
    if (!seen.some((j) => x[j] === x[i] && y[j] === y[i])) seen.push(i);
  }
  return seen.length;
}

/** So many rows are enough of a look: where some rows have full rank, all have. */
const LOOK_ROWS = 500;

/** Ranks of 1, u, v and uv, with u and v the coordinates in the box scaled to [-1, 1]. */
function ranksOf({ n, x, y }: Sample, domain: Domain): Pick<Shape, "rankPlane" | "rankBilinear"> {
  // Rounding of the coordinates themselves must not pass for a second dimension.
  const tolerance = Math.max(1e-10, roundingIn(domain.x), roundingIn(domain.y));
  const keptOf = (stride: number): readonly number[] => {
    const rows = Math.ceil(n / stride);
    const columns = new Float64Array(4 * rows);
    for (let row = 0; row < rows; row++) {
      const u = 2 * toUnit(domain.x, x[row * stride]!) - 1;
      const v = 2 * toUnit(domain.y, y[row * stride]!) - 1;
      columns.set([1, u, v, u * v], 4 * row);
    }
    return reflectionsOf(columns, rows, 4, tolerance ** 2).kept;
  };
  const stride = Math.max(1, Math.floor(n / LOOK_ROWS));
  const look = keptOf(stride);
  const kept = look.length < 4 && stride > 1 ? keptOf(1) : look;
  return { rankPlane: kept.filter((column) => column < 3).length, rankBilinear: kept.length };
}

/** A range below this has no inverse among the doubles: it counts as a single value. */
const LEAST_RANGE = 1e-300;

/** What rounding makes of a coordinate, as a share of its range. */
function roundingIn([lo, hi]: Range): number {
  const rounding = Math.max(Math.abs(lo), Math.abs(hi)) * Number.EPSILON * 4;
  return hi > lo ? (rounding + LEAST_RANGE) / (hi - lo) : 0;
}
