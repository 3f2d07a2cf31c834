import { dualReml } from "./dual.js";
import { backwardSolve, choleskyInPlace, forwardSolve, logDeterminant } from "./cholesky.js";
import { inverseFromCholesky } from "./choleskyInverse.js";
import { type Criterion, type CriterionParts, remlParts } from "./criterion.js";
import type { Problem } from "./problem.js";

/** The penalised system at one pair of smoothing parameters, C = I + d^-1/2 M d^-1/2. */
export interface Solved {
  readonly d: Float64Array;
  /** sqrt(d) theta. */
  readonly u: Float64Array;
  /** Penalised residual sum of squares, rss + beta' S beta. */
  readonly penalised: number;
  readonly logDetC: number;
  /** Lower triangle of the factor of C. */
  readonly factor: Float64Array;
}

/** Solves the penalised system. All eigenvalues of C are at least 1, so that its factor always exists. */
export function solvePenalised(
  problem: Problem,
  rx: number,
  ry: number,
  factor = new Float64Array(problem.q ** 2),
): Solved {
  const { half, ...solved } = factorPenalised(problem, rx, ry, factor);
  backwardSolve(factor, problem.q, half);
  return { ...solved, u: half, factor };
}

/** The part of it that the criterion's value needs; `half` is L^-1 d^-1/2 b. */
function factorPenalised(
  problem: Problem,
  rx: number,
  ry: number,
  factor: Float64Array,
): Pick<Solved, "d" | "penalised" | "logDetC"> & { readonly half: Float64Array } {
  const { q, sx, sy } = problem;
  const { m, b } = problem.normal();
  const lx = Math.exp(rx);
  const ly = Math.exp(ry);
  const d = new Float64Array(q);
  const root = new Float64Array(q);
  const half = new Float64Array(q);
  for (let i = 0; i < q; i++) {
    d[i] = lx * sx[i]! + ly * sy[i]!;
    root[i] = 1 / Math.sqrt(d[i]!);
    half[i] = b[i]! * root[i]!;
  }
  for (let i = 0; i < q; i++) {
    const row = i * q;
    const own = root[i]!;
    for (let j = 0; j < i; j++) factor[row + j] = m[row + j]! * own * root[j]!;
    factor[row + i] = 1 + Math.max(0, m[row + i]!) * own * own;
  }
  choleskyInPlace(factor, q);
  forwardSolve(factor, q, half);
  let explained = 0;
  for (let i = 0; i < q; i++) explained += half[i]! * half[i]!;
  return { d, half, penalised: problem.y2 - explained, logDetC: logDeterminant(factor, q) };
}

/**
 * Restricted maximum likelihood, profiled over the residual variance, with exact derivatives.
 *
 * @see Patterson & Thompson 1971, doi:10.1093/biomet/58.3.545; Wood 2011, doi:10.1111/j.1467-9868.2010.00749.x.
 */
export function remlCriterion(problem: Problem): Criterion {
  const { n, f, q, sx } = problem;
  const nu = n - f;
  const { rows } = problem;
  // A main effect's few columns are cheaper by themselves than their points.
  const dual = rows === undefined || q < rows.size ? null : dualReml(problem, rows);
  const factor = new Float64Array(q * q);
  const inverse = new Float64Array(q * q);
  const work = new Float64Array(q * q);
  const partsOf = ({ penalised, logDetC }: Pick<Solved, "penalised" | "logDetC">): CriterionParts =>
    remlParts(nu, penalised, logDetC + problem.logDetF);
  return {
    problem,
    value: (rx, ry) =>
      (dual === null ? partsOf(factorPenalised(problem, rx, ry, factor)) : dual.ray(rx, ry)(0)).value,
    ray: (rx, ry) =>
      dual === null ? (t) => partsOf(factorPenalised(problem, rx + t, ry + t, factor)) : dual.ray(rx, ry),
    derivatives(rx, ry) {
      if (dual !== null) return dual.derivatives(rx, ry);
      const solved = solvePenalised(problem, rx, ry, factor);
      inverseFromCholesky(factor, q, inverse, work);
      const { d, u, penalised } = solved;
      const lx = Math.exp(rx);
      const w = new Float64Array(q);
      const wu = new Float64Array(q);
      let [p1, p2, t1, t2] = [0, 0, 0, 0];
      // Sums for the Hessian: u_i Ci_ij u_j and -Ci_ij^2, each weighted by (w1 w1, w1 w2, w2 w2). The inner loop
      // gathers them per row without and with w1_j; w2 = 1 - w1 gives the rest.
      let [a11, a12, a22, c11, c12, c22] = [0, 0, 0, 0, 0, 0];
      for (let i = 0; i < q; i++) {
        const w1 = (lx * sx[i]!) / d[i]!;
        const w2 = 1 - w1;
        w[i] = w1;
        wu[i] = w1 * u[i]!;
        let [uc, wuc, cc, wcc] = [0, 0, 0, 0];
        const row = i * q;
        for (let j = 0; j < i; j++) {
          const cij = inverse[row + j]!;
          const square = cij * cij;
          uc += u[j]! * cij;
          wuc += wu[j]! * cij;
          cc += square;
          wcc += w[j]! * square;
        }
        const cii = inverse[row + i]!;
        const uu = u[i]! * u[i]!;
        const e = 1 - cii;
        const own = uu * cii;
        const pair = 1 - cii * cii;
        const twice = 2 * u[i]!;
        p1 += w1 * uu;
        p2 += w2 * uu;
        t1 += w1 * e;
        t2 += w2 * e;
        a11 += w1 * (w1 * own + twice * wuc);
        a12 += w1 * w2 * own + (twice * (w1 * (uc - wuc) + w2 * wuc)) / 2;
        a22 += w2 * (w2 * own + twice * (uc - wuc));
        c11 += w1 * (w1 * pair - 2 * wcc);
        c12 += w1 * w2 * pair - (w1 * (cc - wcc) + w2 * wcc);
        c22 += w2 * (w2 * pair - 2 * (cc - wcc));
      }
      const h = nu / 2;
      return {
        value: partsOf(solved).value,
        gradient: [(h * p1) / penalised - t1 / 2, (h * p2) / penalised - t2 / 2],
        hessian: [
          h * ((p1 - 2 * a11) / penalised - (p1 / penalised) ** 2) + (c11 - t1) / 2,
          h * ((-2 * a12) / penalised - (p1 * p2) / penalised ** 2) + c12 / 2,
          h * ((p2 - 2 * a22) / penalised - (p2 / penalised) ** 2) + (c22 - t2) / 2,
        ],
        traces: [t1, t2],
        fellnerSchall: [(t1 * penalised) / nu / p1, (t2 * penalised) / nu / p2],
      };
    },
  };
}
