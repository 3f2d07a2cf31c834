// Rows stand in panels of four: entry (i, k) of A, shape (n, q), at 4 q floor(i / 4) + 4 k + i % 4. Four rows are then
// read at one place. Rows are added up to a multiple of four: zeros.

/** Entries of n rows of length q in panels. */
export function panelLength(n: number, q: number): number {
  return 4 * Math.ceil(n / 4) * q;
}

/** Where the first entry of a row stands in its panel; the next stand four apart. */
export function panelRow(i: number, q: number): number {
  return (i & ~3) * q + (i & 3);
}

/**
 * What the innermost loop reads is copied here first: an array that is always the same one is read without the checks
 * that an engine makes on every access to an array handed in, which would cost half as much again.
 */
const LEFT = new Float64Array(4 * 2048);
const RIGHT = new Float64Array(4 * 4096);
const WEIGHTS = new Float64Array(2048);

/**
 * Weighted products of the rows of A with the rows of B, A diag(w) B', to `out`, shape (n, n): all of them, or those of
 * the lower triangle, where only that is meant to be read.
 *
 * @param a A in panels, of shape (n, q), q up to 2048; `b` likewise.
 * @param w Shape (q,).
 */
export function rowProducts(
  a: Float64Array,
  b: Float64Array,
  w: Float64Array,
  n: number,
  q: number,
  out: Float64Array,
  part: "lower" | "all",
): void {
  WEIGHTS.set(w);
  const group = 4 * Math.floor(RIGHT.length / (4 * q));
  for (let from = 0; from < n; from += group) {
    const end = Math.min(n, from + group);
    RIGHT.set(b.subarray(from * q, panelLength(end, q)));
    for (let i = part === "all" ? 0 : from; i < n; i += 4) {
      LEFT.set(a.subarray(i * q, (i + 4) * q));
      const last = part === "all" ? end : Math.min(end, i + 4);
      for (let j = from; j < last; j += 2) productTile(q, panelRow(j - from, q), out, i, j, n);
    }
  }
}

/** Products of the left panel's rows with two of the right ones, from `y` on: eight sums that stay in registers. */
function productTile(q: number, y: number, out: Float64Array, i: number, j: number, n: number): void {
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  for (let k = 0, x = 0; k < q; k++, x += 4) {
    const weight = WEIGHTS[k]!;
    const y0 = RIGHT[y + x]! * weight;
    const y1 = RIGHT[y + x + 1]! * weight;
    const x0 = LEFT[x]!;
    const x1 = LEFT[x + 1]!;
    const x2 = LEFT[x + 2]!;
    const x3 = LEFT[x + 3]!;
    s00 += x0 * y0;
    s10 += x1 * y0;
    s20 += x2 * y0;
    s30 += x3 * y0;
    s01 += x0 * y1;
    s11 += x1 * y1;
    s21 += x2 * y1;
    s31 += x3 * y1;
  }
  const at = i * n + j;
  const rows = n - i;
  const hasSecond = j + 1 < n;
  out[at] = s00;
  if (hasSecond) out[at + 1] = s01;
  if (rows > 1) out[at + n] = s10;
  if (rows > 1 && hasSecond) out[at + n + 1] = s11;
  if (rows > 2) out[at + 2 * n] = s20;
  if (rows > 2 && hasSecond) out[at + 2 * n + 1] = s21;
  if (rows > 3) out[at + 3 * n] = s30;
  if (rows > 3 && hasSecond) out[at + 3 * n + 1] = s31;
}
