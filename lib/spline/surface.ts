import type { Prediction, Surface, SurfaceGrid, SurfaceMethod } from "../types.js";
import { makeSupport } from "./hull.js";
import type { Sample } from "./sample.js";

/** What a method must be able to do to be shown: values, and standard errors where it has them, at crossings. */
export type Evaluate = (
  x: ArrayLike<number>,
  y: ArrayLike<number>,
) => { readonly z: Float64Array; readonly se: Float64Array | null };

export interface SurfaceParts extends Omit<Surface, "predict" | "grid" | "points" | "n"> {
  readonly method: SurfaceMethod;
  readonly sample: Sample;
  /** null: the method has no surface to show. */
  readonly evaluate: Evaluate | null;
  readonly gridSize: number;
}

/** Joins a method's numbers and its evaluator into a Surface that hides what lies outside the support. */
export function makeSurface(parts: SurfaceParts): Surface {
  const { sample, evaluate, gridSize, ...facts } = parts;
  const domain = facts.domain ?? { x: [0, 0] as const, y: [0, 0] as const };
  const support = makeSupport(sample.x, sample.y, domain);
  const hidden: Prediction = { z: null, se: null, supported: false };
  return {
    ...facts,
    n: sample.n,
    points: { x: sample.x, y: sample.y, z: sample.z, label: sample.label },
    predict(x, y) {
      const section = evaluate === null ? null : support.at(x);
      if (section === null || !(y >= section[0] && y <= section[1])) return hidden;
      const { z, se } = evaluate!([x], [y]);
      return { z: z[0]!, se: se === null ? null : se[0]!, supported: true };
    },
    grid(size = gridSize): SurfaceGrid {
      checkGridSize(size);
      const x = linspace(domain.x, size);
      const y = linspace(domain.y, size);
      const count = size * size;
      const values = evaluate?.(x, y) ?? { z: new Float64Array(count).fill(NaN), se: null };
      const se = values.se ?? new Float64Array(count).fill(NaN);
      const supported = new Uint8Array(count);
      for (let i = 0; i < size; i++) {
        const section = evaluate === null ? null : support.at(x[i]!);
        for (let j = 0; j < size; j++) {
          const inside = section !== null && y[j]! >= section[0] && y[j]! <= section[1];
          supported[i * size + j] = inside ? 1 : 0;
          if (inside) continue;
          values.z[i * size + j] = NaN;
          se[i * size + j] = NaN;
        }
      }
      return { x, y, z: values.z, se, supported };
    },
  };
}

export function checkGridSize(size: number): void {
  if (Number.isInteger(size) && size >= 2 && size <= 2000) return;
  throw new RangeError(`Surface.grid: size ${size} is not a whole number from 2 to 2000.`);
}

/** `size` equally spaced values from lo to hi, both ends exact. */
function linspace([lo, hi]: readonly [number, number], size: number): Float64Array {
  const out = new Float64Array(size);
  for (let i = 0; i < size; i++) out[i] = lo + ((hi - lo) * i) / (size - 1);
  out[size - 1] = hi;
  return out;
}
