import { type Axis, CUBIC } from "./basis.js";
import { PRODUCTS } from "./momentExpansion.js";
import { ACROSS, ALONG, CHUNK, forEachChunk, inPointOrder, type Places } from "./places.js";
import { once } from "./once.js";
import type { FitStatistics } from "./penalisedPart.js";
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
): Omit<FitStatistics, "edf"> {
  const { axisX, axisY } = system;
  const { n } = system.sample;
  const cells = cellPolynomials(axisX, axisY, beta, covariance);
  const places = system.places();
  const residual = new Float64Array(n);
  const left = new Float64Array(n);
  let rss = 0;
  let loo = 0;
  forEachChunk(places, (cell, from, count) => {
    const at = PER_CELL * cell;
    FITTED.fill(0);
    VARIANCE.fill(0);
    for (let a = 3; a >= 0; a--) fittedStep(cells, at + 4 * a, count);
    for (let a = 6; a >= 0; a--) varianceStep(cells, at + 16 + 7 * a, count);
    const sums = storeResiduals(places, from, count, residual, left);
    rss += sums.rss;
    loo += sums.loo;
  });
  return {
    rss,
    looRmse: Math.sqrt(loo / n),
    left: once(() => inPointOrder(places, left)),
    kIndex: neighboursIndex(places, residual, rss / n, binsPerSegment(n, axisX)),
  };
}

/** About three points a bin, in at most 60 bins along an axis. */
function binsPerSegment(n: number, { segments }: Axis): number {
  return Math.max(1, Math.round(Math.min(60, Math.sqrt(n / 3)) / segments));
}

/** The surface and its squared unscaled standard error at the chunk at hand. */
const FITTED = new Float64Array(CHUNK);
const VARIANCE = new Float64Array(CHUNK);

/** One step of Horner's rule along x: FITTED = FITTED v + sum of c_b w^b, b = 0..3. */
function fittedStep(cells: Float64Array, at: number, count: number): void {
  const [across, along] = [ACROSS, ALONG];
  const [c0, c1, c2, c3] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!];
  for (let i = 0; i < count; i++) {
    const t = along[i]!;
    FITTED[i] = FITTED[i]! * across[i]! + c0 + c1 * t + t * t * (c2 + c3 * t);
  }
}

/** The same for VARIANCE, b = 0..6. */
function varianceStep(cells: Float64Array, at: number, count: number): void {
  const [across, along] = [ACROSS, ALONG];
  const [c0, c1, c2, c3] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!];
  const [c4, c5, c6] = [cells[at + 4]!, cells[at + 5]!, cells[at + 6]!];
  for (let i = 0; i < count; i++) {
    const t = along[i]!;
    const t2 = t * t;
    const low = c0 + c1 * t + t2 * (c2 + c3 * t);
    VARIANCE[i] = VARIANCE[i]! * across[i]! + low + t2 * t2 * (c4 + c5 * t + c6 * t2);
  }
}

/** Residuals and leave-one-out residuals of the chunk at hand, times the root of the weights, and sums of squares. */
function storeResiduals(
  { values, weight }: Places,
  from: number,
  count: number,
  residual: Float64Array,
  left: Float64Array,
): { rss: number; loo: number } {
  let [rss, loo] = [0, 0];
  for (let i = 0; i < count; i++) {
    const place = from + i;
    const size = weight === null ? 1 : weight[place]!;
    const r = values[3 * place + 2]! - FITTED[i]!;
    rss += size * r * r;
    const scaled = weight === null ? r : r * Math.sqrt(size);
    residual[place] = scaled;
    const leftOut = scaled / (1 - Math.min(1, size * VARIANCE[i]!));
    loo += leftOut * leftOut;
    left[place] = leftOut;
  }
  return { rss, loo };
}

/**
 * Variance of the differences between residuals of near neighbours over that of residuals: 1 by chance alone.
 * Neighbours are points that follow each other in a bin; each knot cell has `split` bins along either axis.
 */
function neighboursIndex(
  { start, values }: Places,
  residual: Float64Array,
  mean: number,
  split: number,
): number {
  const last = new Float64Array(split * split);
  let differences = 0;
  let pairs = 0;
  for (let cell = 0; cell + 1 < start.length; cell++) {
    last.fill(NaN);
    for (let place = start[cell]!; place < start[cell + 1]!; place++) {
      const across = Math.min(split - 1, Math.floor(values[3 * place]! * split));
      const bin = across * split + Math.min(split - 1, Math.floor(values[3 * place + 1]! * split));
      const before = last[bin]!;
      const now = residual[place]!;
      // NaN: the bin's first.
      if (before === before) {
        differences += (now - before) * (now - before);
        pairs++;
      }
      last[bin] = now;
    }
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
  const products = PRODUCTS;
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
              for (let q = 0; q < 7; q++) half[q]! += value * products[product + q]!;
            }
          const product = 7 * (4 * a + c);
          const times = a === c ? 1 : 2;
          for (let p = 0; p < 7; p++) {
            const factor = times * products[product + p]!;
            for (let q = 0; q < 7; q++) out[at + 16 + 7 * p + q]! += factor * half[q]!;
          }
        }
    }
  return out;
}
