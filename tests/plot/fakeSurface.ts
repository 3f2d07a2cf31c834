import type { Prediction, Surface, SurfaceGrid, SurfaceMethod } from "../../lib/types.js";

/** A surface by formula, in the shape a fit has: what the figures must show is then known exactly. */
export interface FakeSurface {
  readonly method?: SurfaceMethod;
  /** Height at (x, y). Default: the lower of the two, the law of the weakest link. */
  readonly f?: (x: number, y: number) => number;
  /** Standard error at (x, y); null: the method has none. Default: grows away from the middle. */
  readonly se?: ((x: number, y: number) => number) | null;
  /** Default: everywhere within 0.75 of the middle of the diagonal. */
  readonly isSupported?: (x: number, y: number) => boolean;
  readonly points?: readonly (readonly [x: number, y: number, z: number, label?: string])[];
}

/** 24 points along the diagonal, seeded by a fixed low-discrepancy sequence. */
export const FAKE_POINTS: readonly (readonly [number, number, number, string])[] = Array.from(
  { length: 24 },
  (_, i) => {
    const x = 0.15 + 0.8 * ((i * 0.618034) % 1);
    const y = Math.min(0.98, Math.max(0.05, x + 0.5 * (((i * 0.754878) % 1) - 0.5)));
    const z = Math.min(1, Math.max(0, Math.min(x, y) + 0.2 * (((i * 0.569841) % 1) - 0.5)));
    return [x, y, z, `model-${String.fromCodePoint(97 + i)}`];
  },
);

/** A fit-like surface made of formulas. */
export function fakeSurface(options: FakeSurface = {}): Surface {
  const { method = "pspline", f = Math.min, points = FAKE_POINTS } = options;
  const se =
    options.se === undefined ? (x: number, y: number): number => 0.02 + 0.12 * (x - y) ** 2 : options.se;
  const isSupported = options.isSupported ?? ((x: number, y: number): boolean => Math.abs(x - y) < 0.4);
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const hasSurface = method !== "points_only" && method !== "empty" && method !== "curve_1d";
  const predict = (x: number, y: number): Prediction => {
    if (!hasSurface || !isSupported(x, y)) return { z: null, se: null, supported: false };
    return { z: f(x, y), se: se === null ? null : se(x, y), supported: true };
  };
  return {
    method,
    note: "A note about the fit.",
    n: points.length,
    edf: hasSurface ? 7.25 : null,
    lambda: null,
    sigma2: hasSurface ? 0.0036 : null,
    reml: null,
    r2: hasSurface ? 0.81 : null,
    looRmse: hasSurface ? 0.07 : null,
    tQuantile: se === null ? null : 2.11,
    domain:
      points.length === 0
        ? null
        : { x: [Math.min(...xs), Math.max(...xs)], y: [Math.min(...ys), Math.max(...ys)] },
    points: {
      x: Float64Array.from(xs),
      y: Float64Array.from(ys),
      z: Float64Array.from(points.map((point) => point[2])),
      label: points.map((point) => point[3] ?? ""),
    },
    predict,
    grid(size = 40): SurfaceGrid {
      const axis = (values: readonly number[]): Float64Array => {
        if (values.length === 0) return new Float64Array(0);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        return Float64Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));
      };
      const [x, y] = [axis(xs), axis(ys)];
      const cells = Array.from(x).flatMap((a) => Array.from(y, (b) => predict(a, b)));
      return {
        x,
        y,
        z: Float64Array.from(cells, (cell) => cell.z ?? NaN),
        se: Float64Array.from(cells, (cell) => cell.se ?? NaN),
        supported: Uint8Array.from(cells, (cell) => (cell.supported ? 1 : 0)),
      };
    },
  };
}
