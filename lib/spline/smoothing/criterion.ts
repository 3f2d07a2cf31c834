import { dot } from "../linear/cholesky.js";
import { type Penalised, penalisedSolver, type Rho } from "./penalised.js";
import type { Problem } from "./reduceSystem.js";

/** A criterion of the two log smoothing parameters, to be minimised. */
export interface Criterion {
  value(rho: Rho): number;
  derivatives(rho: Rho): Derivatives;
}

/** A criterion and how it changes with the logarithms of the smoothing parameters. */
export interface Derivatives {
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** H11, H12, H22. */
  readonly hessian: readonly [number, number, number];
  /** The edf that each axis's penalty leaves. */
  readonly traces: readonly [number, number];
}

/** What the smoothing parameters are chosen by. */
export type CriterionName = "reml" | "gcv";

/** The criterion of that name for a problem. */
export function criterionOf(problem: Problem, name: CriterionName): Criterion {
  return name === "reml" ? remlCriterion(problem) : gcvCriterion(problem);
}

/**
 * Restricted maximum likelihood, profiled over the residual variance, with exact derivatives:
 * V = nu / 2 (1 + log(2 pi P / nu)) + log |C| / 2 + log |G_FF| / 2, P the penalised residual sum of squares.
 *
 * @see Patterson & Thompson 1971, doi:10.1093/biomet/58.3.545; Wood 2011, doi:10.1111/j.1467-9868.2010.00749.x.
 */
export function remlCriterion(problem: Problem): Criterion {
  const solve = penalisedSolver(problem);
  const nu = problem.n - problem.f;
  const valueOf = ({ rss, logDet }: Penalised): number =>
    (nu / 2) * (1 + Math.log((2 * Math.PI * rss) / nu)) + (logDet + problem.logDetF) / 2;
  return {
    value: (rho) => valueOf(solve(rho)),
    derivatives(rho) {
      const solved = solve(rho);
      const { bend, traces, fit, freedom } = sumsOf(problem, solved, rho);
      const [p1, p2] = [bend[0] / solved.rss, bend[1] / solved.rss];
      const second = (k: 0 | 1 | 2, own: number, product: number, trace: number): number =>
        (nu / 2) * (own - (2 * fit[k]) / solved.rss - product) + (freedom[k] - trace) / 2;
      return {
        value: valueOf(solved),
        gradient: [(nu * p1 - traces[0]) / 2, (nu * p2 - traces[1]) / 2],
        hessian: [
          second(0, p1, p1 * p1, traces[0]),
          second(1, 0, p1 * p2, 0),
          second(2, p2, p2 * p2, traces[1]),
        ],
        traces,
      };
    },
  };
}

/** What derivatives are made of; W1 and W2 = I - W1 are the shares of x and y in the columns' penalties. */
interface Sums {
  /** u'W_k u. */
  readonly bend: readonly [number, number];
  /** tr W_k (I - C^-1), the edf that each axis's penalty leaves. */
  readonly traces: readonly [number, number];
  /** u'W_k C^-1 W_l u for kl = 11, 12, 22. */
  readonly fit: readonly [number, number, number];
  /** tr W_k W_l - tr W_k C^-1 W_l C^-1 for kl = 11, 12, 22. */
  readonly freedom: readonly [number, number, number];
}

/**
 * In one pass over the lower triangle of C^-1. With C(rho) = I + D^-1/2 M D^-1/2 the derivatives of log |C| and of P
 * need no other matrix, since dD / d rho_k = W_k D.
 *
 * @see Wood 2011, doi:10.1111/j.1467-9868.2010.00749.x, here with a diagonal penalty.
 */
function sumsOf({ q, sx }: Problem, solved: Penalised, rho: Rho): Sums {
  const u = solved.u();
  const inverse = solved.inverse();
  const d = solved.d();
  const lx = Math.exp(rho[0]);
  const w = sx.map((s, i) => (lx * s) / d[i]!);
  const bend: [number, number] = [0, 0];
  const traces: [number, number] = [0, 0];
  const fit: [number, number, number] = [0, 0, 0];
  const freedom: [number, number, number] = [0, 0, 0];
  for (let i = 0, at = 0; i < q; i++, at += q) {
    // Left of the diagonal in row i: C^-1 W_k u, and the squares of C^-1 times W_k.
    let [fit1, fit2, square1, square2] = [0, 0, 0, 0];
    for (let j = 0; j < i; j++) {
      const entry = inverse[at + j]!;
      const w1 = w[j]!;
      const part = entry * u[j]!;
      const square = entry * entry;
      fit1 += w1 * part;
      fit2 += (1 - w1) * part;
      square1 += w1 * square;
      square2 += (1 - w1) * square;
    }
    const own = inverse[at + i]!;
    const [w1, w2] = [w[i]!, 1 - w[i]!];
    const [u1, u2] = [w1 * u[i]!, w2 * u[i]!];
    bend[0] += u1 * u[i]!;
    bend[1] += u2 * u[i]!;
    traces[0] += w1 * (1 - own);
    traces[1] += w2 * (1 - own);
    fit[0] += u1 * (2 * fit1 + own * u1);
    fit[1] += u1 * fit2 + u2 * fit1 + own * u1 * u2;
    fit[2] += u2 * (2 * fit2 + own * u2);
    const left = 1 - own * own;
    freedom[0] += w1 * (w1 * left - 2 * square1);
    freedom[1] += w1 * w2 * left - w1 * square2 - w2 * square1;
    freedom[2] += w2 * (w2 * left - 2 * square2);
  }
  return { bend, traces, fit, freedom };
}

/** Of the log lambdas, for the central differences that stand for GCV's derivatives. */
const STEP = 1e-3;

/**
 * log of generalised cross-validation, n rss / (n - edf)^2. It undersmooths more often than REML does: an option, not
 * the default. Its derivatives are central differences.
 *
 * @see Craven & Wahba 1979, doi:10.1007/BF01404567.
 */
export function gcvCriterion(problem: Problem): Criterion {
  const { n, f } = problem;
  const solve = penalisedSolver(problem);
  const valueOf = (solved: Penalised): number => {
    const rss = solved.rss - dot(solved.u(), solved.u());
    const rest = n - f - solved.edf();
    return rss > 0 && rest > 0 ? Math.log((n * rss) / rest ** 2) : Infinity;
  };
  return {
    value: (rho) => valueOf(solve(rho)),
    derivatives(rho) {
      const solved = solve(rho);
      const value = valueOf(solved);
      const at = (x: number, y: number): number => valueOf(solve([rho[0] + x * STEP, rho[1] + y * STEP]));
      const [left, right, below, above] = [at(-1, 0), at(1, 0), at(0, -1), at(0, 1)];
      return {
        value,
        gradient: [(right - left) / (2 * STEP), (above - below) / (2 * STEP)],
        hessian: [
          (right - 2 * value + left) / STEP ** 2,
          (at(1, 1) + at(-1, -1) - at(1, -1) - at(-1, 1)) / (2 * STEP) ** 2,
          (above - 2 * value + below) / STEP ** 2,
        ],
        traces: sumsOf(problem, solved, rho).traces,
      };
    },
  };
}
