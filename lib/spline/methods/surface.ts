import { linspace } from "../basis/axis.js";
import type { Places } from "../basis/cells.js";
import { lazy } from "../linear/lazy.js";
import type { Sample } from "../smoothing/sample.js";
import type { Prediction, Predictions, Surface, SurfaceGrid } from "../types.js";
import { checkGridSize } from "./options.js";
import { type Corner, sectionAt, supportOf } from "./support.js";

/** What a method must be able to do to be shown: values, and standard errors where it has them, at n places. */
export type Evaluate = (places: Places) => { readonly z: Float64Array; readonly se: Float64Array | null };

/** A method's numbers and its evaluator, before they are joined to the points. */
export interface SurfaceFacts extends Omit<
  Surface,
  "predict" | "grid" | "points" | "n" | "support" | "simulated"
> {
  /** null: the method has nothing to show. */
  readonly evaluate: Evaluate | null;
  /** True for a curve: it has values along a line, and no surface. */
  readonly gridHidden?: boolean;
  /** Residual standard deviation that turns standard errors into opacity; absent where there is none. */
  readonly scale?: number;
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

/** Joins a method's numbers and its evaluator into a Surface that hides what lies outside the support. */
export function makeSurface(facts: SurfaceFacts, sample: Sample, gridSize: number): Surface {
  const { evaluate, gridHidden = false, scale, ...shown } = facts;
  const domain = facts.domain ?? { x: [0, 0] as const, y: [0, 0] as const };
  const support = lazy(() => (evaluate === null ? [] : supportOf(sample.x, sample.y, domain)));
  const inUnit = lazy(() => sample.z.every((z) => z >= 0 && z <= 1));
  /** Values where they are supported, or everywhere in the box; NaN elsewhere. */
  const valuesAt = (show: Evaluate | null, x: ArrayLike<number>, y: ArrayLike<number>): Predictions => {
    const chosen = show === null ? [] : supportedAt(support(), x, y);
    const out = { z: nothing(x.length), se: nothing(x.length), supported: new Uint8Array(x.length) };
    if (show === null || chosen.length === 0) return out;
    const pick = (values: ArrayLike<number>): Float64Array => Float64Array.from(chosen, (i) => values[i]!);
    const { z, se } = show({ x: pick(x), y: pick(y) });
    for (const [k, i] of chosen.entries()) {
      out.z[i] = z[k]!;
      out.se[i] = se?.[k] ?? NaN;
      out.supported[i] = 1;
    }
    return out;
  };
  function predict(x: number, y: number): Prediction;
  function predict(x: ArrayLike<number>, y: ArrayLike<number>): Predictions;
  function predict(x: number | ArrayLike<number>, y: number | ArrayLike<number>): Prediction | Predictions {
    if (typeof x === "number" && typeof y === "number") {
      const { z, se, supported } = valuesAt(evaluate, [x], [y]);
      return { z: z[0]!, se: se[0]!, supported: supported[0] === 1 };
    }
    checkArrays(x, y);
    return valuesAt(evaluate, x as ArrayLike<number>, y as ArrayLike<number>);
  }
  return {
    ...shown,
    n: sample.n,
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
    predict,
    grid(size = gridSize, { whole = false } = {}): SurfaceGrid {
      checkGridSize(size);
      const [x, y] = [linspace(domain.x, size), linspace(domain.y, size)];
      const nodes = crossings(x, y);
      const show = gridHidden ? null : evaluate;
      const { z, se, supported } = valuesAt(show, nodes.x, nodes.y);
      const opacity = se.map((value, i) => (supported[i] === 0 ? 0 : opacityOf(value, scale)));
      const clamped = inUnit() && z.some((value) => value < 0 || value > 1);
      const everywhere = whole && show !== null ? show(nodes) : { z, se };
      return { x, y, z: everywhere.z, se: everywhere.se ?? se, supported, opacity, clamped };
    },
  };
}

function nothing(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return typeof value === "object" && "length" in value ? "an array" : `a ${typeof value}`;
}

function checkArrays(x: number | ArrayLike<number>, y: number | ArrayLike<number>): void {
  const [kindX, kindY] = [kindOf(x), kindOf(y)];
  if (kindX !== "an array" || kindY !== "an array") {
    throw new TypeError(
      `predict: x is ${kindX} and y is ${kindY}; give two numbers or two arrays of one length.`,
    );
  }
  const [n, m] = [(x as ArrayLike<number>).length, (y as ArrayLike<number>).length];
  if (n !== m)
    throw new RangeError(`predict: x has ${n} entries and y has ${m}; give one of each per place.`);
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

/** The places that lie inside the support; the section at an x serves all places in a row that have it. */
function supportedAt(support: readonly Corner[], x: ArrayLike<number>, y: ArrayLike<number>): number[] {
  const out: number[] = [];
  let [at, lo, hi] = [NaN, NaN, NaN];
  for (let i = 0; i < x.length; i++) {
    if (x[i] !== at) {
      at = x[i]!;
      [lo, hi] = sectionAt(support, at) ?? [NaN, NaN];
    }
    if (y[i]! >= lo && y[i]! <= hi) out.push(i);
  }
  return out;
}

/** 1 - smoothstep(1/2, 1, SE / scale): gone where the surface knows less than one more point would tell. */
function opacityOf(se: number, scale: number | undefined): number {
  if (scale === undefined || Number.isNaN(se)) return 1;
  const t = Math.min(1, Math.max(0, scale > 0 ? 2 * (se / scale) - 1 : 0));
  return 1 - t * t * (3 - 2 * t);
}
