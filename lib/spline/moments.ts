import { type Axis, axisPosition, CUBIC, segmentOf } from "./basis.js";

/** Coefficients of v^0..v^6 in the product of cubic a and cubic b of a segment, at 7 * (4 a + b). */
export const PRODUCTS = productCoefficients();

/** CUBIC in one row: power q of piece a at 4 a + q. */
const FLAT = Float64Array.from(CUBIC.flat());

function productCoefficients(): Float64Array {
  const out = new Float64Array(16 * 7);
  for (let a = 0; a < 4; a++)
    for (let b = 0; b < 4; b++)
      for (let p = 0; p < 4; p++)
        for (let q = 0; q < 4; q++) out[7 * (4 * a + b) + p + q]! += CUBIC[a]![p]! * CUBIC[b]![q]!;
  return out;
}

/**
 * X'WX of the tensor basis by one pass over the rows: each knot cell gathers the 49 moments
 * sum w v^a w^b (a, b <= 6), which are expanded once into the cell's 16 x 16 block. O(49 n), against 136 n directly.
 *
 * @returns G, shape (K, K), K = sizeX * sizeY, index ix * sizeY + iy, symmetric, both triangles filled.
 */
export function gramMatrix(
  axisX: Axis,
  axisY: Axis,
  x: Float64Array,
  y: Float64Array,
  weight: Float64Array | null,
): Float64Array {
  return expandGram(axisX, axisY, cellMoments(axisX, axisY, x, y, weight));
}

/** The 49 moments of each knot cell, at 49 * (cx * segmentsY + cy) + 7 a + b. */
function cellMoments(
  axisX: Axis,
  axisY: Axis,
  x: Float64Array,
  y: Float64Array,
  weight: Float64Array | null,
): Float64Array {
  const moments = new Float64Array(49 * axisX.segments * axisY.segments);
  for (let i = 0; i < x.length; i++) {
    const px = axisPosition(axisX, x[i]!);
    const py = axisPosition(axisY, y[i]!);
    const cx = segmentOf(axisX, px);
    const cy = segmentOf(axisY, py);
    const v = px - cx;
    const w1 = py - cy;
    const w2 = w1 * w1;
    const w3 = w2 * w1;
    const w4 = w2 * w2;
    const w5 = w4 * w1;
    const w6 = w3 * w3;
    let at = 49 * (cx * axisY.segments + cy);
    let va = weight === null ? 1 : weight[i]!;
    for (let a = 0; a < 7; a++, at += 7, va *= v) {
      moments[at]! += va;
      moments[at + 1]! += va * w1;
      moments[at + 2]! += va * w2;
      moments[at + 3]! += va * w3;
      moments[at + 4]! += va * w4;
      moments[at + 5]! += va * w5;
      moments[at + 6]! += va * w6;
    }
  }
  return moments;
}

function expandGram(axisX: Axis, axisY: Axis, moments: Float64Array): Float64Array {
  const ky = axisY.size;
  const size = axisX.size * ky;
  const gram = new Float64Array(size * size);
  const half = new Float64Array(16 * 7);
  for (let cx = 0; cx < axisX.segments; cx++) {
    for (let cy = 0; cy < axisY.segments; cy++) {
      const at = 49 * (cx * axisY.segments + cy);
      if (moments[at] === 0) continue;
      contractX(moments, at, half);
      for (let a = 0; a < 4; a++) {
        for (let c = 0; c < 4; c++) {
          const h = 7 * (a <= c ? 4 * a + c : 4 * c + a);
          for (let b = 0; b < 4; b++) {
            const row = ((cx + a) * ky + cy + b) * size + (cx + c) * ky + cy;
            for (let d = 0; d < 4; d++) {
              const p = 7 * (4 * b + d);
              let sum = 0;
              for (let q = 0; q < 7; q++) sum += half[h + q]! * PRODUCTS[p + q]!;
              gram[row + d]! += sum;
            }
          }
        }
      }
    }
  }
  return gram;
}

/** half[7 (4 a + c) + q] = sum_p PRODUCTS_ac[p] moments[p, q], for a <= c. */
function contractX(moments: Float64Array, at: number, half: Float64Array): void {
  for (let a = 0; a < 4; a++) {
    for (let c = a; c < 4; c++) {
      const p0 = 7 * (4 * a + c);
      for (let q = 0; q < 7; q++) {
        let sum = 0;
        for (let p = 0; p < 7; p++) sum += PRODUCTS[p0 + p]! * moments[at + 7 * p + q]!;
        half[p0 + q] = sum;
      }
    }
  }
}

/** X'W r of the tensor basis, shape (K,), by the 16 moments of each cell. */
export function crossProduct(
  axisX: Axis,
  axisY: Axis,
  x: Float64Array,
  y: Float64Array,
  r: Float64Array,
  weight: Float64Array | null,
): Float64Array {
  const moments = new Float64Array(16 * axisX.segments * axisY.segments);
  for (let i = 0; i < x.length; i++) {
    const px = axisPosition(axisX, x[i]!);
    const py = axisPosition(axisY, y[i]!);
    const cx = segmentOf(axisX, px);
    const cy = segmentOf(axisY, py);
    const v = px - cx;
    const w1 = py - cy;
    const w2 = w1 * w1;
    const w3 = w2 * w1;
    let at = 16 * (cx * axisY.segments + cy);
    let va = weight === null ? r[i]! : r[i]! * weight[i]!;
    for (let a = 0; a < 4; a++, at += 4, va *= v) {
      moments[at]! += va;
      moments[at + 1]! += va * w1;
      moments[at + 2]! += va * w2;
      moments[at + 3]! += va * w3;
    }
  }
  return expandCross(axisX, axisY, moments);
}

function expandCross(axisX: Axis, axisY: Axis, moments: Float64Array): Float64Array {
  const out = new Float64Array(axisX.size * axisY.size);
  const half = new Float64Array(4);
  for (let cx = 0; cx < axisX.segments; cx++) {
    for (let cy = 0; cy < axisY.segments; cy++) {
      const at = 16 * (cx * axisY.segments + cy);
      for (let a = 0; a < 4; a++) {
        for (let q = 0; q < 4; q++) {
          half[q] = 0;
          for (let p = 0; p < 4; p++) half[q]! += FLAT[4 * a + p]! * moments[at + 4 * p + q]!;
        }
        for (let b = 0; b < 4; b++) {
          let sum = 0;
          for (let q = 0; q < 4; q++) sum += FLAT[4 * b + q]! * half[q]!;
          out[(cx + a) * axisY.size + cy + b]! += sum;
        }
      }
    }
  }
  return out;
}
