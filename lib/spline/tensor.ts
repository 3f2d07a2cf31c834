import { type Axis, axisPosition } from "./basis.js";
import { backwardSolve, forwardSolve } from "./cholesky.js";
import { type Margin, penaltyMargin } from "./margin.js";
import { crossProduct, gramMatrix } from "./moments.js";
import { type Places, placesOf } from "./places.js";
import { factorFixed, type FixedPart, type Problem, projectFixed } from "./problem.js";
import { normalEquations, projectRows } from "./rows.js";
import { rotateGram, rotateVector } from "./rotate.js";
import type { Sample } from "./sample.js";

/** The normal equations of the tensor P-spline in the eigenbasis, with the least-squares bilinear fit taken out. */
export interface TensorSystem {
  readonly sample: Sample;
  readonly axisX: Axis;
  readonly axisY: Axis;
  readonly marginX: Margin;
  readonly marginY: Margin;
  places(): Places;
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
  /** The points by cell of the knot grid; sorted when first asked for. */
  places(): Places;
  /** (Ux (x) Uy)' X'WX (Ux (x) Uy), shape (K, K); made when first asked for. */
  gram(): Float64Array;
}

export function buildTensorBasis(sample: Sample, axisX: Axis, axisY: Axis): TensorBasis {
  const marginX = penaltyMargin(axisX.size);
  const marginY = penaltyMargin(axisY.size);
  let gram: Float64Array | null = null;
  let sorted: Places | null = null;
  const places = (): Places => (sorted ??= placesOf(axisX, axisY, sample.x, sample.y));
  return {
    places,
    axisX,
    axisY,
    marginX,
    marginY,
    gram: () => (gram ??= rotateGram(marginX, marginY, gramMatrix(axisX, axisY, places(), sample.weight))),
  };
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
  const { axisX, axisY, marginX, marginY } = basis;
  const ky = axisY.size;
  const residual = new Float64Array(sample.n);
  const common = { sample, axisX, axisY, marginX, marginY, places: basis.places, penalised, offset: mean };
  const eigenvalues = {
    sx: Float64Array.from(penalised, (p) => marginX.s[Math.floor(p / ky)]!),
    sy: Float64Array.from(penalised, (p) => marginY.s[p % ky]!),
  };
  if (sample.n <= DENSE_POINTS) {
    const { kept, l, logDet, z, rows } = projectRows(sample, basis, unpenalised, penalised);
    const { thetaF, y2 } = bilinearFit(sample, mean, axisX, axisY, kept, l, residual);
    const weighted = residual.map((r, i) => (sample.weight === null ? r : r * Math.sqrt(sample.weight[i]!)));
    const problem: Problem = {
      n: sample.n,
      f: kept.length,
      q: penalised.length,
      ...eigenvalues,
      ...normalEquations(rows.r, weighted, penalised.length),
      y2,
      logDetF: logDet,
      rows: { ...rows, residual: weighted },
    };
    return { ...common, problem, fixed: { kept, l, z }, thetaF };
  }
  const size = axisX.size * ky;
  const gram = basis.gram();
  const { kept, l, logDet } = factorFixed(gram, size, unpenalised);
  const { z, m } = projectFixed(gram, size, kept, l, penalised);
  const { thetaF, y2 } = bilinearFit(sample, mean, axisX, axisY, kept, l, residual);
  const raw = crossProduct(axisX, axisY, basis.places(), residual, sample.weight);
  const cross = rotateVector(marginX, marginY, raw);
  const problem: Problem = {
    n: sample.n,
    f: kept.length,
    q: penalised.length,
    ...eigenvalues,
    m,
    b: Float64Array.from(penalised, (p) => cross[p]!),
    y2,
    logDetF: logDet,
  };
  return { ...common, problem, fixed: { kept, l, z }, thetaF };
}

/** Up to this many points the n x K design itself is cheaper than its cell moments. */
const DENSE_POINTS = 72;

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
  const c0 = 1 / Math.sqrt(axisX.size * ky);
  const [cx, cy] = [1 / Math.sqrt(axisX.size), 1 / Math.sqrt(ky)];
  for (let i = 0; i < n; i++) residual[i] = z[i]! - mean;
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
  const thetaF = Float64Array.from(kept, (p) => sums[columns.indexOf(p)]!);
  forwardSolve(l, kept.length, thetaF);
  backwardSolve(l, kept.length, thetaF);
  const [t0, t1, t2, t3] = columns.map((p) => thetaF[kept.indexOf(p)] ?? 0) as [
    number,
    number,
    number,
    number,
  ];
  let y2 = 0;
  for (let i = 0; i < n; i++) {
    const a = linearDirection(axisX.size, axisPosition(axisX, x[i]!));
    const b = linearDirection(ky, axisPosition(axisY, y[i]!));
    const r = residual[i]! - t0 * c0 - t1 * cx * b - t2 * cy * a - t3 * a * b;
    residual[i] = r;
    y2 += (weight === null ? 1 : weight[i]!) * r * r;
  }
  return { thetaF, y2 };
}
