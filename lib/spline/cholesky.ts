/**
 * Dense symmetric kernels on row-major Float64Arrays for the optimiser's innermost loop, where ml-matrix's
 * Cholesky is about eight times slower. Only lower triangles are read and written; tests hold them to ml-matrix.
 *
 * Each works on strips of four rows by two columns: eight running sums stay in registers, and every value that is
 * loaded is used several times.
 */

/** A = L L' in place, shape (n, n). @returns False when a pivot is not positive: A is then left half done. */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  const whole = n - (n % 4);
  for (let i = 0; i < whole; i += 4) {
    for (let j = 0; j < i; j += 2) factorTile(a, n, i, j);
    reduceDiagonal(a, n, i);
    if (!factorRows(a, n, i, i + 4, i)) return false;
  }
  return factorRows(a, n, whole, n, 0);
}

/** L at rows i..i+3, columns j and j + 1, both left of the strip's diagonal block. */
function factorTile(a: Float64Array, n: number, i: number, j: number): void {
  const r0 = i * n;
  const r1 = (i + 1) * n;
  const r2 = (i + 2) * n;
  const r3 = (i + 3) * n;
  const c0 = j * n;
  const c1 = (j + 1) * n;
  let s00 = a[r0 + j]!;
  let s10 = a[r1 + j]!;
  let s20 = a[r2 + j]!;
  let s30 = a[r3 + j]!;
  let s01 = a[r0 + j + 1]!;
  let s11 = a[r1 + j + 1]!;
  let s21 = a[r2 + j + 1]!;
  let s31 = a[r3 + j + 1]!;
  for (let k = 0; k < j; k++) {
    const p = a[c0 + k]!;
    const q = a[c1 + k]!;
    const x0 = a[r0 + k]!;
    const x1 = a[r1 + k]!;
    const x2 = a[r2 + k]!;
    const x3 = a[r3 + k]!;
    s00 -= x0 * p;
    s10 -= x1 * p;
    s20 -= x2 * p;
    s30 -= x3 * p;
    s01 -= x0 * q;
    s11 -= x1 * q;
    s21 -= x2 * q;
    s31 -= x3 * q;
  }
  const d0 = 1 / a[c0 + j]!;
  const l = a[c1 + j]!;
  const d1 = 1 / a[c1 + j + 1]!;
  a[r0 + j] = s00 * d0;
  a[r1 + j] = s10 * d0;
  a[r2 + j] = s20 * d0;
  a[r3 + j] = s30 * d0;
  a[r0 + j + 1] = (s01 - s00 * d0 * l) * d1;
  a[r1 + j + 1] = (s11 - s10 * d0 * l) * d1;
  a[r2 + j + 1] = (s21 - s20 * d0 * l) * d1;
  a[r3 + j + 1] = (s31 - s30 * d0 * l) * d1;
}

/** Takes what lies left of the diagonal block at rows i..i+3 out of it. */
function reduceDiagonal(a: Float64Array, n: number, i: number): void {
  const r0 = i * n;
  const r1 = r0 + n;
  const r2 = r1 + n;
  const r3 = r2 + n;
  let s00 = a[r0 + i]!;
  let s10 = a[r1 + i]!;
  let s11 = a[r1 + i + 1]!;
  let s20 = a[r2 + i]!;
  let s21 = a[r2 + i + 1]!;
  let s22 = a[r2 + i + 2]!;
  let s30 = a[r3 + i]!;
  let s31 = a[r3 + i + 1]!;
  let s32 = a[r3 + i + 2]!;
  let s33 = a[r3 + i + 3]!;
  for (let k = 0; k < i; k++) {
    const x0 = a[r0 + k]!;
    const x1 = a[r1 + k]!;
    const x2 = a[r2 + k]!;
    const x3 = a[r3 + k]!;
    s00 -= x0 * x0;
    s10 -= x1 * x0;
    s11 -= x1 * x1;
    s20 -= x2 * x0;
    s21 -= x2 * x1;
    s22 -= x2 * x2;
    s30 -= x3 * x0;
    s31 -= x3 * x1;
    s32 -= x3 * x2;
    s33 -= x3 * x3;
  }
  a[r0 + i] = s00;
  a[r1 + i] = s10;
  a[r1 + i + 1] = s11;
  a[r2 + i] = s20;
  a[r2 + i + 1] = s21;
  a[r2 + i + 2] = s22;
  a[r3 + i] = s30;
  a[r3 + i + 1] = s31;
  a[r3 + i + 2] = s32;
  a[r3 + i + 3] = s33;
}

/** Rows from..to-1 of L from column `left` on, one entry at a time; what lies left of it is taken out already. */
function factorRows(a: Float64Array, n: number, from: number, to: number, left: number): boolean {
  for (let i = from; i < to; i++) {
    const ri = i * n;
    for (let j = left; j <= i; j++) {
      const rj = j * n;
      let sum = a[ri + j]!;
      for (let k = left; k < j; k++) sum -= a[ri + k]! * a[rj + k]!;
      if (i === j) {
        if (!(sum > 0)) return false;
        a[ri + i] = Math.sqrt(sum);
      } else a[ri + j] = sum / a[rj + j]!;
    }
  }
  return true;
}

/** log |A| from its factor L. */
export function logDeterminant(l: Float64Array, n: number): number {
  let sum = 0;
  let product = 1;
  for (let i = 0; i < n; i++) {
    product *= l[i * n + i]!;
    // One logarithm for a dozen factors, taken before the product can leave the range of doubles.
    if (product > 1e150 || product < 1e-150 || i === n - 1) {
      sum += Math.log(product);
      product = 1;
    }
  }
  return 2 * sum;
}

/** Solves L v = b in place. */
export function forwardSolve(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const ri = i * n;
    let sum = b[i]!;
    for (let k = 0; k < i; k++) sum -= l[ri + k]! * b[k]!;
    b[i] = sum / l[ri + i]!;
  }
}

/** Solves L' u = v in place. */
export function backwardSolve(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const ri = i * n;
    const value = b[i]! / l[ri + i]!;
    b[i] = value;
    for (let k = 0; k < i; k++) b[k]! -= l[ri + k]! * value;
  }
}

/** Solves L Y = B in place for B of shape (n, columns). */
export function forwardSolveRows(l: Float64Array, n: number, b: Float64Array, columns: number): void {
  for (let i = 0; i < n; i++) {
    const ri = i * columns;
    let k = 0;
    for (; k + 3 < i; k += 4) {
      const p0 = l[i * n + k]!;
      const p1 = l[i * n + k + 1]!;
      const p2 = l[i * n + k + 2]!;
      const p3 = l[i * n + k + 3]!;
      const r0 = k * columns;
      const r1 = r0 + columns;
      const r2 = r1 + columns;
      const r3 = r2 + columns;
      for (let j = 0; j < columns; j++)
        b[ri + j]! -= p0 * b[r0 + j]! + p1 * b[r1 + j]! + p2 * b[r2 + j]! + p3 * b[r3 + j]!;
    }
    for (; k < i; k++) {
      const p = l[i * n + k]!;
      for (let j = 0; j < columns; j++) b[ri + j]! -= p * b[k * columns + j]!;
    }
    const d = 1 / l[i * n + i]!;
    for (let j = 0; j < columns; j++) b[ri + j]! *= d;
  }
}
