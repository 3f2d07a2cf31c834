import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { transpose } from "../linear/cholesky.js";

/** The eigenbasis of one axis's second-difference penalty D'D. */
export interface Margin {
  readonly size: number;
  /** Orthogonal U, shape (size, size), row-major: columns constant, linear, then the penalised directions. */
  readonly u: Float64Array;
  /** Eigenvalues of D'D by column of U: two exact zeros, then ascending. */
  readonly s: Float64Array;
}

/** Margins made before, by their size. */
const cache = new Map<number, Margin>();

/**
 * Eigenbasis of D'D, D the second differences of `size` coefficients. Cached: it depends on the size alone.
 *
 * The null space is written down (constant and centred line) instead of computed, so that planes and their
 * products are unpenalised exactly.
 *
 * @see Currie, Durban & Eilers 2006, doi:10.1111/j.1467-9868.2006.00543.x, the mixed-model form.
 */
export function penaltyMargin(size: number): Margin {
  const known = cache.get(size);
  if (known !== undefined) return known;
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(differencePenalty(size), {
    assumeSymmetric: true,
  });
  const order = [...realEigenvalues.keys()].toSorted((a, b) => realEigenvalues[a]! - realEigenvalues[b]!);
  const u = new Float64Array(size * size);
  const s = Float64Array.from(order, (from, j) => (j < 2 ? 0 : realEigenvalues[from]!));
  const { constant, slope } = lineOf(size);
  for (let i = 0; i < size; i++) {
    u[i * size] = constant;
    u[i * size + 1] = slope * (i - (size - 1) / 2);
    for (let j = 2; j < size; j++) u[i * size + j] = eigenvectorMatrix.get(i, order[j]!);
  }
  const margin: Margin = { size, u, s };
  cache.set(size, margin);
  return margin;
}

/**
 * The two unpenalised directions of a margin as functions of the position p on its axis: `constant`, and the line
 * slope p + intercept. The line's coefficients are j less their middle, and by Greville's sum j B_j = p + 1.
 */
export function lineOf(size: number): { constant: number; slope: number; intercept: number } {
  const slope = Math.sqrt(12 / (size * (size * size - 1)));
  return { constant: 1 / Math.sqrt(size), slope, intercept: slope * (1 - (size - 1) / 2) };
}

/** D'D for second differences of `size` coefficients, shape (size, size): the penalty matrix of one axis. */
export function differencePenalty(size: number): Matrix {
  const d = Matrix.zeros(size - 2, size);
  for (let i = 0; i < size - 2; i++) d.setSubMatrix([[1, -2, 1]], i, i);
  return d.transpose().mmul(d);
}

/** B U, shape (n, size): a basis at n points, turned to its margin's eigenbasis. */
export function turnBasis({ size, u }: Margin, b: Float64Array): Float64Array {
  const out = new Float64Array(b.length);
  addProduct(b, b.length / size, size, u, out, [0, 0], size);
  return out;
}

/**
 * Turns each row of V, shape (rows, kx * ky), between B-spline and eigen coordinates of the tensor basis.
 *
 * @param to "eigen": V (Ux (x) Uy); "splines": V (Ux (x) Uy)'.
 */
export function turnRows(x: Margin, y: Margin, v: Float64Array, to: "eigen" | "splines"): Float64Array {
  const isEigen = to === "eigen";
  const half = turnBasis(isEigen ? y : { ...y, u: transpose(y.u, y.size, y.size) }, v);
  const across = isEigen ? transpose(x.u, x.size, x.size) : x.u;
  const out = new Float64Array(v.length);
  for (let at = 0; at < v.length; at += x.size * y.size)
    addProduct(across, x.size, x.size, half, out, [at, at], y.size);
  return out;
}

/** Turns a symmetric matrix of shape (kx * ky, kx * ky) on both sides, as {@link turnRows} does its rows. */
export function turnMatrix(x: Margin, y: Margin, a: Float64Array, to: "eigen" | "splines"): Float64Array {
  const size = x.size * y.size;
  return turnRows(x, y, transpose(turnRows(x, y, a, to), size, size), to);
}

/** out += A B for A of shape (rows, inner) and B of shape (inner, columns); B and out from the place given on. */
function addProduct(
  a: Float64Array,
  rows: number,
  inner: number,
  b: Float64Array,
  out: Float64Array,
  at: readonly [b: number, out: number],
  columns: number,
): void {
  for (let i = 0; i < rows; i++) {
    const row = at[1] + i * columns;
    for (let k = 0; k < inner; k++) {
      const from = at[0] + k * columns;
      const p = a[i * inner + k]!;
      for (let j = 0; j < columns; j++) out[row + j]! += p * b[from + j]!;
    }
  }
}
