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

/** Solves L Y = T in place for T of shape (n, q). */
export function lowerSolveRows(l: Float64Array, n: number, q: number, t: Float64Array): void {
  for (let i = 0; i < n; i++) {
    const ri = i * q;
    let k = 0;
    for (; k + 3 < i; k += 4) {
      const a = l[i * n + k]!;
      const b = l[i * n + k + 1]!;
      const c = l[i * n + k + 2]!;
      const d = l[i * n + k + 3]!;
      const rk = k * q;
      for (let j = 0; j < q; j++) {
        t[ri + j]! -= a * t[rk + j]! + b * t[rk + q + j]! + c * t[rk + 2 * q + j]! + d * t[rk + 3 * q + j]!;
      }
    }
    for (; k < i; k++) {
      const a = l[i * n + k]!;
      for (let j = 0; j < q; j++) t[ri + j]! -= a * t[k * q + j]!;
    }
    const pivot = 1 / l[i * n + i]!;
    for (let j = 0; j < q; j++) t[ri + j]! *= pivot;
  }
}
