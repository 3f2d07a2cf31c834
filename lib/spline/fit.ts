import type { Points, Surface } from "./types.js";
import { fitCurve } from "./curve.js";
import { fitFlat } from "./flat.js";
import { chooseMethod, count, THIN_PLATE_LIMIT } from "./method.js";
import { checkOptions, type CheckedOptions, type FitOptions } from "./options.js";
import { fitPlane } from "./plane.js";
import { fitPspline } from "./pspline.js";
import type { Domain, Range } from "./range.js";
import { cleanSample, type Sample } from "./sample.js";
import { describeSample, type Shape } from "./shape.js";
import { makeSurface, type SurfaceFacts } from "./surface.js";
import { fitThinPlate } from "./thinPlate.js";

/**
 * A smooth surface z = f(x, y) through scattered points, with its uncertainty: a tensor-product P-spline whose
 * smoothness along each axis is chosen by restricted maximum likelihood, or as much less as the points can carry.
 *
 * Never throws for what the data are: few, tied, collinear or constant points give a plainer method, and `note`
 * says why. Rows with a non-finite x, y or z are left out and counted in `note`.
 *
 * @param points Arrays of one length. A point of weight 2 counts like two equal points of weight 1.
 * @throws RangeError for arrays of different lengths, weights that are not positive, and options out of range.
 * @see Eilers & Marx 2003, doi:10.1016/S0169-7439(03)00029-7 (the surface); Wood 2011,
 *   doi:10.1111/j.1467-9868.2010.00749.x (REML); Nychka 1988, doi:10.1080/01621459.1988.10478711 (the band).
 */
export function fitSurface(points: Points, options: FitOptions = {}): Surface {
  const checked = checkOptions(options);
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  if (checked.domain !== null && sample.n > 0) checkInside(checked.domain, shape.domain);
  const facts = fitByLadder(sample, shape, checked);
  return makeSurface(
    { ...facts, note: facts.note + remarks(facts, sample, checked) },
    sample,
    checked.gridSize,
  );
}

function fitByLadder(sample: Sample, shape: Shape, options: CheckedOptions): SurfaceFacts {
  const { method, why } = chooseMethod(sample, shape, options.method);
  switch (method) {
    case "pspline":
    case "exact_bilinear":
      return fitPspline(sample, shape, options);
    case "plane":
      return fitPlane(sample, shape, why);
    case "thin-plate":
      return fitThinPlate(sample, shape);
    case "curve_1d":
      return fitCurve(sample, shape, why);
    case "constant":
    case "points_only":
    case "empty":
      return fitFlat(shape, method, why);
  }
}

/** What holds for any method: rows left out, and a method asked for that the data could not carry. */
function remarks(facts: SurfaceFacts, sample: Sample, { method }: CheckedOptions): string {
  const out: string[] = [];
  if (method !== "auto" && method !== facts.method) {
    const limit = method === "thin-plate" && sample.n > THIN_PLATE_LIMIT;
    const because = limit
      ? ` is solved for up to ${THIN_PLATE_LIMIT} points`
      : " was asked for: these data cannot carry it";
    out.push(` (${method}${because}.)`);
  }
  if (sample.dropped > 0) {
    const [rows, were] = [count(sample.dropped, "row"), sample.dropped === 1 ? "was" : "were"];
    out.push(` ${rows} without a number for x, y or z ${were} left out.`);
  }
  return out.join("");
}

function checkInside(domain: Domain, data: Domain): void {
  for (const axis of ["x", "y"] as const) {
    const [box, range]: [Range, Range] = [domain[axis], data[axis]];
    if (range[0] >= box[0] && range[1] <= box[1]) continue;
    throw new RangeError(
      `fitSurface: domain.${axis} = [${box.join(", ")}] does not hold the points, which run from ${range[0]} ` +
        `to ${range[1]}; widen it or leave it out.`,
    );
  }
}
