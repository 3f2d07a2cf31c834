import { choleskyInPlace, forwardSolve, logDeterminant } from "./cholesky.js";
import { inverseFromCholesky } from "./choleskyInverse.js";
import { type Criterion, type CriterionParts, type Derivatives, remlParts } from "./criterion.js";
import type { Problem, ProblemRows } from "./problem.js";
import { panelRow, rowProducts } from "./rowProducts.js";

/**
 * REML in the n - f rows that the unpenalised columns leave, for fewer points than coefficients: with
 * K = R D^-1 R', |I + D^-1/2 R'R D^-1/2| is |I + K|, and the penalised residual sum of squares is r'(I + K)^-1 r.
 * The same numbers as the q x q form (tests hold them together), without its cancellation.
 */
export function dualReml(problem: Problem, rows: ProblemRows): Pick<Criterion, "ray" | "derivatives"> {
  const { n, f, logDetF } = problem;
  const { size, residual, kernel: kernelOf } = rows;
  const nu = n - f;
  const kernel = kernelOf();
  const square = (): Float64Array => new Float64Array(size * size);
  const [factor, k, k1, k11, inverse, work] = [square(), square(), square(), square(), square(), square()];
  const [inversePanels, k1Panels] = [square(), square()];
  const v = new Float64Array(size);
  const ones = new Float64Array(size).fill(1);

  /** With K as it is at t = 0, where it is e^-t K; leaves the factor of e^t S = e^t I + K in `factor`. */
  const valueOf = (there: Float64Array, t: number): { parts: CriterionParts; penalised: number } => {
    const ridge = Math.exp(t);
    factorWithRidge(there, ridge, size, factor);
    v.set(residual);
    forwardSolve(factor, size, v);
    const penalised = ridge * dot(v, v);
    const logDet = logDeterminant(factor, size) - size * t;
    return { parts: remlParts(nu, penalised, logDet + logDetF), penalised };
  };

  return {
    ray(rx, ry) {
      const there = square();
      kernel.fill(Math.exp(rx), Math.exp(ry), there);
      return (t) => valueOf(there, t).parts;
    },
    derivatives(rx, ry): Derivatives {
      kernel.fillParts(Math.exp(rx), Math.exp(ry), k, k1, k11);
      const { parts, penalised } = valueOf(k, 0);
      inverseFromCholesky(factor, size, inverse, work);
      symmetricPanels(inverse, size, inversePanels);
      symmetricPanels(k1, size, k1Panels);
      // With u = S^-1 r, K u = r - u; p_kl = u'K_kl u, where K_kl has the columns weighted by w_k w_l.
      const u = multiply(inversePanels, residual, size);
      const a1 = multiply(k1Panels, u, size);
      const a2 = a1.map((value, i) => residual[i]! - u[i]! - value);
      const s1 = multiply(inversePanels, a1, size);
      const s2 = multiply(inversePanels, a2, size);
      // Z_k = S^-1 K_k; Z_2 = I - S^-1 - Z_1.
      rowProducts(inversePanels, k1Panels, ones, size, size, work, "all");
      const [p1, p2] = [dot(u, a1), dot(u, a2)];
      const { t1, ts, ss, z11, zs } = traces(inverse, work, size);
      const { p11, t11 } = secondOrder(k11, inverse, u, size);
      const t2 = size - ts - t1;
      const z12 = t1 - zs - z11;
      const z22 = t2 - ts + ss + zs - z12;
      const hessian = (second: number, product: number, logDet: number): number =>
        (nu / 2) * (second / penalised - product / penalised ** 2) - logDet / 2;
      const [p12, p22] = [p1 - p11, p2 - p1 + p11];
      const [t12, t22] = [t1 - t11, t2 - t1 + t11];
      return {
        value: parts.value,
        gradient: [((nu / 2) * p1) / penalised - t1 / 2, ((nu / 2) * p2) / penalised - t2 / 2],
        hessian: [
          hessian(2 * dot(a1, s1) + p1 - 2 * p11, p1 * p1, z11 + t1 - 2 * t11),
          hessian(2 * dot(a2, s1) - 2 * p12, p1 * p2, z12 - 2 * t12),
          hessian(2 * dot(a2, s2) + p2 - 2 * p22, p2 * p2, z22 + t2 - 2 * t22),
        ],
        traces: [t1, t2],
        fellnerSchall: [(t1 * penalised) / nu / p1, (t2 * penalised) / nu / p2],
      };
    },
  };
}

/** Factors K + ridge I, lower triangle, to `factor`. */
export function factorWithRidge(k: Float64Array, ridge: number, size: number, factor: Float64Array): void {
  factor.set(k);
  for (let i = 0; i < size; i++) factor[i * (size + 1)]! += ridge;
  choleskyInPlace(factor, size);
}

/** Traces of Z, S^-1, S^-2, Z Z and Z S^-1 from Z = S^-1 K_1 and the lower triangle of S^-1. */
function traces(
  inverse: Float64Array,
  z: Float64Array,
  size: number,
): { t1: number; ts: number; ss: number; z11: number; zs: number } {
  let [t1, ts, ss, z11, zs] = [0, 0, 0, 0, 0];
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let [rowSs, rowZ11, rowZs] = [0, 0, 0];
    for (let j = 0; j < i; j++) {
      const s = inverse[row + j]!;
      const [below, above] = [z[row + j]!, z[j * size + i]!];
      rowSs += s * s;
      rowZ11 += below * above;
      rowZs += s * (below + above);
    }
    const s = inverse[row + i]!;
    const own = z[row + i]!;
    t1 += own;
    ts += s;
    ss += 2 * rowSs + s * s;
    z11 += 2 * rowZ11 + own * own;
    zs += rowZs + s * own;
  }
  return { t1, ts, ss, z11, zs };
}

/** u'K_11 u and tr(S^-1 K_11), from lower triangles. */
function secondOrder(
  k11: Float64Array,
  inverse: Float64Array,
  u: Float64Array,
  size: number,
): { p11: number; t11: number } {
  let [p11, t11] = [0, 0];
  for (let i = 0; i < size; i++) {
    const row = i * size;
    let [across, trace] = [0, 0];
    for (let j = 0; j < i; j++) {
      const value = k11[row + j]!;
      across += value * u[j]!;
      trace += value * inverse[row + j]!;
    }
    const own = k11[row + i]!;
    p11 += u[i]! * (2 * across + own * u[i]!);
    t11 += 2 * trace + own * inverse[row + i]!;
  }
  return { p11, t11 };
}

/** The whole of a symmetric matrix in panels, from its lower triangle. */
function symmetricPanels(lower: Float64Array, size: number, out: Float64Array): void {
  for (let i = 0; i < size; i++) {
    const to = panelRow(i, size);
    for (let panel = 0; panel <= i; panel += 4) {
      const across = panel * size + 4 * i;
      for (let t = 0; t < 4 && panel + t <= i; t++) {
        const value = lower[i * size + panel + t]!;
        out[to + 4 * (panel + t)] = value;
        out[across + t] = value;
      }
    }
  }
}

/** A x for A in panels, of shape (size, size). */
function multiply(panels: Float64Array, x: Float64Array, size: number): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i += 4) {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let j = 0, at = i * size; j < size; j++, at += 4) {
      const value = x[j]!;
      s0 += panels[at]! * value;
      s1 += panels[at + 1]! * value;
      s2 += panels[at + 2]! * value;
      s3 += panels[at + 3]! * value;
    }
    out[i] = s0;
    out[i + 1] = s1;
    out[i + 2] = s2;
    out[i + 3] = s3;
  }
  return out;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
