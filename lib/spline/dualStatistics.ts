import { backwardSolve, choleskyInPlace, forwardSolve } from "./cholesky.js";
import { transposedInverse } from "./choleskyInverse.js";
import { lowerSolveRows, outerProduct } from "./outerProduct.js";
import type { Problem, ProblemRows } from "./problem.js";

/** What a fit tells of its points: effective degrees of freedom, residuals with and without each point. */
export interface FitStatistics {
  readonly edf: number;
  readonly curvature: [number, number];
  readonly rss: number;
  /** Leave-one-out residuals r / (1 - h), times the root of the weights, shape (n,). */
  readonly left: Float64Array;
}

/** The fit's statistics in n x n form: residuals S^-1 r, leverages h = h_F + 1 - S^-1_ii. */
export function dualStatistics(
  problem: Problem,
  rows: ProblemRows,
  rho: readonly [number, number],
): FitStatistics {
  const { n, f, q, sx, sy } = problem;
  const [lx, ly] = [Math.exp(rho[0]), Math.exp(rho[1])];
  const scaled = new Float64Array(n * q);
  for (let j = 0; j < q; j++) {
    const root = 1 / Math.sqrt(lx * sx[j]! + ly * sy[j]!);
    for (let i = 0; i < n; i++) scaled[i * q + j] = rows.r[i * q + j]! * root;
  }
  const factor = new Float64Array(n * n);
  outerProduct(scaled, n, q, factor);
  for (let i = 0; i < n; i++) factor[i * (n + 1)]! += 1;
  choleskyInPlace(factor, n);
  const residual = rows.residual.slice();
  forwardSolve(factor, n, residual);
  backwardSolve(factor, n, residual);
  const inverse = new Float64Array(n * n);
  transposedInverse(factor, n, inverse);
  let edf = f;
  let rss = 0;
  for (let i = 0; i < n; i++) {
    let own = 0;
    for (let k = i; k < n; k++) own += inverse[i * n + k]! * inverse[i * n + k]!;
    edf += 1 - own;
    rss += residual[i]! ** 2;
    residual[i]! /= own - rows.leverage[i]!;
  }
  lowerSolveRows(factor, n, q, scaled);
  const curvature: [number, number] = [0, 0];
  for (let j = 0; j < q; j++) {
    let e = 0;
    for (let i = 0; i < n; i++) e += scaled[i * q + j]! ** 2;
    const w1 = (lx * sx[j]!) / (lx * sx[j]! + ly * sy[j]!);
    curvature[0] += w1 * e;
    curvature[1] += (1 - w1) * e;
  }
  return { edf, curvature, rss, left: residual };
}
