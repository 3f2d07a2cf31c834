import { type Axis, axisPosition, CUBIC } from "./basis.js";
import { PRODUCTS } from "./moments.js";
import { CHUNK, forEachChunk } from "./places.js";
import type { TensorSystem } from "./tensor.js";

/** Coefficients kept for each knot cell: 16 of the surface, 49 of its squared unscaled standard error. */
const PER_CELL = 65;

/**
 * Residual sum of squares, leave-one-out residuals and the neighbours' agreement, cell by cell. Inside a knot cell
 * the surface is a bicubic polynomial and its variance one of degree 6 by 6, so that a row costs 65
 * multiplications instead of the 152 of the basis products.
 */
export function residualStatistics(
  system: TensorSystem,
  beta: Float64Array,
  covariance: Float64Array,
): { rss: number; left: Float64Array; kIndex: number } {
  const { sample, axisX, axisY, offset } = system;
  const { n, z, weight } = sample;
  const cells = cellPolynomials(axisX, axisY, beta, covariance);
  const places = system.places();
  const { point, v, w } = places;
  const residual = new Float64Array(n);
  const left = new Float64Array(n);
  const fitted = new Float64Array(CHUNK);
  const variance = new Float64Array(CHUNK);
  let rss = 0;
  forEachChunk(places, (cell, from, count) => {
    const at = PER_CELL * cell;
    fitted.fill(0, 0, count);
    for (let a = 3; a >= 0; a--) hornerStep(fitted, cells, at + 4 * a, 4, v, w, from, count);
    variance.fill(0, 0, count);
    for (let a = 6; a >= 0; a--) hornerStep(variance, cells, at + 16 + 7 * a, 7, v, w, from, count);
    for (let i = 0; i < count; i++) {
      const row = point[from + i]!;
      const size = weight === null ? 1 : weight[row]!;
      const r = z[row]! - offset - fitted[i]!;
      rss += size * r * r;
      const scaled = weight === null ? r : r * Math.sqrt(size);
      residual[row] = scaled;
      left[row] = scaled / (1 - Math.min(1, size * variance[i]!));
    }
  });
  return { rss, left, kIndex: neighboursIndex(system, residual, rss / n) };
}

/** One step of Horner's rule along x for the places of a chunk: value = value v + sum of c_b w^b, `terms` 4 or 7. */
function hornerStep(
  value: Float64Array,
  cells: Float64Array,
  at: number,
  terms: 4 | 7,
  v: Float64Array,
  w: Float64Array,
  from: number,
  count: number,
): void {
  const [c0, c1, c2, c3] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!];
  const [c4, c5, c6] = terms === 7 ? [cells[at + 4]!, cells[at + 5]!, cells[at + 6]!] : [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const t = w[from + i]!;
    const t2 = t * t;
    const low = c0 + c1 * t + t2 * (c2 + c3 * t);
    value[i] = value[i]! * v[from + i]! + low + t2 * t2 * (c4 + c5 * t + c6 * t2);
  }
}

/** Variance of the differences between residuals of near neighbours over that of residuals: 1 by chance alone. */
function neighboursIndex(
  { sample, axisX, axisY }: TensorSystem,
  residual: Float64Array,
  mean: number,
): number {
  const { n, x, y } = sample;
  const bins = Math.max(4, Math.min(60, Math.floor(Math.sqrt(n / 3))));
  const last = new Float64Array(bins * bins).fill(NaN);
  const [binX, binY] = [bins / axisX.segments, bins / axisY.segments];
  let differences = 0;
  let pairs = 0;
  for (let i = 0; i < n; i++) {
    const bx = Math.min(bins - 1, Math.floor(axisPosition(axisX, x[i]!) * binX));
    const bin = bx * bins + Math.min(bins - 1, Math.floor(axisPosition(axisY, y[i]!) * binY));
    const before = last[bin]!;
    const now = residual[i]!;
    // NaN: the bin's first.
    if (before === before) {
      differences += (now - before) * (now - before);
      pairs++;
    }
    last[bin] = now;
  }
  return pairs > 0 && mean > 0 ? differences / (2 * pairs) / mean : 1;
}

/** Power coefficients of the surface and of its variance in each cell. */
function cellPolynomials(
  axisX: Axis,
  axisY: Axis,
  beta: Float64Array,
  covariance: Float64Array,
): Float64Array {
  const ky = axisY.size;
  const size = axisX.size * ky;
  const out = new Float64Array(PER_CELL * axisX.segments * axisY.segments);
  const cubic = Float64Array.from(CUBIC.flat());
  const half = new Float64Array(7);
  for (let cx = 0; cx < axisX.segments; cx++)
    for (let cy = 0; cy < axisY.segments; cy++) {
      const at = PER_CELL * (cx * axisY.segments + cy);
      for (let a = 0; a < 4; a++)
        for (let b = 0; b < 4; b++) {
          const value = beta[(cx + a) * ky + cy + b]!;
          for (let p = 0; p < 4; p++)
            for (let q = 0; q < 4; q++) out[at + 4 * p + q]! += value * cubic[4 * a + p]! * cubic[4 * b + q]!;
        }
      for (let a = 0; a < 4; a++)
        for (let c = a; c < 4; c++) {
          half.fill(0);
          for (let b = 0; b < 4; b++)
            for (let d = 0; d < 4; d++) {
              const value = covariance[((cx + a) * ky + cy + b) * size + (cx + c) * ky + cy + d]!;
              const product = 7 * (4 * b + d);
              for (let q = 0; q < 7; q++) half[q]! += value * PRODUCTS[product + q]!;
            }
          const product = 7 * (4 * a + c);
          const times = a === c ? 1 : 2;
          for (let p = 0; p < 7; p++) {
            const factor = times * PRODUCTS[product + p]!;
            for (let q = 0; q < 7; q++) out[at + 16 + 7 * p + q]! += factor * half[q]!;
          }
        }
    }
  return out;
}
