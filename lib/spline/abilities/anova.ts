import { inverse, Matrix } from "ml-matrix";
import { basisMatrix, linspace, makeAxis } from "../basis/axis.js";

/** The parts of a surface on [0, 1]^2: level and slopes; bends along x; along y; the product x y; what else both do. */
const PARTS = ["level", "x", "y", "product", "both"] as const;

/**
 * A prior on tensor B-spline coefficients that is independent from part to part, as in a functional analysis of
 * variance. Coordinates a = W theta W' belong to columns of root mean square 1 over the box, so that a standard
 * deviation of a coordinate is one of the surface itself.
 */
export interface AnovaPrior {
  /** B-splines an axis. */
  readonly size: number;
  /** Prior precision matrix of each part, as in `PARTS`, at scale 1, shape (size^2, size^2). */
  readonly precision: readonly Float64Array[];
  /** Coordinates a part. */
  readonly count: readonly number[];
}

/** Prior variances of the level about 1/2 and of the slopes, in units of the score squared. */
const LEVEL_VARIANCE = 0.25;
const SLOPE_VARIANCE = 0.04;
/** How much stiffer a bend within an interaction is than the product of two lines. */
const BEND_WITHIN = 0.3;
const GRID = 200;

/** The prior for `size` B-splines an axis. */
export function anovaPrior(size: number): AnovaPrior {
  const { columns, relative } = marginColumns(size);
  const turn = Float64Array.from(inverse(columns).to1DArray());
  const square = size * size;
  const precision = PARTS.map(() => new Float64Array(square * square));
  const count = PARTS.map(() => 0);
  const row = new Float64Array(square);
  const within = (index: number): number => (index === 1 ? 1 : BEND_WITHIN * relative[index]!);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const part = i + j < 2 ? 0 : j === 0 ? 1 : i === 0 ? 2 : i === 1 && j === 1 ? 3 : 4;
      const level = i + j === 0 ? LEVEL_VARIANCE : SLOPE_VARIANCE;
      const variance = [level, relative[i]!, relative[j]!, 1, within(i) * within(j)][part]!;
      count[part]! += 1;
      for (let a = 0; a < size; a++)
        for (let b = 0; b < size; b++) row[a * size + b] = turn[i * size + a]! * turn[j * size + b]!;
      for (let a = 0; a < square; a++)
        for (let b = 0; b < square; b++) precision[part]![a * square + b]! += (row[a]! * row[b]!) / variance;
    }
  return { size, precision, count };
}

/**
 * The columns of one axis in B-spline coefficients: one, a line, then the bends of the second-difference penalty's
 * eigenbasis freed of one and line, each of root mean square 1 over [0, 1]; and the bends' prior variances relative to
 * the first.
 */
function marginColumns(size: number): { readonly columns: Matrix; readonly relative: Float64Array } {
  const axis = makeAxis([0, 1], size);
  const basis = Matrix.from1DArray(
    GRID,
    size,
    basisMatrix(axis, linspace([0.5 / GRID, 1 - 0.5 / GRID], GRID)),
  );
  const columns = Matrix.zeros(size, size);
  const relative = new Float64Array(size).fill(1);
  for (let j = 0; j < size; j++) {
    let column = Matrix.columnVector(Array.from({ length: size }, (_, i) => axis.u[i * size + j]!));
    for (let before = 0; before < Math.min(j, 2); before++) {
      const known = columns.getColumnVector(before);
      const share = basis.mmul(known).dot(basis.mmul(column)) / GRID;
      column = Matrix.sub(column, known.clone().mul(share));
    }
    const values = basis.mmul(column);
    const square = values.dot(values) / GRID;
    columns.setColumn(j, column.div(Math.sqrt(square)));
    if (j >= 2) relative[j] = square / axis.s[j]!;
  }
  for (let j = size - 1; j >= 2; j--) relative[j]! /= relative[2]!;
  return { columns, relative };
}
