import { type CurveFit, fitAlong } from "./along.js";
import { NO_FIT } from "./flat.js";
import { type Domain, linspace, rangeOf, toUnit } from "./range.js";
import type { Sample } from "./sample.js";
import type { Shape } from "./shape.js";
import { studentQuantile } from "./student.js";
import type { SurfaceFacts } from "./surface.js";

/** Points on a line: a curve along it, on arc length as a share of the whole, and no surface. */
export function fitCurve(sample: Sample, shape: Shape, why: string): SurfaceFacts {
  const t = arcLength(sample, shape.domain);
  const curve = fitAlong(t, sample, shape);
  const straight = curve.lambda === null;
  const kind = straight ? "a straight line by least squares" : "a P-spline curve, smoothness chosen by REML";
  const exact = curve.sigma2 === 0;
  return {
    ...NO_FIT,
    method: "curve_1d",
    note: `${why} Fitted: ${kind}, ${curve.edf.toFixed(1)} effective degrees of freedom from ${sample.n} points. No surface is drawn.`,
    domain: shape.domain,
    edf: curve.edf,
    sigma2: curve.sigma2,
    r2: shape.tss > 0 ? 1 - curve.rss / shape.tss : null,
    looRmse: curve.looRmse,
    tQuantile: exact ? null : studentQuantile(0.95, Math.max(1, sample.n - curve.edf)),
    gridHidden: true,
    curve: sampleCurve(curve, t, sample, exact),
    evaluate(x, y) {
      const values = curve.at(alongLine(x[0]!, y[0]!, sample, shape.domain));
      return { z: Float64Array.of(values.z), se: exact ? null : Float64Array.of(values.se) };
    },
  };
}

/** The curve at 101 places from its first point to its last, for drawing. */
function sampleCurve(
  curve: CurveFit,
  t: Float64Array,
  sample: Sample,
  exact: boolean,
): NonNullable<SurfaceFacts["curve"]> {
  const [lo, hi] = rangeOf(t);
  const [first, last] = [t.indexOf(lo), t.indexOf(hi)];
  const at = linspace([0, 1], 101);
  const between = (values: Float64Array): Float64Array =>
    at.map((share) => values[first]! + (values[last]! - values[first]!) * share);
  return {
    x: between(sample.x),
    y: between(sample.y),
    z: at.map((share) => curve.at(share).z),
    se: at.map((share) => (exact ? NaN : curve.at(share).se)),
  };
}

/** Place along the line from its one end (0) to the other (1), by projection in the unit box. */
function arcLength(sample: Sample, domain: Domain): Float64Array {
  return sample.x.map((x, i) => alongLine(x, sample.y[i]!, sample, domain));
}

function alongLine(x: number, y: number, sample: Sample, domain: Domain): number {
  const spanX = domain.x[1] > domain.x[0];
  const spanY = domain.y[1] > domain.y[0];
  if (!spanY) return toUnit(domain.x, x);
  if (!spanX) return toUnit(domain.y, y);
  // Both axes vary: the line is a diagonal of the box, rising or falling.
  const lowest = sample.x.indexOf(domain.x[0]);
  const rising = toUnit(domain.y, sample.y[lowest]!) < 0.5;
  const u = toUnit(domain.x, x);
  const v = toUnit(domain.y, y);
  return (u + (rising ? v : 1 - v)) / 2;
}
