import { type Axis, CUBIC } from "./axis.js";

/*
 * In a cell of the knot grid, v and w in [0, 1] across and along it, the surface is a polynomial of degree 3 by 3,
 * and a product of two basis functions one of degree 6 by 6. So X'WX needs only each cell's 49 moments
 * sum w v^a w^b (a, b <= 6), 49 additions a point against 136 by the 16 basis functions themselves, and the variance
 * of the surface has 49 coefficients a cell.
 */

/** Powers of one coordinate in a moment or a polynomial of a cell, and of a pair of cubics. */
const POWERS = 7;
const CUBES = 4;

/** Coefficients of v^0..v^6 in the product of cubic a and cubic b of a segment, at 7 (4 a + b). */
const PRODUCTS = new Float64Array(16 * POWERS);
for (let a = 0; a < 4; a++)
  for (let b = 0; b < 4; b++)
    for (let p = 0; p < 4; p++)
      for (let q = 0; q < 4; q++)
        PRODUCTS[POWERS * (4 * a + b) + p + q]! += CUBIC[4 * a + p]! * CUBIC[4 * b + q]!;

/** Where points lie. */
export interface Places {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/**
 * Moments of the cells: sums of value v^a w^b over the points of each, a and b below `powers`.
 *
 * @param values What each point counts for; null for 1.
 * @returns Shape (cells, powers, powers), the moment (a, b) of cell c = cx * segmentsY + cy at c powers^2 + a powers + b.
 */
function momentsOf(
  axisX: Axis,
  axisY: Axis,
  { x, y }: Places,
  values: Float64Array | null,
  powers: number,
): Float64Array {
  const moments = new Float64Array(axisX.segments * axisY.segments * powers * powers);
  const [lastX, lastY] = [axisX.segments - 1, axisY.segments - 1];
  for (let i = 0; i < x.length; i++) {
    const s = (x[i]! - axisX.lo) * axisX.scale;
    const t = (y[i]! - axisY.lo) * axisY.scale;
    // "| 0" cuts decimals off as whole-number arithmetic, several times faster than Math.floor.
    const [cx, cy] = [Math.min(lastX, s | 0), Math.min(lastY, t | 0)];
    const [v, w] = [s - cx, t - cy];
    let value = values === null ? 1 : values[i]!;
    let at = (cx * axisY.segments + cy) * powers * powers;
    for (let a = 0; a < powers; a++) {
      let power = value;
      for (let b = 0; b < powers; b++) {
        moments[at++]! += power;
        power *= w;
      }
      value *= v;
    }
  }
  return moments;
}

/**
 * X'WX of the tensor basis by one pass over the points.
 *
 * @returns G, shape (K, K), K = sizeX * sizeY, index ix * sizeY + iy, both triangles.
 */
export function gramMatrix(
  axisX: Axis,
  axisY: Axis,
  places: Places,
  weight: Float64Array | null,
): Float64Array {
  const moments = momentsOf(axisX, axisY, places, weight, POWERS);
  const ky = axisY.size;
  const size = axisX.size * ky;
  const gram = new Float64Array(size * size);
  const half = new Float64Array(POWERS);
  forEachCell(axisX, axisY, (cell, corner) => {
    const at = cell * POWERS * POWERS;
    if (moments[at] === 0) return;
    for (let a = 0; a < 4; a++)
      for (let c = 0; c < 4; c++) {
        half.fill(0);
        for (let p = 0; p < POWERS; p++)
          for (let q = 0; q < POWERS; q++)
            half[q]! += PRODUCTS[POWERS * (4 * a + c) + p]! * moments[at + POWERS * p + q]!;
        for (let b = 0; b < 4; b++)
          for (let d = 0; d < 4; d++) {
            let sum = 0;
            for (let q = 0; q < POWERS; q++) sum += half[q]! * PRODUCTS[POWERS * (4 * b + d) + q]!;
            gram[(corner + a * ky + b) * size + corner + c * ky + d]! += sum;
          }
      }
  });
  return gram;
}

/** X' values of the tensor basis by one pass over the points, shape (K,). */
export function crossProduct(axisX: Axis, axisY: Axis, places: Places, values: Float64Array): Float64Array {
  const moments = momentsOf(axisX, axisY, places, values, CUBES);
  const out = new Float64Array(axisX.size * axisY.size);
  forEachCell(axisX, axisY, (cell, corner) => {
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++)
        for (let p = 0; p < CUBES; p++)
          for (let q = 0; q < CUBES; q++)
            out[corner + a * axisY.size + b]! +=
              CUBIC[4 * a + p]! * CUBIC[4 * b + q]! * moments[CUBES * (CUBES * cell + p) + q]!;
  });
  return out;
}

/** Calls `work` for each cell, with the index of the first of its 16 basis functions. */
function forEachCell(axisX: Axis, axisY: Axis, work: (cell: number, corner: number) => void): void {
  for (let cx = 0, cell = 0; cx < axisX.segments; cx++)
    for (let cy = 0; cy < axisY.segments; cy++) work(cell++, cx * axisY.size + cy);
}

/** Coefficients of a cell: 16 of the surface, 49 of its squared unscaled standard error. */
const PER_CELL = 65;

/** A surface and its unscaled variance, as the polynomials that they are in each cell. */
export interface CellPolynomials {
  readonly axisX: Axis;
  readonly axisY: Axis;
  /** Shape (cells, 65). */
  readonly coefficients: Float64Array;
}

/**
 * @param beta Coefficients of the B-splines, shape (K,).
 * @param covariance Their unscaled covariance, shape (K, K).
 */
export function cellPolynomials(
  axisX: Axis,
  axisY: Axis,
  beta: Float64Array,
  covariance: Float64Array,
): CellPolynomials {
  const ky = axisY.size;
  const size = axisX.size * ky;
  const out = new Float64Array(PER_CELL * axisX.segments * axisY.segments);
  const half = new Float64Array(POWERS);
  forEachCell(axisX, axisY, (cell, corner) => {
    const at = PER_CELL * cell;
    for (let a = 0; a < 4; a++)
      for (let b = 0; b < 4; b++)
        for (let p = 0; p < 4; p++)
          for (let q = 0; q < 4; q++)
            out[at + 4 * p + q]! += beta[corner + a * ky + b]! * CUBIC[4 * a + p]! * CUBIC[4 * b + q]!;
    for (let a = 0; a < 4; a++)
      for (let c = a; c < 4; c++) {
        half.fill(0);
        for (let b = 0; b < 4; b++)
          for (let d = 0; d < 4; d++) {
            const value = covariance[(corner + a * ky + b) * size + corner + c * ky + d]!;
            for (let q = 0; q < POWERS; q++) half[q]! += value * PRODUCTS[POWERS * (4 * b + d) + q]!;
          }
        for (let p = 0; p < POWERS; p++) {
          const factor = (a === c ? 1 : 2) * PRODUCTS[POWERS * (4 * a + c) + p]!;
          for (let q = 0; q < POWERS; q++) out[at + 16 + POWERS * p + q]! += factor * half[q]!;
        }
      }
  });
  return { axisX, axisY, coefficients: out };
}

/** Values and squared unscaled standard errors at n places inside both axes, by Horner's rule. */
export function evaluateCells(
  { axisX, axisY, coefficients: c }: CellPolynomials,
  { x, y }: Places,
): { z: Float64Array; s2: Float64Array } {
  const [lastX, lastY] = [axisX.segments - 1, axisY.segments - 1];
  const [z, s2] = [new Float64Array(x.length), new Float64Array(x.length)];
  for (let i = 0; i < x.length; i++) {
    const s = (x[i]! - axisX.lo) * axisX.scale;
    const t = (y[i]! - axisY.lo) * axisY.scale;
    const [cx, cy] = [Math.min(lastX, s | 0), Math.min(lastY, t | 0)];
    const [v, w] = [s - cx, t - cy];
    const from = PER_CELL * (cx * axisY.segments + cy);
    let [value, variance] = [0, 0];
    for (let at = from + 12; at >= from; at -= 4)
      value = value * v + c[at]! + w * (c[at + 1]! + w * (c[at + 2]! + w * c[at + 3]!));
    for (let at = from + 58; at >= from + 16; at -= 7) {
      const high = c[at + 3]! + w * (c[at + 4]! + w * (c[at + 5]! + w * c[at + 6]!));
      variance = variance * v + c[at]! + w * (c[at + 1]! + w * (c[at + 2]! + w * high));
    }
    z[i] = value;
    s2[i] = Math.max(0, variance);
  }
  return { z, s2 };
}
