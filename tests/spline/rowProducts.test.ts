import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { dualKernel } from "../../lib/spline/dualKernel.js";
import { panelLength, panelRow, rowProducts } from "../../lib/spline/rowProducts.js";
import { seeded } from "../helpers/seeded.js";
import { worst } from "./golden.js";

function randomMatrix(n: number, q: number, seed: number): Matrix {
  const random = seeded(seed);
  return new Matrix(Array.from({ length: n }, () => Array.from({ length: q }, () => random() - 0.5)));
}

function inPanels(matrix: Matrix): Float64Array {
  const { rows, columns } = matrix;
  const out = new Float64Array(panelLength(rows, columns));
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < columns; k++) out[panelRow(i, columns) + 4 * k] = matrix.get(i, k);
  return out;
}

const isLower = (n: number) => (_: number, at: number) => at % n <= Math.floor(at / n);

describe.each([
  { n: 1, q: 1 },
  { n: 4, q: 3 },
  { n: 5, q: 8 },
  { n: 7, q: 64 },
  { n: 56, q: 64 },
  { n: 97, q: 33 },
  // Too many rows of this length for one group.
  { n: 30, q: 1500 },
])("products of $n rows of length $q, beside ml-matrix", ({ n, q }) => {
  const [a, b] = [randomMatrix(n, q, n + q), randomMatrix(n, q, n * q)];
  const weights = randomMatrix(1, q, q).getRow(0);
  const want = a.clone().mulRowVector(weights).mmul(b.transpose()).to1DArray();
  const run = (part: "lower" | "all"): Float64Array => {
    const out = new Float64Array(n * n);
    rowProducts(inPanels(a), inPanels(b), Float64Array.from(weights), n, q, out, part);
    return out;
  };

  it("are the same, all of them", () => {
    expect(worst(run("all"), want)).toBeLessThan(1e-12);
  });

  it("are the same in the lower triangle", () => {
    const lower = isLower(n);
    expect(worst(run("lower").filter(lower), want.filter(lower))).toBeLessThan(1e-12);
  });
});

describe("the kernel R D^-1 R'", () => {
  const [size, q] = [8, 6];
  const r = randomMatrix(size, q, 3);
  // Two columns that x alone penalises, two that y alone does, two that both do.
  const [sx, sy] = [Float64Array.of(1, 2, 0, 0, 0.5, 3), Float64Array.of(0, 0, 1, 4, 2, 0.1)];
  const [lx, ly] = [0.3, 7];
  const d = sx.map((s, j) => lx * s + ly * sy[j]!);
  const share = sx.map((s, j) => (lx * s) / d[j]!);
  const weighted = (power: number): number[] =>
    r
      .clone()
      .mulRowVector(Array.from(d, (value, j) => share[j]! ** power / value))
      .mmul(r.transpose())
      .to1DArray();

  it("and its parts by axis are those of the columns one by one", () => {
    const parts = Array.from({ length: 3 }, () => new Float64Array(size * size));
    const kernel = dualKernel(Float64Array.from(r.to1DArray()), size, sx, sy);
    kernel.fillParts(lx, ly, parts[0]!, parts[1]!, parts[2]!);
    const lower = isLower(size);
    for (const [power, part] of parts.entries())
      expect(worst(part.filter(lower), weighted(power).filter(lower))).toBeLessThan(1e-12);
  });
});
