import { makeAxes } from "../basis/axis.js";
import { studentQuantile } from "../linear/distributions.js";
import { covarianceOverLambda } from "../smoothing/averageOverLambda.js";
import { remlCriterion } from "../smoothing/criterion.js";
import { type Sample, type Shape, sumLogWeights } from "../smoothing/sample.js";
import { selectLambda, type Selection } from "../smoothing/selectLambda.js";
import { lazy } from "../linear/lazy.js";
import { bandOf, solveTensor, type TensorFit } from "../smoothing/tensorFit.js";
import { tensorBasis, tensorSystem, type TensorSystem } from "../smoothing/tensorSystem.js";
import { fitExactBilinear, withErrors } from "./simpleSurfaces.js";
import type { CheckedOptions } from "./options.js";
import type { SurfaceFacts } from "./surface.js";
import { weighByItems } from "./weighByItems.js";

/** From this many points on, a larger basis is tried too. */
const CHECK_POINTS = 200;
const LARGER_BASIS = 14;
/** Below this many points neighbours lie too far apart to agree. */
const SPARSE_POINTS = 2000;
/** A fit that uses more of its basis than this may want a larger one. */
const NEARLY_ALL = 0.7;

interface Fitted {
  readonly fit: TensorFit;
  readonly selection: Selection;
}

/** The tensor P-spline, or the exact bilinear surface where nothing is left over. */
export function fitPspline(given: Sample, shape: Shape, options: CheckedOptions): SurfaceFacts {
  const { lambda, basisSize, basisFree } = options;
  const domain = options.domain ?? shape.domain;
  const { sample, remark } =
    !given.items?.z.some(Number.isFinite) || typeof lambda !== "string"
      ? { sample: given, remark: "" }
      : weighByItems(given, shape, domain);
  const build = (kx: number, ky: number): TensorSystem =>
    tensorSystem(tensorBasis(sample, shape.mean, makeAxes(domain, kx, ky)));
  const system = build(...basisSize);
  if (system.problem.y2 <= shape.exactLimit) return fitExactBilinear(sample, shape);
  let best = fitSystem(system, lambda);
  if (basisFree && typeof lambda === "string" && isBasisTooSmall(best.fit)) {
    const larger = fitSystem(build(LARGER_BASIS, LARGER_BASIS), lambda);
    if (looOf(larger) < looOf(best)) best = larger;
  }
  const facts = describe(best, shape, options);
  return { ...facts, note: facts.note + remark };
}

function looOf({ fit }: Fitted): number {
  return fit.looRmse ?? Infinity;
}

/**
 * A basis that is too small is nearly used up, or leaves its misfit in the residuals, where neighbours then agree
 * more than by chance.
 *
 * @see Wood 2017, Generalized Additive Models, 2nd ed., section 5.9, the k-index of mgcv's gam.check.
 */
function isBasisTooSmall({ kIndex, edf, system }: TensorFit): boolean {
  const { n } = system.sample;
  const neighboursAgree = kIndex < 1 - Math.max(0.05, 2 / Math.sqrt(n));
  // With more points the neighbours tell; with these few they are too far apart to.
  const nearlyUsedUp = n < SPARSE_POINTS && edf > NEARLY_ALL * system.axes.x.size * system.axes.y.size;
  return n >= CHECK_POINTS && (neighboursAgree || nearlyUsedUp);
}

function fitSystem(system: TensorSystem, lambda: CheckedOptions["lambda"]): Fitted {
  if (typeof lambda === "string") {
    const selection = selectLambda(system.problem, lambda);
    return { selection, fit: solveTensor(system, selection.rho) };
  }
  // Inside, weights have mean 1; a lambda given from outside is relative to points of weight 1.
  const { weightScale } = system.sample;
  const rho = [Math.log(lambda[0] / weightScale), Math.log(lambda[1] / weightScale)] as const;
  const reml = remlCriterion(system.problem).value(rho);
  return {
    selection: { rho, reml, edfAsked: null, atBound: [false, false], curvature: null },
    fit: solveTensor(system, rho),
  };
}

function describe({ fit, selection }: Fitted, shape: Shape, options: CheckedOptions): SurfaceFacts {
  const { axes, sample } = fit.system;
  const { rho } = selection;
  const scale = Math.sqrt(fit.phi);
  const isIntegrated = isIntegratedAt(sample.n, options);
  return {
    method: "pspline",
    note: noteOf(fit, selection, options),
    domain: { x: [axes.x.lo, axes.x.hi], y: [axes.y.lo, axes.y.hi] },
    edf: fit.edf,
    lambda: [Math.exp(rho[0]) * sample.weightScale, Math.exp(rho[1]) * sample.weightScale],
    sigma2: fit.sigma2,
    // The criterion compares lambdas, not weights: their constant makes it the likelihood of z.
    reml: selection.reml - sumLogWeights(sample) / 2,
    r2: 1 - fit.rss / shape.tss,
    looRmse: fit.looRmse,
    tQuantile: studentQuantile(0.95, Math.max(1, sample.n - fit.edf)),
    basisSize: [axes.x.size, axes.y.size],
    edfCapped: selection.edfAsked !== null,
    lambdaAtBound: selection.atBound,
    scatter: scale,
    influence: fit.influence,
    ...withErrors(
      isIntegrated
        ? bandOf(
            fit.system,
            fit.beta,
            lazy(() => covarianceOverLambda(fit)),
          )
        : fit,
      isIntegrated ? 1 : scale,
    ),
  };
}

/** With more points the band takes the smoothness as known. */
const INTEGRATED_POINTS = 30;

/** True where the band holds the doubt about the smoothness: it was chosen, by few points. */
function isIntegratedAt(n: number, { lambda }: CheckedOptions): boolean {
  return n <= INTEGRATED_POINTS && typeof lambda === "string";
}

/** Below this share of edf an axis's penalty is said to leave no curvature. */
const NO_CURVATURE = 0.05;
/** From here to 20 points a spline is fair; below, it is labelled exploratory. */
const EXPLORATORY_POINTS = 12;
const CHOSEN = { reml: "smoothness chosen by REML", gcv: "smoothness chosen by GCV" } as const;

/** The caption of a P-spline: how smooth and why, how sure, and what to beware of. */
function noteOf(
  { system, edf }: TensorFit,
  { edfAsked, curvature }: Selection,
  options: CheckedOptions,
): string {
  const { lambda, basisFree } = options;
  const { n } = system.sample;
  const { size } = system.axes.x;
  const chosen = typeof lambda === "string" ? CHOSEN[lambda] : "smoothness as given";
  const larger = basisFree && size > 10 ? ` on ${size} × ${size} B-splines` : "";
  const sentences = [
    `Tensor P-spline${larger}, ${chosen}: ${edf.toFixed(1)} effective degrees of freedom from ${n} points.`,
  ];
  if (edfAsked !== null) {
    sentences.push(
      `The points alone would allow ${edfAsked.toFixed(1)}: so few were not trusted with that, and it was held down.`,
    );
  } else if (curvature !== null) {
    const flat = ["x", "y"].filter((_, k) => curvature[k]! < NO_CURVATURE);
    if (flat.length === 2) sentences.push("No curvature was seen along either axis.");
    if (flat.length === 1) sentences.push(`No curvature was seen along ${flat[0]}.`);
  }
  if (isIntegratedAt(n, options)) sentences.push("The band holds the doubt about the smoothness, too.");
  if (n < EXPLORATORY_POINTS) {
    sentences.push(`With fewer than ${EXPLORATORY_POINTS} points it is exploratory: trust the points first.`);
  }
  return sentences.join(" ");
}
