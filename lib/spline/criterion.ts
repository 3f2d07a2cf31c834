import type { Problem } from "./problem.js";

/** A criterion of the two log smoothing parameters rho = (log lx, log ly), to be minimised. */
export interface Criterion {
  readonly problem: Problem;
  value(rx: number, ry: number): number;
  /** The criterion along a line of constant lx / ly, at (rx + t, ry + t). */
  ray(rx: number, ry: number): (t: number) => CriterionParts;
  derivatives(rx: number, ry: number): Derivatives;
}

/** A value of the criterion; its parts are -Infinity where they are not known to rise and fall. */
export interface CriterionParts {
  readonly value: number;
  /** The part that rises with each lambda: how badly the points are fitted. */
  readonly misfit: number;
  /** The part that falls with each lambda. */
  readonly complexity: number;
}

export interface Derivatives {
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** H11, H12, H22. */
  readonly hessian: readonly [number, number, number];
  /** The edf that each axis's penalty leaves. */
  readonly traces: readonly [number, number];
  /** Factors of a generalised Fellner-Schall step, t_k phi / p_k; null where the criterion has none. */
  readonly fellnerSchall: readonly [number, number] | null;
}

/** REML from the penalised residual sum of squares, which rises with each lambda, and log |C| + log |G_FF|. */
export function remlParts(nu: number, penalised: number, logDet: number): CriterionParts {
  const misfit = (nu / 2) * (1 + Math.log((2 * Math.PI * penalised) / nu));
  return { value: misfit + logDet / 2, misfit, complexity: logDet / 2 };
}
