import { inverse, Matrix } from "ml-matrix";
import { basisMatrix, makeAxes } from "../../lib/spline/basis/axis.js";
import { differencePenalty } from "../../lib/spline/basis/penalty.js";
import { cleanSample, describeSample } from "../../lib/spline/smoothing/sample.js";
import { tensorBasis, tensorSystem, type TensorSystem } from "../../lib/spline/smoothing/tensorSystem.js";
import type { Points } from "../../lib/spline/types.js";

/** The system of some points with `size` B-splines an axis, on the points' own box. */
export function systemOf(points: Points, size = 10, sizeY = size): TensorSystem {
  const sample = cleanSample(points);
  const { domain, mean } = describeSample(sample);
  return tensorSystem(tensorBasis(sample, mean, makeAxes(domain, size, sizeY)));
}

/** The full n x K design of the tensor basis: slow and obvious. */
export function denseDesign({ axes: { x: axisX, y: axisY }, sample }: TensorSystem): Matrix {
  const [left, right] = [basisMatrix(axisX, sample.x), basisMatrix(axisY, sample.y)];
  const out = Matrix.zeros(sample.n, axisX.size * axisY.size);
  for (let i = 0; i < sample.n; i++)
    for (let a = 0; a < axisX.size; a++)
      for (let b = 0; b < axisY.size; b++)
        out.set(i, a * axisY.size + b, left[i * axisX.size + a]! * right[i * axisY.size + b]!);
  return out;
}

/** lx D'D (x) I + ly I (x) D'D. */
export function densePenalty(
  { axes: { x: axisX, y: axisY } }: TensorSystem,
  lambda: readonly [number, number],
): Matrix {
  const across = differencePenalty(axisX.size).kroneckerProduct(Matrix.eye(axisY.size));
  const along = Matrix.eye(axisX.size).kroneckerProduct(differencePenalty(axisY.size));
  return across.mul(lambda[0]).add(along.mul(lambda[1]));
}

/** Penalised least squares by the book: fitted values and the hat matrix. */
export function denseFit(
  system: TensorSystem,
  lambda: readonly [number, number],
): { fitted: number[]; hat: Matrix } {
  const design = denseDesign(system);
  const gram = design.transpose().mmul(design);
  const hat = design.mmul(inverse(gram.add(densePenalty(system, lambda)))).mmul(design.transpose());
  const z = Matrix.columnVector(Array.from(system.sample.z));
  return { fitted: hat.mmul(z).to1DArray(), hat };
}
