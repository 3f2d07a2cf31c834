import { type Axis, axisPosition, basisRows } from "./basis.js";
import { backwardSolve, forwardSolve } from "./cholesky.js";
import { type Margin, penaltyMargin } from "./margin.js";
import { crossProduct, gramMatrix } from "./moments.js";
import { factorFixed, type FixedPart, type Problem, type ProblemRows, projectFixed } from "./problem.js";
import { rotateGram, rotateVector } from "./rotate.js";
import type { Sample } from "./sample.js";

/** The normal equations of the tensor P-spline in the eigenbasis, with the least-squares bilinear fit taken out. */
export interface TensorSystem {
  readonly sample: Sample;
  readonly axisX: Axis;
  readonly axisY: Axis;
  readonly marginX: Margin;
  readonly marginY: Margin;
  readonly problem: Problem;
  readonly fixed: FixedPart;
  /** Column numbers (ix * sizeY + iy) of the penalised directions. */
  readonly penalised: readonly number[];
  /** Mean of z, left out of the coefficients so that a z far from 0 keeps its digits. */
  readonly offset: number;
  /** Coefficients of the least-squares fit on the kept unpenalised columns, without the offset. */
  readonly thetaF: Float64Array;
}

/** The tensor basis at the sample's points: X'WX in the eigenbasis. */
export interface TensorBasis {
  readonly axisX: Axis;
  readonly axisY: Axis;
  readonly marginX: Margin;
  readonly marginY: Margin;
  /** (Ux (x) Uy)' X'WX (Ux (x) Uy), shape (K, K). */
  readonly gram: Float64Array;
}

export function buildTensorBasis(sample: Sample, axisX: Axis, axisY: Axis): TensorBasis {
  const marginX = penaltyMargin(axisX.size);
  const marginY = penaltyMargin(axisY.size);
  const gram = gramMatrix(axisX, axisY, sample.x, sample.y, sample.weight);
  return { axisX, axisY, marginX, marginY, gram: rotateGram(marginX, marginY, gram) };
}

/** Builds the system in O(n) row work and O(K^2 (kx + ky)) dense work. */
export function buildTensorSystem(sample: Sample, mean: number, axisX: Axis, axisY: Axis): TensorSystem {
  return tensorSystem(sample, mean, buildTensorBasis(sample, axisX, axisY));
}

/** The full tensor P-spline's system: constant, x, y and xy unpenalised, all else penalised. */
export function tensorSystem(sample: Sample, mean: number, basis: TensorBasis): TensorSystem {
  const { axisX, axisY } = basis;
  const ky = axisY.size;
  const penalised: number[] = [];
  const unpenalised = [0, 1, ky, ky + 1];
  for (let p = 0; p < axisX.size * ky; p++) if (!unpenalised.includes(p)) penalised.push(p);
  return reduceSystem(sample, mean, basis, unpenalised, penalised);
}

/**
 * The system of any part of the tensor basis: projects the unpenalised columns out of the penalised ones and
 * their least-squares fit out of z.
 *
 * @param unpenalised Columns among 0, 1, sizeY and sizeY + 1: constant, y, x and xy.
 */
export function reduceSystem(
  sample: Sample,
  mean: number,
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): TensorSystem {
  const { axisX, axisY, marginX, marginY, gram } = basis;
  const ky = axisY.size;
  const size = axisX.size * ky;
  const { kept, l, logDet } = factorFixed(gram, size, unpenalised);
  const { z, m } = projectFixed(gram, size, kept, l, penalised);
  const residual = new Float64Array(sample.n);
  const { thetaF, y2 } = bilinearFit(sample, mean, axisX, axisY, kept, l, residual);
  const rows =
    sample.n <= DUAL_POINTS ? projectedRows(sample, basis, kept, l, z, penalised, residual) : undefined;
  const raw = crossProduct(axisX, axisY, sample.x, sample.y, residual, sample.weight);
  const cross = rotateVector(marginX, marginY, raw);
  const problem: Problem = {
    n: sample.n,
    f: kept.length,
    q: penalised.length,
    sx: Float64Array.from(penalised, (p) => marginX.s[Math.floor(p / ky)]!),
    sy: Float64Array.from(penalised, (p) => marginY.s[p % ky]!),
    m,
    b: Float64Array.from(penalised, (p) => cross[p]!),
    y2,
    logDetF: logDet,
    ...(rows === undefined ? {} : { rows }),
  };
  const fixed = { kept, l, z };
  return { sample, axisX, axisY, marginX, marginY, problem, fixed, penalised, offset: mean, thetaF };
}

/** Up to this many points the criterion is cheaper in n x n form. */
const DUAL_POINTS = 72;

/** R = X_R - X_F G_FF^-1 G_FR at the points, in the eigenbasis, with the residual; both times root weights. */
function projectedRows(
  { n, x, y, weight }: Sample,
  { axisX, axisY, marginX, marginY }: TensorBasis,
  kept: readonly number[],
  l: Float64Array,
  z: Float64Array,
  penalised: readonly number[],
  residual: Float64Array,
): ProblemRows {
  const ky = axisY.size;
  const q = penalised.length;
  const f = kept.length;
  const rowX = rotatedBasis(axisX, marginX, x);
  const rowY = rotatedBasis(axisY, marginY, y);
  const out = new Float64Array(n * q);
  const scaled = new Float64Array(n);
  const fixed = new Float64Array(f);
  const full = new Float64Array(axisX.size * ky);
  for (let i = 0; i < n; i++) {
    const root = weight === null ? 1 : Math.sqrt(weight[i]!);
    scaled[i] = residual[i]! * root;
    for (let a = 0; a < axisX.size; a++) {
      const left = root * rowX[i * axisX.size + a]!;
      for (let b = 0; b < ky; b++) full[a * ky + b] = left * rowY[i * ky + b]!;
    }
    for (let t = 0; t < f; t++) fixed[t] = full[kept[t]!]!;
    forwardSolve(l, f, fixed);
    for (let j = 0; j < q; j++) {
      let value = full[penalised[j]!]!;
      for (let t = 0; t < f; t++) value -= z[j * f + t]! * fixed[t]!;
      out[i * q + j] = value;
    }
  }
  return { r: out, residual: scaled };
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

/** Value of the unit-norm linear direction of a margin at a position: a line, by Greville's sum j B_j = p + 1. */
export function linearDirection(size: number, position: number): number {
  return (position + 1 - (size - 1) / 2) / Math.sqrt((size * (size * size - 1)) / 12);
}

/** Least squares on the kept unpenalised columns; writes the residual of z - mean to `residual`. */
function bilinearFit(
  { n, x, y, z, weight }: Sample,
  mean: number,
  axisX: Axis,
  axisY: Axis,
  kept: readonly number[],
  l: Float64Array,
  residual: Float64Array,
): { thetaF: Float64Array; y2: number } {
  const ky = axisY.size;
  const columns = [0, 1, ky, ky + 1];
  const thetaF = new Float64Array(kept.length);
  const c0 = 1 / Math.sqrt(axisX.size * ky);
  const [cx, cy] = [1 / Math.sqrt(axisX.size), 1 / Math.sqrt(ky)];
  for (let i = 0; i < n; i++) residual[i] = z[i]! - mean;
  let y2 = 0;
  // The second round removes what rounding left of the first.
  for (let round = 0; round < 2; round++) {
    const sums = [0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const a = linearDirection(axisX.size, axisPosition(axisX, x[i]!));
      const b = linearDirection(ky, axisPosition(axisY, y[i]!));
      const r = weight === null ? residual[i]! : residual[i]! * weight[i]!;
      sums[0]! += r * c0;
      sums[1]! += r * cx * b;
      sums[2]! += r * cy * a;
      sums[3]! += r * a * b;
    }
    const delta = Float64Array.from(kept, (p) => sums[columns.indexOf(p)]!);
    forwardSolve(l, kept.length, delta);
    backwardSolve(l, kept.length, delta);
    const full = [0, 0, 0, 0];
    kept.forEach((p, t) => {
      thetaF[t]! += delta[t]!;
      full[columns.indexOf(p)] = delta[t]!;
    });
    y2 = 0;
    for (let i = 0; i < n; i++) {
      const a = linearDirection(axisX.size, axisPosition(axisX, x[i]!));
      const b = linearDirection(ky, axisPosition(axisY, y[i]!));
      const r = residual[i]! - full[0]! * c0 - full[1]! * cx * b - full[2]! * cy * a - full[3]! * a * b;
      residual[i] = r;
      y2 += (weight === null ? 1 : weight[i]!) * r * r;
    }
  }
  return { thetaF, y2 };
}
