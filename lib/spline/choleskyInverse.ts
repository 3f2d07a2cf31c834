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
