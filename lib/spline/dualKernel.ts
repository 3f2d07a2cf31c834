import { panelRow, rowProducts } from "./rowProducts.js";

/** K = R D^-1 R' at a pair of smoothing parameters, and its parts by axis; lower triangles, shape (size, size). */
export interface DualKernel {
  /** K to `out`. */
  fill(lx: number, ly: number, out: Float64Array): void;
  /**
   * K, and the same with the columns weighted by w1 = lx sx / d (`k1`) and by its square (`k11`): what the
   * derivatives along log lx and log ly are made of.
   */
  fillParts(lx: number, ly: number, k: Float64Array, k1: Float64Array, k11: Float64Array): void;
}

/**
 * Columns that one axis alone penalises are summed up once: their share of K only scales with that axis's lambda.
 * Products are left to be made for the others, 64 of 96 in a basis of 10 by 10.
 *
 * @param r R, shape (size, q), size a multiple of four.
 * @param sx Penalty of each column along x, shape (q,); `sy` along y: d = lx sx + ly sy.
 */
export function dualKernel(r: Float64Array, size: number, sx: Float64Array, sy: Float64Array): DualKernel {
  const q = sx.length;
  const xOnly: number[] = [];
  const yOnly: number[] = [];
  const mixed: number[] = [];
  for (let j = 0; j < q; j++) (sy[j] === 0 ? xOnly : sx[j] === 0 ? yOnly : mixed).push(j);
  const alongX = singleKernel(r, size, q, xOnly, sx);
  const alongY = singleKernel(r, size, q, yOnly, sy);
  const count = mixed.length;
  const columns = columnsOf(r, size, q, mixed);
  const mixedX = Float64Array.from(mixed, (j) => sx[j]!);
  const mixedY = Float64Array.from(mixed, (j) => sy[j]!);
  const weights = new Float64Array(count);
  const products = (out: Float64Array): void =>
    rowProducts(columns, columns, weights, size, count, out, "lower");
  const fill = (lx: number, ly: number, out: Float64Array): void => {
    for (let j = 0; j < count; j++) weights[j] = 1 / (lx * mixedX[j]! + ly * mixedY[j]!);
    products(out);
    addLower(out, size, alongX, 1 / lx, alongY, 1 / ly);
  };

  return {
    fill,
    fillParts(lx, ly, k, k1, k11) {
      fill(lx, ly, k);
      for (const part of [k1, k11]) {
        for (let j = 0; j < count; j++)
          weights[j]! *= (lx * mixedX[j]!) / (lx * mixedX[j]! + ly * mixedY[j]!);
        products(part);
        addLower(part, size, alongX, 1 / lx, alongY, 0);
      }
    },
  };
}

/** The kernel of columns with one penalty, at lambda = 1. */
function singleKernel(
  r: Float64Array,
  size: number,
  q: number,
  chosen: readonly number[],
  penalty: Float64Array,
): Float64Array {
  const columns = columnsOf(r, size, q, chosen);
  const weights = Float64Array.from(chosen, (j) => 1 / penalty[j]!);
  const out = new Float64Array(size * size);
  rowProducts(columns, columns, weights, size, chosen.length, out, "lower");
  return out;
}

/** Some columns of R, in panels. */
function columnsOf(r: Float64Array, size: number, q: number, chosen: readonly number[]): Float64Array {
  const count = chosen.length;
  const out = new Float64Array(size * count);
  for (let i = 0; i < size; i++) {
    const to = panelRow(i, count);
    for (let j = 0; j < count; j++) out[to + 4 * j] = r[i * q + chosen[j]!]!;
  }
  return out;
}

/** out += p A + q B, lower triangles. */
function addLower(
  out: Float64Array,
  size: number,
  a: Float64Array,
  p: number,
  b: Float64Array,
  q: number,
): void {
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let at = row; at <= row + i; at++) out[at] = out[at]! + p * a[at]! + q * b[at]!;
  }
}
