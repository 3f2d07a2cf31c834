import { log } from "./elementary.js";

/**
 * Dense kernels on row-major Float64Arrays for the optimiser's innermost loop, where ml-matrix's Cholesky is about
 * eight times slower. All of them are products of rows, taken four rows by two at a time: eight running sums stay in
 * registers. Only lower triangles are read and written; tests hold them to ml-matrix.
 */

/** Sums of the tile at hand: row r of the four with row c of the two at 2 r + c. */
const SUMS = new Float64Array(8);

/** A matrix by rows, `stride` apart. */
interface Rows {
  readonly values: Float64Array;
  readonly stride: number;
  readonly count: number;
}

/** Products of rows i..i+3 of A with rows j and j + 1 of B, over the columns from..to-1, to SUMS. */
function tile(left: Rows, i: number, right: Rows, j: number, from: number, to: number): void {
  const { values: a, stride } = left;
  const { values: b } = right;
  // Rows past the end are read as the last one, and not used.
  const last = left.count - 1;
  const r0 = i * stride;
  const r1 = Math.min(i + 1, last) * stride;
  const r2 = Math.min(i + 2, last) * stride;
  const r3 = Math.min(i + 3, last) * stride;
  const c0 = j * right.stride;
  const c1 = Math.min(j + 1, right.count - 1) * right.stride;
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  for (let k = from; k < to; k++) {
    const p = b[c0 + k]!;
    const q = b[c1 + k]!;
    const x0 = a[r0 + k]!;
    const x1 = a[r1 + k]!;
    const x2 = a[r2 + k]!;
    const x3 = a[r3 + k]!;
    s00 += x0 * p;
    s10 += x1 * p;
    s20 += x2 * p;
    s30 += x3 * p;
    s01 += x0 * q;
    s11 += x1 * q;
    s21 += x2 * q;
    s31 += x3 * q;
  }
  SUMS[0] = s00;
  SUMS[1] = s01;
  SUMS[2] = s10;
  SUMS[3] = s11;
  SUMS[4] = s20;
  SUMS[5] = s21;
  SUMS[6] = s30;
  SUMS[7] = s31;
}

/** Solves X L' = B in place for rows i..i+3 of X, in the columns from..to-1; X is 0 before `from`. */
function solvePanel(factor: Rows, x: Rows, i: number, from: number, to: number): void {
  const { values: l, stride: n } = factor;
  const rows = Math.min(4, x.count - i);
  for (let j = from; j < to; j += 2) {
    tile(x, i, factor, j, from, j);
    const hasSecond = j + 1 < to;
    const first = 1 / l[j * (n + 1)]!;
    const below = hasSecond ? l[(j + 1) * n + j]! : 0;
    const second = hasSecond ? 1 / l[(j + 1) * (n + 1)]! : 0;
    for (let r = 0; r < rows; r++) {
      const at = (i + r) * x.stride + j;
      const value = (x.values[at]! - SUMS[2 * r]!) * first;
      x.values[at] = value;
      if (hasSecond) x.values[at + 1] = (x.values[at + 1]! - SUMS[2 * r + 1]! - value * below) * second;
    }
  }
}

/**
 * A = L L' in place, shape (n, n), in blocks of four rows. Only the lower triangle is read, and the upper one is left as
 * it was.
 *
 * @returns False when a pivot is not positive: A is then left half done.
 * @see Golub & Van Loan 2013, Matrix Computations, section 4.2.
 */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  const rows: Rows = { values: a, stride: n, count: n };
  for (let i = 0; i < n; i += 4) {
    const end = Math.min(i + 4, n);
    solvePanel(rows, rows, i, 0, i);
    for (let j = i; j < end; j += 2) {
      tile(rows, i, rows, j, 0, i);
      for (let r = j; r < end; r++)
        for (let c = j; c <= r && c < j + 2; c++) a[r * n + c]! -= SUMS[2 * (r - i) + c - j]!;
    }
    for (let r = i; r < end; r++)
      for (let j = i; j <= r; j++) {
        let sum = a[r * n + j]!;
        for (let k = i; k < j; k++) sum -= a[r * n + k]! * a[j * n + k]!;
        if (j < r) a[r * n + j] = sum / a[j * (n + 1)]!;
        else if (sum > 0) a[r * n + r] = Math.sqrt(sum);
        else return false;
      }
  }
  return true;
}

/** Solves X L' = B in place for X of shape (rows, n): L^-1 of each row. */
export function solveRows(l: Float64Array, n: number, x: Float64Array, rows: number): void {
  const [factor, right] = [l, x].map((values) => ({ values, stride: n, count: n })) as [Rows, Rows];
  for (let i = 0; i < rows; i += 4) solvePanel(factor, { ...right, count: rows }, i, 0, n);
}

/** (L^-1)', shape (n, n), upper triangular: its rows' products with each other are those of A^-1. */
export function transposedInverse(l: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * (n + 1)] = 1;
  const [factor, x] = [l, out].map((values) => ({ values, stride: n, count: n })) as [Rows, Rows];
  for (let i = 0; i < n; i += 4) solvePanel(factor, x, i, i, n);
  return out;
}

/**
 * Lower triangle of the products of the rows of A with those of B, shape (n, n).
 *
 * @param a Shape (n, q); `b` likewise.
 * @param isUpper A and B are upper triangular: what is 0 is left out.
 */
export function rowProducts(
  a: Float64Array,
  b: Float64Array,
  n: number,
  q: number,
  isUpper = false,
): Float64Array {
  const out = new Float64Array(n * n);
  const [left, right] = [a, b].map((values) => ({ values, stride: q, count: n })) as [Rows, Rows];
  for (let i = 0; i < n; i += 4) {
    const end = Math.min(i + 4, n);
    for (let j = 0; j < end; j += 2) {
      tile(left, i, right, j, isUpper ? i : 0, q);
      for (let r = i; r < end; r++) {
        out[r * n + j] = SUMS[2 * (r - i)]!;
        if (j + 1 < n) out[r * n + j + 1] = SUMS[2 * (r - i) + 1]!;
      }
    }
  }
  return out;
}

/** The rows and columns given of a matrix whose rows are `stride` apart, shape (rows.length, columns.length). */
export function submatrix(
  a: Float64Array,
  stride: number,
  rows: readonly number[],
  columns: readonly number[],
): Float64Array {
  const out = new Float64Array(rows.length * columns.length);
  let at = 0;
  for (const row of rows) for (const column of columns) out[at++] = a[row * stride + column]!;
  return out;
}

/** The transpose of A, shape (rows, columns). */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[i * columns + j]!;
  return out;
}

/** Copies a square matrix's lower triangle to its upper one, in place. */
export function mirrorLower(a: Float64Array, n: number): Float64Array {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!;
  return a;
}

/** a'b. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** log |A| of a positive definite A, shape (n, n), from its factor L. */
export function logDeterminant(l: Float64Array, n: number): number {
  let sum = 0;
  let product = 1;
  for (let i = 0; i < n; i++) {
    product *= l[i * (n + 1)]!;
    // One logarithm for a dozen factors, taken before the product can leave the range of doubles.
    if (product > 1e150 || product < 1e-150 || i === n - 1) {
      sum += log(product);
      product = 1;
    }
  }
  return 2 * sum;
}

/** Solves L v = b in place, and returns it. */
export function forwardSolve(l: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[i * n + k]! * b[k]!;
    b[i] = sum / l[i * (n + 1)]!;
  }
  return b;
}

/** Solves L' u = v in place, and returns it. */
export function backwardSolve(l: Float64Array, n: number, b: Float64Array): Float64Array {
  for (let i = n - 1; i >= 0; i--) {
    const value = b[i]! / l[i * (n + 1)]!;
    b[i] = value;
    for (let k = 0; k < i; k++) b[k]! -= l[i * n + k]! * value;
  }
  return b;
}
