import {
  backwardSolve,
  choleskyInPlace,
  forwardSolve,
  inverseFromCholesky,
  logDeterminant,
  rowProducts,
  solveRows,
} from "../linear/cholesky.js";
import { lazy } from "../linear/lazy.js";
import type { Problem, ProblemRows } from "./problem.js";
import { columnsOf } from "./rowSystem.js";

/** Natural logarithms of the two smoothing parameters. */
export type Rho = readonly [number, number];

/**
 * The penalised columns at one pair of smoothing parameters, in the coordinates u = D^1/2 theta in which their
 * equations are C u = D^-1/2 b, C = I + D^-1/2 M D^-1/2.
 */
export interface Penalised {
  /** Penalty of each coefficient, shape (q,). */
  readonly d: Float64Array;
  /** Penalised residual sum of squares, rss + theta' D theta. */
  readonly rss: number;
  /** log |C|. */
  readonly logDet: number;
  /** u, shape (q,). */
  u(): Float64Array;
  /** Lower triangle of E = I - C^-1, shape (q, q): its trace is the edf of the penalised columns. */
  reduction(): Float64Array;
}

/**
 * Solves for the penalised columns at any smoothing parameters, in the smaller of two forms of the same equations:
 * q x q by columns, or by the n - f rows that the unpenalised columns leave. With A = R D^-1/2 and S = I + A A',
 * |C| = |S|, u = A'S^-1 r, E = A'S^-1 A and rss + theta' D theta = r'S^-1 r. For two dozen points that takes a
 * tenth of the time.
 */
export function penalisedSolver(problem: Problem): (rho: Rho) => Penalised {
  const { rows, q } = problem;
  return rows !== null && rows.count < q ? byRows(problem, rows) : byColumns(problem);
}

/** d = lx sx + ly sy. */
export function penalties({ sx, sy }: Problem, [rx, ry]: Rho): Float64Array {
  const [lx, ly] = [Math.exp(rx), Math.exp(ry)];
  return sx.map((s, i) => lx * s + ly * sy[i]!);
}

/** The Cholesky factor of C. Its eigenvalues are at least 1, so that it always exists. */
export function factorColumns(problem: Problem, d: Float64Array): Float64Array {
  const { q } = problem;
  const { m } = problem.normal();
  const root = d.map((value) => 1 / Math.sqrt(value));
  const factor = new Float64Array(q * q);
  for (let i = 0; i < q; i++) {
    for (let j = 0; j < i; j++) factor[i * q + j] = m[i * q + j]! * root[i]! * root[j]!;
    factor[i * (q + 1)] = 1 + Math.max(0, m[i * (q + 1)]!) * root[i]! ** 2;
  }
  choleskyInPlace(factor, q);
  return factor;
}

function byColumns(problem: Problem): (rho: Rho) => Penalised {
  const { q, y2 } = problem;
  return (rho) => {
    const d = penalties(problem, rho);
    const factor = factorColumns(problem, d);
    const half = problem.normal().b.map((value, i) => value / Math.sqrt(d[i]!));
    forwardSolve(factor, q, half);
    const rss = y2 - half.reduce((sum, value) => sum + value * value, 0);
    return {
      d,
      rss,
      logDet: logDeterminant(factor, q),
      u: lazy(() => {
        const u = half.slice();
        backwardSolve(factor, q, u);
        return u;
      }),
      reduction: lazy(() => {
        const inverse = inverseFromCholesky(factor, q);
        for (let at = 0; at < inverse.length; at++) inverse[at] = -inverse[at]!;
        for (let i = 0; i < q; i++) inverse[i * (q + 1)]! += 1;
        return inverse;
      }),
    };
  };
}

/** Lower triangle of K = R D^-1 R', shape (count, count). */
export function rowKernel({ q }: Problem, { count, r }: ProblemRows, d: Float64Array): Float64Array {
  const divided = new Float64Array(r.length);
  for (let i = 0, at = 0; i < count; i++) for (let j = 0; j < q; j++, at++) divided[at] = r[at]! / d[j]!;
  return rowProducts(divided, r, count, q);
}

/** The Cholesky factor of S = I + scale K. */
export function factorRows(kernel: Float64Array, scale: number, count: number): Float64Array {
  const factor = new Float64Array(count * count);
  for (let at = 0; at < factor.length; at++) factor[at] = kernel[at]! * scale;
  for (let i = 0; i < count; i++) factor[i * (count + 1)]! += 1;
  choleskyInPlace(factor, count);
  return factor;
}

function byRows(problem: Problem, rows: ProblemRows): (rho: Rho) => Penalised {
  const { q } = problem;
  const { count, r, residual } = rows;
  const columns = lazy(() => columnsOf(r, q));
  // Along a ray of one ratio of the lambdas K only scales.
  const kernels = new Map<number, Float64Array>();
  return (rho) => {
    const [rx, ry] = rho;
    const d = penalties(problem, rho);
    const kernel = kernels.get(ry - rx) ?? rowKernel(problem, rows, penalties(problem, [0, ry - rx]));
    kernels.set(ry - rx, kernel);
    const factor = factorRows(kernel, Math.exp(-rx), count);
    const half = residual.slice();
    forwardSolve(factor, count, half);
    return {
      d,
      rss: half.reduce((sum, value) => sum + value * value, 0),
      logDet: logDeterminant(factor, count),
      u: lazy(() => {
        const solved = half.slice();
        backwardSolve(factor, count, solved);
        const u = new Float64Array(q);
        for (let i = 0, at = 0; i < count; i++)
          for (let j = 0; j < q; j++, at++) u[j]! += r[at]! * solved[i]!;
        return u.map((value, j) => value / Math.sqrt(d[j]!));
      }),
      reduction: lazy(() => {
        const turned = columns().slice();
        for (let j = 0, at = 0; j < q; j++) {
          const root = 1 / Math.sqrt(d[j]!);
          for (let i = 0; i < count; i++, at++) turned[at]! *= root;
        }
        solveRows(factor, count, turned, q);
        return rowProducts(turned, turned, q, count);
      }),
    };
  };
}
