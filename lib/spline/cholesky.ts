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

/** Rows from..to-1 of L from column `left` on, one entry at a time. */
function factorRows(a: Float64Array, n: number, from: number, to: number, left: number): boolean {
  for (let i = from; i < to; i++) {
    const ri = i * n;
    for (let j = left; j <= i; j++) {
      const rj = j * n;
      let sum = a[ri + j]!;
      for (let k = 0; k < j; k++) sum -= a[ri + k]! * a[rj + k]!;
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

/**
 * Lower triangle of A^-1 from its factor L, written to `out`, shape (n, n).
 *
 * @param work Scratch, n * n: afterwards it holds (L^-1)'.
 */
export function inverseFromCholesky(l: Float64Array, n: number, out: Float64Array, work: Float64Array): void {
  transposedInverse(l, n, work);
  const whole = n - (n % 4);
  for (let i = 0; i < whole; i += 4) {
    for (let j = 0; j <= i + 2; j += 2) outerTile(work, n, i, j, out);
  }
  for (let i = whole; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += work[i * n + k]! * work[j * n + k]!;
      out[i * n + j] = sum;
    }
  }
}

/** out = W W' at rows i..i+3, columns j and j + 1, for the upper triangular W. */
function outerTile(w: Float64Array, n: number, i: number, j: number, out: Float64Array): void {
  const r0 = i * n;
  const r1 = (i + 1) * n;
  const r2 = (i + 2) * n;
  const r3 = (i + 3) * n;
  const c0 = j * n;
  const c1 = (j + 1) * n;
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  for (let k = i; k < n; k++) {
    const p = w[c0 + k]!;
    const q = w[c1 + k]!;
    const x0 = w[r0 + k]!;
    const x1 = w[r1 + k]!;
    const x2 = w[r2 + k]!;
    const x3 = w[r3 + k]!;
    s00 += x0 * p;
    s10 += x1 * p;
    s20 += x2 * p;
    s30 += x3 * p;
    s01 += x0 * q;
    s11 += x1 * q;
    s21 += x2 * q;
    s31 += x3 * q;
  }
  out[r0 + j] = s00;
  out[r1 + j] = s10;
  out[r2 + j] = s20;
  out[r3 + j] = s30;
  out[r0 + j + 1] = s01;
  out[r1 + j + 1] = s11;
  out[r2 + j + 1] = s21;
  out[r3 + j + 1] = s31;
}

/** (L^-1)', upper triangular, its lower triangle zero. */
export function transposedInverse(l: Float64Array, n: number, out: Float64Array): void {
  out.fill(0, 0, n * n);
  for (let i = 0; i < n; i += 2) {
    const rows = Math.min(2, n - i);
    const strips = rows === 2 ? i - (i % 4) : 0;
    for (let j = 0; j < strips; j += 4) inverseTile(l, n, i, j, out);
    for (let row = i; row < i + rows; row++) {
      const ri = row * n;
      const d = 1 / l[ri + row]!;
      for (let j = strips; j < row; j++) {
        let sum = 0;
        for (let k = j; k < row; k++) sum += l[ri + k]! * out[j * n + k]!;
        out[j * n + row] = -sum * d;
      }
      out[ri + row] = d;
    }
  }
}

/** (L^-1)' at rows j..j+3, columns i and i + 1. */
function inverseTile(l: Float64Array, n: number, i: number, j: number, out: Float64Array): void {
  const r0 = j * n;
  const r1 = (j + 1) * n;
  const r2 = (j + 2) * n;
  const r3 = (j + 3) * n;
  const c0 = i * n;
  const c1 = (i + 1) * n;
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  for (let k = j; k < i; k++) {
    const p = l[c0 + k]!;
    const q = l[c1 + k]!;
    const x0 = out[r0 + k]!;
    const x1 = out[r1 + k]!;
    const x2 = out[r2 + k]!;
    const x3 = out[r3 + k]!;
    s00 += x0 * p;
    s10 += x1 * p;
    s20 += x2 * p;
    s30 += x3 * p;
    s01 += x0 * q;
    s11 += x1 * q;
    s21 += x2 * q;
    s31 += x3 * q;
  }
  const d0 = -1 / l[c0 + i]!;
  const below = l[c1 + i]!;
  const d1 = -1 / l[c1 + i + 1]!;
  out[r0 + i] = s00 * d0;
  out[r1 + i] = s10 * d0;
  out[r2 + i] = s20 * d0;
  out[r3 + i] = s30 * d0;
  out[r0 + i + 1] = (s01 + s00 * d0 * below) * d1;
  out[r1 + i + 1] = (s11 + s10 * d0 * below) * d1;
  out[r2 + i + 1] = (s21 + s20 * d0 * below) * d1;
  out[r3 + i + 1] = (s31 + s30 * d0 * below) * d1;
}

/** Lower triangle of T T' for T of shape (n, q), to `out`, shape (n, n). */
export function outerProduct(t: Float64Array, n: number, q: number, out: Float64Array): void {
  const whole = n - (n % 4);
  for (let i = 0; i < whole; i += 4) for (let j = 0; j <= i + 2; j += 2) rowsTile(t, q, n, i, j, out);
  for (let i = whole; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < q; k++) sum += t[i * q + k]! * t[j * q + k]!;
      out[i * n + j] = sum;
    }
  }
}

/** Products of rows i..i+3 with rows j and j + 1. */
function rowsTile(t: Float64Array, q: number, n: number, i: number, j: number, out: Float64Array): void {
  const r0 = i * q;
  const r1 = r0 + q;
  const r2 = r1 + q;
  const r3 = r2 + q;
  const c0 = j * q;
  const c1 = c0 + q;
  let s00 = 0;
  let s10 = 0;
  let s20 = 0;
  let s30 = 0;
  let s01 = 0;
  let s11 = 0;
  let s21 = 0;
  let s31 = 0;
  for (let k = 0; k < q; k++) {
    const a = t[c0 + k]!;
    const b = t[c1 + k]!;
    const x0 = t[r0 + k]!;
    const x1 = t[r1 + k]!;
    const x2 = t[r2 + k]!;
    const x3 = t[r3 + k]!;
    s00 += x0 * a;
    s10 += x1 * a;
    s20 += x2 * a;
    s30 += x3 * a;
    s01 += x0 * b;
    s11 += x1 * b;
    s21 += x2 * b;
    s31 += x3 * b;
  }
  const at = i * n + j;
  out[at] = s00;
  out[at + n] = s10;
  out[at + 2 * n] = s20;
  out[at + 3 * n] = s30;
  out[at + 1] = s01;
  out[at + n + 1] = s11;
  out[at + 2 * n + 1] = s21;
  out[at + 3 * n + 1] = s31;
}
