import { Matrix, SingularValueDecomposition } from "ml-matrix";
import type { Sample } from "./sample.js";
import type { Shape } from "./shape.js";
import type { Evaluate } from "./surface.js";

/** A least-squares polynomial surface of few terms: the plane, or the bilinear surface. */
export interface PlaneFit {
  readonly evaluate: Evaluate;
  readonly edf: number;
  readonly rss: number;
  /** rss / (n - terms); 0 when nothing is left over. */
  readonly sigma2: number;
  readonly looRmse: number | null;
}

/** Ordinary (weighted) least squares on 1, x, y and, if asked, xy, in unit-box coordinates. */
export function fitPlane(sample: Sample, shape: Shape, withProduct: boolean): PlaneFit {
  const { n, weight } = sample;
  const unit = ([lo, hi]: readonly [number, number], value: number): number =>
    (2 * (value - lo)) / (hi - lo) - 1;
  const terms = (x: number, y: number): number[] => {
    const u = unit(shape.domain.x, x);
    const v = unit(shape.domain.y, y);
    return withProduct ? [1, u, v, u * v] : [1, u, v];
  };
  const root = (i: number): number => (weight === null ? 1 : Math.sqrt(weight[i]!));
  const rows = Array.from({ length: n }, (_, i) =>
    terms(sample.x[i]!, sample.y[i]!).map((value) => value * root(i)),
  );
  const target = Matrix.columnVector(Array.from(sample.z, (z, i) => (z - shape.mean) * root(i)));
  const design = new Matrix(rows);
  const svd = new SingularValueDecomposition(design, { autoTranspose: true });
  const beta = svd.solve(target).to1DArray();
  const v = svd.rightSingularVectors;
  const inverse = v
    .clone()
    .mulRowVector(svd.diagonal.map((s) => 1 / (s * s)))
    .mmul(v.transpose());
  const p = beta.length;
  const leverage = (row: readonly number[]): number =>
    row.reduce((sum, a, i) => sum + row.reduce((inner, b, j) => inner + a * b * inverse.get(i, j), 0), 0);
  const dot = (row: readonly number[]): number => row.reduce((sum, a, i) => sum + a * beta[i]!, 0);
  let rss = 0;
  let loo = 0;
  rows.forEach((row, i) => {
    const residual = target.get(i, 0) - dot(row);
    rss += residual * residual;
    loo += (residual / (1 - leverage(row))) ** 2;
  });
  const sigma2 = n > p ? rss / (n - p) : 0;
  return {
    edf: p,
    rss,
    sigma2,
    looRmse: Number.isFinite(loo) && n > p ? Math.sqrt(loo / n) : null,
    evaluate(x, y) {
      const z = new Float64Array(x.length * y.length);
      const se = new Float64Array(x.length * y.length);
      for (let i = 0; i < x.length; i++)
        for (let j = 0; j < y.length; j++) {
          const row = terms(x[i]!, y[j]!);
          z[i * y.length + j] = shape.mean + dot(row);
          se[i * y.length + j] = Math.sqrt(sigma2 * Math.max(0, leverage(row)));
        }
      return { z, se: n > p ? se : null };
    },
  };
}
