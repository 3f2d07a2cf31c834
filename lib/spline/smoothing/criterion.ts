import { dot, rowProducts } from "../linear/cholesky.js";
import { edfOf, type Penalised, penalisedSolver, type Rho } from "./penalised.js";
import type { Problem } from "./reduceSystem.js";

/** A criterion of the two log smoothing parameters, to be minimised. */
export interface Criterion {
  value(rho: Rho): CriterionParts;
  derivatives(rho: Rho): Derivatives;
}

/** A value of the criterion; its parts are -Infinity where they are not known to rise and fall. */
export interface CriterionParts {
  readonly value: number;
  /** The part that rises with each lambda: how badly the points are fitted. */
  readonly misfit: number;
  /** The part that falls with each lambda. */
  readonly complexity: number;
}

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
  const partsOf = ({ rss, logDet }: Penalised): CriterionParts => {
    const misfit = (nu / 2) * (1 + Math.log((2 * Math.PI * rss) / nu));
    const complexity = (logDet + problem.logDetF) / 2;
    return { value: misfit + complexity, misfit, complexity };
  };
  return {
    value: (rho) => partsOf(solve(rho)),
    derivatives(rho) {
      const solved = solve(rho);
      const { bend, traces, fit, freedom } = sumsOf(problem, solved, rho);
      const [p1, p2] = [bend[0] / solved.rss, bend[1] / solved.rss];
      const second = (k: 0 | 1 | 2, own: number, product: number, trace: number): number =>
        (nu / 2) * (own - (2 * fit[k]) / solved.rss - product) + (freedom[k] - trace) / 2;
      return {
        value: partsOf(solved).value,
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

function sumsOf({ q, sx }: Problem, solved: Penalised, rho: Rho): Sums {
  const u = solved.u();
  const { t, count, isLack, diagonal } = solved.root();
  const lx = Math.exp(rho[0]);
  const d = solved.d();
  const w = sx.map((s, i) => (lx * s) / d[i]!);
  const parts = [u.map((value, i) => value * w[i]!), u.map((value, i) => value * (1 - w[i]!))] as const;
  const turned = parts.map((part) => product(t, part, count)) as [Float64Array, Float64Array];
  const sign = isLack ? -1 : 1;
  const fitOf = (k: 0 | 1, l: 0 | 1): number =>
    (isLack ? dot(parts[k], parts[l]) : 0) + sign * dot(turned[k], turned[l]);
  // With C^-1 = I - T'T or T'T, the traces are those of products of T W T' and T T'.
  const weighted = t.slice();
  for (let k = 0, at = 0; k < count; k++) for (let i = 0; i < q; i++, at++) weighted[at]! *= w[i]!;
  const to = isLack ? q : "diagonal";
  const [one, both] = [rowProducts(weighted, t, count, q, 0, to), rowProducts(t, t, count, q, 0, to)];
  const [oneOne, oneBoth, bothBoth] = [
    symmetricTrace(one, one, count),
    symmetricTrace(one, both, count),
    symmetricTrace(both, both, count),
  ];
  let [p1, t1, t2, f11, f12, f22] = [0, 0, 0, -oneOne, oneOne - oneBoth, 2 * oneBoth - oneOne - bothBoth];
  for (let i = 0; i < q; i++) {
    const [w1, w2] = [w[i]!, 1 - w[i]!];
    const left = 1 - diagonal[i]!;
    // tr W_k W_l less I's own share of tr W_k C^-1 W_l C^-1.
    const own = isLack ? 2 * left : 1;
    p1 += u[i]! * parts[0][i]!;
    t1 += w1 * left;
    t2 += w2 * left;
    f11 += w1 * w1 * own;
    f12 += w1 * w2 * own;
    f22 += w2 * w2 * own;
  }
  return {
    bend: [p1, dot(u, u) - p1],
    traces: [t1, t2],
    fit: [fitOf(0, 0), fitOf(0, 1), fitOf(1, 1)],
    freedom: [f11, f12, f22],
  };
}

/** T x for T of shape (count, x.length). */
function product(t: Float64Array, x: Float64Array, count: number): Float64Array {
  const q = x.length;
  return Float64Array.from({ length: count }, (_, k) => dot(t.subarray(k * q, (k + 1) * q), x));
}

/** tr A B of symmetric matrices from their lower triangles. */
function symmetricTrace(a: Float64Array, b: Float64Array, n: number): number {
  let [below, own] = [0, 0];
  for (let i = 0; i < n; i++) {
    own += a[i * (n + 1)]! * b[i * (n + 1)]!;
    for (let at = i * n; at < i * (n + 1); at++) below += a[at]! * b[at]!;
  }
  return 2 * below + own;
}

/** Of the log lambdas, for the central difference that stands for GCV's Hessian. */
const STEP = 1e-4;

/**
 * log of generalised cross-validation, n rss / (n - edf)^2. It undersmooths more often than REML does: an option, not
 * the default. Exact gradient; the Hessian is the gradient's central difference.
 *
 * @see Craven & Wahba 1979, doi:10.1007/BF01404567.
 */
export function gcvCriterion(problem: Problem): Criterion {
  const { n, f } = problem;
  const solve = penalisedSolver(problem);
  const partsOf = (solved: Penalised): { value: number; rss: number; rest: number } => {
    const rss = solved.rss - dot(solved.u(), solved.u());
    const rest = n - f - edfOf(solved.root());
    return { value: rss > 0 && rest > 0 ? Math.log((n * rss) / rest ** 2) : Infinity, rss, rest };
  };
  const slopes = (rho: Rho): Omit<Derivatives, "hessian"> => {
    const solved = solve(rho);
    const { value, rss, rest } = partsOf(solved);
    const { traces, fit, freedom } = sumsOf(problem, solved, rho);
    // d rss / d rho_k = 2 u'C^-1 W_k u, and d edf / d rho_k = -tr W_k (C^-1 - C^-2).
    const slope = (k: 0 | 1): number =>
      (2 * (fit[k] + fit[k + 1]!)) / rss + (2 * (traces[k] - freedom[k] - freedom[k + 1]!)) / rest;
    return { value, gradient: [slope(0), slope(1)], traces };
  };
  return {
    value(rho) {
      return { value: partsOf(solve(rho)).value, misfit: -Infinity, complexity: -Infinity };
    },
    derivatives([rx, ry]) {
      const difference = (k: 0 | 1, dx: number, dy: number): number =>
        (slopes([rx + dx, ry + dy]).gradient[k] - slopes([rx - dx, ry - dy]).gradient[k]) / (2 * STEP);
      const hessian = [difference(0, STEP, 0), difference(1, STEP, 0), difference(1, 0, STEP)] as const;
      return { ...slopes([rx, ry]), hessian };
    },
  };
}
