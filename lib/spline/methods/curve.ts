import { type Domain, linspace, makeAxes, DEFAULT_BASIS_SIZE, toUnit } from "../basis/axis.js";
import type { Places } from "../basis/cells.js";
import { studentQuantile } from "../linear/distributions.js";
import { SMOOTHEST } from "../smoothing/minimise.js";
import type { Sample, Shape } from "../smoothing/sample.js";
import { selectLambda } from "../smoothing/selectLambda.js";
import { solveTensor, type TensorFit } from "../smoothing/tensorFit.js";
import { tensorBasis, reduceSystem, tensorSystem } from "../smoothing/tensorSystem.js";
import { NO_FIT, type SurfaceFacts } from "./surface.js";

/** A P-spline of one variable on [0, 1]. */
export interface CurveFit extends TensorFit {
  /** Smoothing parameter; null for a straight line. */
  readonly lambda: number | null;
  /** True when the points lie on a straight line. */
  readonly isExact: boolean;
  /** Values and standard errors at places t. */
  at(t: Float64Array): { readonly z: Float64Array; readonly se: Float64Array };
}

/** Fewer points than this, or fewer different places, and the curve is a straight line. */
const LINE_POINTS = 8;
const LINE_PLACES = 6;
/** B-splines along the other axis, which are constant: a coefficient of the curve counts for all of them. */
const ACROSS = 4;

const UNIT: Domain = { x: [0, 1], y: [0, 1] };

/** n places in the middle of the axis across. */
function middle(n: number): Float64Array {
  return new Float64Array(n).fill(0.5);
}

/**
 * A one-variable P-spline (or a straight line, for few points) by the same REML as the surface: the surface's own fit,
 * on a basis that is constant across.
 *
 * @param t Places of the sample's points in [0, 1], shape (n,); their x and y are not looked at.
 */
export function fitCurve1d(t: Float64Array, sample: Sample, shape: Shape): CurveFit {
  const placed = { ...sample, x: t, y: middle(sample.n) };
  const basis = tensorBasis(placed, shape.mean, makeAxes(UNIT, DEFAULT_BASIS_SIZE, ACROSS));
  const isStraight = sample.n < LINE_POINTS || new Set(t).size < LINE_PLACES;
  const system = isStraight ? reduceSystem(basis, [0, ACROSS], []) : tensorSystem(basis, "along-x");
  const isExact = system.problem.y2 <= 1e-20 * shape.tss || shape.isConstant;
  const isLine = isStraight || isExact;
  const rho = isLine ? SMOOTHEST : selectLambda(system.problem, "reml", 1).rho;
  const fit = solveTensor(system, rho);
  return {
    ...fit,
    lambda: isLine ? null : ACROSS * Math.exp(rho[0]),
    isExact,
    sigma2: isExact ? 0 : fit.sigma2,
    at(places) {
      const inside = places.map((place) => Math.min(1, Math.max(0, place)));
      const { z, s } = fit.evaluate({ x: inside, y: middle(places.length) });
      return { z, se: s.map((value) => (isExact ? NaN : value * Math.sqrt(fit.phi))) };
    },
  };
}

/**
 * Points on a line: a curve along it, on arc length as a share of the whole, and no surface.
 *
 * @param why The reason in words: it opens the note.
 */
export function fitCurve(sample: Sample, shape: Shape, why: string): SurfaceFacts {
  const { n } = sample;
  const along = shape.domain.x[1] > shape.domain.x[0] ? "x" : "y";
  const placed = (places: Places): Float64Array =>
    places[along].map((value) => toUnit(shape.domain[along], value));
  const t = placed(sample);
  const curve = fitCurve1d(t, sample, shape);
  const kind =
    curve.lambda === null
      ? "a straight line by least squares"
      : "a P-spline curve, smoothness chosen by REML";
  const shares = linspace([0, 1], 101);
  return {
    ...NO_FIT,
    method: "curve_1d",
    note: `${why} Fitted: ${kind}, ${curve.edf.toFixed(1)} effective degrees of freedom from ${n} points. No surface is drawn.`,
    domain: shape.domain,
    edf: curve.edf,
    sigma2: curve.sigma2,
    r2: shape.tss > 0 ? 1 - curve.rss / shape.tss : null,
    looRmse: curve.looRmse,
    tQuantile: curve.isExact ? null : studentQuantile(0.95, Math.max(1, n - curve.edf)),
    gridHidden: true,
    curve: { ...endToEnd(sample, t, shares), ...curve.at(shares) },
    evaluate: (places) => curve.at(placed(places)),
  };
}

/** Places on the line at shares of the way from its first point to its last, which have t = 0 and t = 1. */
function endToEnd({ x, y }: Sample, t: Float64Array, shares: Float64Array): Places {
  const [first, last] = [t.indexOf(0), t.indexOf(1)];
  const between = (values: Float64Array): Float64Array =>
    shares.map((share) => values[first]! + (values[last]! - values[first]!) * share);
  return { x: between(x), y: between(y) };
}
