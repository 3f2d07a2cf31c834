import { inverseFromCholesky } from "./choleskyInverse.js";
import type { Problem } from "./problem.js";
import type { Criterion, Derivatives } from "./criterion.js";
import { solvePenalised } from "./reml.js";

const STEP = 1e-4;

/**
 * log of generalised cross-validation, n rss / (n - edf)^2. It undersmooths more often than REML does: an
 * option, not the default. Exact gradient; the Hessian is the gradient's central difference.
 *
 * @see Craven & Wahba 1979, doi:10.1007/BF01404567.
 */
export function gcvCriterion(problem: Problem): Criterion {
  const { n, f, q, sx } = problem;
  const factor = new Float64Array(q * q);
  const inverse = new Float64Array(q * q);
  const work = new Float64Array(q * q);

  const evaluate = (
    rx: number,
    ry: number,
  ): { value: number; gradient: [number, number]; traces: [number, number] } => {
    const { d, u, penalised } = solvePenalised(problem, rx, ry, factor);
    inverseFromCholesky(factor, q, inverse, work);
    const full = (i: number, j: number): number => (j <= i ? inverse[i * q + j]! : inverse[j * q + i]!);
    const lx = Math.exp(rx);
    let edf = f;
    let rss = penalised;
    for (let i = 0; i < q; i++) {
      edf += 1 - inverse[i * q + i]!;
      rss -= u[i]! * u[i]!;
    }
    // d rss / d rho_k = 2 u' C^-1 W_k u and d edf / d rho_k = -tr W_k (C^-1 - C^-2).
    const dRss: [number, number] = [0, 0];
    const dEdf: [number, number] = [0, 0];
    const traces: [number, number] = [0, 0];
    for (let i = 0; i < q; i++) {
      let cu = 0;
      let squares = 0;
      for (let j = 0; j < q; j++) {
        const cij = full(i, j);
        cu += cij * u[j]!;
        squares += cij * cij;
      }
      const w1 = (lx * sx[i]!) / d[i]!;
      traces[0] += w1 * (1 - full(i, i));
      traces[1] += (1 - w1) * (1 - full(i, i));
      dRss[0] += 2 * w1 * u[i]! * cu;
      dRss[1] += 2 * (1 - w1) * u[i]! * cu;
      dEdf[0] -= w1 * (full(i, i) - squares);
      dEdf[1] -= (1 - w1) * (full(i, i) - squares);
    }
    const slope = (k: 0 | 1): number => dRss[k] / rss + (2 * dEdf[k]) / (n - edf);
    return {
      value: rss > 0 && edf < n ? Math.log((n * rss) / (n - edf) ** 2) : Infinity,
      gradient: [slope(0), slope(1)],
      traces,
    };
  };

  return {
    problem,
    value: (rx, ry) => evaluate(rx, ry).value,
    ray: (rx, ry) => (t) => {
      const { value } = evaluate(rx + t, ry + t);
      return { value, misfit: -Infinity, complexity: -Infinity };
    },
    derivatives(rx, ry): Derivatives {
      const here = evaluate(rx, ry);
      const difference = (k: 0 | 1, dx: number, dy: number): number =>
        (evaluate(rx + dx, ry + dy).gradient[k] - evaluate(rx - dx, ry - dy).gradient[k]) / (2 * STEP);
      return {
        ...here,
        hessian: [difference(0, STEP, 0), difference(1, STEP, 0), difference(1, 0, STEP)],
        fellnerSchall: null,
      };
    },
  };
}
