import { CholeskyDecomposition, inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import {
  backwardSolve,
  choleskyInPlace,
  dot,
  forwardSolve,
  logDeterminant,
  mirrorLower,
  rowProducts,
  solveRows,
  submatrix,
  transpose,
  transposedInverse,
} from "../../../lib/spline/linear/cholesky.js";
import { lazy } from "../../../lib/spline/linear/lazy.js";
import { worst } from "../golden.js";
import { seeded } from "../../helpers/seeded.js";

function positiveDefinite(n: number): Matrix {
  const random = seeded(n);
  const factor = Matrix.zeros(n, n + 3).apply(function (this: Matrix, i: number, j: number) {
    this.set(i, j, random() - 0.5);
  });
  const product = factor.mmul(factor.transpose());
  return Matrix.add(product, product.transpose()).mul(0.5).add(Matrix.eye(n).mul(0.1));
}

const flat = (matrix: Matrix): Float64Array => Float64Array.from(matrix.to1DArray());
const lower = (a: Float64Array, n: number): number[] =>
  Array.from(a).filter((_, at) => at % n <= Math.floor(at / n));

describe.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 16, 45, 96, 97])("of order %i, beside ml-matrix", (n) => {
  const matrix = positiveDefinite(n);
  const factor = Float64Array.from(matrix.to1DArray());
  const done = choleskyInPlace(factor, n);

  it("the factor is the same", () => {
    expect(done).toBe(true);
    const want = Float64Array.from(new CholeskyDecomposition(matrix).lowerTriangularMatrix.to1DArray());
    expect(worst(lower(factor, n), lower(want, n))).toBeLessThan(1e-11);
    const isAbove = (at: number): boolean => at % n > Math.floor(at / n);
    expect(factor.filter((_, at) => isAbove(at))).toEqual(
      Float64Array.from(matrix.to1DArray()).filter((_, at) => isAbove(at)),
    );
  });

  it.each([false, true])("the inverse is the same, with the zeros above taken as known: %s", (isUpper) => {
    const half = transposedInverse(factor, n);
    const out = rowProducts(half, half, n, n, isUpper);
    const want = Float64Array.from(inverse(matrix).to1DArray());
    expect(worst(lower(out, n), lower(want, n))).toBeLessThan(1e-9);
  });

  it("solving gives back what was multiplied", () => {
    const x = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1));
    const b = Float64Array.from(matrix.mmul(Matrix.columnVector(Array.from(x))).to1DArray());
    forwardSolve(factor, n, b);
    backwardSolve(factor, n, b);
    expect(worst(b, x)).toBeLessThan(1e-10);
  });

  it.each([1, 3, 4, 6])("solving for %i rows at once is solving for each", (count) => {
    const rows = Array.from({ length: count }, (_, c) =>
      Float64Array.from({ length: n }, (__, i) => Math.cos(i + c)),
    );
    const together = Float64Array.from(rows.flatMap((row) => [...row]));
    solveRows(factor, n, together, count);
    for (const row of rows) forwardSolve(factor, n, row);
    expect(worst(together, Float64Array.from(rows.flatMap((row) => [...row])))).toBeLessThan(1e-10);
  });

  it("the log determinant is the sum of the logarithms of the eigenvalues", () => {
    const want = new CholeskyDecomposition(matrix).lowerTriangularMatrix
      .diagonal()
      .reduce((sum, value) => sum + 2 * Math.log(value), 0);
    expect(logDeterminant(factor, n)).toBeCloseTo(want, 9);
  });
});

describe.each([
  { n: 1, q: 1 },
  { n: 4, q: 3 },
  { n: 5, q: 8 },
  { n: 7, q: 64 },
  { n: 56, q: 64 },
  { n: 97, q: 33 },
])("the products of $n rows of length $q, beside ml-matrix", ({ n, q }) => {
  it("are the same in the lower triangle", () => {
    const random = seeded(n * q);
    const [a, b] = [0, 1].map(() =>
      Matrix.zeros(n, q).apply(function (this: Matrix, i: number, j: number) {
        this.set(i, j, random() - 0.5);
      }),
    ) as [Matrix, Matrix];
    const want = flat(a.mmul(b.transpose()));
    expect(worst(lower(rowProducts(flat(a), flat(b), n, q), n), lower(want, n))).toBeLessThan(1e-12);
  });
});

describe("a matrix that is not positive definite", () => {
  it.each([1, 4, 6, 9])("of order %i is told by false", (n) => {
    const a = Float64Array.from(Matrix.eye(n).to1DArray());
    a[n * n - 1] = -1;
    expect(choleskyInPlace(a, n)).toBe(false);
    a[n * n - 1] = 0;
    expect(choleskyInPlace(a, n)).toBe(false);
  });
});

describe("a log determinant", () => {
  it.each([1e-60, 1e60])("stands where the determinant is no double any more: 16 times %d", (entry) => {
    const l = Float64Array.from(Matrix.eye(16).mul(entry).to1DArray());
    expect(logDeterminant(l, 16)).toBeCloseTo(32 * Math.log(entry), 9);
  });
});

describe("parts of a matrix, beside ml-matrix", () => {
  const a = Matrix.from1DArray(3, 4, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

  it("are the rows and columns asked for, in that order, and its transpose", () => {
    expect(submatrix(flat(a), 4, [2, 0], [3, 1, 0])).toEqual(flat(a.selection([2, 0], [3, 1, 0])));
    expect(transpose(flat(a), 3, 4)).toEqual(flat(a.transpose()));
  });

  it("are mirrored at the diagonal, from below", () => {
    const square = Matrix.from1DArray(3, 3, [1, 0, 0, 2, 3, 0, 4, 5, 6]);
    expect(mirrorLower(flat(square), 3)).toEqual(Float64Array.of(1, 2, 4, 2, 3, 5, 4, 5, 6));
  });

  it("have the product of two of its rows", () => {
    expect(dot(flat(a.subMatrix(0, 0, 0, 3)), flat(a.subMatrix(1, 1, 0, 3)))).toBe(70);
  });
});

describe("lazy work", () => {
  it("is done when it is first asked for, and once", () => {
    let done = 0;
    const work = lazy(() => ++done);
    expect(done).toBe(0);
    expect([work(), work(), done]).toEqual([1, 1, 1]);
  });
});
