import { inverse, Matrix } from "ml-matrix";
import { type Axis, basisRows, makeAxis } from "../../lib/spline/basis.js";
import { secondDifferencePenalty } from "../../lib/spline/margin.js";
import { cleanSample } from "../../lib/spline/sample.js";
import { describeSample } from "../../lib/spline/shape.js";
import { buildTensorSystem, type TensorSystem } from "../../lib/spline/tensor.js";
import type { Points } from "../../lib/spline/types.js";

/** The system of some points with `size` B-splines an axis, on the points' own box. */
export function systemOf(points: Points, size = 10): TensorSystem {
  const sample = cleanSample(points);
  const { domain, mean } = describeSample(sample);
  const axisX = makeAxis(domain.x[0], domain.x[1], size);
  const axisY = makeAxis(domain.y[0], domain.y[1], size);
  return buildTensorSystem(sample, mean, axisX, axisY);
}

/** The full n x K design of the tensor basis: slow and obvious. */
export function denseDesign({ axisX, axisY, sample }: TensorSystem): Matrix {
  const [left, right] = [denseAxis(axisX, sample.x), denseAxis(axisY, sample.y)];
  const out = Matrix.zeros(sample.n, axisX.size * axisY.size);
  for (let i = 0; i < sample.n; i++)
    for (let a = 0; a < axisX.size; a++)
      for (let b = 0; b < axisY.size; b++) out.set(i, a * axisY.size + b, left.get(i, a) * right.get(i, b));
  return out;
}

function denseAxis(axis: Axis, x: Float64Array): Matrix {
  const { first, values } = basisRows(axis, x);
  const out = Matrix.zeros(x.length, axis.size);
  for (let i = 0; i < x.length; i++)
    for (let a = 0; a < 4; a++) out.set(i, first[i]! + a, values[4 * i + a]!);
  return out;
}

/** lx D'D (x) I + ly I (x) D'D. */
export function densePenalty({ axisX, axisY }: TensorSystem, lambda: readonly [number, number]): Matrix {
  const across = secondDifferencePenalty(axisX.size).kroneckerProduct(Matrix.eye(axisY.size));
  const along = Matrix.eye(axisX.size).kroneckerProduct(secondDifferencePenalty(axisY.size));
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
