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

/**
 * Moments of the cells: sums of value v^a w^b over the points of each, a and b below `powers`.
 *
 * @param values What each point counts for; null for 1.
 * @returns Shape (cells, powers, powers), cell cx * segmentsY + cy.
 */
function momentsOf(axes: Axes, { x, y }: Places, values: Float64Array | null, powers: number): Float64Array {
  const { lo: loX, scale: scaleX, segments: segmentsX } = axes.x;
  const { lo: loY, scale: scaleY, segments: segmentsY } = axes.y;
  const moments = new Float64Array(segmentsX * segmentsY * powers * powers);
  for (let i = 0; i < x.length; i++) {
    const s = (x[i]! - loX) * scaleX;
    const t = (y[i]! - loY) * scaleY;
    // "| 0" cuts decimals off as whole-number arithmetic, several times faster than Math.floor.
    const cx = Math.min(segmentsX - 1, s | 0);
    const cy = Math.min(segmentsY - 1, t | 0);
    const v = s - cx;
    const w = t - cy;
    const [w2, w3] = [w * w, w * w * w];
    let p = values === null ? 1 : values[i]!;
    let at = (cx * segmentsY + cy) * powers * powers;
    for (let a = 0; a < powers; a++, at += powers, p *= v) {
      moments[at]! += p;
      moments[at + 1]! += p * w;
      moments[at + 2]! += p * w2;
      moments[at + 3]! += p * w3;
      if (powers === CUBES) continue;
      const q = p * w3;
      moments[at + 4]! += q * w;
      moments[at + 5]! += q * w2;
      moments[at + 6]! += q * w3;
    }
  }
  return moments;
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
