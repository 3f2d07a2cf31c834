import { uniformFrom } from "../../shared/uniform.js";
import { log } from "../linear/elementary.js";

/** Random numbers that a seed fixes. */
export interface Random {
  /** Uniform in [0, 1). */
  unit(): number;
  /** Standard normal, by Marsaglia's polar method. */
  normal(): number;
  /** Gamma with this shape (at least 1) and scale 1. */
  gamma(shape: number): number;
}

/**
 * Draws that a 32-bit seed fixes.
 *
 * @see Marsaglia & Tsang 2000, doi:10.1145/358407.358414 (gamma).
 */
export function randomOf(seed: number): Random {
  const unit = uniformFrom(seed);
  const normal = (): number => {
    for (;;) {
      const a = 2 * unit() - 1;
      const b = 2 * unit() - 1;
      const square = a * a + b * b;
      if (square < 1 && square > 0) return a * Math.sqrt((-2 * log(square)) / square);
    }
  };
  const gamma = (shape: number): number => {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const root = 1 + c * x;
      const v = root * root * root;
      if (v > 0 && log(unit()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
    }
  };
  return { unit, normal, gamma };
}
