import { type Axes, basisMatrix } from "../basis/axis.js";
import { crossProduct } from "../basis/cells.js";
import { lineOf, turnBasis, turnRows } from "../basis/penalty.js";
import {
  backwardSolve,
  choleskyInPlace,
  dot,
  forwardSolve,
  mirrorLower,
  rowProducts,
  solveRows,
  submatrix,
  transpose,
} from "../linear/cholesky.js";
import { reflectAll, type Reflections, reflectionsOf } from "../linear/householder.js";
import { lazy } from "../linear/lazy.js";
import type { Sample } from "./sample.js";

/** A tensor basis and the points, before it is said which of its columns are used. */
export interface TensorBasis {
  readonly sample: Sample;
  /** Taken out of z, and left out of the coefficients, so that a z far from 0 keeps its digits. */
  readonly offset: number;
  readonly axes: Axes;
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
  /** Which of the columns belong to the smoothest directions of both axes. */
  readonly smoothest: readonly number[];
  /** Squared length of what the least-squares fit of F alone leaves of z. */
  readonly y2: number;
  /** log |G_FF|. */
  readonly logDetF: number;
  /** Made when first asked for. */
  normal(): NormalEquations;
  /** For few points: the same in the rows that F leaves. */
  readonly rows: ProblemRows | null;
}

/** What least squares needs of the penalised columns, after the unpenalised ones. */
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
const SPANNED = 1e-10;

/**
 * The penalised columns and z at the points, in an orthonormal basis of what the unpenalised columns leave, and the
 * least-squares fit of the latter: of n points' rows n - f remain. The way for few points.
 */
export function rowSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): Reduced {
  const { n, z, weight } = basis.sample;
  const q = penalised.length;
  const design = designOf(basis);
  const reflections = reflectionsOf(design(unpenalised), n, unpenalised.length, SPANNED);
  const { l, signs } = reflections;
  const f = signs.length;
  const turned = design(penalised);
  const target = z.map((value, i) => (value - basis.offset) * Math.sqrt(weight?.[i] ?? 1));
  reflectAll(reflections, turned, q);
  reflectAll(reflections, target, 1);
  // The first f rows hold Q1'X_R and Q1'z, up to R's signs.
  const zed = new Float64Array(q * f);
  for (let t = 0; t < f; t++) for (let j = 0; j < q; j++) zed[j * f + t] = signs[t]! * turned[t * q + j]!;
  const theta = backwardSolve(
    l,
    f,
    target.slice(0, f).map((value, t) => value * signs[t]!),
  );
  const [r, residual] = [turned.slice(f * q), target.slice(f)];
  return {
    fixed: { kept: reflections.kept.map((t) => unpenalised[t]!), l, z: zed, theta },
    y2: residual.reduce((sum, value) => sum + value * value, 0),
    rows: { count: n - f, r, residual, reflections },
    normal: lazy(() => normalEquations(r, residual, q)),
  };
}

/** M = R'R and b = R'r. */
function normalEquations(r: Float64Array, residual: Float64Array, q: number): NormalEquations {
  const columns = transpose(r, residual.length, q);
  const b = new Float64Array(q);
  for (const [i, value] of residual.entries()) for (let j = 0; j < q; j++) b[j]! += r[i * q + j]! * value;
  return { m: mirrorLower(rowProducts(columns, columns, q, residual.length), q), b };
}

/** Gives columns ix * sizeY + iy of the eigenbasis at the points, times the root of their weight, shape (n, columns). */
function designOf({
  sample: { n, x, y, weight },
  axes,
}: TensorBasis): (columns: readonly number[]) => Float64Array {
  const left = turnBasis(axes.x, basisMatrix(axes.x, x));
  const right = turnBasis(axes.y, basisMatrix(axes.y, y));
  return (columns) => {
    const across = Int32Array.from(columns, (p) => Math.floor(p / axes.y.size));
    const along = Int32Array.from(columns, (p) => p % axes.y.size);
    const out = new Float64Array(n * columns.length);
    for (let i = 0, at = 0; i < n; i++) {
      const root = weight === null ? 1 : Math.sqrt(weight[i]!);
      for (let j = 0; j < columns.length; j++, at++)
        out[at] = root * left[i * axes.x.size + across[j]!]! * right[i * axes.y.size + along[j]!]!;
    }
    return out;
  };
}

/**
 * The system from the points' moments in the cells of the knot grid, whose size does not depend on the number of
 * points. z passes twice: once for its least-squares fit on the unpenalised columns, and once for what that leaves,
 * so that nothing of it cancels.
 */
export function momentSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): Reduced {
  const {
    axes,
    sample: { weight },
  } = basis;
  const gram = basis.gram();
  const size = axes.x.size * axes.y.size;
  const block = (rows: readonly number[], columns: readonly number[]): Float64Array =>
    submatrix(gram, size, rows, columns);
  const { kept, l } = factorFixed(unpenalised, block);
  const [f, q] = [kept.length, penalised.length];
  const { theta, residual } = fitFixed(basis, kept, l);
  const weighted = weight?.map((w, i) => w * residual[i]!) ?? residual;
  const cross = turnRows(axes.x, axes.y, crossProduct(axes, basis.sample, weighted), "eigen");
  const z = block(penalised, kept);
  solveRows(l, f, z, q);
  const lean = mirrorLower(rowProducts(z, z, q, f), q);
  const m = block(penalised, penalised).map((value, at) => value - lean[at]!);
  const normal = { m, b: submatrix(cross, 0, [0], penalised) };
  return { fixed: { kept, l, z, theta }, y2: dot(residual, weighted), rows: null, normal: () => normal };
}

/** The least-squares fit of the unpenalised columns kept, and what it leaves of z, shape (n,). */
function fitFixed(
  { sample: { n, x, y, z, weight }, axes, offset }: TensorBasis,
  kept: readonly number[],
  l: Float64Array,
): { theta: Float64Array; residual: Float64Array } {
  const residual = z.map((value) => value - offset);
  const weighted = weight === null ? residual : residual.map((value, i) => value * weight[i]!);
  const cross = turnRows(axes.x, axes.y, crossProduct(axes, { x, y }, weighted), "eigen");
  const theta = submatrix(cross, 0, [0], kept);
  backwardSolve(l, kept.length, forwardSolve(l, kept.length, theta));
  const [t0, tv, tu, tuv] = [0, 1, axes.y.size, axes.y.size + 1].map(
    (column) => theta[kept.indexOf(column)] ?? 0,
  ) as [number, number, number, number];
  const [across, along] = [lineOf(axes.x.size), lineOf(axes.y.size)];
  const { lo: loX, scale: scaleX } = axes.x;
  const { lo: loY, scale: scaleY } = axes.y;
  for (let i = 0; i < n; i++) {
    const u = across.intercept + across.slope * ((x[i]! - loX) * scaleX);
    const v = along.intercept + along.slope * ((y[i]! - loY) * scaleY);
    residual[i]! -= across.constant * (t0 * along.constant + tv * v) + u * (tu * along.constant + tuv * v);
  }
  return { theta, residual };
}

/** Cholesky of G_FF that leaves out columns which the data cannot tell from earlier ones. */
function factorFixed(
  columns: readonly number[],
  block: (rows: readonly number[], columns: readonly number[]) => Float64Array,
): { kept: number[]; l: Float64Array } {
  let kept: number[] = [];
  let l: Float64Array = new Float64Array(0);
  for (const column of columns) {
    const tried = [...kept, column];
    const f = tried.length;
    const factor = block(tried, tried);
    const square = factor[f * f - 1]!;
    if (!choleskyInPlace(factor, f) || !(factor[f * f - 1]! ** 2 > SPANNED * square)) continue;
    [kept, l] = [tried, factor];
  }
  return { kept, l };
}
