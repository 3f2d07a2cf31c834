/**
 * The inner loops of the sampler: plain loops over flat arrays, since each runs thousands of times a surface. The
 * matrices are few, dense and square (36 columns).
 */

/** The surface's value before `share`, at B-splines `b` from `o` on of segments cx and cy, theta from `first` on. */
export function valueAt(
  theta: Float64Array,
  size: number,
  b: Float64Array,
  o: number,
  cx: number,
  cy: number,
  first = 0,
): number {
  const y0 = b[o + 4]!;
  const y1 = b[o + 5]!;
  const y2 = b[o + 6]!;
  const y3 = b[o + 7]!;
  let sum = 0.5;
  for (let a = 0; a < 4; a++) {
    const q = first + (cx + a) * size + cy;
    sum += b[o + a]! * (theta[q]! * y0 + theta[q + 1]! * y1 + theta[q + 2]! * y2 + theta[q + 3]! * y3);
  }
  return sum;
}

/** Lower triangle of the precision += B' W B, and right += B' y: one point's sixteen products at a time. */
export function addPoints(
  matrix: Float64Array,
  right: Float64Array,
  weight: Float64Array,
  pull: Float64Array,
  b: Float64Array,
  cell: Int32Array,
  size: number,
): void {
  const order = size * size;
  for (let i = 0; i < weight.length; i++) {
    const o = 8 * i;
    const cx = cell[2 * i]!;
    const cy = cell[2 * i + 1]!;
    const w = weight[i]!;
    const y = pull[i]!;
    for (let a = 0; a < 4; a++) {
      const p = (cx + a) * size + cy;
      const xa = b[o + a]!;
      for (let e = 0; e < 4; e++) {
        const xy = xa * b[o + 4 + e]!;
        right[p + e]! += y * xy;
        // Columns of the row p + e up to the diagonal; those past it are not read.
        for (let c = 0; c <= a; c++) {
          const v = w * xy * b[o + c]!;
          const row = (p + e) * order + (cx + c) * size + cy;
          matrix[row]! += v * b[o + 4]!;
          matrix[row + 1]! += v * b[o + 5]!;
          matrix[row + 2]! += v * b[o + 6]!;
          matrix[row + 3]! += v * b[o + 7]!;
        }
      }
    }
  }
}

/** |L' d|^2. */
export function squaredNorm(l: Float64Array, d: Float64Array): number {
  const order = d.length;
  let sum = 0;
  for (let i = 0; i < order; i++) {
    let s = 0;
    for (let j = i; j < order; j++) s += l[j * order + i]! * d[j]!;
    sum += s * s;
  }
  return sum;
}

/** d' A d of a symmetric A, from its lower triangle. */
export function quadraticForm(a: Float64Array, d: Float64Array): number {
  const order = d.length;
  let sum = 0;
  for (let i = 0; i < order; i++) {
    // Two sums, which do not wait for each other.
    let even = 0;
    let odd = a[i * (order + 1)]! * d[i]! * 0.5;
    for (let j = 1; j < i; j += 2) {
      even += a[i * order + j - 1]! * d[j - 1]!;
      odd += a[i * order + j]! * d[j]!;
    }
    if (i % 2 === 1) even += a[i * order + i - 1]! * d[i - 1]!;
    sum += 2 * (even + odd) * d[i]!;
  }
  return sum;
}
