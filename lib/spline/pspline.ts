import { makeAxis } from "./basis.js";
import { weighByItems } from "./binomial.js";
import { fitExactBilinear } from "./plane.js";
import type { CheckedOptions } from "./options.js";
import { psplineNote } from "./psplineNote.js";
import { remlCriterion } from "./reml.js";
import type { Sample } from "./sample.js";
import { selectLambda, type Selection } from "./select.js";
import { exactLimit, type Shape } from "./shape.js";
import { evaluateTensor } from "./evaluate.js";
import { solveTensor, type TensorFit } from "./solution.js";
import { studentQuantile } from "./student.js";
import type { SurfaceFacts } from "./surface.js";
import { buildTensorSystem, type TensorSystem } from "./tensor.js";

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
  const domain = options.domain ?? shape.domain;
  const { sample, remark } =
    given.items === null || typeof options.lambda !== "string"
      ? { sample: given, remark: "" }
      : weighByItems(given, shape, domain);
  const build = (size: readonly [number, number]): TensorSystem =>
    buildTensorSystem(
      sample,
      shape.mean,
      makeAxis(domain.x[0], domain.x[1], size[0]),
      makeAxis(domain.y[0], domain.y[1], size[1]),
    );
  const system = build(options.basisSize);
  if (system.problem.y2 <= exactLimit(sample, shape)) return fitExactBilinear(sample, shape);
  let best = fitSystem(system, options.lambda, sample.weightScale);
  if (options.basisFree && typeof options.lambda === "string" && isBasisTooSmall(best.fit)) {
    const larger = fitSystem(build([LARGER_BASIS, LARGER_BASIS]), options.lambda, sample.weightScale);
    if (larger.fit.looRmse < best.fit.looRmse) best = larger;
  }
  const facts = describe(best, sample, shape, options);
  return { ...facts, note: facts.note + remark };
}

/**
 * A basis that is too small is nearly used up, or leaves its misfit in the residuals, where neighbours then agree
 * more than by chance.
 *
 * @see Wood 2017, Generalized Additive Models, 2nd ed., section 5.9, the k-index of mgcv's gam.check.
 */
function isBasisTooSmall({ kIndex, edf, system }: TensorFit): boolean {
  const { n } = system.sample;
  const basis = system.axisX.size * system.axisY.size;
  const neighboursAgree = kIndex < 1 - Math.max(0.05, 2 / Math.sqrt(n));
  // With more points the neighbours tell; with these few they are too far apart to.
  const nearlyUsedUp = n < SPARSE_POINTS && edf > NEARLY_ALL * basis;
  return n >= CHECK_POINTS && (neighboursAgree || nearlyUsedUp);
}

function fitSystem(system: TensorSystem, lambda: CheckedOptions["lambda"], weightScale: number): Fitted {
  if (typeof lambda === "string") {
    const selection = selectLambda(system.problem, lambda);
    return { selection, fit: solveTensor(system, selection.rho) };
  }
  // Inside, weights have mean 1; a lambda given from outside is relative to points of weight 1.
  const rho = [Math.log(lambda[0] / weightScale), Math.log(lambda[1] / weightScale)] as const;
  const reml = remlCriterion(system.problem).value(...rho);
  return {
    selection: { rho, reml, edfAsked: null, atBound: [false, false], curvature: null },
    fit: solveTensor(system, rho),
  };
}

function describe(
  { fit, selection }: Fitted,
  sample: Sample,
  shape: Shape,
  options: CheckedOptions,
): SurfaceFacts {
  const { axisX, axisY } = fit.system;
  const lambda = selection.rho.map((rho) => Math.exp(rho) * sample.weightScale);
  // The criterion compares lambdas, not weights: their constant makes it the likelihood of z.
  const logWeights = sample.weight?.reduce((sum, w) => sum + Math.log(w), 0) ?? 0;
  return {
    method: "pspline",
    note: psplineNote(fit, selection, options.lambda, options.basisFree),
    domain: { x: [axisX.lo, axisX.hi], y: [axisY.lo, axisY.hi] },
    edf: fit.edf,
    lambda: [lambda[0]!, lambda[1]!],
    sigma2: fit.sigma2,
    reml: selection.reml - logWeights / 2,
    r2: 1 - fit.rss / shape.tss,
    looRmse: fit.looRmse,
    tQuantile: studentQuantile(0.95, Math.max(1, sample.n - fit.edf)),
    basisSize: [axisX.size, axisY.size],
    edfCapped: selection.edfAsked !== null,
    lambdaAtBound: selection.atBound,
    scale: Math.sqrt(fit.phi),
    evaluate(x, y) {
      const { z, s } = evaluateTensor(fit, x, y);
      const scale = Math.sqrt(fit.phi);
      return { z, se: s.map((value) => value * scale) };
    },
  };
}
