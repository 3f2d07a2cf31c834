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
   * Number of items behind each z, where z is a mean of scores in [0, 1]: its binomial error is then known, and
   * points of many items count more. Instead of `weight`.
   */
  readonly items?: ArrayLike<number>;
  /** The scores are the simulated panel's. Default false. */
  readonly simulated?: boolean;
  /** Which facets a model judged, and which model: "history judged by openai/gpt-4.1-mini". Default: none. */
  readonly judged?: string;
}

/** How a surface was made: what was asked for, or what the data allowed. */
export type SurfaceMethod =
  "pspline" | "plane" | "thin-plate" | "constant" | "exact_bilinear" | "curve_1d" | "points_only" | "empty";

/** A value of the surface. Outside the support z and se are NaN: hidden, not extrapolated. */
export interface Prediction {
  readonly z: number;
  /** Standard error of the mean surface, in the units of z; NaN where the method has none. */
  readonly se: number;
  readonly supported: boolean;
}

/** Values of the surface at several places, in their order: NaN where there is none, as in a {@link Prediction}. */
export interface Predictions {
  readonly z: Float64Array;
  readonly se: Float64Array;
  /** 1 inside the support, 0 outside. */
  readonly supported: Uint8Array;
}

/** The surface on a regular grid, for drawing. Row-major with x slow: index ix * y.length + iy. */
export interface SurfaceGrid {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** NaN where unsupported. */
  readonly z: Float64Array;
  /** NaN where unsupported or where the method has none. */
  readonly se: Float64Array;
  /** 1 inside the support, 0 outside. */
  readonly supported: Uint8Array;
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
  /** Rows used. */
  readonly n: number;
  /** Effective degrees of freedom; null where there is no fit. */
  readonly edf: number | null;
  readonly lambda: readonly [number, number] | null;
  /** Residual variance, in z's units squared. */
  readonly sigma2: number | null;
  /** The REML criterion at the optimum (smaller is better); null unless a P-spline. */
  readonly reml: number | null;
  /** Share of z's variance that the surface explains. */
  readonly r2: number | null;
  /** Leave-one-out root mean squared error, in z's units. */
  readonly looRmse: number | null;
  /** Half-width factor of the 95 % band: t quantile at n - edf; null where there is no se. */
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
  /** The finding in a sentence. */
  readonly note: string;
}
