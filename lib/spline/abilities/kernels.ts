/**
 * The inner loops of the sampler: plain loops over flat arrays, since each runs thousands of times a surface. The
 * matrices are few, dense and square (36 columns).
 */

/** Cubic B-splines at u in [0, 1]: four values from `at` on; returns the segment. */
export function bsplines(size: number, u: number, out: Float64Array, at: number): number {
  const position = u * (size - 3);
  const c = Math.min(size - 4, Math.floor(position));
  const v = position - c;
  const w = 1 - v;
  out[at] = (w * w * w) / 6;
  out[at + 1] = (3 * v * v * v - 6 * v * v + 4) / 6;
  out[at + 2] = (3 * w * w * w - 6 * w * w + 4) / 6;
  out[at + 3] = (v * v * v) / 6;
  return c;
}

/** The surface's value before `share`, at B-splines `b` from `o` on of segments cx and cy. */
export function valueAt(
  theta: Float64Array,
  size: number,
  b: Float64Array,
  o: number,
  cx: number,
  cy: number,
): number {
  const y0 = b[o + 4]!;
  const y1 = b[o + 5]!;
  const y2 = b[o + 6]!;
  const y3 = b[o + 7]!;
  let sum = 0.5;
  for (let a = 0; a < 4; a++) {
    const q = (cx + a) * size + cy;
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
    const y0 = b[o + 4]!;
    const y1 = b[o + 5]!;
    const y2 = b[o + 6]!;
    const y3 = b[o + 7]!;
    for (let a = 0; a < 4; a++) {
      const xa = b[o + a]!;
      const p = (cx + a) * size + cy;
      const xy = xa * y;
      right[p]! += xy * y0;
      right[p + 1]! += xy * y1;
      right[p + 2]! += xy * y2;
      right[p + 3]! += xy * y3;
      for (let c = 0; c <= a; c++) {
        const v = xa * w * b[o + c]!;
        let row = p * order + (cx + c) * size + cy;
        let t = v * y0;
        matrix[row]! += t * y0;
        if (c < a) {
          matrix[row + 1]! += t * y1;
          matrix[row + 2]! += t * y2;
          matrix[row + 3]! += t * y3;
        }
        row += order;
        t = v * y1;
        matrix[row]! += t * y0;
        matrix[row + 1]! += t * y1;
        if (c < a) {
          matrix[row + 2]! += t * y2;
          matrix[row + 3]! += t * y3;
        }
        row += order;
        t = v * y2;
        matrix[row]! += t * y0;
        matrix[row + 1]! += t * y1;
        matrix[row + 2]! += t * y2;
        if (c < a) matrix[row + 3]! += t * y3;
        row += order;
        t = v * y3;
        matrix[row]! += t * y0;
        matrix[row + 1]! += t * y1;
        matrix[row + 2]! += t * y2;
        matrix[row + 3]! += t * y3;
      }
    }
  }
}

/** Cholesky factor in place of the lower triangle; returns half the log-determinant. */
export function factor(m: Float64Array, order: number): number {
  let half = 0;
  for (let i = 0; i < order; i++) {
    const ri = i * order;
    for (let j = 0; j < i; j++) {
      const rj = j * order;
      let s = m[ri + j]!;
      for (let q = 0; q < j; q++) s -= m[ri + q]! * m[rj + q]!;
      m[ri + j] = s / m[rj + j]!;
    }
    let s = m[ri + i]!;
    for (let q = 0; q < i; q++) s -= m[ri + q]! * m[ri + q]!;
    const pivot = Math.sqrt(s);
    m[ri + i] = pivot;
    half += Math.log(pivot);
  }
  return half;
}

/** x of L x = b, in place. */
export function forward(l: Float64Array, x: Float64Array): void {
  const order = x.length;
  for (let i = 0; i < order; i++) {
    let s = x[i]!;
    const r = i * order;
    for (let q = 0; q < i; q++) s -= l[r + q]! * x[q]!;
    x[i] = s / l[r + i]!;
  }
}

/** x of L' x = b, in place. */
export function backward(l: Float64Array, x: Float64Array): void {
  const order = x.length;
  for (let i = order - 1; i >= 0; i--) {
    const v = x[i]! / l[i * order + i]!;
    x[i] = v;
    const r = i * order;
    for (let q = 0; q < i; q++) x[q]! -= v * l[r + q]!;
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
