import { type Axis, CUBIC } from "./basis.js";
import { PRODUCTS } from "./momentExpansion.js";
import { ACROSS, ALONG, CHUNK, forEachChunk, inPointOrder, type Places } from "./places.js";
import { once } from "./once.js";
import type { FitStatistics } from "./penalisedPart.js";
import type { TensorSystem } from "./tensor.js";

/** Coefficients kept for each knot cell: 16 of the surface, 49 of its squared unscaled standard error. */
const PER_CELL = 65;

/** Residual sum of squares, leave-one-out error and the neighbours' agreement, cell by cell. */
export function residualStatistics(
  system: TensorSystem,
  beta: Float64Array,
  covariance: Float64Array,
): Omit<FitStatistics, "edf"> {
  const { n } = system.sample;
  const cells = cellPolynomials(system.axisX, system.axisY, beta, covariance);
  const places = system.places();
  const neighbours = new Neighbours(binsPerSegment(n, system.axisX));
  let rss = 0;
  let loo = 0;
  forEachFittedChunk(places, cells, (cell, from, count) => {
    for (let i = 0; i < count; i++) {
      const r = RESIDUAL[i]!;
      rss += r * r;
      const leftOut = r / (1 - LEVERAGE[i]!);
      loo += leftOut * leftOut;
    }
    if (from === places.start[cell]) neighbours.clear();
    neighbours.add(count);
  });
  return {
    rss,
    looRmse: Math.sqrt(loo / n),
    left: once(() => leftOutResiduals(places, cells)),
    kIndex: neighbours.index(rss / n),
  };
}

function leftOutResiduals(places: Places, cells: Float64Array): Float64Array {
  const left = new Float64Array(places.cell.length);
  forEachFittedChunk(places, cells, (_, from, count) => {
    for (let i = 0; i < count; i++) left[from + i] = RESIDUAL[i]! / (1 - LEVERAGE[i]!);
  });
  return inPointOrder(places, left);
}

/** Residuals of the chunk at hand, times the root of the weights, and its leverages, at most 1. */
const RESIDUAL = new Float64Array(CHUNK);
const LEVERAGE = new Float64Array(CHUNK);

/**
 * Calls `work` for each chunk with its RESIDUAL and LEVERAGE. Inside a knot cell the surface is a bicubic polynomial and
 * its variance one of degree 6 by 6, so that a row costs 65 multiplications instead of the 152 of the basis products.
 */
function forEachFittedChunk(
  places: Places,
  cells: Float64Array,
  work: (cell: number, from: number, count: number) => void,
): void {
  const { values, weight } = places;
  forEachChunk(places, (cell, from, count) => {
    const at = PER_CELL * cell;
    RESIDUAL.fill(0);
    LEVERAGE.fill(0);
    for (let a = 3; a >= 0; a--) surfaceStep(cells, at + 4 * a, count);
    for (let a = 6; a >= 0; a--) varianceStep(cells, at + 16 + 7 * a, count);
    for (let i = 0; i < count; i++) {
      const size = weight === null ? 1 : weight[from + i]!;
      const r = values[3 * (from + i) + 2]! - RESIDUAL[i]!;
      RESIDUAL[i] = weight === null ? r : r * Math.sqrt(size);
      LEVERAGE[i] = Math.min(1, size * LEVERAGE[i]!);
    }
    work(cell, from, count);
  });
}

/** One step of Horner's rule along x for the surface, in RESIDUAL: value = value v + sum of c_b w^b, b = 0..3. */
function surfaceStep(cells: Float64Array, at: number, count: number): void {
  const [across, along] = [ACROSS, ALONG];
  const [c0, c1, c2, c3] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!];
  for (let i = 0; i < count; i++) {
    const t = along[i]!;
    RESIDUAL[i] = RESIDUAL[i]! * across[i]! + c0 + c1 * t + t * t * (c2 + c3 * t);
  }
}

/** The same for its squared unscaled standard error, in LEVERAGE, b = 0..6. */
function varianceStep(cells: Float64Array, at: number, count: number): void {
  const [across, along] = [ACROSS, ALONG];
  const [c0, c1, c2, c3] = [cells[at]!, cells[at + 1]!, cells[at + 2]!, cells[at + 3]!];
  const [c4, c5, c6] = [cells[at + 4]!, cells[at + 5]!, cells[at + 6]!];
  for (let i = 0; i < count; i++) {
    const t = along[i]!;
    const t2 = t * t;
    const low = c0 + c1 * t + t2 * (c2 + c3 * t);
    LEVERAGE[i] = LEVERAGE[i]! * across[i]! + low + t2 * t2 * (c4 + c5 * t + c6 * t2);
  }
}

/** About three points a bin, in at most 60 bins along an axis. */
function binsPerSegment(n: number, { segments }: Axis): number {
  return Math.max(1, Math.round(Math.min(60, Math.sqrt(n / 3)) / segments));
}

/** Differences between residuals of near neighbours: of points that follow each other in a bin of a knot cell. */
class Neighbours {
  readonly #last: Float64Array;
  #differences = 0;
  #pairs = 0;

  /** @param split Bins of a cell along either axis. */
  constructor(private readonly split: number) {
    this.#last = new Float64Array(split * split);
  }

  /** Forgets the points so far: another cell's follow. */
  clear(): void {
    this.#last.fill(NaN);
  }

  /** Adds the chunk at hand. */
  add(count: number): void {
    const { split } = this;
    const last = this.#last;
    const [across, along] = [ACROSS, ALONG];
    let [differences, pairs] = [0, 0];
    for (let i = 0; i < count; i++) {
      // "| 0" cuts decimals off as whole-number arithmetic, several times faster than Math.floor.
      const row = Math.min(split - 1, (across[i]! * split) | 0);
      const bin = row * split + Math.min(split - 1, (along[i]! * split) | 0);
      const gap = RESIDUAL[i]! - last[bin]!;
      last[bin] = RESIDUAL[i]!;
      // NaN: the bin's first.
      if (gap !== gap) continue;
      differences += gap * gap;
      pairs++;
    }
    this.#differences += differences;
    this.#pairs += pairs;
  }

  /** Half their mean square over the residuals' own: 1 by chance alone. */
  index(meanSquare: number): number {
    return this.#pairs > 0 && meanSquare > 0 ? this.#differences / (2 * this.#pairs) / meanSquare : 1;
  }
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
