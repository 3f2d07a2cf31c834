import { basisMatrix } from "../basis/axis.js";
import { turnBasis } from "../basis/kronecker.js";
import { backwardSolve, mirrorLower, rowProducts, transpose } from "../linear/cholesky.js";
import { reflectAll, reflectionsOf } from "../linear/householder.js";
import { lazy } from "../linear/lazy.js";
import { type NormalEquations, type Reduced, SPANNED, type TensorBasis } from "./problem.js";

/**
 * The penalised columns and z at the points, in an orthonormal basis of what the unpenalised columns leave, and the
 * least-squares fit of the latter: of n points' rows n - f remain. The way for few points.
 */
export function rowSystem(
  basis: TensorBasis,
  unpenalised: readonly number[],
  penalised: readonly number[],
): Reduced {
  const { n, z } = basis.sample;
  const q = penalised.length;
  const root = rootsOf(basis);
  const reflections = reflectionsOf(designColumns(basis, root, unpenalised), n, unpenalised.length, SPANNED);
  const { l, signs } = reflections;
  const f = signs.length;
  const turned = designColumns(basis, root, penalised);
  const target = z.map((value, i) => (value - basis.offset) * root[i]!);
  reflectAll(reflections, turned, q);
  reflectAll(reflections, target, 1);
  // The first f rows hold Q1'X_R and Q1'z, up to R's signs.
  const zed = new Float64Array(q * f);
  for (let t = 0; t < f; t++) for (let j = 0; j < q; j++) zed[j * f + t] = signs[t]! * turned[t * q + j]!;
  const theta = target.slice(0, f).map((value, t) => value * signs[t]!);
  backwardSolve(l, f, theta);
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

/** Roots of the weights. */
function rootsOf({ sample: { n, weight } }: TensorBasis): Float64Array {
  return weight === null ? new Float64Array(n).fill(1) : weight.map(Math.sqrt);
}

/** Columns ix * sizeY + iy of the eigenbasis at the points, times the root of their weight, shape (n, columns). */
function designColumns(
  { sample, axisX, axisY, marginX, marginY }: TensorBasis,
  root: Float64Array,
  columns: readonly number[],
): Float64Array {
  const left = turnBasis(marginX, basisMatrix(axisX, sample.x));
  const right = turnBasis(marginY, basisMatrix(axisY, sample.y));
  const across = Int32Array.from(columns, (p) => Math.floor(p / axisY.size));
  const along = Int32Array.from(columns, (p) => p % axisY.size);
  const out = new Float64Array(sample.n * columns.length);
  for (let i = 0, at = 0; i < sample.n; i++)
    for (let j = 0; j < columns.length; j++, at++)
      out[at] = root[i]! * left[i * axisX.size + across[j]!]! * right[i * axisY.size + along[j]!]!;
  return out;
}
