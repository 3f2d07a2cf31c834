import { effectsView } from "../../lib/plot/figures/effectsView.js";
import { surfaceDrawing } from "../../lib/plot/figures/surfaceDrawing.js";
import type { PlotlyFigure } from "../../lib/plot/types.js";
import type { SurfaceLabels } from "../../lib/report/index.js";
import type { Prediction, Predictions, Surface, SurfaceGrid, SurfaceMethod } from "../../lib/spline/types.js";

/** A surface by formula, in the shape a fit has: what the figures must show is then known exactly. */
export interface FakeSurface {
  readonly method?: SurfaceMethod;
  /** Height at (x, y). Default: the lower of the two, the law of the weakest link. */
  readonly f?: (x: number, y: number) => number;
  /** Standard error at (x, y); null: the method has none. Default: grows away from the middle. */
  readonly se?: ((x: number, y: number) => number) | null;
  /** The surface is shown where |x - y| is at most this, within the points' box. Default 0.4. */
  readonly reach?: number;
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

const T_QUANTILE = 2.11;

/** A fit-like surface made of formulas. */
export function fakeSurface(options: FakeSurface = {}): Surface {
  const { method = "pspline", f = Math.min, points = FAKE_POINTS } = options;
  const se =
    options.se === undefined ? (x: number, y: number): number => 0.02 + 0.12 * (x - y) ** 2 : options.se;
  const reach = options.reach ?? 0.4;
  const isSupported = (x: number, y: number): boolean => Math.abs(x - y) <= reach;
  const xs = points.map((point) => point[0]);
  const ys = points.map((point) => point[1]);
  const hasSurface = method !== "points_only" && method !== "empty" && method !== "curve_1d";
  const at = (x: number, y: number): Prediction => {
    if (!hasSurface || !isSupported(x, y)) return { z: NaN, se: NaN, low: NaN, high: NaN, supported: false };
    const [z, error] = [f(x, y), se === null ? NaN : se(x, y)];
    return { z, se: error, low: z - T_QUANTILE * error, high: z + T_QUANTILE * error, supported: true };
  };
  function predict(x: number, y: number): Prediction;
  function predict(x: ArrayLike<number>, y: ArrayLike<number>): Predictions;
  function predict(x: number | ArrayLike<number>, y: number | ArrayLike<number>): Prediction | Predictions {
    if (typeof x === "number") return at(x, y as number);
    const all = Array.from(x, (value, i) => at(value, (y as ArrayLike<number>)[i] ?? NaN));
    return {
      z: Float64Array.from(all, (one) => one.z),
      se: Float64Array.from(all, (one) => one.se),
      low: Float64Array.from(all, (one) => one.low),
      high: Float64Array.from(all, (one) => one.high),
      supported: Uint8Array.from(all, (one) => Number(one.supported)),
    };
  }
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
    tQuantile: se === null ? null : T_QUANTILE,
    scale: "score",
    families: null,
    r2LeftOut: hasSurface ? 0.74 : null,
    interaction: { testable: false, p: null, shares: null, note: "Interaction not testable." },
    contrast: () => ({ value: NaN, se: NaN, low: NaN, high: NaN }),
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
    simulated: false,
    support: hasSurface ? bandWithin(xs, ys, reach) : [],
    predict,
    grid(size = 40, { whole = false } = {}): SurfaceGrid {
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
        z: Float64Array.from(cells, (cell, i) =>
          whole ? f(x[Math.floor(i / y.length)] ?? NaN, y[i % y.length] ?? NaN) : cell.z,
        ),
        se: Float64Array.from(cells, (cell) => cell.se),
        low: Float64Array.from(cells, (cell) => cell.low),
        high: Float64Array.from(cells, (cell) => cell.high),
        supported: Uint8Array.from(cells, (cell) => (cell.supported ? 1 : 0)),
      };
    },
  };
}

/** The part of the points' box where |x - y| is at most `reach`, as a polygon, anticlockwise. */
function bandWithin(xs: readonly number[], ys: readonly number[], reach: number): Surface["support"] {
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  const [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  const box: Surface["support"] = [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ];
  const cut = (polygon: Surface["support"], side: 1 | -1): Surface["support"] =>
    polygon.flatMap((to, i) => {
      const from = polygon.at(i - 1) ?? to;
      const [before, now] = [from, to].map(([x, y]) => reach - side * (x - y)) as [number, number];
      const inside = now >= 0 ? [to] : [];
      if (before >= 0 === now >= 0) return inside;
      const t = before / (before - now);
      return [[from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])] as const, ...inside];
    });
  return xs.length === 0 ? [] : cut(cut(box, 1), -1);
}

/** The view facet by facet alone, drawn also where a reader is spared it, there being nothing to see. */
export function effectsFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  return effectsView(surfaceDrawing(surface, labels));
}
