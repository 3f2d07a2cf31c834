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
export function gramMatrix(
  axisX: Axis,
  axisY: Axis,
  places: Places,
  weight: Float64Array | null,
): Float64Array {
  const { point, v, w } = places;
  const moments = new Float64Array(49 * axisX.segments * axisY.segments);
  const power = new Float64Array(CHUNK);
  forEachChunk(places, (cell, from, count) => {
    for (let i = 0; i < count; i++) power[i] = weight === null ? 1 : weight[point[from + i]!]!;
    for (let a = 0; a < 7; a++) addPowers(moments, 49 * cell + 7 * a, power, v, w, from, count);
  });
  return expandGram(axisX, axisY, moments);
}

/** Adds the sums of p w^b, b = 0..6, to the moments; then p is multiplied by v. */
function addPowers(
  moments: Float64Array,
  at: number,
  power: Float64Array,
  v: Float64Array,
  w: Float64Array,
  from: number,
  count: number,
): void {
  let [s0, s1, s2, s3, s4, s5, s6] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const p = power[i]!;
    const t = w[from + i]!;
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
    power[i] = p * v[from + i]!;
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

/** X'W r of the tensor basis, shape (K,), by the 16 moments of each cell. */
export function crossProduct(
  axisX: Axis,
  axisY: Axis,
  places: Places,
  r: Float64Array,
  weight: Float64Array | null,
): Float64Array {
  const { point, v, w } = places;
  const moments = new Float64Array(16 * axisX.segments * axisY.segments);
  const power = new Float64Array(CHUNK);
  forEachChunk(places, (cell, from, count) => {
    for (let i = 0; i < count; i++) {
      const row = point[from + i]!;
      power[i] = weight === null ? r[row]! : r[row]! * weight[row]!;
    }
    for (let a = 0; a < 4; a++) {
      let [s0, s1, s2, s3] = [0, 0, 0, 0];
      for (let i = 0; i < count; i++) {
        const p = power[i]!;
        const t = w[from + i]!;
        const q = p * t;
        s0 += p;
        s1 += q;
        s2 += q * t;
        s3 += q * t * t;
        power[i] = p * v[from + i]!;
      }
      const at = 16 * cell + 4 * a;
      moments[at]! += s0;
      moments[at + 1]! += s1;
      moments[at + 2]! += s2;
      moments[at + 3]! += s3;
    }
  });
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
