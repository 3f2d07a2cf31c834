import { Matrix, SingularValueDecomposition } from "ml-matrix";
import { NO_FIT } from "./flat.js";
import { toSigned } from "./range.js";
import type { Sample } from "./sample.js";
import type { Shape } from "./shape.js";
import { studentQuantile } from "./student.js";
import type { Evaluate, SurfaceFacts } from "./surface.js";

/** A least-squares surface of few terms: 1, u, v and perhaps uv. */
interface LeastSquares {
  readonly evaluate: Evaluate;
  readonly rss: number;
  readonly sigma2: number;
  readonly looRmse: number | null;
  readonly edf: number;
  /** Leave-one-out residuals, times the root of the weights, shape (n,). */
  readonly left: Float64Array;
}

/** The plane through the points by (weighted) least squares, with t intervals at n - 3 degrees of freedom. */
export function fitPlane(sample: Sample, shape: Shape, why: string): SurfaceFacts {
  const { n } = sample;
  const plane = leastSquares(sample, shape, 3);
  const band = n > 3 ? "the band is a t interval with " + (n - 3) + " degrees of freedom" : "no band";
  return {
    ...NO_FIT,
    method: "plane",
    note: `${why} A flat plane by least squares; ${band}.`.trim(),
    domain: shape.domain,
    edf: 3,
    sigma2: plane.sigma2,
    r2: shape.tss > 0 ? 1 - plane.rss / shape.tss : null,
    looRmse: plane.looRmse,
    tQuantile: studentQuantile(0.95, n - 3),
    evaluate: plane.evaluate,
  };
}

/** The surface a + b x + c y + d xy that meets every point: no residual is left to judge uncertainty by. */
export function fitExactBilinear(sample: Sample, shape: Shape): SurfaceFacts {
  const { evaluate } = leastSquares(sample, shape, 4);
  return {
    ...NO_FIT,
    method: "exact_bilinear",
    note:
      `All ${sample.n} points lie exactly on a bilinear surface (a + bx + cy + dxy): nothing is left over ` +
      "from which to judge uncertainty.",
    domain: shape.domain,
    edf: 4,
    lambda: [Infinity, Infinity],
    sigma2: 0,
    r2: 1,
    looRmse: 0,
    evaluate: (x, y) => ({ z: evaluate(x, y).z, se: null }),
  };
}

/** Weighted least squares on the first `terms` of 1, u, v, uv in the box scaled to [-1, 1]. */
export function leastSquares(sample: Sample, shape: Shape, terms: 1 | 3 | 4): LeastSquares {
  const { n, weight } = sample;
  const termsAt = (x: number, y: number): number[] => {
    const u = toSigned(shape.domain.x, x);
    const v = toSigned(shape.domain.y, y);
    return [1, u, v, u * v].slice(0, terms);
  };
  const root = (i: number): number => (weight === null ? 1 : Math.sqrt(weight[i]!));
  const rows: number[][] = [];
  for (let i = 0; i < n; i++) rows.push(termsAt(sample.x[i]!, sample.y[i]!).map((value) => value * root(i)));
  const target = Matrix.columnVector(Array.from(sample.z, (z, i) => (z - shape.mean) * root(i)));
  const svd = new SingularValueDecomposition(new Matrix(rows), { autoTranspose: true });
  const beta = svd.solve(target).to1DArray();
  const v = svd.rightSingularVectors;
  const inverse = v
    .clone()
    .mulRowVector(svd.diagonal.map((s) => 1 / (s * s)))
    .mmul(v.transpose());
  const leverage = (row: readonly number[]): number =>
    row.reduce((sum, a, i) => sum + row.reduce((inner, b, j) => inner + a * b * inverse.get(i, j), 0), 0);
  const dot = (row: readonly number[]): number => row.reduce((sum, a, i) => sum + a * beta[i]!, 0);
  let rss = 0;
  const left = new Float64Array(n);
  let mostLeverage = 0;
  rows.forEach((row, i) => {
    const residual = target.get(i, 0) - dot(row);
    const h = leverage(row);
    mostLeverage = Math.max(mostLeverage, h);
    rss += residual * residual;
    left[i] = residual / (1 - h);
  });
  const sigma2 = n > terms ? rss / (n - terms) : 0;
  return {
    rss,
    sigma2,
    // A point that alone fixes a coefficient cannot be left out.
    looRmse:
      mostLeverage < 1 - 1e-9 ? Math.sqrt(left.reduce((sum, value) => sum + value * value, 0) / n) : null,
    edf: terms,
    left,
    evaluate(x, y) {
      const z = new Float64Array(x.length * y.length);
      const se = new Float64Array(x.length * y.length);
      for (let i = 0; i < x.length; i++)
        for (let j = 0; j < y.length; j++) {
          const row = termsAt(x[i]!, y[j]!);
          z[i * y.length + j] = shape.mean + dot(row);
          se[i * y.length + j] = Math.sqrt(sigma2 * Math.max(0, leverage(row)));
        }
      return { z, se };
    },
  };
}
