/** Points, surfaces and what is said of them: types only. */

/** Points to fit z = f(x, y) to. All arrays have length n; rows with a non-finite x, y or z are left out. */
export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly z: ArrayLike<number>;
  /** Names shown at the points. */
  readonly label?: readonly string[];
  /** How much a point counts, e.g. its number of items; positive, relative. */
  readonly weight?: ArrayLike<number>;
  /**
   * Number of items behind each score, where scores are means in [0, 1]; NaN, or no array, where unknown. A surface
   * is then fitted over the abilities behind the scores, and its band knows their errors. Instead of `weight`.
   */
  readonly items?: {
    readonly x?: ArrayLike<number>;
    readonly y?: ArrayLike<number>;
    readonly z?: ArrayLike<number>;
  };
  /** Names of families, one a point: variants of one model share what makes it better or worse than foretold. */
  readonly family?: readonly string[];
  /** The axes that z was computed from: what they explain of it is partly themselves. */
  readonly contains?: readonly ("x" | "y")[];
  /** The scores are the simulated panel's. Default false. */
  readonly simulated?: boolean;
  /** Which facets a model judged, and which model: "history judged by openai/gpt-4.1-mini". Default: none. */
  readonly judged?: string;
}

/** How a surface was made: what was asked for, or what the data allowed. */
export type SurfaceMethod =
  | "pspline"
  | "posterior"
  | "law"
  | "plane"
  | "thin-plate"
  | "constant"
  | "exact_bilinear"
  | "curve_1d"
  | "points_only"
  | "empty";

/** A number that data tell, with its uncertainty. */
export interface Estimate {
  readonly z: number;
  /** Standard error (of an ability surface: posterior standard deviation), in the units of z; NaN where there is none. */
  readonly se: number;
  /** Ends of the 95 % interval; within [0, 1] where z is a score; NaN where there is no standard error. */
  readonly low: number;
  readonly high: number;
}

/** A value of the surface. Outside the support all numbers are NaN: hidden, not extrapolated. */
export interface Prediction extends Estimate {
  readonly supported: boolean;
}

/** Values of the surface at several places, in their order: NaN where there is none, as in a {@link Prediction}. */
export interface Predictions {
  readonly z: Float64Array;
  readonly se: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** 1 inside the support, 0 outside. */
  readonly supported: Uint8Array;
}

/** The surface on a regular grid, for drawing: at the crossings of x and y, index ix * y.length + iy. */
export interface SurfaceGrid extends Predictions {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How far to trust a cell, 0 to 1: 0 outside the support and where the surface knows less than one point tells. */
  readonly opacity?: Float64Array;
  /** True when all points' z lie in [0, 1] and the surface leaves it: clamp the drawn colour only, and say so. */
  readonly clamped?: boolean;
}

/** A fitted surface with its uncertainty and how far to trust it. */
export interface Surface {
  readonly method: SurfaceMethod;
  /** One or two sentences for the reader: what was fitted, why this method, how sure it is. */
  readonly note: string;
  /**
   * What the axes are: "ability" where scores are taken as counts of right answers, and the surface is the law
   * between the abilities behind them; "score" where scores are taken as exact.
   */
  readonly scale: "ability" | "score";
  /** Rows used. */
  readonly n: number;
  /** Families among them; null where every point stands for itself. */
  readonly families: number | null;
  /** Effective degrees of freedom; null where there is no fit. */
  readonly edf: number | null;
  readonly lambda: readonly [number, number] | null;
  /** Residual variance, in z's units squared. */
  readonly sigma2: number | null;
  /** The REML criterion at the optimum (smaller is better); null unless a P-spline. */
  readonly reml: number | null;
  /** Share of z's variance that the surface explains, of the points that it was fitted to. */
  readonly r2: number | null;
  /** Share of z's variance that the surface foretells of points left out, one at a time; below 0: worse than the mean. */
  readonly r2LeftOut: number | null;
  /** Leave-one-out root mean squared error, in z's units. */
  readonly looRmse: number | null;
  /** Half-width factor of the 95 % band: t quantile at n - edf; null where there is no se, or the band has draws. */
  readonly tQuantile: number | null;
  readonly domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null;
  /** B-splines along x and y; absent unless a P-spline. */
  readonly basisSize?: readonly [number, number];
  /** True when few points (n <= 20) asked for more edf than so few are trusted with, and it was held down. */
  readonly edfCapped?: boolean;
  /** True where lambda ended at the edge of its search, 1e-8 or 1e8: report edf there, not lambda. */
  readonly lambdaAtBound?: readonly [boolean, boolean];
  /** For points on a line ("curve_1d"): the curve along it, for drawing. se is NaN where there is none. */
  readonly curve?: {
    readonly x: Float64Array;
    readonly y: Float64Array;
    readonly z: Float64Array;
    readonly se: Float64Array;
  };
  /** The points that were used, rows with gaps removed. */
  readonly points: {
    readonly x: Float64Array;
    readonly y: Float64Array;
    readonly z: Float64Array;
    readonly label: readonly string[];
  };
  /** Where the surface is shown, in data units: a convex polygon, anticlockwise; empty where nothing is shown. */
  readonly support: readonly (readonly [x: number, y: number])[];
  /** The points are the simulated panel's: whatever shows the surface says so. */
  readonly simulated: boolean;
  /** That of the points. */
  readonly judged?: string;
  /** Whether x and y interact, found when it is first asked for. */
  readonly interaction: InteractionTest;
  /**
   * A weighted sum of the surface's values, such as a rise (weights 1 and -1) or a mean, with its interval.
   *
   * @param places Where the surface is asked, shape (n,) each.
   * @returns An interval from the surface's draws, or a t interval by the covariance of its fit, not cut off at 0 and 1;
   *   without se, low and high where the method has no band; all NaN where a place is not supported.
   * @throws RangeError when the arrays differ in length.
   */
  contrast(
    places: { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> },
    weights: ArrayLike<number>,
  ): { readonly value: number } & Omit<Estimate, "z">;
  predict(x: number, y: number): Prediction;
  /** @throws RangeError when the arrays differ in length. */
  predict(x: ArrayLike<number>, y: ArrayLike<number>): Predictions;
  /**
   * @param size Points along each axis, default 40.
   * @param options `whole`: z and se are also given where the surface is not supported, for a drawing that is cut
   *   along `support`; they are no statement of the fit, and `supported` and `opacity` still say where it speaks.
   */
  grid(size?: number, options?: { readonly whole?: boolean }): SurfaceGrid;
}

/** Do the two facets interact, or do their effects just add up? */
export interface InteractionTest {
  readonly testable: boolean;
  readonly p: number | null;
  /** Shares of the surface's variation, summing to 1. */
  readonly shares: { readonly x: number; readonly y: number; readonly xy: number } | null;
  /** What a design like this one can see at best; absent where scores are exact or too few. */
  readonly sight?: Sight;
  /** The finding in a sentence. */
  readonly note: string;
}

/** What a design (n models, so many items a score) can see of interactions. */
export interface Sight {
  /**
   * The weakest interaction that the best test finds in 80 of 100 runs, as a multiple of the product's: 1 is as strong
   * as z = x y, and nothing within [0, 1] is stronger than 4.
   */
  readonly detectable: number;
  /** Models needed, at these items, to find x y in 80 of 100 runs. */
  readonly models: number;
  /** Items a score needed, at this many models; null where no number of items is enough. */
  readonly items: number | null;
}
