import type { Prediction, Surface, SurfaceGrid } from "../types.js";
import { makeSupport, type Support } from "./hull.js";
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
export interface SurfaceFacts extends Omit<Surface, "predict" | "grid" | "points" | "n"> {
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
  const support = once(() => makeSupport(sample.x, sample.y, domain));
  const inUnit = once(() => sample.z.every((z) => z >= 0 && z <= 1));
  return {
    ...shown,
    n: sample.n,
    points: { x: sample.x, y: sample.y, z: sample.z, label: sample.label },
    predict(x, y) {
      const section = evaluate === null ? null : support().at(x);
      if (evaluate === null || section === null || !(y >= section[0] && y <= section[1])) return HIDDEN;
      const { z, se } = evaluate([x], [y]);
      return { z: z[0]!, se: se === null ? null : se[0]!, supported: true };
    },
    grid(size = gridSize) {
      checkGridSize(size);
      const x = linspace(domain.x, size);
      const y = linspace(domain.y, size);
      if (evaluate === null || gridHidden) return emptyGrid(x, y);
      const values = evaluate(x, y);
      const grid = { x, y, z: values.z, se: values.se ?? new Float64Array(size * size).fill(NaN) };
      const supported = hideUnsupported(grid, support());
      return {
        ...grid,
        supported,
        opacity: opacity(grid.se, supported, scale),
        clamped: inUnit() && leaves(grid.z),
      };
    },
  };
}

const HIDDEN: Prediction = { z: null, se: null, supported: false };

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

/** Sets values outside the support to NaN. @returns 1 inside, 0 outside. */
function hideUnsupported(
  { x, y, z, se }: Pick<SurfaceGrid, "x" | "y" | "z" | "se">,
  support: Support,
): Uint8Array {
  const supported = new Uint8Array(z.length);
  for (let i = 0, at = 0; i < x.length; i++) {
    const section = support.at(x[i]!);
    for (let j = 0; j < y.length; j++, at++) {
      if (section !== null && y[j]! >= section[0] && y[j]! <= section[1]) supported[at] = 1;
      else {
        z[at] = NaN;
        se[at] = NaN;
      }
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

/** True when a surface of scores leaves [0, 1] somewhere that is shown. */
function leaves(z: Float64Array): boolean {
  return z.some((value) => value < 0 || value > 1);
}
