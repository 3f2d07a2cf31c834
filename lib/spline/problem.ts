import { forwardSolve } from "./cholesky.js";
import type { DualKernel } from "./dualKernel.js";

/**
 * What the smoothing parameters are chosen from: the penalised block of the normal equations after the
 * unpenalised columns F are projected out, in the eigenbasis where the penalty is diagonal.
 */
export interface Problem extends Penalties {
  /** Rows. */
  readonly n: number;
  /** Unpenalised columns kept. */
  readonly f: number;
  /** Penalised columns. */
  readonly q: number;
  /** Made when first asked for. */
  normal(): NormalEquations;
  /** r'W r for the residual r of the least-squares fit of F alone. */
  readonly y2: number;
  readonly logDetF: number;
  /** For few points: the same in the rows that F leaves. */
  readonly rows?: ProblemRows;
}

/** Penalty eigenvalues along x and y by penalised column: d = lx sx + ly sy. */
export interface Penalties {
  readonly sx: Float64Array;
  readonly sy: Float64Array;
}

export interface NormalEquations {
  /** M = G_RR - G_RF G_FF^-1 G_FR, shape (q, q), both triangles. */
  readonly m: Float64Array;
  /** (X'W r)_R, shape (q,). */
  readonly b: Float64Array;
}

/**
 * The penalised columns and the residual at the points, in an orthonormal basis Q2 of what the unpenalised columns
 * leave: M = R'R, b = R'r, y2 = r'r. Rows are times the root of their weight.
 */
export interface ProblemRows {
  /** n - f, rounded up to a multiple of four: the rows added are zero. */
  readonly size: number;
  /** R = Q2'X_R, shape (size, q). */
  readonly r: Float64Array;
  /** r = Q2'z, shape (size,). */
  readonly residual: Float64Array;
  /** Q2', shape (size, n). */
  complement(): Float64Array;
  /** K = R D^-1 R'; its fixed parts are made when first asked for. */
  kernel(): DualKernel;
}

/** What is made of a basis: a problem's parts, and the least-squares fit on its unpenalised columns. */
export interface ReducedSystem extends Pick<Problem, "y2" | "logDetF" | "normal" | "rows"> {
  readonly fixed: FixedPart;
  /** Coefficients of the kept unpenalised columns, shape (f,). */
  readonly thetaF: Float64Array;
}

/** The unpenalised columns: their Cholesky factor, and how they lean on the penalised ones. */
export interface FixedPart {
  /** Column indices kept. */
  readonly kept: readonly number[];
  /** Lf, shape (f, f), lower. */
  readonly l: Float64Array;
  /** Z = G_RF Lf^-T, shape (q, f). */
  readonly z: Float64Array;
}

/** A pivot below this share of its diagonal marks a column as spanned by the ones before it. */
export const PIVOT_TOLERANCE = 1e-10;

/** Cholesky of G_FF that leaves out columns which the data cannot tell from earlier ones. */
export function factorFixed(
  gram: Float64Array,
  size: number,
  columns: readonly number[],
): { kept: number[]; l: Float64Array; logDet: number } {
  const kept: number[] = [];
  const rows: number[][] = [];
  for (const column of columns) {
    const row: number[] = [];
    for (let k = 0; k < kept.length; k++) {
      let sum = gram[column * size + kept[k]!]!;
      for (let t = 0; t < k; t++) sum -= row[t]! * rows[k]![t]!;
      row.push(sum / rows[k]![k]!);
    }
    const diagonal = gram[column * size + column]!;
    const pivot = row.reduce((left, value) => left - value * value, diagonal);
    if (!(pivot > PIVOT_TOLERANCE * diagonal)) continue;
    row.push(Math.sqrt(pivot));
    kept.push(column);
    rows.push(row);
  }
  const f = kept.length;
  const l = new Float64Array(f * f);
  rows.forEach((row, i) => l.set(row, i * f));
  const logDet = rows.reduce((sum, row, i) => sum + 2 * Math.log(row[i]!), 0);
  return { kept, l, logDet };
}

/** Projects the unpenalised columns out of the penalised block. */
export function projectFixed(
  gram: Float64Array,
  size: number,
  kept: readonly number[],
  l: Float64Array,
  penalised: readonly number[],
): { z: Float64Array; m: Float64Array } {
  const f = kept.length;
  const q = penalised.length;
  const z = new Float64Array(q * f);
  const row = new Float64Array(f);
  for (let i = 0; i < q; i++) {
    for (let t = 0; t < f; t++) row[t] = gram[penalised[i]! * size + kept[t]!]!;
    forwardSolve(l, f, row);
    z.set(row, i * f);
  }
  const m = new Float64Array(q * q);
  for (let i = 0; i < q; i++)
    for (let j = 0; j <= i; j++) {
      let sum = gram[penalised[i]! * size + penalised[j]!]!;
      for (let t = 0; t < f; t++) sum -= z[i * f + t]! * z[j * f + t]!;
      m[i * q + j] = sum;
      m[j * q + i] = sum;
    }
  return { z, m };
}
