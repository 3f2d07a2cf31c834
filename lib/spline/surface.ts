import type { Prediction, Predictions, Surface, SurfaceGrid } from "./types.js";
import { type Corner, sectionAt, supportOf } from "./hull.js";
import { once } from "./once.js";
import { checkGridSize } from "./options.js";
import { linspace } from "./range.js";
import type { Sample } from "./sample.js";

/** What a method must be able to do to be shown: values, and standard errors where it has them, at crossings. */
export type Evaluate = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
) => { readonly z: Float64Array; readonly se: Float64Array | null };

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

/** Joins a method's numbers and its evaluator into a Surface that hides what lies outside the support. */
export function makeSurface(facts: SurfaceFacts, sample: Sample, gridSize: number): Surface {
  const { evaluate, gridHidden = false, scale, ...shown } = facts;
  const domain = facts.domain ?? { x: [0, 0] as const, y: [0, 0] as const };
  const support = once(() => (evaluate === null ? [] : supportOf(sample.x, sample.y, domain)));
  const inUnit = once(() => sample.z.every((z) => z >= 0 && z <= 1));
  const predictOne = (x: number, y: number): Prediction => {
    const section = evaluate === null ? null : sectionAt(support(), x);
    if (evaluate === null || section === null || !(y >= section[0] && y <= section[1])) return HIDDEN;
    const { z, se } = evaluate([x], [y]);
    return { z: z[0]!, se: se === null ? NaN : se[0]!, supported: true };
  };
  const predictAll = (x: ArrayLike<number>, y: ArrayLike<number>): Predictions => {
    if (x.length !== y.length) {
      throw new RangeError(
        `predict: x has ${x.length} entries and y has ${y.length}; give one of each per place.`,
      );
    }
    const out = {
      z: new Float64Array(x.length),
      se: new Float64Array(x.length),
      supported: new Uint8Array(x.length),
    };
    for (let i = 0; i < x.length; i++) {
      const at = predictOne(x[i]!, y[i]!);
      out.z[i] = at.z;
      out.se[i] = at.se;
      out.supported[i] = Number(at.supported);
    }
    return out;
  };
  function predict(x: number, y: number): Prediction;
  function predict(x: ArrayLike<number>, y: ArrayLike<number>): Predictions;
  function predict(x: number | ArrayLike<number>, y: number | ArrayLike<number>): Prediction | Predictions {
    if (typeof x === "number" && typeof y === "number") return predictOne(x, y);
    if (typeof x === "object" && typeof y === "object") return predictAll(x, y);
    throw new TypeError("predict: give two numbers or two arrays of one length.");
  }
  return {
    ...shown,
    n: sample.n,
    points: { x: sample.x, y: sample.y, z: sample.z, label: sample.label },
    simulated: sample.simulated,
    get support() {
      return gridHidden ? [] : support();
    },
    predict,
    grid(size = gridSize, { whole = false } = {}) {
      checkGridSize(size);
      const x = linspace(domain.x, size);
      const y = linspace(domain.y, size);
      if (evaluate === null || gridHidden) return emptyGrid(x, y);
      const values = evaluate(x, y);
      const grid = { x, y, z: values.z, se: values.se ?? new Float64Array(size * size).fill(NaN) };
      const supported = supportedNodes(grid, support());
      const leaves = grid.z.some((z, i) => supported[i] === 1 && (z < 0 || z > 1));
      if (!whole)
        for (const column of [grid.z, grid.se]) supported.forEach((is, i) => is || (column[i] = NaN));
      return {
        ...grid,
        supported,
        opacity: opacity(grid.se, supported, scale),
        clamped: inUnit() && leaves,
      };
    },
  };
}

const HIDDEN: Prediction = { z: NaN, se: NaN, supported: false };

function emptyGrid(x: Float64Array, y: Float64Array): SurfaceGrid {
  const count = x.length * y.length;
  return {
    x,
    y,
    z: new Float64Array(count).fill(NaN),
    se: new Float64Array(count).fill(NaN),
    supported: new Uint8Array(count),
    opacity: new Float64Array(count),
    clamped: false,
  };
}

/** 1 for every node inside the support, 0 outside. */
function supportedNodes({ x, y }: Pick<SurfaceGrid, "x" | "y">, support: readonly Corner[]): Uint8Array {
  const supported = new Uint8Array(x.length * y.length);
  for (const [i, at] of x.entries()) {
    const [lo, hi] = sectionAt(support, at) ?? [NaN, NaN];
    for (const [j, value] of y.entries()) {
      if (value >= lo && value <= hi) supported[i * y.length + j] = 1;
    }
  }
  return supported;
}

/** 1 - smoothstep(1/2, 1, SE / scale): gone where the surface knows less than one more point would tell. */
function opacity(se: Float64Array, supported: Uint8Array, scale: number | undefined): Float64Array {
  return se.map((value, i) => {
    if (supported[i] === 0) return 0;
    if (scale === undefined || Number.isNaN(value)) return 1;
    const t = Math.min(1, Math.max(0, scale > 0 ? 2 * (value / scale) - 1 : 0));
    return 1 - t * t * (3 - 2 * t);
  });
}
