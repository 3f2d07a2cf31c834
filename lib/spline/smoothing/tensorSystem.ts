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

/** The surfaces that are fitted, by the columns that they use. */
export type Model = "constant" | "plane" | "bilinear" | "along-x" | "additive" | "tensor";

/**
 * The columns of a model: the unpenalised directions, and those whose curvature is penalised. The column of
 * direction ix of x and iy of y is ix * sizeY + iy; direction 0 is constant, 1 a line, the others bend.
 */
export function columnsOfModel(
  { axes }: TensorBasis,
  model: Model,
): { unpenalised: number[]; penalised: number[] } {
  const [kx, ky] = [axes.x.size, axes.y.size];
  const corner = { constant: 1, "along-x": 2, plane: 3, additive: 3, bilinear: 4, tensor: 4 }[model];
  const [mixed, alongX, alongY]: [number[], number[], number[]] = [[], [], []];
  for (let p = 0; p < kx * ky; p++) {
    const [i, j] = [Math.floor(p / ky), p % ky];
    if (i > 1 && j > 1) mixed.push(p);
    else if (i > 1 && (j === 0 || model === "tensor")) alongX.push(p);
    else if (j > 1 && (i === 0 || model === "tensor")) alongY.push(p);
  }
  const penalised = {
    constant: [],
    plane: [],
    bilinear: [],
    "along-x": alongX,
    additive: [...alongX, ...alongY],
    tensor: [...mixed, ...alongX, ...alongY],
  }[model];
  return { unpenalised: [0, ky, 1, ky + 1].slice(0, corner), penalised };
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
