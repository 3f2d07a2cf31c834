import { choleskyInPlace, forwardSolve, backwardSolve, logDeterminant } from "./cholesky.js";
import { transposedInverse } from "./choleskyInverse.js";
import { outerProduct, lowerSolveRows } from "./outerProduct.js";
import type { Problem, ProblemRows } from "./problem.js";
import { type Criterion, type CriterionParts, remlParts } from "./criterion.js";

/**
 * REML in n x n form, for fewer points than coefficients: with R the projected rows, |I + d^-1/2 R'R d^-1/2| is
 * |I + R d^-1 R'|, and the penalised residual sum of squares is r'(I + R d^-1 R')^-1 r. The same numbers as the
 * q x q form (tests hold them together), without its cancellation.
 */
export function dualReml(problem: Problem, rows: ProblemRows): Pick<Criterion, "ray" | "derivatives"> {
  const { n, f, q, sx, sy, logDetF } = problem;
  const nu = n - f;
  const scaled = new Float64Array(n * q);
  const factor = new Float64Array(n * n);
  const v = new Float64Array(n);

  /** T = R d^-1/2. */
  const scaleRows = (rx: number, ry: number): void => {
    const [lx, ly] = [Math.exp(rx), Math.exp(ry)];
    const root = new Float64Array(q);
    for (let j = 0; j < q; j++) root[j] = 1 / Math.sqrt(lx * sx[j]! + ly * sy[j]!);
    const { r } = rows;
    for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < q; j++, at++) scaled[at] = r[at]! * root[j]!;
  };

  /** Factors S = I + share * outer; leaves L^-1 r in v. */
  const valueOf = (outer: Float64Array, share: number): { parts: CriterionParts; penalised: number } => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < i; j++) factor[i * n + j] = share * outer[i * n + j]!;
      factor[i * n + i] = 1 + share * outer[i * n + i]!;
    }
    choleskyInPlace(factor, n);
    v.set(rows.residual);
    forwardSolve(factor, n, v);
    let penalised = 0;
    for (let i = 0; i < n; i++) penalised += v[i]! * v[i]!;
    return { parts: remlParts(nu, penalised, logDeterminant(factor, n) + logDetF), penalised };
  };

  return {
    ray(rx, ry) {
      scaleRows(rx, ry);
      const outer = new Float64Array(n * n);
      outerProduct(scaled, n, q, outer);
      return (t) => valueOf(outer, Math.exp(-t)).parts;
    },
    derivatives(rx, ry) {
      scaleRows(rx, ry);
      const outer = new Float64Array(n * n);
      outerProduct(scaled, n, q, outer);
      const { parts, penalised } = valueOf(outer, 1);
      backwardSolve(factor, n, v);
      const u = new Float64Array(q);
      for (let i = 0; i < n; i++) for (let j = 0; j < q; j++) u[j]! += scaled[i * q + j]! * v[i]!;
      lowerSolveRows(factor, n, q, scaled);
      // Now Y = L^-1 T, with Y'Y = I - C^-1 of the q x q form.
      const lx = Math.exp(rx);
      const e = new Float64Array(q);
      for (let i = 0; i < n; i++)
        for (let j = 0; j < q; j++) e[j]! += scaled[i * q + j]! * scaled[i * q + j]!;
      const [p, t, pp, ww] = [
        [0, 0],
        [0, 0],
        [0, 0, 0],
        [0, 0, 0],
      ];
      const w1 = new Float64Array(q);
      for (let j = 0; j < q; j++) {
        const w = (lx * sx[j]!) / (lx * sx[j]! + Math.exp(ry) * sy[j]!);
        w1[j] = w;
        const uu = u[j]! * u[j]!;
        p[0]! += w * uu;
        p[1]! += (1 - w) * uu;
        t[0]! += w * e[j]!;
        t[1]! += (1 - w) * e[j]!;
        pp[0]! += w * w * uu;
        pp[1]! += w * (1 - w) * uu;
        pp[2]! += (1 - w) * (1 - w) * uu;
        ww[0]! += w * w * e[j]!;
        ww[1]! += w * (1 - w) * e[j]!;
        ww[2]! += (1 - w) * (1 - w) * e[j]!;
      }
      // Y W_k u, for the quadratic forms u' W_k C^-1 W_l u.
      for (let i = 0; i < n; i++) {
        let [y1, y2] = [0, 0];
        for (let j = 0; j < q; j++) {
          const yu = scaled[i * q + j]! * u[j]!;
          y1 += w1[j]! * yu;
          y2 += yu;
        }
        y2 -= y1;
        pp[0]! -= y1 * y1;
        pp[1]! -= y1 * y2;
        pp[2]! -= y2 * y2;
      }
      const traces = traceProducts(scaled, w1, factor, n, q, outer);
      const h = nu / 2;
      const second = (k: 0 | 1 | 2, own: number, trace: number, product: number): number =>
        h * ((own - 2 * pp[k]!) / penalised - product / penalised ** 2) +
        (2 * ww[k]! - traces[k]! - trace) / 2;
      const [p1, p2, t1, t2] = [p[0]!, p[1]!, t[0]!, t[1]!];
      return {
        value: parts.value,
        gradient: [(h * p1) / penalised - t1 / 2, (h * p2) / penalised - t2 / 2],
        hessian: [second(0, p1, t1, p1 * p1), second(1, 0, 0, p1 * p2), second(2, p2, t2, p2 * p2)],
        traces: [t1, t2],
        fellnerSchall: [(t1 * penalised) / nu / p1, (t2 * penalised) / nu / p2],
      };
    },
  };
}

/**
 * tr(B_k B_l) for B_k = Y W_k Y', which is the sum of w_ki E_ij^2 w_lj of the q x q form. B_1 + B_2 = Y Y' is had
 * without a product, as I - L^-1 L^-T.
 */
function traceProducts(
  y: Float64Array,
  w1: Float64Array,
  factor: Float64Array,
  n: number,
  q: number,
  b1: Float64Array,
): [number, number, number] {
  const inverse = new Float64Array(n * n);
  transposedInverse(factor, n, inverse);
  for (let i = 0; i < n; i++) for (let j = 0; j < q; j++) y[i * q + j]! *= Math.sqrt(w1[j]!);
  outerProduct(y, n, q, b1);
  const out: [number, number, number] = [0, 0, 0];
  // Row i of L^-1 as a contiguous row.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let k = 0; k <= i; k++) rows[i * n + k] = inverse[k * n + i]!;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k <= j; k++) sum -= rows[i * n + k]! * rows[j * n + k]!;
      const first = b1[i * n + j]!;
      const second = sum - first;
      const times = i === j ? 1 : 2;
      out[0] += times * first * first;
      out[1] += times * first * second;
      out[2] += times * second * second;
    }
  return out;
}
