/**
 * Dense symmetric kernels on row-major Float64Arrays for the optimiser's innermost loop, where ml-matrix's
 * Cholesky is about five times slower. Only lower triangles are read and written; tests hold them to ml-matrix.
 */

/** A = L L' in place, shape (n, n). @returns False when a pivot is not positive: A is then left half done. */
export function choleskyInPlace(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const ri = i * n;
    for (let j = 0; j <= i; j++) {
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
  for (let i = 0; i < n; i++) sum += Math.log(l[i * n + i]!);
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
 * @param work Scratch, n * n: afterwards its upper triangle holds (L^-1)'.
 */
export function inverseFromCholesky(l: Float64Array, n: number, out: Float64Array, work: Float64Array): void {
  for (let j = 0; j < n; j++) {
    const cj = j * n;
    work[cj + j] = 1 / l[cj + j]!;
    for (let i = j + 1; i < n; i++) {
      const ri = i * n;
      let sum = 0;
      for (let k = j; k < i; k++) sum += l[ri + k]! * work[cj + k]!;
      work[cj + i] = -sum / l[ri + i]!;
    }
  }
  for (let i = 0; i < n; i++) {
    const ci = i * n;
    for (let j = 0; j <= i; j++) {
      const cj = j * n;
      let sum = 0;
      for (let k = i; k < n; k++) sum += work[ci + k]! * work[cj + k]!;
      out[ci + j] = sum;
    }
  }
}
