import {
  backwardSolve,
  choleskyInPlace,
  dot,
  forwardSolve,
  logDeterminant,
  rowProducts,
  solveRows,
  transpose,
  transposedInverse,
} from "../linear/cholesky.js";
import { lazy } from "../linear/lazy.js";
import type { Problem, ProblemRows } from "./reduceSystem.js";

/** Natural logarithms of the two smoothing parameters. */
export type Rho = readonly [number, number];

/**
 * The penalised columns at one pair of smoothing parameters, in the coordinates u = D^1/2 theta in which their
 * equations are C u = D^-1/2 b, C = I + D^-1/2 M D^-1/2.
 */
export interface Penalised {
  /** Penalty of each coefficient, shape (q,). */
  d(): Float64Array;
  /** Penalised residual sum of squares, rss + theta' D theta. */
  readonly rss: number;
  /** log |C|. */
  readonly logDet: number;
  /** u, shape (q,); made when first asked for, as the inverse is. */
  u(): Float64Array;
  /** The lower triangle of C^-1, shape (q, q). */
  inverse(): Float64Array;
  /** Effective degrees of freedom of the penalised columns: tr(I - C^-1), between 0 and q. */
  edf(): number;
}

/** A problem's solution at any smoothing parameters. */
export type Solver = (rho: Rho) => Penalised;

/**
 * Solves for the penalised columns in the smaller of two forms of the same equations: q x q by columns, or by the
 * n - f rows that the unpenalised columns leave. With A = R D^-1/2 and S = I + A A' = L L', |C| = |S|, u = A'S^-1 r,
 * C^-1 = I - A'S^-1 A, and rss + theta' D theta = r'S^-1 r. For two dozen points that takes a tenth of the time.
 */
export function penalisedSolver(problem: Problem): Solver {
  const { rows, q } = problem;
  return rows !== null && rows.count < q ? byRows(problem, rows) : byColumns(problem);
}

/** d = lx sx + ly sy, the penalty of each penalised column, shape (q,). */
export function penalties({ sx, sy }: Problem, [rx, ry]: Rho): Float64Array {
  const [lx, ly] = [Math.exp(rx), Math.exp(ry)];
  return sx.map((s, i) => lx * s + ly * sy[i]!);
}

/** In q x q form. The eigenvalues of C are at least 1, so that its Cholesky factor always exists. */
export function byColumns(problem: Problem): Solver {
  const { q, y2 } = problem;
  return (rho) => {
    const { m, b } = problem.normal();
    const d = penalties(problem, rho);
    const root = d.map((value) => 1 / Math.sqrt(value));
    const factor = new Float64Array(q * q);
    for (let i = 0; i < q; i++) {
      for (let j = 0; j < i; j++) factor[i * q + j] = m[i * q + j]! * root[i]! * root[j]!;
      factor[i * (q + 1)] = 1 + Math.max(0, m[i * (q + 1)]!) * root[i]! ** 2;
    }
    choleskyInPlace(factor, q);
    const half = b.map((value, i) => value * root[i]!);
    forwardSolve(factor, q, half);
    const inverse = lazy(() => {
      const turned = transposedInverse(factor, q);
      return rowProducts(turned, turned, q, q, true);
    });
    return {
      d: () => d,
      rss: y2 - dot(half, half),
      logDet: logDeterminant(factor, q),
      u: lazy(() => backwardSolve(factor, q, half.slice())),
      inverse,
      edf: () => {
        let edf = q;
        for (let at = 0; at < q * q; at += q + 1) edf -= inverse()[at]!;
        return edf;
      },
    };
  };
}

/** Lower triangle of K = R D^-1 R', shape (count, count): the covariance of the rows under the penalty as a prior. */
export function rowKernel(problem: Problem, { count, r }: ProblemRows, rho: Rho): Float64Array {
  const { q } = problem;
  const d = penalties(problem, rho);
  const divided = new Float64Array(count * q);
  for (let j = 0; j < q; j++) {
    const share = 1 / d[j]!;
    for (let at = j; at < divided.length; at += q) divided[at] = r[at]! * share;
  }
  return rowProducts(divided, r, count, q);
}

/** The Cholesky factor of S = I + scale K. */
export function factorRows(kernel: Float64Array, scale: number, count: number): Float64Array {
  const factor = new Float64Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let at = i * count; at <= i * (count + 1); at++) factor[at] = kernel[at]! * scale;
    factor[i * (count + 1)]! += 1;
  }
  choleskyInPlace(factor, count);
  return factor;
}

/** In the form of the n - f rows. Along a ray of one ratio of the lambdas K only scales: it is made once for each. */
function byRows(problem: Problem, rows: ProblemRows): Solver {
  const { q } = problem;
  const { count, r, residual } = rows;
  const columns = lazy(() => transpose(r, count, q));
  const kernels = new Map<number, Float64Array>();
  return (rho) => {
    const logRatio = rho[1] - rho[0];
    const kernel = kernels.get(logRatio) ?? rowKernel(problem, rows, [0, logRatio]);
    kernels.set(logRatio, kernel);
    const d = lazy(() => penalties(problem, rho));
    const factor = factorRows(kernel, Math.exp(-rho[0]), count);
    const half = forwardSolve(factor, count, residual.slice());
    return {
      d,
      rss: dot(half, half),
      logDet: logDeterminant(factor, count),
      u: lazy(() => {
        const solved = backwardSolve(factor, count, half.slice());
        const u = new Float64Array(q);
        for (let i = 0, at = 0; i < count; i++)
          for (let j = 0; j < q; j++, at++) u[j]! += r[at]! * solved[i]!;
        return u.map((value, j) => value / Math.sqrt(d()[j]!));
      }),
      inverse: lazy(() => {
        const turned = columns().slice();
        for (const [j, penalty] of d().entries()) {
          const root = 1 / Math.sqrt(penalty);
          for (let at = j * count; at < (j + 1) * count; at++) turned[at]! *= root;
        }
        solveRows(factor, count, turned, q);
        const out = rowProducts(turned, turned, q, count);
        for (let i = 0; i < q; i++) for (let at = i * q; at <= i * (q + 1); at++) out[at] = -out[at]!;
        for (let i = 0; i < q; i++) out[i * (q + 1)]! += 1;
        return out;
      }),
      // tr(I - S^-1), which is the same.
      edf: () => {
        const turned = transposedInverse(factor, count);
        return count - dot(turned, turned);
      },
    };
  };
}
