import type { Axis } from "./basis.js";
import { backwardSolve, forwardSolve } from "./cholesky.js";
import { type Bilinear, crossProduct } from "./moments.js";
import { factorFixed, projectFixed, type ReducedSystem } from "./problem.js";
import { rotateVector } from "./rotate.js";
import type { TensorBasis } from "./tensor.js";

/**
 * The system from the points' moments in the cells of the knot grid. z passes twice: once for its least-squares fit
 * on the unpenalised columns, and once for what that leaves, so that nothing of it cancels.
 */
export function momentSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): ReducedSystem {
  const { axisX, axisY, marginX, marginY } = basis;
  const size = axisX.size * axisY.size;
  const gram = basis.gram();
  const { kept, l, logDet } = factorFixed(gram, size, unpenalised);
  const { z, m } = projectFixed(gram, size, kept, l, penalised);
  const whole = basis.cross();
  const thetaF = Float64Array.from(kept, (p) => whole[p]!);
  forwardSolve(l, kept.length, thetaF);
  backwardSolve(l, kept.length, thetaF);
  const fit = bilinear(axisX, axisY, kept, thetaF);
  const { cross, square } = crossProduct(axisX, axisY, basis.places(), fit);
  const rest = rotateVector(marginX, marginY, cross);
  const normal = { m, b: Float64Array.from(penalised, (p) => rest[p]!) };
  return { fixed: { kept, l, z }, thetaF, y2: square, logDetF: logDet, normal: () => normal };
}

/** The kept unpenalised columns at their coefficients, as a function of the positions on both axes. */
function bilinear(axisX: Axis, axisY: Axis, kept: readonly number[], thetaF: Float64Array): Bilinear {
  const ky = axisY.size;
  const [t0, ty, tx, txy] = [0, 1, ky, ky + 1].map((p) => thetaF[kept.indexOf(p)] ?? 0) as [
    number,
    number,
    number,
    number,
  ];
  const [x, y] = [directions(axisX.size), directions(ky)];
  // (t0 c + tx line(s)) c' + (ty c + txy line(s)) line'(t), with c and line the two directions along each axis.
  const at = (theta: number, slope: number): [number, number] => [
    theta * x.constant + slope * x.intercept,
    slope * x.slope,
  ];
  const [flat, steep] = [at(t0, tx), at(ty, txy)];
  return [
    flat[0] * y.constant + steep[0] * y.intercept,
    flat[1] * y.constant + steep[1] * y.intercept,
    steep[0] * y.slope,
    steep[1] * y.slope,
  ];
}

/**
 * The two unpenalised directions of a margin as functions of the position on its axis, a constant and a line: the
 * line's coefficients are j less their middle, and by Greville's sum j B_j = position + 1.
 */
function directions(size: number): { constant: number; slope: number; intercept: number } {
  const norm = Math.sqrt((size * (size * size - 1)) / 12);
  return { constant: 1 / Math.sqrt(size), slope: 1 / norm, intercept: (1 - (size - 1) / 2) / norm };
}
