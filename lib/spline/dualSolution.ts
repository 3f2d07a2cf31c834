import { backwardSolve, forwardSolve, forwardSolveRows } from "./cholesky.js";
import { transposedInverse } from "./choleskyInverse.js";
import { factorWithRidge } from "./dual.js";
import { once } from "./once.js";
import type { FitStatistics, PenalisedPart } from "./penalisedPart.js";
import type { Problem, ProblemRows } from "./problem.js";
import { panelLength, panelRow, rowProducts } from "./rowProducts.js";

/**
 * The fit in the rows that the unpenalised columns leave: with S = I + R D^-1 R', the penalised coefficients are
 * D^-1 R' S^-1 r.
 */
export function dualFit(
  problem: Problem,
  rows: ProblemRows,
  rho: readonly [number, number],
): { readonly part: PenalisedPart; readonly statistics: FitStatistics } {
  const { size, residual } = rows;
  const factor = new Float64Array(size * size);
  rows.kernel().fill(Math.exp(rho[0]), Math.exp(rho[1]), factor);
  factorWithRidge(factor, 1, size, factor);
  const v = residual.slice();
  forwardSolve(factor, size, v);
  const penalised = v.reduce((sum, value) => sum + value * value, 0);
  backwardSolve(factor, size, v);
  const solved = { factor, v, penalised };
  return { part: dualPart(problem, rows, solved, rho), statistics: dualStatistics(problem, rows, solved) };
}

interface DualSolution {
  /** Lower triangle of the factor of S. */
  readonly factor: Float64Array;
  /** S^-1 r, shape (size,). */
  readonly v: Float64Array;
  readonly penalised: number;
}

/** Coefficients theta = D^-1 R' S^-1 r, and C^-1 = I - D^-1/2 R' S^-1 R D^-1/2. */
function dualPart(
  { q, sx, sy }: Problem,
  { r, size }: ProblemRows,
  { factor, v, penalised }: DualSolution,
  rho: readonly [number, number],
): PenalisedPart {
  const [lx, ly] = [Math.exp(rho[0]), Math.exp(rho[1])];
  const d = sx.map((s, j) => lx * s + ly * sy[j]!);
  const theta = new Float64Array(q);
  for (let i = 0; i < size; i++) for (let j = 0; j < q; j++) theta[j]! += r[i * q + j]! * v[i]!;
  for (let j = 0; j < q; j++) theta[j]! /= d[j]!;
  const inverse = once(() => {
    const turned = r.slice();
    forwardSolveRows(factor, size, turned, q);
    const columns = new Float64Array(panelLength(q, size));
    for (let j = 0; j < q; j++) {
      const root = 1 / Math.sqrt(d[j]!);
      const to = panelRow(j, size);
      for (let i = 0; i < size; i++) columns[to + 4 * i] = turned[i * q + j]! * root;
    }
    const out = new Float64Array(q * q);
    rowProducts(columns, columns, new Float64Array(size).fill(1), q, size, out, "lower");
    for (let j = 0; j < q; j++)
      for (let i = 0; i <= j; i++) out[j * q + i] = (i === j ? 1 : 0) - out[j * q + i]!;
    return out;
  });
  return { d, theta, penalised, inverse };
}

/** edf, residuals and leverages: a point's residual is (Q2 S^-1 r)_i, and 1 less its leverage is (Q2 S^-1 Q2')_ii. */
function dualStatistics({ n }: Problem, rows: ProblemRows, { factor, v }: DualSolution): FitStatistics {
  const { size } = rows;
  const turned = rows.complement();
  const left = new Float64Array(n);
  for (let i = 0; i < size; i++) for (let j = 0; j < n; j++) left[j]! += turned[i * n + j]! * v[i]!;
  let rss = 0;
  for (let j = 0; j < n; j++) rss += left[j]! ** 2;
  forwardSolveRows(factor, size, turned, n);
  const own = new Float64Array(n);
  for (let i = 0; i < size; i++) for (let j = 0; j < n; j++) own[j]! += turned[i * n + j]! ** 2;
  let edf = n;
  let loo = 0;
  for (let j = 0; j < n; j++) {
    edf -= own[j]!;
    left[j]! /= own[j]!;
    loo += left[j]! ** 2;
  }
  return { edf, rss, looRmse: Math.sqrt(loo / n), left: () => left, kIndex: 1 };
}

/** edf at (rho_x + t, rho_y + t): it falls as t grows. */
export function dualEdf(
  problem: Problem,
  rows: ProblemRows,
  rho: readonly [number, number],
): (t: number) => number {
  const { size } = rows;
  const kernel = new Float64Array(size * size);
  rows.kernel().fill(Math.exp(rho[0]), Math.exp(rho[1]), kernel);
  const [factor, half] = [new Float64Array(size * size), new Float64Array(size * size)];
  return (t) => {
    const ridge = Math.exp(t);
    factorWithRidge(kernel, ridge, size, factor);
    transposedInverse(factor, size, half);
    let trace = 0;
    for (let at = 0; at < half.length; at++) trace += half[at]! * half[at]!;
    return problem.f + size - ridge * trace;
  };
}
