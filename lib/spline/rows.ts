import { type Axis, basisRows } from "./basis.js";
import { forwardSolve } from "./cholesky.js";
import { outerProduct } from "./outerProduct.js";
import type { Margin } from "./margin.js";
import { factorFixed, type ProblemRows } from "./problem.js";
import type { Sample } from "./sample.js";

/** The unpenalised columns' factor and the penalised columns at the points, the former projected out. */
export interface ProjectedRows {
  readonly kept: number[];
  readonly l: Float64Array;
  readonly logDet: number;
  /** Z = X_R' X_F Lf^-T, shape (q, f). */
  readonly z: Float64Array;
  readonly rows: Omit<ProblemRows, "residual">;
}

/** For few points: R = X_R - X_F G_FF^-1 G_FR directly at the points, in the eigenbasis, times root weights. */
export function projectRows(
  { n, x, y, weight }: Sample,
  basis: { axisX: Axis; axisY: Axis; marginX: Margin; marginY: Margin },
  unpenalised: readonly number[],
  penalised: readonly number[],
): ProjectedRows {
  const { axisX, axisY, marginX, marginY } = basis;
  const [kx, ky] = [axisX.size, axisY.size];
  const q = penalised.length;
  const rowX = rotatedBasis(axisX, marginX, x);
  const rowY = rotatedBasis(axisY, marginY, y);
  if (weight !== null) {
    for (let i = 0; i < n; i++) for (let a = 0; a < kx; a++) rowX[i * kx + a]! *= Math.sqrt(weight[i]!);
  }
  const at = (i: number, p: number): number => rowX[i * kx + Math.floor(p / ky)]! * rowY[i * ky + (p % ky)]!;
  const gram = new Float64Array(unpenalised.length ** 2);
  unpenalised.forEach((p, a) =>
    unpenalised.forEach((r, b) => {
      for (let i = 0; i < n; i++) gram[a * unpenalised.length + b]! += at(i, p) * at(i, r);
    }),
  );
  const factored = factorFixed(gram, unpenalised.length, [...unpenalised.keys()]);
  const kept = factored.kept.map((a) => unpenalised[a]!);
  const f = kept.length;
  const { l, logDet } = factored;
  const orthonormal = new Float64Array(n * f);
  const leverage = new Float64Array(n);
  const fixed = new Float64Array(f);
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < f; t++) fixed[t] = at(i, kept[t]!);
    forwardSolve(l, f, fixed);
    orthonormal.set(fixed, i * f);
    leverage[i] = fixed.reduce((sum, value) => sum + value * value, 0);
  }
  const r = new Float64Array(n * q);
  const z = new Float64Array(q * f);
  const across = Int32Array.from(penalised, (p) => Math.floor(p / ky));
  const along = Int32Array.from(penalised, (p) => p % ky);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < q; j++) {
      const value = rowX[i * kx + across[j]!]! * rowY[i * ky + along[j]!]!;
      r[i * q + j] = value;
      for (let t = 0; t < f; t++) z[j * f + t]! += orthonormal[i * f + t]! * value;
    }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < q; j++)
      for (let t = 0; t < f; t++) r[i * q + j]! -= orthonormal[i * f + t]! * z[j * f + t]!;
  return { kept, l, logDet, z, rows: { r, leverage } };
}

/** M = R'R and b = R'r from rows, both triangles. */
export function normalEquations(
  r: Float64Array,
  residual: Float64Array,
  q: number,
): { m: Float64Array; b: Float64Array } {
  const n = residual.length;
  const columns = new Float64Array(q * n);
  const b = new Float64Array(q);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < q; j++) {
      const value = r[i * q + j]!;
      columns[j * n + i] = value;
      b[j]! += value * residual[i]!;
    }
  const m = new Float64Array(q * q);
  outerProduct(columns, q, n, m);
  for (let i = 0; i < q; i++) for (let j = 0; j < i; j++) m[j * q + i] = m[i * q + j]!;
  return { m, b };
}

/** B U: the margin's eigenbasis at the points, shape (n, size). */
function rotatedBasis(axis: Axis, margin: Margin, x: Float64Array): Float64Array {
  const { first, values } = basisRows(axis, x);
  const k = axis.size;
  const out = new Float64Array(x.length * k);
  for (let i = 0; i < x.length; i++)
    for (let a = 0; a < 4; a++) {
      const value = values[4 * i + a]!;
      const from = (first[i]! + a) * k;
      for (let j = 0; j < k; j++) out[i * k + j]! += value * margin.u[from + j]!;
    }
  return out;
}
