import type { Axis } from "../basis/axis.js";
import type { Margin } from "../basis/kronecker.js";
import type { Reflections } from "../linear/householder.js";
import type { Sample } from "./sample.js";

/** A tensor basis and the points, before it is said which of its columns are used. */
export interface TensorBasis {
  readonly sample: Sample;
  /** Taken out of z, and left out of the coefficients, so that a z far from 0 keeps its digits. */
  readonly offset: number;
  readonly axisX: Axis;
  readonly axisY: Axis;
  readonly marginX: Margin;
  readonly marginY: Margin;
  /** G, X'WX in the eigenbasis, shape (K, K); made when first asked for. */
  gram(): Float64Array;
}

/**
 * What the smoothing parameters are chosen from: the penalised columns after the unpenalised ones F are projected
 * out, in the eigenbasis where the penalty is diagonal: d = lx sx + ly sy.
 */
export interface Problem {
  /** Rows. */
  readonly n: number;
  /** Unpenalised columns kept. */
  readonly f: number;
  /** Penalised columns. */
  readonly q: number;
  /** Penalty along x by penalised column, shape (q,); `sy` along y. */
  readonly sx: Float64Array;
  readonly sy: Float64Array;
  /** Squared length of what the least-squares fit of F alone leaves of z. */
  readonly y2: number;
  /** log |G_FF|. */
  readonly logDetF: number;
  /** Made when first asked for. */
  normal(): NormalEquations;
  /** For few points: the same in the rows that F leaves. */
  readonly rows: ProblemRows | null;
}

export interface NormalEquations {
  /** M = G_RR - G_RF G_FF^-1 G_FR, shape (q, q), both triangles. */
  readonly m: Float64Array;
  /** X_R' W r for the residual r of the least-squares fit of F, shape (q,). */
  readonly b: Float64Array;
}

/**
 * The penalised columns and z in an orthonormal basis Q2 of what the unpenalised columns leave: M = R'R, b = R'r,
 * y2 = r'r. Rows are times the root of their weight.
 */
export interface ProblemRows {
  /** n - f. */
  readonly count: number;
  /** R = Q2'X_R, shape (count, q). */
  readonly r: Float64Array;
  /** r = Q2'z, shape (count,). */
  readonly residual: Float64Array;
  readonly reflections: Reflections;
}

/** The unpenalised columns, how they lean on the penalised ones, and their fit without these. */
export interface FixedPart {
  /** Column numbers kept. */
  readonly kept: readonly number[];
  /** Lf, shape (f, f), lower: G_FF = Lf Lf'. */
  readonly l: Float64Array;
  /** Z = G_RF Lf^-T, shape (q, f). */
  readonly z: Float64Array;
  /** Least-squares coefficients of the kept columns alone, shape (f,). */
  readonly theta: Float64Array;
}

/** What is made of some columns of a basis, by rows or by moments. */
export interface Reduced extends Pick<Problem, "y2" | "normal" | "rows"> {
  readonly fixed: FixedPart;
}

/** A column is spanned by the ones before it when less than this share of its square is new. */
export const SPANNED = 1e-10;
