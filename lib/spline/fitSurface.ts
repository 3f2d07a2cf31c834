import type { Domain, Range } from "./basis/axis.js";
import { fitCurve } from "./methods/curve.js";
import { fitFlat, fitPlane, fitThinPlate } from "./methods/simpleSurfaces.js";
import { type CheckedOptions, checkOptions, type FitOptions } from "./methods/options.js";
import { fitPspline } from "./methods/pspline.js";
import { makeSurface, type SurfaceFacts } from "./methods/surface.js";
import { cleanSample, describeSample, type Sample, type Shape } from "./smoothing/sample.js";
import { abilitySurface, countsOf } from "./abilities/abilitySurface.js";
import { sampleAside } from "./abilities/sampleAside.js";
import type { Counts } from "./abilities/likelihood.js";
import { type Draws, sampleSurface } from "./abilities/sampler.js";
import { testInteraction } from "./questions/testInteraction.js";
import { shortText } from "../shared/escape.js";
import { formatValue } from "../shared/text.js";
import type { Influence } from "./smoothing/tensorFit.js";
import type { Points, Surface, SurfaceMethod } from "./types.js";

/**
 * A smooth surface z = f(x, y) through scattered points, with its uncertainty: a tensor-product P-spline whose
 * smoothness along each axis is chosen by restricted maximum likelihood, or as much less as the points can carry.
 *
 * Never throws for what the data are: few, tied, collinear or constant points give a plainer method, and `note`
 * says why. Rows with a non-finite x, y or z are left out and counted in `note`.
 *
 * @param points Arrays of one length. A point of weight 2 counts like two equal points of weight 1.
 * @example
 * const at = Array.from({ length: 25 }, (_, i) => [(i % 5) / 4, Math.floor(i / 5) / 4]);
 * const points = { x: at.map(([x]) => x), y: at.map(([, y]) => y), z: at.map(([x, y]) => x * y) };
 * const surface = fitSurface(points);
 * surface.predict(0.5, 0.5).z.toFixed(2) // "0.25"
 * surface.contrast({ x: [1, 0], y: [1, 0] }, [1, -1]).value.toFixed(1) // "1.0"
 * @throws RangeError for arrays of different lengths, weights that are not positive, and options out of range.
 * @see Eilers & Marx 2003, doi:10.1016/S0169-7439(03)00029-7 (the surface); Wood 2011,
 *   doi:10.1111/j.1467-9868.2010.00749.x (REML); Nychka 1988, doi:10.1080/01621459.1988.10478711 (the band).
 */
export function fitSurface(points: Points, options: FitOptions = {}): Surface {
  const planned = plan(points, options);
  return finish(planned, drawsOf(planned));
}

/**
 * `fitSurface` with the sampler on a thread of its own: the kernel goes on answering, and an interrupt ends it. What
 * needs no sampler is fitted at once.
 *
 * @param options `signal` ends the fit, which then rejects with its reason; `onProgress` is told the share done, 0 to 1.
 */
export async function fitSurfaceAside(
  points: Points,
  options: FitOptions & { readonly signal?: AbortSignal; readonly onProgress?: (share: number) => void } = {},
): Promise<Surface> {
  const planned = plan(points, options);
  const { counts, checked } = planned;
  return finish(planned, counts && (await sampleAside(counts, { seed: checked.seed }, options)));
}

/**
 * The first half of `fitSurface(points)`, for a thread of its own: what it samples, as plain data that can be sent to
 * where the surface is wanted.
 *
 * @param onProgress Told the share that is done, 0 to 1.
 * @returns Null where `fitSurface` needs no sampler.
 */
export function drawsFor(points: Points, onProgress?: (share: number) => void): Draws | null {
  return drawsOf(plan(points, {}), onProgress);
}

/** The second half: what `fitSurface(points)` gives, from what `drawsFor` gave for the same points. */
export function surfaceFrom(draws: Draws | null, points: Points): Surface {
  return finish(plan(points, {}), draws);
}

/** The points and options, checked, and what they come to; `counts` is null where nothing is sampled. */
interface Plan {
  readonly points: Points;
  readonly sample: Sample;
  readonly shape: Shape;
  readonly checked: CheckedOptions;
  readonly choice: Choice;
  readonly counts: Counts | null;
}

function plan(points: Points, options: FitOptions): Plan {
  const checked = checkOptions(options);
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  if (checked.domain !== null && sample.n > 0) checkInside(checked.domain, shape.domain);
  const choice = chooseMethod(sample, shape, checked.method);
  const counts = choice.method === "pspline" && isFree(checked) ? countsOf(sample) : null;
  return { points, sample, shape, checked, choice, counts };
}

function drawsOf({ counts, checked }: Plan, onProgress?: (share: number) => void): Draws | null {
  return counts && sampleSurface(counts, { seed: checked.seed }, onProgress);
}

function finish({ points, sample, shape, checked, choice, counts }: Plan, draws: Draws | null): Surface {
  const facts =
    counts && draws ? abilitySurface(sample, counts, draws) : fitByChoice(sample, shape, checked, choice);
  const note = facts.note + remarks(facts, sample, checked);
  const judged = points.judged ? { judged: points.judged } : {};
  return makeSurface({ ...facts, note, ...judged }, sample, checked.gridSize, () => testInteraction(points));
}

/** True where nothing but the default fit was asked for. */
function isFree({ scale, method, basisFree, lambda, domain }: CheckedOptions): boolean {
  return scale === "ability" && method === "auto" && basisFree && lambda === "reml" && domain === null;
}

function fitByChoice(
  sample: Sample,
  shape: Shape,
  options: CheckedOptions,
  { method, why }: Choice,
): SurfaceFacts {
  switch (method) {
    case "pspline":
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
  if (sample.contains.length > 0)
    out.push(
      ` z contains ${sample.contains.join(" and ")}: part of what they explain of it is themselves, and R² is too high.`,
    );
  if (facts.method === "pspline" && facts.edf !== null && facts.edf > sample.n / 2)
    out.push(
      ` It uses ${facts.edf.toFixed(1)} degrees of freedom of ${sample.n} points: it follows single points.`,
    );
  if (facts.influence !== undefined && facts.influence.distance > 1 && facts.influence.share > 0.5)
    out.push(influenceText(facts.influence, sample));
  if (sample.dropped > 0) {
    const rows = sample.dropped === 1 ? "1 row" : `${sample.dropped} rows`;
    const were = sample.dropped === 1 ? "was" : "were";
    out.push(` ${rows} without a number for x, y or z ${were} left out.`);
  }
  return out.join("");
}

/** That one point holds the fit more than all others together, and beyond its error (Cook & Weisberg 1982: above 1). */
function influenceText({ point, distance }: Influence, { label, x, y }: Sample): string {
  const name = shortText(label()[point]!, 32);
  const which =
    name === "" ? `the point at (${formatValue(x[point]!)}, ${formatValue(y[point]!)})` : `"${name}"`;
  const cook = distance < 100 ? distance.toFixed(1) : "over 100";
  return ` One point holds more than half of it: without ${which} it would be another (Cook's distance ${cook}, above 1).`;
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
  readonly method: Exclude<SurfaceMethod, "exact_bilinear" | "posterior" | "law">;
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
