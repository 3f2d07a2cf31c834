import type { Domain, Range } from "./basis/axis.js";
import { fitCurve } from "./methods/curve.js";
import { fitFlat, fitPlane, fitThinPlate } from "./methods/simpleSurfaces.js";
import { type CheckedOptions, checkOptions, type FitOptions } from "./methods/options.js";
import { fitPspline } from "./methods/pspline.js";
import { makeSurface, type SurfaceFacts } from "./methods/surface.js";
import { cleanSample, describeSample, type Sample, type Shape } from "./smoothing/sample.js";
import type { Points, Surface, SurfaceMethod } from "./types.js";

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
    {
      ...facts,
      note: facts.note + remarks(facts, sample, checked),
      ...(points.judged ? { judged: points.judged } : {}),
    },
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
    const rows = sample.dropped === 1 ? "1 row" : `${sample.dropped} rows`;
    const were = sample.dropped === 1 ? "was" : "were";
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

/** The method that the data can carry, and, where it is less than a P-spline, the reason in words. */
interface Choice {
  readonly method: SurfaceMethod;
  readonly why: string;
}

/** Most places for which thin-plate interpolation is solved: its cost grows with their cube. */
const THIN_PLATE_LIMIT = 1000;

/**
 * The ladder: each rung is the most that the data below it can support. An asked-for method is taken where it
 * can stand. "exact_bilinear" is found later, by fitting.
 */
function chooseMethod(sample: Sample, shape: Shape, asked: CheckedOptions["method"]): Choice {
  const { n } = sample;
  const places = shape.distinctPoints;
  const spans = n >= 3 && shape.rankPlane === 3;
  if (asked === "thin-plate" && spans && n <= THIN_PLATE_LIMIT) return { method: "thin-plate", why: "" };
  if (n === 0) return { method: "empty", why: "There is no point to show." };
  if (n < 4 || places < 4) return { method: "points_only", why: fewPoints(n, places) };
  if (!spans) return { method: "curve_1d", why: lineReason(shape) };
  if (asked === "plane") return { method: "plane", why: "" };
  if (shape.isConstant) return { method: "constant", why: `All ${n} points have the same value.` };
  if (asked === "pspline" && n >= 5 && places >= 5) return { method: "pspline", why: "" };
  if (n < 8) return { method: "plane", why: `${n} points are too few to show a curve.` };
  if (places < 6)
    return { method: "plane", why: `${n} points at ${places} distinct places cannot show a curve.` };
  if (shape.rankBilinear < 4) {
    return {
      method: "plane",
      why: "The points lie on a cross or a conic, where a curved surface is not determined.",
    };
  }
  return { method: "pspline", why: "" };
}

function fewPoints(n: number, places: number): string {
  if (n === 1) return "One point is a point: a surface needs at least four, at different places.";
  if (places < n)
    return `${n} points at only ${places} ${places === 1 ? "place" : "places"}: too few for a surface.`;
  return `${n} points are too few for a surface: at least four are needed.`;
}

function lineReason({ domain }: Shape): string {
  if (domain.x[0] === domain.x[1])
    return "All points share one x, so that only a curve along y can be fitted.";
  if (domain.y[0] === domain.y[1])
    return "All points share one y, so that only a curve along x can be fitted.";
  return "All points lie on one straight line, so that only a curve along it can be fitted.";
}
