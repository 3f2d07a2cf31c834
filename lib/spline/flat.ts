import type { SurfaceMethod } from "./types.js";
import type { Shape } from "./shape.js";
import type { SurfaceFacts } from "./surface.js";

/** What a surface is without a fit: nothing claimed. */
export const NO_FIT = {
  edf: null,
  lambda: null,
  sigma2: null,
  reml: null,
  r2: null,
  looRmse: null,
  tQuantile: null,
  domain: null,
  evaluate: null,
} as const;

/** No surface at all, or one value everywhere. */
export function fitFlat(
  shape: Shape,
  method: Extract<SurfaceMethod, "empty" | "points_only" | "constant">,
  why: string,
): SurfaceFacts {
  if (method === "empty") return { ...NO_FIT, method, note: why };
  const mean = Number(shape.mean.toPrecision(4));
  if (method === "points_only") {
    return {
      ...NO_FIT,
      method,
      domain: shape.domain,
      note: `${why} No surface is drawn; the mean is ${mean}.`,
    };
  }
  return {
    ...NO_FIT,
    method,
    note: `${why} The surface is flat at ${mean}, and its uncertainty cannot be judged.`,
    domain: shape.domain,
    edf: 1,
    sigma2: 0,
    evaluate: (x, y) => ({ z: new Float64Array(x.length * y.length).fill(shape.mean), se: null }),
  };
}
