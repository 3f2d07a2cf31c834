import type { Axis } from "./basis.js";
import { type Margin, penaltyMargin } from "./margin.js";
import { crossProduct, gramMatrix } from "./moments.js";
import { momentSystem } from "./momentSystem.js";
import { once } from "./once.js";
import { type Places, placesOf } from "./places.js";
import type { FixedPart, Problem } from "./problem.js";
import { rotateGram, rotateVector } from "./rotate.js";
import { rowSystem } from "./rows.js";
import type { Sample } from "./sample.js";

/** The tensor basis at the sample's points: X'WX in the eigenbasis. */
export interface TensorBasis {
  readonly sample: Sample;
  /** Taken out of z, and left out of the coefficients, so that a z far from 0 keeps its digits. */
  readonly offset: number;
  readonly axisX: Axis;
  readonly axisY: Axis;
  readonly marginX: Margin;
  readonly marginY: Margin;
  /** The points by cell of the knot grid; sorted when first asked for. */
  places(): Places;
  /** (Ux (x) Uy)' X'WX (Ux (x) Uy), shape (K, K); made when first asked for. */
  gram(): Float64Array;
  /** (Ux (x) Uy)' X'W (z - offset), shape (K,); made when first asked for. */
  cross(): Float64Array;
}

/** The normal equations of the tensor P-spline in the eigenbasis, with the least-squares bilinear fit taken out. */
export interface TensorSystem extends TensorBasis {
  readonly problem: Problem;
  readonly fixed: FixedPart;
  /** Column numbers (ix * sizeY + iy) of the penalised directions. */
  readonly penalised: readonly number[];
  /** Coefficients of the least-squares fit on the kept unpenalised columns, without the offset. */
  readonly thetaF: Float64Array;
}

/** @param offset About the mean of z. */
export function buildTensorBasis(sample: Sample, offset: number, axisX: Axis, axisY: Axis): TensorBasis {
  const marginX = penaltyMargin(axisX.size);
  const marginY = penaltyMargin(axisY.size);
  const places = once(() => placesOf(axisX, axisY, sample, offset));
  const gram = once(() => rotateGram(marginX, marginY, gramMatrix(axisX, axisY, places())));
  const cross = once(() =>
    rotateVector(marginX, marginY, crossProduct(axisX, axisY, places(), [0, 0, 0, 0]).cross),
  );
  return { sample, offset, axisX, axisY, marginX, marginY, places, gram, cross };
}

/** Builds the system in O(n) row work and O(K^2 (kx + ky)) dense work. */
export function buildTensorSystem(sample: Sample, offset: number, axisX: Axis, axisY: Axis): TensorSystem {
  return tensorSystem(buildTensorBasis(sample, offset, axisX, axisY));
}

/** The full tensor P-spline's system: constant, x, y and xy unpenalised, all else penalised. */
export function tensorSystem(basis: TensorBasis): TensorSystem {
  const ky = basis.axisY.size;
  const penalised: number[] = [];
  const unpenalised = [0, 1, ky, ky + 1];
  for (let p = 0; p < basis.axisX.size * ky; p++) if (!unpenalised.includes(p)) penalised.push(p);
  return reduceSystem(basis, unpenalised, penalised);
}

/** Up to this many points the n x K design itself is cheaper than its cell moments. */
const DENSE_POINTS = 72;

/**
 * The system of any part of the tensor basis: projects the unpenalised columns out of the penalised ones and
 * their least-squares fit out of z.
 *
 * @param unpenalised Columns among 0, 1, sizeY and sizeY + 1: constant, y, x and xy.
 */
export function reduceSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): TensorSystem {
  const { sample, axisY, marginX, marginY } = basis;
  const reduce = sample.n <= DENSE_POINTS ? rowSystem : momentSystem;
  const penalties = {
    sx: Float64Array.from(penalised, (p) => marginX.s[Math.floor(p / axisY.size)]!),
    sy: Float64Array.from(penalised, (p) => marginY.s[p % axisY.size]!),
  };
  const { fixed, thetaF, ...reduced } = reduce(basis, unpenalised, penalised, penalties);
  const problem: Problem = {
    n: sample.n,
    f: fixed.kept.length,
    q: penalised.length,
    ...penalties,
    ...reduced,
  };
  return { ...basis, penalised, problem, fixed, thetaF };
}
