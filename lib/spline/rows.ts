import { type Axis, basisRows } from "./basis.js";
import { backwardSolve, logDeterminant } from "./cholesky.js";
import { reflectAll, type Reflections, reflectionsOf } from "./complement.js";
import type { Margin } from "./margin.js";
import { dualKernel } from "./dualKernel.js";
import { once } from "./once.js";
import { type NormalEquations, type Penalties, type ProblemRows, type ReducedSystem } from "./problem.js";
import { panelLength, panelRow, rowProducts } from "./rowProducts.js";
import type { TensorBasis } from "./tensor.js";

/**
 * The penalised columns and z at the points, in an orthonormal basis of what the unpenalised columns leave, and
 * the least-squares fit of the latter: of n points' rows n - f remain. All rows are times the root of their weight.
 */
export function rowSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
  penalties: Penalties,
): ReducedSystem {
  const { n, x, y, z, weight } = basis.sample;
  const left = rotatedBasis(basis.axisX, basis.marginX, x);
  const right = rotatedBasis(basis.axisY, basis.marginY, y);
  const target = z.map((value) => value - basis.offset);
  if (weight !== null) {
    const kx = basis.axisX.size;
    for (let i = 0; i < n; i++) {
      const root = Math.sqrt(weight[i]!);
      target[i]! *= root;
      for (let a = 0; a < kx; a++) left[i * kx + a]! *= root;
    }
  }
  const columnsOf = (columns: readonly number[]): Float64Array =>
    designColumns(n, left, basis.axisX.size, right, basis.axisY.size, columns);
  const reflections = reflectionsOf(columnsOf(unpenalised), n, unpenalised.length);
  const { l, signs } = reflections;
  const f = signs.length;
  const q = penalised.length;
  const turned = columnsOf(penalised);
  reflectAll(reflections, turned, q);
  reflectAll(reflections, target, 1);
  // The first f rows hold Q1'X_R and Q1'z, up to R's signs.
  const zed = new Float64Array(q * f);
  for (let t = 0; t < f; t++) for (let j = 0; j < q; j++) zed[j * f + t] = signs[t]! * turned[t * q + j]!;
  const thetaF = target.slice(0, f).map((value, t) => value * signs[t]!);
  backwardSolve(l, f, thetaF);
  const size = paddedSize(n - f);
  const residual = padded(target.subarray(f), size);
  const r = padded(turned.subarray(f * q), size * q);
  const rows: ProblemRows = {
    size,
    r,
    residual,
    kernel: once(() => dualKernel(r, size, penalties.sx, penalties.sy)),
    complement: () => complementOf(reflections, f, size),
  };
  return {
    fixed: { kept: reflections.kept.map((t) => unpenalised[t]!), l, z: zed },
    thetaF,
    y2: residual.reduce((sum, value) => sum + value * value, 0),
    logDetF: logDeterminant(l, f),
    rows,
    normal: once(() => normalEquations(rows, q)),
  };
}

/** M = R'R and b = R'r, both triangles. */
function normalEquations({ r, residual, size }: ProblemRows, q: number): NormalEquations {
  const columns = new Float64Array(panelLength(q, size));
  const b = new Float64Array(q);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < q; j++) {
      const value = r[i * q + j]!;
      columns[panelRow(j, size) + 4 * i] = value;
      b[j]! += value * residual[i]!;
    }
  const m = new Float64Array(q * q);
  rowProducts(columns, columns, new Float64Array(size).fill(1), q, size, m, "lower");
  for (let i = 0; i < q; i++) for (let j = 0; j < i; j++) m[j * q + i] = m[i * q + j]!;
  return { m, b };
}

/** Rows are taken four at a time: up to three rows of zeros are added, which change nothing. */
function paddedSize(rows: number): number {
  return 4 * Math.ceil(rows / 4);
}

function padded(values: Float64Array, length: number): Float64Array {
  const out = new Float64Array(length);
  out.set(values);
  return out;
}

/** Q2', shape (size, n). */
function complementOf(reflections: Reflections, f: number, size: number): Float64Array {
  const { n } = reflections;
  const turned = new Float64Array(n * n);
  for (let i = 0; i < n; i++) turned[i * (n + 1)] = 1;
  reflectAll(reflections, turned, n);
  return padded(turned.subarray(f * n), size * n);
}

/** Columns ix * ky + iy of the row-wise Kronecker product of two bases at the points, shape (n, columns). */
function designColumns(
  n: number,
  left: Float64Array,
  kx: number,
  right: Float64Array,
  ky: number,
  columns: readonly number[],
): Float64Array {
  const count = columns.length;
  const across = Int32Array.from(columns, (p) => Math.floor(p / ky));
  const along = Int32Array.from(columns, (p) => p % ky);
  const out = new Float64Array(n * count);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < count; j++)
      out[i * count + j] = left[i * kx + across[j]!]! * right[i * ky + along[j]!]!;
  return out;
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
