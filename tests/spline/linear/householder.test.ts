import { array, assert, double, integer, property } from "fast-check";
import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { reflectAll, reflectBack, reflectionsOf } from "../../../lib/spline/linear/householder.js";

const rows = integer({ min: 4, max: 20 });
const entries = array(double({ min: -1, max: 1, noNaN: true }), { minLength: 60, maxLength: 60 });

/** n x 3, the diagonal lifted so that no column is spanned by the others. */
function columnsOf(values: readonly number[], n: number): Matrix {
  const out = new Matrix(Array.from({ length: n }, (_, i) => values.slice(3 * i, 3 * i + 3)));
  for (let t = 0; t < 3; t++) out.set(t, t, out.get(t, t) + 5);
  return out;
}

function reflected(matrix: Matrix, by: Matrix): Matrix {
  const n = by.rows;
  const reflections = reflectionsOf(Float64Array.from(by.to1DArray()), n, by.columns, 1e-10);
  const flat = Float64Array.from(matrix.to1DArray());
  reflectAll(reflections, flat, matrix.columns);
  return Matrix.from1DArray(n, matrix.columns, flat);
}

describe("the reflections of some columns", () => {
  it("leave nothing of them below a triangle", () => {
    assert(
      property(rows, entries, (n, values) => {
        const a = columnsOf(values, n);
        const turned = reflected(a, a);
        for (let i = 0; i < n; i++)
          for (let t = 0; t < Math.min(i, 3); t++) expect(Math.abs(turned.get(i, t))).toBeLessThan(1e-12);
      }),
    );
  });

  it("keep every length and angle", () => {
    assert(
      property(rows, entries, (n, values) => {
        const q = reflected(Matrix.eye(n), columnsOf(values, n));
        const gap = Matrix.sub(q.mmul(q.transpose()), Matrix.eye(n));
        expect(gap.abs().max()).toBeLessThan(1e-12);
      }),
    );
  });

  it("are undone by the same in reverse", () => {
    assert(
      property(rows, entries, (n, values) => {
        const a = columnsOf(values, n);
        const flat = Float64Array.from(a.to1DArray());
        const reflections = reflectionsOf(flat.slice(), n, 3, 1e-10);
        const turned = flat.slice();
        reflectAll(reflections, turned, 3);
        reflectBack(reflections, turned, 3);
        for (const [at, value] of turned.entries()) expect(Math.abs(value - flat[at]!)).toBeLessThan(1e-12);
      }),
    );
  });

  it("give the Cholesky factor of the columns' products", () => {
    assert(
      property(rows, entries, (n, values) => {
        const a = columnsOf(values, n);
        const { l } = reflectionsOf(Float64Array.from(a.to1DArray()), n, 3, 1e-10);
        const factor = Matrix.from1DArray(3, 3, l);
        const gap = Matrix.sub(factor.mmul(factor.transpose()), a.transpose().mmul(a));
        expect(gap.abs().max()).toBeLessThan(1e-11);
        for (const entry of factor.diagonal()) expect(entry).toBeGreaterThan(0);
      }),
    );
  });

  it.each([1e-8, 1, 1e8])("leave out a column that the ones before it span, in any unit (%d)", (unit) => {
    const rowsOf = [1, 2, 3, 4, 5].map((t) => [1, t, 2 * t - 1, t * t].map((value) => value * unit));
    const { kept } = reflectionsOf(Float64Array.from(rowsOf.flat()), 5, 4, 1e-10);
    expect(kept).toEqual([0, 1, 3]);
  });
});
