import { crossProduct } from "../basis/cells.js";
import { turnRows, unpenalised as directions } from "../basis/kronecker.js";
import { backwardSolve, forwardSolve } from "../linear/cholesky.js";
import { type FixedPart, type Reduced, SPANNED, type TensorBasis } from "./problem.js";

/**
 * The system from the points' moments in the cells of the knot grid, whose size does not depend on the number of
 * points. z passes twice: once for its least-squares fit on the unpenalised columns, and once for what that leaves,
 * so that nothing of it cancels.
 */
export function momentSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): Reduced {
  const { weight, z, n } = basis.sample;
  const gram = basis.gram();
  const size = basis.axisX.size * basis.axisY.size;
  const { kept, l } = factorFixed(gram, size, unpenalised);
  const f = kept.length;
  const residual = z.map((value) => value - basis.offset);
  const whole = crossOf(basis, residual);
  const theta = Float64Array.from(kept, (p) => whole[p]!);
  forwardSolve(l, f, theta);
  backwardSolve(l, f, theta);
  subtractFixed(basis, kept, theta, residual);
  let y2 = 0;
  for (let i = 0; i < n; i++) y2 += (weight === null ? 1 : weight[i]!) * residual[i]! ** 2;
  const rest = crossOf(basis, residual);
  const b = Float64Array.from(penalised, (p) => rest[p]!);
  const lean = leanOf(gram, size, kept, l, penalised);
  const m = projected(gram, size, lean, penalised, f);
  return { fixed: { kept, l, z: lean, theta }, y2, rows: null, normal: () => ({ m, b }) };
}

/** X'W r in the eigenbasis. */
function crossOf({ sample, axisX, axisY, marginX, marginY }: TensorBasis, r: Float64Array): Float64Array {
  const { weight } = sample;
  const weighted = weight === null ? r : r.map((value, i) => value * weight[i]!);
  return turnRows(marginX, marginY, crossProduct(axisX, axisY, sample, weighted), "eigen");
}

/** Takes the unpenalised columns at their coefficients out of the residuals, in place. */
function subtractFixed(
  { sample: { n, x, y }, axisX, axisY }: TensorBasis,
  kept: readonly number[],
  theta: Float64Array,
  residual: Float64Array,
): void {
  const [t0, ty, tx, txy] = [0, 1, axisY.size, axisY.size + 1].map((p) => theta[kept.indexOf(p)] ?? 0);
  const [across, along] = [directions(axisX.size), directions(axisY.size)];
  for (let i = 0; i < n; i++) {
    const u = across.intercept + across.slope * (x[i]! - axisX.lo) * axisX.scale;
    const v = along.intercept + along.slope * (y[i]! - axisY.lo) * axisY.scale;
    residual[i]! -=
      across.constant * (t0! * along.constant + ty! * v) + u * (tx! * along.constant + txy! * v);
  }
}

/** Cholesky of G_FF that leaves out columns which the data cannot tell from earlier ones. */
function factorFixed(
  gram: Float64Array,
  size: number,
  columns: readonly number[],
): Pick<FixedPart, "kept" | "l"> {
  const kept: number[] = [];
  const rows: Float64Array[] = [];
  for (const column of columns) {
    const row = new Float64Array(columns.length);
    let pivot = gram[column * (size + 1)]!;
    for (const [k, other] of kept.entries()) {
      let sum = gram[column * size + other]!;
      for (let t = 0; t < k; t++) sum -= row[t]! * rows[k]![t]!;
      row[k] = sum / rows[k]![k]!;
      pivot -= row[k]! ** 2;
    }
    if (!(pivot > SPANNED * gram[column * (size + 1)]!)) continue;
    row[kept.length] = Math.sqrt(pivot);
    kept.push(column);
    rows.push(row);
  }
  const l = new Float64Array(kept.length ** 2);
  for (const [i, row] of rows.entries()) l.set(row.subarray(0, kept.length), i * kept.length);
  return { kept, l };
}

/** Z = G_RF Lf^-T. */
function leanOf(
  gram: Float64Array,
  size: number,
  kept: readonly number[],
  l: Float64Array,
  penalised: readonly number[],
): Float64Array {
  const f = kept.length;
  const z = new Float64Array(penalised.length * f);
  for (const [i, p] of penalised.entries()) {
    for (const [t, column] of kept.entries()) z[i * f + t] = gram[p * size + column]!;
    forwardSolve(l, f, z.subarray(i * f, (i + 1) * f));
  }
  return z;
}

/** M = G_RR - Z Z'. */
function projected(
  gram: Float64Array,
  size: number,
  z: Float64Array,
  penalised: readonly number[],
  f: number,
): Float64Array {
  const q = penalised.length;
  const m = new Float64Array(q * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j <= i; j++) {
      let sum = gram[penalised[i]! * size + penalised[j]!]!;
      for (let t = 0; t < f; t++) sum -= z[i * f + t]! * z[j * f + t]!;
      m[i * q + j] = sum;
      m[j * q + i] = sum;
    }
  return m;
}
