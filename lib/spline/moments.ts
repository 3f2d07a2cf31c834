import type { Axis } from "./basis.js";
import { expandCross, expandGram } from "./momentExpansion.js";
import { ACROSS, ALONG, CHUNK, forEachChunk, type Places } from "./places.js";

/**
 * X'WX of the tensor basis by one pass over the rows: each knot cell gathers the 49 moments
 * sum w v^a w^b (a, b <= 6), which are expanded once into the cell's 16 x 16 block. O(49 n), against 136 n directly.
 *
 * @returns G, shape (K, K), K = sizeX * sizeY, index ix * sizeY + iy, symmetric, both triangles filled.
 */
export function gramMatrix(axisX: Axis, axisY: Axis, places: Places): Float64Array {
  const { weight } = places;
  const moments = new Float64Array(49 * axisX.segments * axisY.segments);
  forEachChunk(places, (cell, from, count) => {
    for (let i = 0; i < count; i++) POWER[i] = weight === null ? 1 : weight[from + i]!;
    for (let a = 0; a < 7; a++) addSevenPowers(moments, 49 * cell + 7 * a, count);
  });
  return expandGram(axisX, axisY, moments);
}

/** What each point of the chunk at hand counts for, times a power of v. */
const POWER = new Float64Array(CHUNK);

/** Adds the sums of POWER w^b, b = 0..6, to the moments; then POWER is multiplied by v. */
function addSevenPowers(moments: Float64Array, at: number, count: number): void {
  const [across, along] = [ACROSS, ALONG];
  let [s0, s1, s2, s3, s4, s5, s6] = [0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const p = POWER[i]!;
    const t = along[i]!;
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
    POWER[i] = p * across[i]!;
  }
  moments[at]! += s0;
  moments[at + 1]! += s1;
  moments[at + 2]! += s2;
  moments[at + 3]! += s3;
  moments[at + 4]! += s4;
  moments[at + 5]! += s5;
  moments[at + 6]! += s6;
}

/** Adds the sums of POWER w^b, b = 0..3, to the moments; then POWER is multiplied by v. */
function addFourPowers(moments: Float64Array, at: number, count: number): void {
  const [across, along] = [ACROSS, ALONG];
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const p = POWER[i]!;
    const t = along[i]!;
    const q = p * t;
    s0 += p;
    s1 += q;
    s2 += q * t;
    s3 += q * t * t;
    POWER[i] = p * across[i]!;
  }
  moments[at]! += s0;
  moments[at + 1]! += s1;
  moments[at + 2]! += s2;
  moments[at + 3]! += s3;
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
  bilinear: Bilinear,
): { cross: Float64Array; square: number } {
  const moments = new Float64Array(16 * axisX.segments * axisY.segments);
  let square = 0;
  forEachChunk(places, (cell, from, count) => {
    square += loadResiduals(places, from, count, inCell(bilinear, cell, axisY.segments));
    for (let a = 0; a < 4; a++) addFourPowers(moments, 16 * cell + 4 * a, count);
  });
  return { cross: expandCross(axisX, axisY, moments), square };
}

/** The same function of the coordinates within a cell. */
function inCell([a, b, c, d]: Bilinear, cell: number, columns: number): Bilinear {
  const cx = Math.floor(cell / columns);
  const cy = cell - cx * columns;
  return [a + b * cx + c * cy + d * cx * cy, b + d * cy, c + d * cx, d];
}

/** W r of the chunk at hand to POWER, for r = z less a bilinear function of its coordinates. @returns Their r'W r. */
function loadResiduals(
  { values, weight }: Places,
  from: number,
  count: number,
  [a, b, c, d]: Bilinear,
): number {
  const [across, along] = [ACROSS, ALONG];
  let square = 0;
  for (let i = 0, at = 3 * from + 2; i < count; i++, at += 3) {
    const v = across[i]!;
    const r = values[at]! - a - b * v - (c + d * v) * along[i]!;
    const weighted = weight === null ? r : r * weight[from + i]!;
    square += r * weighted;
    POWER[i] = weighted;
  }
  return square;
}
