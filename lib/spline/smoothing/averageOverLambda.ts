import { turnMatrix, turnRows } from "../basis/penalty.js";
import { remlCriterion } from "./criterion.js";
import { penalisedSolver, type Rho } from "./penalised.js";
import { edfCap } from "./selectLambda.js";
import { coefficients, covarianceOf, type TensorFit } from "./tensorFit.js";

/** Nodes of log lambda along each axis, about 10^-5 to 10^5. */
const NODES = Array.from({ length: 7 }, (_, i) => 3.8 * (i - 3));
/** A node of less weight than this beside the best is left out. */
const LEAST_WEIGHT = 0.01;

/**
 * Covariance of a surface's coefficients that holds the doubt about the smoothing parameters too, which few points tell
 * badly: the mean squared error of the fit over a grid of them, weighted by their restricted likelihood,
 *
 *     sum_k w_k (phi_k (X'WX + S_k)^-1 + (beta_k - beta)(beta_k - beta)'),   w_k ~ exp(-V(lambda_k)).
 *
 * Nodes beyond the degrees of freedom that so few points are trusted with have no weight.
 *
 * @returns Of the B-spline coefficients, shape (K, K), in units of z squared.
 * @see Kass & Steffey 1989, doi:10.1080/01621459.1989.10478825, conditionally independent hierarchical models.
 */
export function covarianceOverLambda({ system, beta }: TensorFit): Float64Array {
  const { problem, axes } = system;
  const { value } = remlCriterion(problem);
  const solve = penalisedSolver(problem);
  const nodes = NODES.flatMap((x) => NODES.map((y): Rho => [x, y]))
    .map((rho) => ({ rho, score: value(rho) }))
    .toSorted((one, two) => one.score - two.score);
  const size = beta.length;
  const sum = new Float64Array(size * size);
  const centre = turnRows(axes.x, axes.y, beta, "eigen");
  let [best, total] = [NaN, 0];
  for (const { rho, score } of nodes) {
    const weight = total === 0 ? 1 : Math.exp(best - score);
    if (weight < LEAST_WEIGHT) break;
    const solved = solve(rho);
    if (problem.f + solved.edf() > edfCap(problem)) continue;
    if (total === 0) best = score;
    total += weight;
    const phi = solved.rss / (problem.n - problem.f);
    const own = covarianceOf(system, solved);
    const gap = coefficients(system, solved.u(), solved.d()).map((theta, i) => theta - centre[i]!);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < size; j++)
        sum[i * size + j]! += weight * (phi * own[i * size + j]! + gap[i]! * gap[j]!);
  }
  const mean = sum.map((entry) => entry / total);
  return turnMatrix(axes.x, axes.y, mean, "splines");
}
