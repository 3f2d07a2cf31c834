import { mirrorLower } from "../linear/cholesky.js";
import { type Penalised, penalisedSolver, type Rho } from "./penalised.js";
import type { Problem } from "./problem.js";

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
      const { u, e, w, eu, ewu, cc, ccw } = sumsOf(problem, solved, rho);
      let [p1, p2, t1, t2] = [0, 0, 0, 0];
      // Of u' W_k C^-1 W_l u and of tr W_k W_l - tr W_k C^-1 W_l C^-1.
      let [a11, a12, a22, c11, c12, c22] = [0, 0, 0, 0, 0, 0];
      for (let i = 0; i < u.length; i++) {
        const [w1, w2, ui] = [w[i]!, 1 - w[i]!, u[i]!];
        const [from1, from2] = [w1 * ui - ewu[i]!, w2 * ui - (eu[i]! - ewu[i]!)];
        const [left1, left2] = [w1 - ccw[i]!, w2 - (cc[i]! - ccw[i]!)];
        p1 += w1 * ui * ui;
        p2 += w2 * ui * ui;
        t1 += w1 * e[i]!;
        t2 += w2 * e[i]!;
        a11 += w1 * ui * from1;
        a12 += w1 * ui * from2;
        a22 += w2 * ui * from2;
        c11 += w1 * left1;
        c12 += w1 * left2;
        c22 += w2 * left2;
      }
      const { rss } = solved;
      const half = nu / 2;
      return {
        value: partsOf(solved).value,
        gradient: [(half * p1) / rss - t1 / 2, (half * p2) / rss - t2 / 2],
        hessian: [
          half * ((p1 - 2 * a11) / rss - (p1 / rss) ** 2) + (c11 - t1) / 2,
          half * ((-2 * a12) / rss - (p1 * p2) / rss ** 2) + c12 / 2,
          half * ((p2 - 2 * a22) / rss - (p2 / rss) ** 2) + (c22 - t2) / 2,
        ],
        traces: [t1, t2],
      };
    },
  };
}

/** What derivatives are summed from, one entry a penalised column: C^-1 = I - E, W = diag(w). */
interface Sums {
  readonly u: Float64Array;
  /** Diagonal of E. */
  readonly e: Float64Array;
  /** Share of x in the column's penalty, lx sx / d; y has the rest. */
  readonly w: Float64Array;
  /** E u and E W u. */
  readonly eu: Float64Array;
  readonly ewu: Float64Array;
  /** Sums over a row of C^-1 of its squares, and of these times w. */
  readonly cc: Float64Array;
  readonly ccw: Float64Array;
}

function sumsOf({ q, sx }: Problem, solved: Penalised, rho: Rho): Sums {
  const u = solved.u();
  const reduction = mirrorLower(solved.reduction(), q);
  const w = sx.map((s, i) => (Math.exp(rho[0]) * s) / solved.d[i]!);
  const e = u.map((_, i) => reduction[i * (q + 1)]!);
  const [eu, ewu, cc, ccw] = [u.slice(), u.slice(), u.slice(), u.slice()];
  for (let i = 0; i < q; i++) {
    let [sumEu, sumEwu, sumCc, sumCcw] = [0, 0, 0, 0];
    for (let j = 0, at = i * q; j < q; j++, at++) {
      const value = reduction[at]!;
      const [times, square] = [value * u[j]!, value * value];
      sumEu += times;
      sumEwu += times * w[j]!;
      sumCc += square;
      sumCcw += square * w[j]!;
    }
    eu[i] = sumEu;
    ewu[i] = sumEwu;
    // On the diagonal C^-1 is 1 - E, and elsewhere -E.
    cc[i] = sumCc + 1 - 2 * e[i]!;
    ccw[i] = sumCcw + (1 - 2 * e[i]!) * w[i]!;
  }
  return { u, e, w, eu, ewu, cc, ccw };
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
  const { n, f, q } = problem;
  const solve = penalisedSolver(problem);
  const valueOf = (solved: Penalised): { value: number; rss: number; rest: number } => {
    const reduction = solved.reduction();
    const rss = solved.rss - solved.u().reduce((sum, value) => sum + value * value, 0);
    let rest = n - f;
    for (let i = 0; i < q; i++) rest -= reduction[i * (q + 1)]!;
    return { value: rss > 0 && rest > 0 ? Math.log((n * rss) / rest ** 2) : Infinity, rss, rest };
  };
  const slopes = (rho: Rho): Omit<Derivatives, "hessian"> => {
    const solved = solve(rho);
    const { value, rss, rest } = valueOf(solved);
    const { u, e, w, eu, cc } = sumsOf(problem, solved, rho);
    // d rss / d rho_k = 2 u' C^-1 W_k u and d edf / d rho_k = -tr W_k (C^-1 - C^-2).
    const [gradient, traces]: [[number, number], [number, number]] = [
      [0, 0],
      [0, 0],
    ];
    for (let i = 0; i < q; i++)
      for (const k of [0, 1] as const) {
        const share = k === 0 ? w[i]! : 1 - w[i]!;
        traces[k] += share * e[i]!;
        const fall = (2 * (1 - e[i]! - cc[i]!)) / rest;
        gradient[k] += share * ((2 * u[i]! * (u[i]! - eu[i]!)) / rss - fall);
      }
    return { value, gradient, traces };
  };
  return {
    value(rho) {
      return { value: valueOf(solve(rho)).value, misfit: -Infinity, complexity: -Infinity };
    },
    derivatives([rx, ry]) {
      const difference = (k: 0 | 1, dx: number, dy: number): number =>
        (slopes([rx + dx, ry + dy]).gradient[k] - slopes([rx - dx, ry - dy]).gradient[k]) / (2 * STEP);
      const hessian = [difference(0, STEP, 0), difference(1, STEP, 0), difference(1, 0, STEP)] as const;
      return { ...slopes([rx, ry]), hessian };
    },
  };
}
