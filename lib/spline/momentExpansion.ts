import { type Axis, CUBIC } from "./basis.js";

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

/** X'WX from the 49 moments of each cell, shape (K, K), K = sizeX * sizeY. */
export function expandGram(axisX: Axis, axisY: Axis, moments: Float64Array): Float64Array {
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

/** X'W r from the 16 moments of each cell, shape (K,). */
export function expandCross(axisX: Axis, axisY: Axis, moments: Float64Array): Float64Array {
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
