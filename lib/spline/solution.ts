import { type BasisRows, basisRows } from "./basis.js";
import { backwardSolve, forwardSolve, inverseFromCholesky } from "./cholesky.js";
import { solvePenalised } from "./reml.js";
import { unrotateCovariance, unrotateVector } from "./rotate.js";
import type { TensorSystem } from "./tensor.js";

/** The P-spline at one pair of smoothing parameters. */
export interface TensorFit {
  readonly system: TensorSystem;
  readonly rho: readonly [number, number];
  /** B-spline coefficients without the system's offset, index ix * sizeY + iy. */
  readonly beta: Float64Array;
  /** (X'WX + S)^-1, shape (K, K). */
  readonly covariance: Float64Array;
  readonly edf: number;
  /** The part of edf that each axis's penalty leaves: the curvature seen along x and along y. */
  readonly curvature: readonly [number, number];
  /** Weighted residual sum of squares. */
  readonly rss: number;
  /** REML estimate of the residual variance: what standard errors are scaled by. */
  readonly phi: number;
  /** rss / (n - edf). */
  readonly sigma2: number;
  /** Root mean squared leave-one-out error at fixed smoothing parameters. */
  readonly looRmse: number;
}

/** Coefficients, covariance and residual statistics at given smoothing parameters. */
export function solveTensor(system: TensorSystem, rho: readonly [number, number]): TensorFit {
  const { problem, fixed, penalised, marginX, marginY, sample } = system;
  const { q } = problem;
  const solved = solvePenalised(problem, rho[0], rho[1]);
  const ci = new Float64Array(q * q);
  inverseFromCholesky(solved.factor, q, ci, new Float64Array(q * q));
  const theta = new Float64Array(marginX.size * marginY.size);
  const thetaR = solved.u.map((u, i) => u / Math.sqrt(solved.d[i]!));
  penalised.forEach((p, i) => (theta[p] = thetaR[i]!));
  const f = fixed.kept.length;
  const lean = new Float64Array(f);
  for (let i = 0; i < q; i++) for (let t = 0; t < f; t++) lean[t]! += fixed.z[i * f + t]! * thetaR[i]!;
  backwardSolve(fixed.l, f, lean);
  fixed.kept.forEach((p, t) => (theta[p] = system.thetaF[t]! - lean[t]!));
  let edf = f;
  const curvature: [number, number] = [0, 0];
  const lx = Math.exp(rho[0]);
  for (let i = 0; i < q; i++) {
    const e = 1 - ci[i * q + i]!;
    const w1 = (lx * problem.sx[i]!) / solved.d[i]!;
    edf += e;
    curvature[0] += w1 * e;
    curvature[1] += (1 - w1) * e;
  }
  const beta = unrotateVector(marginX, marginY, theta);
  const covariance = unrotateCovariance(marginX, marginY, eigenCovariance(system, solved.d, ci));
  const { rss, loo } = residualSums(system, beta, covariance);
  return {
    system,
    rho,
    beta,
    covariance,
    edf,
    curvature,
    rss,
    phi: solved.penalised / (problem.n - problem.f),
    sigma2: rss / (sample.n - edf),
    looRmse: Math.sqrt(loo / sample.n),
  };
}

/** (X'WX + S)^-1 in the eigenbasis, both triangles. */
function eigenCovariance(system: TensorSystem, d: Float64Array, ci: Float64Array): Float64Array {
  const { fixed, penalised, marginX, marginY } = system;
  const size = marginX.size * marginY.size;
  const q = penalised.length;
  const f = fixed.kept.length;
  const out = new Float64Array(size * size);
  const rr = new Float64Array(q * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j <= i; j++) {
      const value = ci[i * q + j]! / Math.sqrt(d[i]! * d[j]!);
      rr[i * q + j] = value;
      rr[j * q + i] = value;
      out[penalised[i]! * size + penalised[j]!] = value;
      out[penalised[j]! * size + penalised[i]!] = value;
    }
  // Q = Lf^-T Z', one column per penalised direction.
  const lean = fixed.z.slice();
  for (let i = 0; i < q; i++) backwardSolve(fixed.l, f, lean.subarray(i * f, (i + 1) * f));
  // FR = -Q RR.
  const cross = new Float64Array(f * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j < q; j++)
      for (let t = 0; t < f; t++) cross[t * q + j]! -= lean[i * f + t]! * rr[i * q + j]!;
  for (let t = 0; t < f; t++) {
    const row = fixed.kept[t]!;
    for (let j = 0; j < q; j++) {
      out[row * size + penalised[j]!] = cross[t * q + j]!;
      out[penalised[j]! * size + row] = cross[t * q + j]!;
    }
    const unit = new Float64Array(f);
    unit[t] = 1;
    forwardSolve(fixed.l, f, unit);
    backwardSolve(fixed.l, f, unit);
    for (let s = 0; s < f; s++) {
      let value = unit[s]!;
      for (let j = 0; j < q; j++) value -= cross[t * q + j]! * lean[j * f + s]!;
      out[row * size + fixed.kept[s]!] = value;
    }
  }
  return out;
}

/** Residual sum of squares and leave-one-out sum of squares, by a direct pass over the rows. */
function residualSums(
  system: TensorSystem,
  beta: Float64Array,
  covariance: Float64Array,
): { rss: number; loo: number } {
  const { sample, axisX, axisY, offset } = system;
  const rowsX = basisRows(axisX, sample.x);
  const rowsY = basisRows(axisY, sample.y);
  const size = axisX.size * axisY.size;
  let rss = 0;
  let loo = 0;
  for (let i = 0; i < sample.n; i++) {
    const w = sample.weight === null ? 1 : sample.weight[i]!;
    const { z, s2 } = valueAt(rowsX, rowsY, i, axisY.size, size, beta, covariance);
    const r = sample.z[i]! - offset - z;
    const left = r / (1 - Math.min(1, w * s2));
    rss += w * r * r;
    loo += w * left * left;
  }
  return { rss, loo };
}

/** b'beta and b'(X'WX + S)^-1 b for row i. */
function valueAt(
  rowsX: BasisRows,
  rowsY: BasisRows,
  i: number,
  ky: number,
  size: number,
  beta: Float64Array,
  covariance: Float64Array,
): { z: number; s2: number } {
  const cx = rowsX.first[i]!;
  const cy = rowsY.first[i]!;
  let z = 0;
  let s2 = 0;
  for (let a = 0; a < 4; a++)
    for (let b = 0; b < 4; b++) {
      const p = (cx + a) * ky + cy + b;
      const bp = rowsX.values[4 * i + a]! * rowsY.values[4 * i + b]!;
      z += bp * beta[p]!;
      for (let c = 0; c < 4; c++)
        for (let d = 0; d < 4; d++) {
          const bq = rowsX.values[4 * i + c]! * rowsY.values[4 * i + d]!;
          s2 += bp * bq * covariance[p * size + (cx + c) * ky + cy + d]!;
        }
    }
  return { z, s2 };
}

/** Values and unscaled standard errors at every crossing of two sets of positions, index ix * y.length + iy. */
export function evaluateTensor(
  fit: TensorFit,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
): { z: Float64Array; s: Float64Array } {
  const { axisX, axisY, offset } = fit.system;
  const ky = axisY.size;
  const size = axisX.size * ky;
  const rowsX = basisRows(axisX, x);
  const rowsY = basisRows(axisY, y);
  const z = new Float64Array(x.length * y.length);
  const s = new Float64Array(x.length * y.length);
  // For each x, coefficients and covariance are first contracted along x: a curve in y with a banded covariance.
  const curve = new Float64Array(ky);
  const band = new Float64Array(ky * 4);
  for (let i = 0; i < x.length; i++) {
    const cx = rowsX.first[i]!;
    curve.fill(0);
    band.fill(0);
    for (let a = 0; a < 4; a++) {
      const ba = rowsX.values[4 * i + a]!;
      for (let b = 0; b < ky; b++) {
        const p = (cx + a) * ky + b;
        curve[b]! += ba * fit.beta[p]!;
        const last = Math.min(3, ky - 1 - b);
        for (let c = 0; c < 4; c++) {
          const bac = ba * rowsX.values[4 * i + c]!;
          const at = p * size + (cx + c) * ky + b;
          for (let d = 0; d <= last; d++) band[4 * b + d]! += bac * fit.covariance[at + d]!;
        }
      }
    }
    for (let j = 0; j < y.length; j++) {
      const cy = rowsY.first[j]!;
      let value = 0;
      let s2 = 0;
      for (let b = 0; b < 4; b++) {
        const bb = rowsY.values[4 * j + b]!;
        value += bb * curve[cy + b]!;
        s2 += bb * bb * band[4 * (cy + b)]!;
        for (let d = b + 1; d < 4; d++) s2 += 2 * bb * rowsY.values[4 * j + d]! * band[4 * (cy + b) + d - b]!;
      }
      z[i * y.length + j] = value + offset;
      s[i * y.length + j] = Math.sqrt(Math.max(0, s2));
    }
  }
  return { z, s };
}
