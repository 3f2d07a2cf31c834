import { makeAxis, MIN_BASIS_SIZE } from "../basis/axis.js";
import { studentQuantile } from "../linear/distributions.js";
import type { Sample, Shape } from "../smoothing/sample.js";
import { solveTensor, type TensorFit } from "../smoothing/tensorFit.js";
import { type Model, tensorBasis, tensorSystem } from "../smoothing/tensorSystem.js";
import type { SurfaceMethod } from "../types.js";
import { NO_FIT, type SurfaceFacts } from "./surface.js";

/** A surface without bends by (weighted) least squares: a tensor P-spline with no penalised column. */
export function leastSquares(
  sample: Sample,
  { domain, mean }: Shape,
  model: Extract<Model, "constant" | "plane" | "bilinear">,
): TensorFit {
  const [axisX, axisY] = [makeAxis(domain.x, MIN_BASIS_SIZE), makeAxis(domain.y, MIN_BASIS_SIZE)];
  return solveTensor(tensorSystem(tensorBasis(sample, mean, axisX, axisY), model), [0, 0]);
}

/** The plane through the points by (weighted) least squares, with t intervals at n - 3 degrees of freedom. */
export function fitPlane(sample: Sample, shape: Shape, why: string): SurfaceFacts {
  const { n } = sample;
  const plane = leastSquares(sample, shape, "plane");
  const band = n > 3 ? `the band is a t interval with ${n - 3} degrees of freedom` : "no band";
  const scale = Math.sqrt(plane.phi);
  return {
    ...NO_FIT,
    method: "plane",
    note: `${why} A flat plane by least squares; ${band}.`.trim(),
    domain: shape.domain,
    edf: 3,
    sigma2: plane.phi,
    r2: shape.tss > 0 ? 1 - plane.rss / shape.tss : null,
    looRmse: plane.looRmse,
    tQuantile: studentQuantile(0.95, n - 3),
    evaluate(places) {
      const { z, s } = plane.evaluate(places);
      return { z, se: s.map((value) => value * scale) };
    },
  };
}

/** The surface a + b x + c y + d xy that meets every point: no residual is left to judge uncertainty by. */
export function fitExactBilinear(sample: Sample, shape: Shape): SurfaceFacts {
  const bilinear = leastSquares(sample, shape, "bilinear");
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
    evaluate: (places) => ({ z: bilinear.evaluate(places).z, se: null }),
  };
}

/** No surface at all, or one value everywhere. */
export function fitFlat(
  { domain, mean }: Shape,
  method: Extract<SurfaceMethod, "empty" | "points_only" | "constant">,
  why: string,
): SurfaceFacts {
  const shown = Number(mean.toPrecision(4));
  switch (method) {
    case "empty":
      return { ...NO_FIT, method, note: why };
    case "points_only":
      return { ...NO_FIT, method, domain, note: `${why} No surface is drawn; the mean is ${shown}.` };
    case "constant":
      return {
        ...NO_FIT,
        method,
        note: `${why} The surface is flat at ${shown}, and its uncertainty cannot be judged.`,
        domain,
        edf: 1,
        sigma2: 0,
        evaluate: ({ x }) => ({ z: new Float64Array(x.length).fill(mean), se: null }),
      };
  }
}
