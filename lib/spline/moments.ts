import { type Axis, CUBIC } from "./basis.js";
import { CHUNK, forEachChunk, type Places } from "./places.js";

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
export function gramMatrix(axisX: Axis, axisY: Axis, places: Places): Float64Array {
  const { values, weight } = places;
  const moments = new Float64Array(49 * axisX.segments * axisY.segments);
  const power = new Float64Array(CHUNK);
  forEachChunk(places, (cell, from, count) => {
    for (let i = 0; i < count; i++) power[i] = weight === null ? 1 : weight[from + i]!;
    for (let a = 0; a < 7; a++) addPowers(moments, 49 * cell + 7 * a, power, values, from, count);
  });
  return expandGram(axisX, axisY, moments);
}

/** Adds the sums of p w^b, b = 0..6, to the moments; then p is multiplied by v. */
function addPowers(
  moments: Float64Array,
  at: number,
  power: Float64Array,
  values: Float64Array,
  from: number,
  count: number,
): void {
  let [s0, s1, s2, s3, s4, s5, s6] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const p = power[i]!;
    const place = 3 * (from + i);
    const t = values[place + 1]!;
    const t2 = t * t;
    const q = p * t;
    const p2 = p * t2;
    const q2 = q * t2;
    const p4 = p2 * t2;
    s0 += p;
    s1 += q;
    s2 += p2;
    s3 += q2;
    s4 += p4;
    s5 += q2 * t2;
    s6 += p4 * t2;
    power[i] = p * values[place]!;
  }
  moments[at]! += s0;
  moments[at + 1]! += s1;
  moments[at + 2]! += s2;
  moments[at + 3]! += s3;
  moments[at + 4]! += s4;
  moments[at + 5]! += s5;
  moments[at + 6]! += s6;
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

/** A function a + b s + c t + d s t of the positions s and t on two axes, in segments: [a, b, c, d]. */
export type Bilinear = readonly [number, number, number, number];

/**
 * X'W r of the tensor basis by the 16 moments of each cell, and r'W r, for r = z - offset less a bilinear function.
 *
 * @returns cross, shape (K,).
 */
export function crossProduct(
  axisX: Axis,
  axisY: Axis,
  places: Places,
  [a0, b0, c0, d]: Bilinear,
): { cross: Float64Array; square: number } {
  const { values, weight } = places;
  const moments = new Float64Array(16 * axisX.segments * axisY.segments);
  const power = new Float64Array(CHUNK);
  let square = 0;
  forEachChunk(places, (cell, from, count) => {
    const cx = Math.floor(cell / axisY.segments);
    const cy = cell - cx * axisY.segments;
    // The same function of the coordinates within the cell.
    const [at00, at10, at01] = [a0 + b0 * cx + c0 * cy + d * cx * cy, b0 + d * cy, c0 + d * cx];
    for (let i = 0; i < count; i++) {
      const place = 3 * (from + i);
      const v = values[place]!;
      const r = values[place + 2]! - at00 - at10 * v - (at01 + d * v) * values[place + 1]!;
      const weighted = weight === null ? r : r * weight[from + i]!;
      square += r * weighted;
      power[i] = weighted;
    }
    for (let a = 0; a < 4; a++) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let i = 0; i < count; i++) {
        const place = 3 * (from + i);
        const p = power[i]!;
        const t = values[place + 1]!;
        const q = p * t;
        s0 += p;
        s1 += q;
        s2 += q * t;
        s3 += q * t * t;
        power[i] = p * values[place]!;
      }
      const at = 16 * cell + 4 * a;
      moments[at]! += s0;
      moments[at + 1]! += s1;
      moments[at + 2]! += s2;
      moments[at + 3]! += s3;
    }
  });
  return { cross: expandCross(axisX, axisY, moments), square };
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
