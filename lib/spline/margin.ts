import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** The eigenbasis of one axis's second-difference penalty D'D. */
export interface Margin {
  readonly size: number;
  /** Orthogonal U, shape (size, size), row-major: columns constant, linear, then the penalised directions. */
  readonly u: Float64Array;
  /** Eigenvalues of D'D by column of U: two exact zeros, then ascending. */
  readonly s: Float64Array;
}

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
  if (known) return known;
  const penalty = secondDifferencePenalty(size);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(penalty, {
    assumeSymmetric: true,
  });
  const order = realEigenvalues
    .map((_, i) => i)
    .toSorted((a, b) => realEigenvalues[a]! - realEigenvalues[b]!);
  const u = new Float64Array(size * size);
  const s = new Float64Array(size);
  const middle = (size - 1) / 2;
  const lineNorm = Math.sqrt((size * (size * size - 1)) / 12);
  for (let i = 0; i < size; i++) {
    u[i * size] = 1 / Math.sqrt(size);
    u[i * size + 1] = (i - middle) / lineNorm;
  }
  for (let j = 2; j < size; j++) {
    const from = order[j]!;
    s[j] = realEigenvalues[from]!;
    for (let i = 0; i < size; i++) u[i * size + j] = eigenvectorMatrix.get(i, from);
  }
  const margin: Margin = { size, u, s };
  cache.set(size, margin);
  return margin;
}

/** D'D for second differences of `size` coefficients. */
export function secondDifferencePenalty(size: number): Matrix {
  const d = Matrix.zeros(size - 2, size);
  for (let i = 0; i < size - 2; i++) {
    d.set(i, i, 1);
    d.set(i, i + 1, -2);
    d.set(i, i + 2, 1);
  }
  return d.transpose().mmul(d);
}
