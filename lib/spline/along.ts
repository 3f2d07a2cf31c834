import { basisRows, makeAxis } from "./basis.js";
import { backwardSolve, forwardSolve } from "./cholesky.js";
import { penaltyMargin } from "./margin.js";
import { edfOf, primalPart } from "./penalisedPart.js";
import { factorFixed, type Problem, projectFixed } from "./problem.js";
import type { Sample } from "./sample.js";
import { selectLambda } from "./select.js";
import type { Shape } from "./shape.js";

/** A P-spline of one variable on [0, 1]. */
export interface CurveFit {
  readonly edf: number;
  readonly lambda: number | null;
  readonly rss: number;
  readonly sigma2: number;
  readonly looRmse: number | null;
  /** Value and standard error at t. */
  at(t: number): { readonly z: number; readonly se: number };
}

const BASIS_SIZE = 10;
/** Fewer points than this, or fewer different places, and the curve is a straight line. */
const LINE_POINTS = 8;
const LINE_PLACES = 6;

/** A one-variable P-spline (or a straight line, for few points) by the same REML as the surface. */
export function fitAlong(t: Float64Array, sample: Sample, shape: Shape): CurveFit {
  const { n, weight } = sample;
  const places = new Set(t).size;
  const straight = n < LINE_POINTS || places < LINE_PLACES;
  const axis = makeAxis(0, 1, BASIS_SIZE);
  const margin = penaltyMargin(BASIS_SIZE);
  const k = BASIS_SIZE;
  const row = (place: number): Float64Array => {
    const { first, values } = basisRows(axis, [place]);
    const out = new Float64Array(k);
    for (let j = 0; j < k; j++)
      for (let a = 0; a < 4; a++) out[j]! += values[a]! * margin.u[(first[0]! + a) * k + j]!;
    return out;
  };
  const gram = new Float64Array(k * k);
  const cross = new Float64Array(k);
  const rows = Array.from(t, row);
  rows.forEach((r, i) => {
    const w = weight === null ? 1 : weight[i]!;
    for (let a = 0; a < k; a++) {
      cross[a]! += w * r[a]! * (sample.z[i]! - shape.mean);
      for (let b = 0; b < k; b++) gram[a * k + b]! += w * r[a]! * r[b]!;
    }
  });
  const { kept, l, logDet } = factorFixed(gram, k, [0, 1]);
  const penalised = straight ? [] : Array.from({ length: k - 2 }, (_, i) => i + 2);
  const { z, m } = projectFixed(gram, k, kept, l, penalised);
  const thetaF = Float64Array.from(kept, (p) => cross[p]!);
  forwardSolve(l, kept.length, thetaF);
  backwardSolve(l, kept.length, thetaF);
  const b = new Float64Array(penalised.length);
  let y2 = 0;
  rows.forEach((r, i) => {
    const w = weight === null ? 1 : weight[i]!;
    const residual = kept.reduce((left, p, s) => left - r[p]! * thetaF[s]!, sample.z[i]! - shape.mean);
    y2 += w * residual * residual;
    penalised.forEach((p, j) => (b[j]! += w * r[p]! * residual));
  });
  const q = penalised.length;
  const problem: Problem = {
    n,
    f: kept.length,
    q,
    sx: Float64Array.from(penalised, (p) => margin.s[p]!),
    sy: new Float64Array(q),
    normal: () => ({ m, b }),
    y2,
    logDetF: logDet,
  };
  const exact = y2 <= 1e-20 * shape.tss || shape.tss <= 1e-20 * shape.zz;
  const rho = exact ? Math.log(1e8) : straight ? 0 : selectLambda(problem, "reml", 1).rho[0];
  const part = primalPart(problem, [rho, 0]);
  const { d, theta: thetaR } = part;
  const ci = part.inverse();
  const lean = new Float64Array(kept.length);
  for (let i = 0; i < q; i++)
    for (let s = 0; s < kept.length; s++) lean[s]! += z[i * kept.length + s]! * thetaR[i]!;
  backwardSolve(l, kept.length, lean);
  const edf = edfOf(problem, part);
  const phi = exact ? 0 : part.penalised / (n - kept.length);

  /** Value and b'A^-1 b, with the unpenalised part by |Lf^-1 (b_F - Q' b_R)|^2. */
  const evaluate = (r: Float64Array): { z: number; s2: number } => {
    const value = kept.reduce((sum, p, s) => sum + r[p]! * (thetaF[s]! - lean[s]!), shape.mean);
    const scaled = penalised.map((p, i) => r[p]! / Math.sqrt(d[i]!));
    const fixed = Float64Array.from(kept, (p) => r[p]!);
    forwardSolve(l, kept.length, fixed);
    // b_R - Z Lf^-1 b_F, in the scaled coordinates of C.
    const rest = scaled.map((value, i) => {
      let along = 0;
      for (let s = 0; s < kept.length; s++) along += z[i * kept.length + s]! * fixed[s]!;
      return value - along / Math.sqrt(d[i]!);
    });
    let s2 = fixed.reduce((sum, value) => sum + value * value, 0);
    for (let i = 0; i < q; i++)
      for (let j = 0; j < q; j++) s2 += rest[i]! * rest[j]! * (j <= i ? ci[i * q + j]! : ci[j * q + i]!);
    return { z: value + penalised.reduce((sum, p, i) => sum + r[p]! * thetaR[i]!, 0), s2 };
  };
  let rss = 0;
  let loo = 0;
  let mostLeverage = 0;
  rows.forEach((r, i) => {
    const w = weight === null ? 1 : weight[i]!;
    const { z: fitted, s2 } = evaluate(r);
    const residual = sample.z[i]! - fitted;
    mostLeverage = Math.max(mostLeverage, w * s2);
    rss += w * residual * residual;
    loo += w * (residual / (1 - w * s2)) ** 2;
  });
  return {
    edf,
    lambda: straight || exact ? null : Math.exp(rho),
    rss,
    sigma2: exact ? 0 : rss / (n - edf),
    looRmse: mostLeverage < 1 - 1e-9 ? Math.sqrt(loo / n) : null,
    at(place) {
      const { z: value, s2 } = evaluate(row(Math.min(1, Math.max(0, place))));
      return { z: value, se: Math.sqrt(phi * s2) };
    },
  };
}
