import type { Axes } from "../basis/axis.js";
import { gramMatrix } from "../basis/cells.js";
import { turnMatrix } from "../basis/penalty.js";
import { logDeterminant } from "../linear/cholesky.js";
import { lazy } from "../linear/lazy.js";
import { type FixedPart, momentSystem, type Problem, rowSystem, type TensorBasis } from "./reduceSystem.js";
import type { Sample } from "./sample.js";

/** A P-spline on some columns of a tensor basis, up to its smoothing parameters. */
export interface TensorSystem extends TensorBasis {
  readonly problem: Problem;
  readonly fixed: FixedPart;
  /** Column numbers (ix * sizeY + iy) of the penalised directions. */
  readonly penalised: readonly number[];
}

/** @param offset About the mean of z. */
export function tensorBasis(sample: Sample, offset: number, axes: Axes): TensorBasis {
  const gram = lazy(() => turnMatrix(axes.x, axes.y, gramMatrix(axes, sample, sample.weight), "eigen"));
  return { sample, offset, axes, gram };
}

/**
 * The surfaces that are fitted: how many of the unpenalised columns 1, x, y and xy they use, and which directions i of
 * x times j of y, of which 0 is constant, 1 a line, and the others bend.
 */
const MODELS = {
  constant: { corner: 1, bends: () => false },
  plane: { corner: 3, bends: () => false },
  bilinear: { corner: 4, bends: () => false },
  "along-x": { corner: 2, bends: (i, j) => i > 1 && j === 0 },
  additive: { corner: 3, bends: (i, j) => (i > 1 && j === 0) || (i === 0 && j > 1) },
  tensor: { corner: 4, bends: (i, j) => i > 1 || j > 1 },
} as const satisfies Record<string, { corner: number; bends: (i: number, j: number) => boolean }>;
/** Name of a model. */
export type Model = keyof typeof MODELS;

/** The columns of a model, ix * sizeY + iy: the unpenalised ones, and those whose curvature is penalised. */
export function columnsOfModel(
  { axes: { x, y } }: TensorBasis,
  model: Model,
): { unpenalised: number[]; penalised: number[] } {
  const { corner, bends } = MODELS[model];
  const all = [...Array(x.size * y.size).keys()];
  return {
    unpenalised: [0, y.size, 1, y.size + 1].slice(0, corner),
    penalised: all.filter((p) => bends(Math.floor(p / y.size), p % y.size)),
  };
}

/** The normal equations of a model, with the least-squares fit of its unpenalised columns taken out of z. */
export function tensorSystem(basis: TensorBasis, model: Model = "tensor"): TensorSystem {
  const { unpenalised, penalised } = columnsOfModel(basis, model);
  return reduceSystem(basis, unpenalised, penalised);
}

/** The search for the smoothing parameters first looks at so many directions of each axis. */
const SMOOTHEST_DIRECTIONS = 6;
/** Up to this many points the n x K design itself is cheaper than its cell moments. */
const FEW_POINTS = 72;

/** The system of any penalised columns, beside unpenalised ones among 0, 1, sizeY and sizeY + 1. */
export function reduceSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): TensorSystem {
  const { sample, axes } = basis;
  const reduce = sample.n <= FEW_POINTS ? rowSystem : momentSystem;
  const { fixed, ...reduced } = reduce(basis, unpenalised, penalised);
  const f = fixed.kept.length;
  const problem: Problem = {
    n: sample.n,
    f,
    q: penalised.length,
    sx: Float64Array.from(penalised, (p) => axes.x.s[Math.floor(p / axes.y.size)]!),
    sy: Float64Array.from(penalised, (p) => axes.y.s[p % axes.y.size]!),
    smoothest: [...penalised.keys()].filter((i) => {
      const [across, along] = [Math.floor(penalised[i]! / axes.y.size), penalised[i]! % axes.y.size];
      return Math.max(across, along) < SMOOTHEST_DIRECTIONS;
    }),
    logDetF: logDeterminant(fixed.l, f),
    ...reduced,
  };
  return { ...basis, problem, fixed, penalised };
}
