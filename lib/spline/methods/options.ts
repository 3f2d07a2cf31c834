import { DEFAULT_BASIS_SIZE, type Domain, MIN_BASIS_SIZE, type Range } from "../basis/axis.js";

/** How to fit a surface. Every option has a sensible default: `fitSurface(points)` is the usual call. */
export interface FitOptions {
  /**
   * "auto" (default): the richest method that the data can carry. The others are used where the data allow
   * them, and the surface's note says so where they do not. "thin-plate" runs through every point.
   */
  readonly method?: "auto" | "pspline" | "plane" | "thin-plate";
  /**
   * B-splines along each axis, 4 to 40: one number, or [x, y]. Default 10; with 200 points or more, 14 where
   * that predicts left-out points better.
   */
  readonly basisSize?: number | readonly [number, number];
  /**
   * Smoothing parameters: chosen by "reml" (default) or "gcv", or a pair [x, y] of positive numbers. A pair is
   * dimensionless in x and y, and relative to points of weight 1.
   */
  readonly lambda?: readonly [number, number] | "reml" | "gcv";
  /** Box of the basis; must hold all points. Default: the range of the points. */
  readonly domain?: { readonly x: readonly [number, number]; readonly y: readonly [number, number] };
  /**
   * "ability" (default): where the points tell their items, or share families, the surface is sampled over the
   * abilities behind the scores. "score": scores are taken as exact and points as independent.
   */
  readonly scale?: "ability" | "score";
  /** Seed of the sampler, a whole number. Default 1. */
  readonly seed?: number;
  /** Points along each axis in `grid()`, 2 to 2000. Default 40. */
  readonly gridSize?: number;
}

/** The options, checked, with their defaults. */
export interface CheckedOptions extends Required<Omit<FitOptions, "basisSize" | "domain">> {
  readonly basisSize: readonly [number, number];
  /** True when the caller left the basis size to the fit. */
  readonly basisFree: boolean;
  readonly domain: Domain | null;
}

const MAX_BASIS_SIZE = 40;
const METHODS = ["auto", "pspline", "plane", "thin-plate"] as const;

/** @throws RangeError naming the option, the value got and the values wanted. */
export function checkOptions(options: FitOptions): CheckedOptions {
  const {
    method = "auto",
    basisSize,
    lambda = "reml",
    domain,
    gridSize = 40,
    scale = "ability",
    seed = 1,
  } = options;
  if (!METHODS.includes(method)) {
    throw new RangeError(`fitSurface: method "${method}" is not one of "${METHODS.join('", "')}".`);
  }
  checkGridSize(gridSize);
  if (scale !== "ability" && scale !== "score")
    throw new RangeError(`fitSurface: scale ${JSON.stringify(scale)} is not "ability" or "score".`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`fitSurface: seed ${seed}; give a whole number.`);
  return {
    scale,
    seed,
    method,
    basisSize: checkBasisSize(basisSize ?? DEFAULT_BASIS_SIZE),
    basisFree: basisSize === undefined,
    lambda: checkLambda(lambda),
    domain: domain === undefined ? null : { x: checkRange("x", domain.x), y: checkRange("y", domain.y) },
    gridSize,
  };
}

export function checkGridSize(size: number): void {
  if (Number.isInteger(size) && size >= 2 && size <= 2000) return;
  throw new RangeError(`fitSurface: a grid of ${size} points an axis; give a whole number from 2 to 2000.`);
}

function checkBasisSize(size: number | readonly [number, number]): readonly [number, number] {
  const pair: readonly number[] = typeof size === "number" ? [size, size] : size;
  const valid = pair.every((k) => Number.isInteger(k) && k >= MIN_BASIS_SIZE && k <= MAX_BASIS_SIZE);
  if (pair.length === 2 && valid) return [pair[0]!, pair[1]!];
  throw new RangeError(
    `fitSurface: basisSize ${JSON.stringify(size)}; give a whole number from ${MIN_BASIS_SIZE} to ` +
      `${MAX_BASIS_SIZE}, or a pair of them for x and y.`,
  );
}

function checkLambda(lambda: CheckedOptions["lambda"]): CheckedOptions["lambda"] {
  if (lambda === "reml" || lambda === "gcv") return lambda;
  const valid = Array.isArray(lambda) && lambda.length === 2;
  if (valid && lambda.every((value) => value >= 1e-12 && value <= 1e12)) return lambda;
  throw new RangeError(
    `fitSurface: lambda ${JSON.stringify(lambda)}; give "reml", "gcv" or a pair of numbers from 1e-12 to 1e12.`,
  );
}

function checkRange(axis: string, range: Range): Range {
  if (Number.isFinite(range[0]) && Number.isFinite(range[1]) && range[0] < range[1]) return range;
  throw new RangeError(
    `fitSurface: domain.${axis} = [${range.join(", ")}]; give two finite numbers, the lower first.`,
  );
}
