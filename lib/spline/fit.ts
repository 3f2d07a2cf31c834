import type { Points, Surface, SurfaceMethod } from "../types.js";
import { makeAxis } from "./basis.js";
import { minimise } from "./optimise.js";
import { fitPlane } from "./plane.js";
import { remlCriterion } from "./reml.js";
import { cleanSample, type Sample } from "./sample.js";
import { describeSample, type Shape } from "./shape.js";
import { evaluateTensor, solveTensor } from "./solution.js";
import { studentQuantile } from "./student.js";
import { makeSurface, type SurfaceParts } from "./surface.js";
import { buildTensorSystem } from "./tensor.js";

export interface FitOptions {
  readonly method?: "auto" | "pspline" | "plane" | "thin-plate";
  readonly basisSize?: number | readonly [number, number];
  readonly lambda?: readonly [number, number] | "reml" | "gcv";
  readonly domain?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  readonly gridSize?: number;
}

/** Fits z = f(x, y). */
export function fitSurface(points: Points, options: FitOptions = {}): Surface {
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  const method = chooseMethod(sample, shape);
  const parts = { sample, gridSize: options.gridSize ?? 40 };
  const none = {
    edf: null,
    lambda: null,
    sigma2: null,
    reml: null,
    r2: null,
    looRmse: null,
    tQuantile: null,
    domain: sample.n > 0 ? shape.domain : null,
    evaluate: null,
  };
  switch (method) {
    case "pspline":
      return makeSurface({ ...parts, ...fitPspline(sample, shape, options) });
    case "plane": {
      const plane = fitPlane(sample, shape, false);
      return makeSurface({
        ...parts,
        ...none,
        method,
        evaluate: plane.evaluate,
        edf: 3,
        sigma2: plane.sigma2,
        r2: 1 - plane.rss / shape.tss,
        looRmse: plane.looRmse,
        tQuantile: studentQuantile(0.95, sample.n - 3),
        note: `A flat plane: ${sample.n} points are too few to see a curve.`,
      });
    }
    default:
      return makeSurface({ ...parts, ...none, method, note: `${sample.n} points: too few for a surface.` });
  }
}

function chooseMethod(sample: Sample, shape: Shape): SurfaceMethod {
  if (sample.n === 0) return "empty";
  if (sample.n < 4 || shape.distinctPoints < 4) return "points_only";
  if (shape.distinctX === 1 || shape.distinctY === 1 || shape.rankPlane < 3) return "curve_1d";
  if (shape.tss <= 1e-20 * shape.zz) return "constant";
  if (sample.n < 8 || shape.rankBilinear < 4 || shape.distinctPoints < 6) return "plane";
  return "pspline";
}

function fitPspline(
  sample: Sample,
  shape: Shape,
  options: FitOptions,
): Omit<SurfaceParts, "sample" | "gridSize"> {
  const domain = options.domain ?? shape.domain;
  const [kx, ky] =
    typeof options.basisSize === "object"
      ? options.basisSize
      : [options.basisSize ?? 10, options.basisSize ?? 10];
  const system = buildTensorSystem(
    sample,
    shape.mean,
    makeAxis(domain.x[0], domain.x[1], kx),
    makeAxis(domain.y[0], domain.y[1], ky),
  );
  const criterion = remlCriterion(system.problem);
  const rho =
    typeof options.lambda === "object"
      ? ([Math.log(options.lambda[0]), Math.log(options.lambda[1])] as const)
      : minimise(criterion).rho;
  const fit = solveTensor(system, rho);
  return {
    method: "pspline",
    note: `A penalised tensor-product spline, smoothness chosen by REML: ${fit.edf.toFixed(1)} effective degrees of freedom from ${sample.n} points.`,
    edf: fit.edf,
    lambda: [Math.exp(rho[0]), Math.exp(rho[1])],
    sigma2: fit.sigma2,
    reml: criterion.value(rho[0], rho[1]),
    r2: 1 - fit.rss / shape.tss,
    looRmse: fit.looRmse,
    tQuantile: studentQuantile(0.95, Math.max(1, sample.n - fit.edf)),
    domain,
    evaluate(x, y) {
      const { z, s } = evaluateTensor(fit, x, y);
      const scale = Math.sqrt(fit.phi);
      return { z, se: s.map((value) => value * scale) };
    },
  };
}
