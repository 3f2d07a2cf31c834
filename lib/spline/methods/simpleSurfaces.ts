import { inverse, Matrix } from "ml-matrix";
import { makeAxes, MIN_BASIS_SIZE, toUnit } from "../basis/axis.js";
import { studentQuantile } from "../linear/distributions.js";
import type { Sample, Shape } from "../smoothing/sample.js";
import { type Band, solveTensor, type TensorFit } from "../smoothing/tensorFit.js";
import { type Model, tensorBasis, tensorSystem } from "../smoothing/tensorSystem.js";
import type { SurfaceMethod } from "../types.js";
import { NO_FIT, type SurfaceFacts } from "./surface.js";

/**
 * A surface without bends by (weighted) least squares: a tensor P-spline with no penalised column, so that leverages and
 * leave-one-out errors come of the same code.
 */
export function leastSquares(
  sample: Sample,
  { domain, mean }: Shape,
  model: Extract<Model, "constant" | "plane" | "bilinear">,
): TensorFit {
  const basis = tensorBasis(sample, mean, makeAxes(domain, MIN_BASIS_SIZE));
  return solveTensor(tensorSystem(basis, model), [0, 0]);
}

/** What a fit's own covariance tells of its values and of their sums, in units of z; `scale` brings it there. */
export function withErrors(
  { evaluate, sum }: Band,
  scale: number,
): Required<Pick<SurfaceFacts, "evaluate" | "sum">> {
  return {
    evaluate(places) {
      const { z, s } = evaluate(places);
      return { z, se: s.map((value) => value * scale) };
    },
    sum(places, weights) {
      const { z, s } = sum(places, weights);
      return { z, se: s * scale };
    },
  };
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
    ...withErrors(plane, scale),
    ...(plane.rss > shape.exactLimit ? { influence: plane.influence } : {}),
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

/**
 * Thin-plate interpolation with its linear part; points at one place are averaged. It runs through every
 * point, noise included, and has no uncertainty: shown only when asked for by name. Distances are taken in the
 * unit box, so that the axes' units do not matter.
 *
 * @see Duchon 1977, doi:10.1007/BFb0086566; leave-one-out by Rippa 1999, doi:10.1023/A:1018975909870.
 */
export function fitThinPlate(sample: Sample, { domain, mean }: Shape): SurfaceFacts {
  const placed = (x: number, y: number): Place => ({ u: toUnit(domain.x, x), v: toUnit(domain.y, y) });
  const places = averagePlaces(sample, placed);
  const m = places.length;
  const system = Matrix.zeros(m + 3, m + 3);
  for (const [i, p] of places.entries()) {
    for (const [j, r] of places.entries()) system.set(i, j, radial(p, r));
    for (const [t, value] of [1, p.u, p.v].entries()) {
      system.set(i, m + t, value);
      system.set(m + t, i, value);
    }
  }
  const solved = inverse(system);
  const target = [...places.map((p) => p.z - mean), 0, 0, 0];
  const c = solved.mmul(Matrix.columnVector(target)).to1DArray();
  const at = (place: Place): number => {
    const bent = places.reduce((sum, p, i) => sum + c[i]! * radial(place, p), 0);
    return mean + c[m]! + c[m + 1]! * place.u + c[m + 2]! * place.v + bent;
  };
  const loo = m > 3 ? places.reduce((sum, _, i) => sum + (c[i]! / solved.get(i, i)) ** 2, 0) : NaN;
  const merged = m < sample.n ? ` ${sample.n} points at ${m} places: those at one place were averaged.` : "";
  return {
    ...NO_FIT,
    method: "thin-plate",
    note: `Thin-plate interpolation: it passes through every point, noise and all, and has no uncertainty.${merged}`,
    domain,
    edf: m,
    looRmse: Number.isFinite(loo) ? Math.sqrt(loo / m) : null,
    evaluate: ({ x, y }) => ({ z: x.map((value, i) => at(placed(value, y[i]!))), se: null }),
  };
}

/** A place in the unit box. */
interface Place {
  readonly u: number;
  readonly v: number;
}

/** r^2 log r for the distance r of two places. */
function radial(a: Place, b: Place): number {
  const r2 = (a.u - b.u) ** 2 + (a.v - b.v) ** 2;
  return r2 === 0 ? 0 : 0.5 * r2 * Math.log(r2);
}

/** The distinct places with the weighted mean of their points' z; w is the sum of the weights. */
function averagePlaces(
  { n, x, y, z, weight }: Sample,
  placed: (x: number, y: number) => Place,
): (Place & { z: number; w: number })[] {
  const places = new Map<string, Place & { z: number; w: number }>();
  for (let i = 0; i < n; i++) {
    const key = `${x[i]} ${y[i]}`;
    const place = places.get(key) ?? { ...placed(x[i]!, y[i]!), z: 0, w: 0 };
    const w = weight === null ? 1 : weight[i]!;
    place.w += w;
    place.z += ((z[i]! - place.z) * w) / place.w;
    places.set(key, place);
  }
  return [...places.values()];
}
