import { type Domain, linspace, type Range } from "../basis/axis.js";
import type { Places } from "../basis/cells.js";
import { lazy } from "../linear/lazy.js";
import type { Sample } from "../smoothing/sample.js";
import type { Influence } from "../smoothing/tensorFit.js";
import type { Estimate, InteractionTest, Prediction, Predictions, Surface, SurfaceGrid } from "../types.js";
import { checkGridSize } from "./options.js";
import { type Corner, sectionAt, supportOf } from "./support.js";

/**
 * What a method must be able to do to be shown: values, standard errors where it has them, and the band's ends where
 * they are not z -+ t se, at n places.
 */
export type Evaluate = (places: Places) => {
  readonly z: Float64Array;
  readonly se: Float64Array | null;
  readonly low?: Float64Array;
  readonly high?: Float64Array;
};

type Asked = "predict" | "grid" | "contrast" | "interaction";
type OfPoints = "points" | "n" | "families" | "scale" | "support" | "simulated" | "r2LeftOut";

/** A method's numbers and its evaluator, before they are joined to the points. */
export interface SurfaceFacts extends Omit<Surface, Asked | OfPoints> {
  readonly scale?: Surface["scale"];
  /**
   * A weighted sum of values: its interval, or a standard error that t makes one of; by default it has neither.
   */
  readonly sum?: (places: Places, weights: Float64Array) => Pick<Estimate, "z" | "se"> & Partial<Estimate>;
  /** Default: the score test. */
  readonly interaction?: () => InteractionTest;
  /** null: the method has nothing to show. */
  readonly evaluate: Evaluate | null;
  /** True for a curve: it has values along a line, and no surface. */
  readonly gridHidden?: boolean;
  /** The point that holds the fit most; absent where nothing is left over to judge it by. */
  readonly influence?: Influence;
  /** Residual standard deviation that turns standard errors into opacity; absent where there is none. */
  readonly scatter?: number;
}

/** What a surface is without a fit: nothing claimed. */
export const NO_FIT = {
  edf: null,
  lambda: null,
  sigma2: null,
  reml: null,
  r2: null,
  looRmse: null,
  tQuantile: null,
  domain: null,
  evaluate: null,
} as const;

/**
 * Joins a method's numbers and its evaluator into a Surface that hides what lies outside the support.
 *
 * @param scoreTest The interaction test of a method that has none of its own.
 */
export function makeSurface(
  facts: SurfaceFacts,
  sample: Sample,
  gridSize: number,
  scoreTest: () => InteractionTest,
): Surface {
  const {
    evaluate,
    gridHidden = false,
    scatter,
    sum,
    interaction = scoreTest,
    influence: _,
    ...shown
  } = facts;
  const domain = facts.domain ?? { x: [0, 0] as const, y: [0, 0] as const };
  const support = lazy(() => (evaluate === null ? [] : supportOf(inside(sample, domain), domain)));
  const inUnit = lazy(() => sample.z.every((z) => z >= 0 && z <= 1));
  /** The band's ends; of scores, within their range. */
  const ends = ({ z, se, low, high }: ReturnType<Evaluate>): { low: Float64Array; high: Float64Array } => {
    if (low !== undefined && high !== undefined) return { low, high };
    const [least, most] = inUnit() ? [0, 1] : [-Infinity, Infinity];
    const end = (sign: 1 | -1): Float64Array =>
      z.map((value, i) =>
        Math.min(most, Math.max(least, value + sign * (facts.tQuantile ?? NaN) * (se?.[i] ?? NaN))),
      );
    return { low: end(-1), high: end(1) };
  };
  /** Values where they are supported, NaN elsewhere. */
  const hidden = (places: Places, found: ReturnType<Evaluate> | undefined): Predictions => {
    const supported = supportedAt(found === undefined ? [] : support(), places);
    const where = (values: Float64Array | null | undefined): Float64Array =>
      (values ?? new Float64Array(supported.length)).map((value, i) =>
        values && supported[i] === 1 ? value : NaN,
      );
    const band = found && ends(found);
    return {
      z: where(found?.z),
      se: where(found?.se),
      low: where(band?.low),
      high: where(band?.high),
      supported,
    };
  };
  const valuesAt = (x: ArrayLike<number>, y: ArrayLike<number>): Predictions => {
    const places = { x: Float64Array.from(x), y: Float64Array.from(y) };
    return hidden(places, evaluate?.(inside(places, domain)));
  };
  function predict(x: number, y: number): Prediction;
  function predict(x: ArrayLike<number>, y: ArrayLike<number>): Predictions;
  function predict(x: number | ArrayLike<number>, y: number | ArrayLike<number>): Prediction | Predictions {
    if (typeof x === "number" && typeof y === "number") {
      const { z, se, low, high, supported } = valuesAt([x], [y]);
      return { z: z[0]!, se: se[0]!, low: low[0]!, high: high[0]!, supported: supported[0] === 1 };
    }
    checkArrays("predict", x, y);
    return valuesAt(x as ArrayLike<number>, y as ArrayLike<number>);
  }
  const found = lazy(interaction);
  return {
    scale: "score",
    ...shown,
    n: sample.n,
    families: sample.family === null ? null : new Set(sample.family).size,
    r2LeftOut: leftOutShare(facts.looRmse, sample.z),
    points: {
      x: sample.x,
      y: sample.y,
      z: sample.z,
      get label() {
        return sample.label();
      },
    },
    simulated: sample.simulated,
    get support() {
      return gridHidden ? [] : support();
    },
    get interaction() {
      return found();
    },
    predict,
    contrast({ x, y }, weights) {
      checkArrays("contrast", x, y);
      if (weights.length !== x.length)
        throw new RangeError(
          `contrast: there are ${weights.length} weights for ${x.length} places; give one of each.`,
        );
      const none = { value: NaN, se: NaN, low: NaN, high: NaN };
      const places = { x: Float64Array.from(x), y: Float64Array.from(y) };
      if (supportedAt(support(), places).includes(0)) return none;
      if (sum === undefined)
        return { ...none, value: valuesAt(x, y).z.reduce((total, z, i) => total + weights[i]! * z, 0) };
      const { z: value, se, ...ends } = sum(places, Float64Array.from(weights));
      const half = (facts.tQuantile ?? NaN) * se;
      return { value, se, low: value - half, high: value + half, ...ends };
    },
    grid(size = gridSize, { whole = false } = {}): SurfaceGrid {
      checkGridSize(size);
      const [x, y] = [linspace(domain.x, size), linspace(domain.y, size)];
      const nodes = crossings(x, y);
      const found = gridHidden ? undefined : evaluate?.(nodes);
      const shown = hidden(nodes, found);
      const opacity = shown.se.map((se, i) => (shown.supported[i] === 0 ? 0 : opacityOf(se, scatter)));
      const clamped = inUnit() && shown.z.some((value) => value < 0 || value > 1);
      const all = whole && found ? { z: found.z, se: found.se ?? shown.se, ...ends(found) } : {};
      return { x, y, ...shown, ...all, opacity, clamped };
    },
  };
}

/** 1 - (mean squared leave-one-out error) / (that of the mean of the others); null without an error or variation. */
function leftOutShare(looRmse: number | null, z: Float64Array): number | null {
  const n = z.length;
  const mean = z.reduce((sum, value) => sum + value / n, 0);
  const variance = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
  if (looRmse === null || !(variance > 0)) return null;
  return 1 - looRmse ** 2 / (variance * (n / (n - 1)) ** 2);
}

const into = (values: Float64Array, [lo, hi]: Range): Float64Array =>
  values.map((value) => (value > lo ? Math.min(value, hi) : lo));

/** The places, moved into the box where they lie beyond it. */
function inside({ x, y }: Places, domain: Domain): Places {
  return { x: into(x, domain.x), y: into(y, domain.y) };
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" && "length" in value ? "an array" : `a ${typeof value}`;
}

function checkArrays(call: string, x: number | ArrayLike<number>, y: number | ArrayLike<number>): void {
  const [kindX, kindY] = [kindOf(x), kindOf(y)];
  if (kindX !== "an array" || kindY !== "an array") {
    throw new TypeError(
      `${call}: x is ${kindX} and y is ${kindY}; give two numbers or two arrays of one length.`,
    );
  }
  const [n, m] = [(x as ArrayLike<number>).length, (y as ArrayLike<number>).length];
  if (n !== m)
    throw new RangeError(`${call}: x has ${n} entries and y has ${m}; give one of each per place.`);
}

/** Every crossing of two sets of positions, index ix * y.length + iy. */
export function crossings(x: Float64Array, y: Float64Array): Places {
  const count = x.length * y.length;
  const out = { x: new Float64Array(count), y: new Float64Array(count) };
  for (let i = 0; i < x.length; i++) {
    out.x.fill(x[i]!, i * y.length, (i + 1) * y.length);
    out.y.set(y, i * y.length);
  }
  return out;
}

/** 1 where a place lies inside the support; the section at an x serves all places in a row that have it. */
function supportedAt(support: readonly Corner[], { x, y }: Places): Uint8Array {
  const out = new Uint8Array(x.length);
  let [at, lo, hi] = [NaN, NaN, NaN];
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== at) {
      at = x[i]!;
      [lo, hi] = sectionAt(support, at) ?? [NaN, NaN];
    }
    out[i] = Number(y[i]! >= lo && y[i]! <= hi);
  }
  return out;
}

/** 1 - smoothstep(1/2, 1, SE / scatter): gone where the surface knows less than one more point would tell. */
function opacityOf(se: number, scatter: number | undefined): number {
  if (scatter === undefined || Number.isNaN(se)) return 1;
  const t = Math.min(1, Math.max(0, scatter > 0 ? 2 * (se / scatter) - 1 : 0));
  return 1 - t * t * (3 - 2 * t);
}
