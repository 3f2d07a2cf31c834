import { transpose } from "../linear/cholesky.js";
import { type Axes, CUBIC } from "./axis.js";

/*
 * In a cell of the knot grid, v and w in [0, 1] across and along it, the surface is a polynomial of degree 3 by 3,
 * and a product of two basis functions one of degree 6 by 6. So X'WX needs only each cell's 49 moments
 * sum w v^a w^b (a, b <= 6), 49 additions a point against 136 by the 16 basis functions themselves, and the variance
 * of the surface has 49 coefficients a cell.
 */

/** Powers 0 to 6 of a product of two cubics, and 0 to 3 of one. */
const POWERS = 7;
const CUBES = 4;

/** Coefficients of v^0..v^6 in the product of cubic a and cubic b of a segment, shape (16, 7), row 4 a + b. */
const PRODUCTS = new Float64Array(16 * POWERS);
for (let at = 0; at < 256; at++) {
  const [a, b, p, q] = [at >> 6, (at >> 4) & 3, (at >> 2) & 3, at & 3];
  PRODUCTS[POWERS * (4 * a + b) + p + q]! += CUBIC[4 * a + p]! * CUBIC[4 * b + q]!;
}

/** Where points lie. */
export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Points of one cell that are added to its moments together. */
const TOGETHER = 4;

/**
 * Moments of the cells: sums of value v^a w^b over the points of each, a and b below `powers`. Points wait until four
 * of their cell have come, so that each moment is read and written once for them all.
 *
 * @param values What each point counts for; null for 1.
 * @returns Shape (cells, powers, powers), cell cx * segmentsY + cy.
 */
function momentsOf(axes: Axes, { x, y }: Places, values: Float64Array | null, powers: number): Float64Array {
  const { lo: loX, scale: scaleX, segments: segmentsX } = axes.x;
  const { lo: loY, scale: scaleY, segments: segmentsY } = axes.y;
  const cells = segmentsX * segmentsY;
  const moments = new Float64Array(cells * powers * powers);
  // v, w and value of the points that wait; 0 where none does.
  const waiting = new Float64Array(cells * 3 * TOGETHER);
  const counts = new Int32Array(cells);
  for (let i = 0; i < x.length; i++) {
    const s = (x[i]! - loX) * scaleX;
    const t = (y[i]! - loY) * scaleY;
    // "| 0" cuts decimals off as whole-number arithmetic, several times faster than Math.floor.
    const cx = Math.min(segmentsX - 1, s | 0);
    const cy = Math.min(segmentsY - 1, t | 0);
    const cell = cx * segmentsY + cy;
    const count = counts[cell]!;
    const at = 3 * (TOGETHER * cell + count);
    waiting[at] = s - cx;
    waiting[at + 1] = t - cy;
    waiting[at + 2] = values === null ? 1 : values[i]!;
    counts[cell] = (count + 1) % TOGETHER;
    if (count === TOGETHER - 1) addMoments(moments, waiting, cell, powers);
  }
  for (let cell = 0; cell < cells; cell++) addMoments(moments, waiting, cell, powers);
  return moments;
}

/** Adds the four points that wait at a cell to its moments, and lets them count for nothing from then on. */
function addMoments(moments: Float64Array, waiting: Float64Array, cell: number, powers: number): void {
  const from = 3 * TOGETHER * cell;
  const v0 = waiting[from]!;
  const w0 = waiting[from + 1]!;
  let p0 = waiting[from + 2]!;
  const v1 = waiting[from + 3]!;
  const w1 = waiting[from + 4]!;
  let p1 = waiting[from + 5]!;
  const v2 = waiting[from + 6]!;
  const w2 = waiting[from + 7]!;
  let p2 = waiting[from + 8]!;
  const v3 = waiting[from + 9]!;
  const w3 = waiting[from + 10]!;
  let p3 = waiting[from + 11]!;
  let at = cell * powers * powers;
  for (let a = 0; a < powers; a++) {
    let q0 = p0;
    let q1 = p1;
    let q2 = p2;
    let q3 = p3;
    for (let b = 0; b < powers; b++, at++) {
      moments[at] = moments[at]! + (q0 + q1 + (q2 + q3));
      q0 *= w0;
      q1 *= w1;
      q2 *= w2;
      q3 *= w3;
    }
    p0 *= v0;
    p1 *= v1;
    p2 *= v2;
    p3 *= v3;
  }
  for (let k = 2; k < 3 * TOGETHER; k += 3) waiting[from + k] = 0;
}

/**
 * X'WX of the tensor basis by one pass over the points.
 *
 * @returns G, shape (K, K), K = sizeX * sizeY, index ix * sizeY + iy, both triangles.
 */
export function gramMatrix(axes: Axes, places: Places, weight: Float64Array | null): Float64Array {
  const moments = momentsOf(axes, places, weight, POWERS);
  const size = axes.x.size * axes.y.size;
  const gram = new Float64Array(size * size);
  forEachCell(axes, (cell, functions) => {
    const block = moments.subarray(cell * POWERS ** 2, (cell + 1) * POWERS ** 2);
    if (block[0] === 0) return;
    const sums = expand(PRODUCTS, block, 16, POWERS);
    for (let i = 0; i < 16; i++)
      for (let j = 0; j < 16; j++) gram[functions[i]! * size + functions[j]!]! += sums[pairOf(i, j)]!;
  });
  return gram;
}

/** Where the product of a cell's basis functions i and j stands among those of pairs across by pairs along. */
function pairOf(i: number, j: number): number {
  const [across, along] = [(i & 12) + (j >> 2), ((i & 3) << 2) + (j & 3)];
  return 16 * across + along;
}

/** X' values of the tensor basis by one pass over the points, shape (K,). */
export function crossProduct(axes: Axes, places: Places, values: Float64Array): Float64Array {
  const moments = momentsOf(axes, places, values, CUBES);
  const out = new Float64Array(axes.x.size * axes.y.size);
  forEachCell(axes, (cell, functions) => {
    const sums = expand(CUBIC, moments.subarray(16 * cell, 16 * cell + 16), 4, CUBES);
    for (let i = 0; i < 16; i++) out[functions[i]!]! += sums[i]!;
  });
  return out;
}

/** Calls `work` for each cell with the indices of its 16 basis functions, those along y fast. */
function forEachCell({ x, y }: Axes, work: (cell: number, functions: Int32Array) => void): void {
  const functions = new Int32Array(16);
  for (let cell = 0; cell < x.segments * y.segments; cell++) {
    const cx = Math.floor(cell / y.segments);
    const cy = cell % y.segments;
    for (let i = 0; i < 16; i++) functions[i] = (cx + (i >> 2)) * y.size + cy + (i & 3);
    work(cell, functions);
  }
}

/** Room for A M of {@link expand}, which is called for every cell. */
const HALF = new Float64Array(256);

/** A M A' for A of shape (rows, n) and M of shape (n, n). */
function expand(a: Float64Array, m: Float64Array, rows: number, n: number): Float64Array {
  const half = HALF.fill(0);
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let p = 0; p < n; p++) for (let q = 0; q < n; q++) half[i * n + q]! += a[i * n + p]! * m[p * n + q]!;
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < rows; j++)
      for (let q = 0; q < n; q++) out[i * rows + j]! += half[i * n + q]! * a[j * n + q]!;
  return out;
}

/** Coefficients of a cell: 16 of the surface, 49 of its squared unscaled standard error. */
const PER_CELL = 65;
/** The way back: from coefficients of basis functions, or of their products, to those of powers. */
const CUBIC_COLUMNS = transpose(CUBIC, 4, 4);
const PRODUCT_COLUMNS = transpose(PRODUCTS, 16, POWERS);

/**
 * A surface and its unscaled variance, as the polynomials that they are in each cell.
 *
 * @param beta Coefficients of the B-splines, shape (K,).
 * @param covariance Their unscaled covariance, shape (K, K).
 * @returns Shape (cells, 65).
 */
export function cellPolynomials(axes: Axes, beta: Float64Array, covariance: Float64Array): Float64Array {
  const out = new Float64Array(PER_CELL * axes.x.segments * axes.y.segments);
  const pairs = new Float64Array(256);
  forEachCell(axes, (cell, functions) => {
    const own = Float64Array.from(functions, (p) => beta[p]!);
    for (let i = 0; i < 16; i++)
      for (let j = 0; j < 16; j++)
        pairs[pairOf(i, j)] = covariance[functions[i]! * beta.length + functions[j]!]!;
    out.set(expand(CUBIC_COLUMNS, own, CUBES, 4), PER_CELL * cell);
    out.set(expand(PRODUCT_COLUMNS, pairs, POWERS, 16), PER_CELL * cell + 16);
  });
  return out;
}

/**
 * Values and unscaled standard errors at n places inside both axes.
 *
 * @param c Coefficients of the cells, as {@link cellPolynomials} makes them.
 * @param offset Added to every value.
 * @returns z and s, both of shape (n,); what rounding leaves below 0 of a variance is 0.
 */
export function evaluateCells(
  axes: Axes,
  c: Float64Array,
  { x, y }: Places,
  offset: number,
): { z: Float64Array; s: Float64Array } {
  const { lo: loX, scale: scaleX, segments: segmentsX } = axes.x;
  const { lo: loY, scale: scaleY, segments: segmentsY } = axes.y;
  const z = new Float64Array(x.length);
  const errors = new Float64Array(x.length);
  for (let i = 0; i < x.length; i++) {
    const s = (x[i]! - loX) * scaleX;
    const t = (y[i]! - loY) * scaleY;
    const cx = Math.min(segmentsX - 1, s | 0);
    const cy = Math.min(segmentsY - 1, t | 0);
    const v = s - cx;
    const w = t - cy;
    const from = PER_CELL * (cx * segmentsY + cy);
    const w2 = w * w;
    const w3 = w2 * w;
    let value = 0;
    let variance = 0;
    for (let at = from + 12; at >= from; at -= 4)
      value = value * v + (c[at]! + w * c[at + 1]! + (w2 * c[at + 2]! + w3 * c[at + 3]!));
    for (let at = from + 58; at >= from + 16; at -= 7) {
      const low = c[at]! + w * c[at + 1]! + w2 * c[at + 2]!;
      const high = c[at + 3]! + w * c[at + 4]! + (w2 * c[at + 5]! + w3 * c[at + 6]!);
      variance = variance * v + (low + w3 * high);
    }
    z[i] = value + offset;
    errors[i] = Math.sqrt(Math.max(0, variance));
  }
  return { z, s: errors };
}
