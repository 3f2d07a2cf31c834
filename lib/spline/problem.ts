import { forwardSolve } from "./cholesky.js";

/**
 * What the smoothing parameters are chosen from: the penalised block of the normal equations after the
 * unpenalised columns F are projected out, in the eigenbasis where the penalty is diagonal.
 */
export interface Problem {
  /** Rows. */
  readonly n: number;
  /** Unpenalised columns kept. */
  readonly f: number;
  /** Penalised columns. */
  readonly q: number;
  /** Penalty eigenvalues along x and y by penalised column: d = lx sx + ly sy. */
  readonly sx: Float64Array;
  readonly sy: Float64Array;
  /** M = G_RR - G_RF G_FF^-1 G_FR, shape (q, q), both triangles. */
  readonly m: Float64Array;
  /** (X'W r)_R for the residual r of the least-squares fit of F alone. */
  readonly b: Float64Array;
  /** r'W r. */
  readonly y2: number;
  readonly logDetF: number;
  /** For few points: the same in n x n form. */
  readonly rows?: ProblemRows;
}

/** The penalised columns at the points, the unpenalised ones projected out: M = R'R, b = R'r, y2 = r'r. */
export interface ProblemRows {
  /** R, shape (n, q), rows times the root of their weight. */
  readonly r: Float64Array;
  /** r, shape (n,), times the root of the weights. */
  readonly residual: Float64Array;
  /** Leverage of each point in the least-squares fit of the unpenalised columns, shape (n,). */
  readonly leverage: Float64Array;
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
const PIVOT_TOLERANCE = 1e-10;

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
