import type { Margin } from "./margin.js";

/** (Ux (x) Uy)' v for a vector of shape (kx, ky). */
export function rotateVector(mx: Margin, my: Margin, v: Float64Array): Float64Array {
  return modeProducts(mx, my, v, true);
}

/** (Ux (x) Uy) theta: back to B-spline coefficients. */
export function unrotateVector(mx: Margin, my: Margin, theta: Float64Array): Float64Array {
  return modeProducts(mx, my, theta, false);
}

function modeProducts(mx: Margin, my: Margin, v: Float64Array, transposed: boolean): Float64Array {
  const kx = mx.size;
  const ky = my.size;
  const half = new Float64Array(kx * ky);
  for (let i = 0; i < kx; i++)
    for (let j = 0; j < ky; j++) {
      let sum = 0;
      for (let b = 0; b < ky; b++)
        sum += v[i * ky + b]! * (transposed ? my.u[b * ky + j]! : my.u[j * ky + b]!);
      half[i * ky + j] = sum;
    }
  const out = new Float64Array(kx * ky);
  for (let i = 0; i < kx; i++)
    for (let a = 0; a < kx; a++) {
      const u = transposed ? mx.u[a * kx + i]! : mx.u[i * kx + a]!;
      if (u === 0) continue;
      for (let j = 0; j < ky; j++) out[i * ky + j]! += u * half[a * ky + j]!;
    }
  return out;
}

/** (Ux (x) Uy)' G (Ux (x) Uy) for a symmetric G of shape (K, K). */
export function rotateGram(mx: Margin, my: Margin, gram: Float64Array): Float64Array {
  return sandwich(gram, mx, my, true);
}

/** (Ux (x) Uy) V (Ux (x) Uy)': a covariance of theta as one of B-spline coefficients. */
export function unrotateCovariance(mx: Margin, my: Margin, v: Float64Array): Float64Array {
  return sandwich(v, mx, my, false);
}

/** Rotates rows and columns of a symmetric matrix, block by block: O(K^2 (kx + ky)). */
function sandwich(source: Float64Array, mx: Margin, my: Margin, transposed: boolean): Float64Array {
  const kx = mx.size;
  const ky = my.size;
  const size = kx * ky;
  const uy = transposed ? transpose(my.u, ky) : my.u;
  const ux = transposed ? transpose(mx.u, kx) : mx.u;
  // Along y inside each block (ix, jx), jx <= ix; the result is laid out with (ix, jx) last, ready for x.
  const inner = new Float64Array(size * size);
  const block = new Float64Array(ky * ky);
  const scratch = new Float64Array(Math.max(kx, ky) ** 2);
  for (let ix = 0; ix < kx; ix++)
    for (let jx = 0; jx <= ix; jx++) {
      let any = 0;
      for (let b = 0; b < ky; b++)
        for (let d = 0; d < ky; d++) {
          const value = source[(ix * ky + b) * size + jx * ky + d]!;
          block[b * ky + d] = value;
          any += Math.abs(value);
        }
      if (any === 0) continue;
      rotateBlock(block, uy, ky, scratch);
      for (let b = 0; b < ky; b++)
        for (let d = 0; d < ky; d++) {
          inner[(b * ky + d) * kx * kx + ix * kx + jx] = block[b * ky + d]!;
          inner[(d * ky + b) * kx * kx + jx * kx + ix] = block[b * ky + d]!;
        }
    }
  const out = new Float64Array(size * size);
  for (let iy = 0; iy < ky; iy++)
    for (let jy = 0; jy <= iy; jy++) {
      const turned = inner.subarray((iy * ky + jy) * kx * kx, (iy * ky + jy + 1) * kx * kx);
      rotateBlock(turned, ux, kx, scratch);
      for (let a = 0; a < kx; a++)
        for (let c = 0; c < kx; c++) {
          out[(a * ky + iy) * size + c * ky + jy] = turned[a * kx + c]!;
          out[(c * ky + jy) * size + a * ky + iy] = turned[a * kx + c]!;
        }
    }
  return out;
}

/** S = U S U' in place, shape (k, k). */
function rotateBlock(s: Float64Array, u: Float64Array, k: number, scratch: Float64Array): void {
  for (let b = 0; b < k; b++)
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let d = 0; d < k; d++) sum += s[b * k + d]! * u[j * k + d]!;
      scratch[j * k + b] = sum;
    }
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++) {
      let sum = 0;
      for (let b = 0; b < k; b++) sum += u[i * k + b]! * scratch[j * k + b]!;
      s[i * k + j] = sum;
    }
}

function transpose(a: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) out[j * n + i] = a[i * n + j]!;
  return out;
}
