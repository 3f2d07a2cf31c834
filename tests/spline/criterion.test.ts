import { Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { crossProduct, gramMatrix } from "../../lib/spline/basis/cells.js";
import { type Criterion, gcvCriterion, remlCriterion } from "../../lib/spline/smoothing/criterion.js";
import { minimise, newton } from "../../lib/spline/smoothing/minimise.js";
import { solveTensor } from "../../lib/spline/smoothing/tensorFit.js";
import type { TensorSystem } from "../../lib/spline/smoothing/tensorSystem.js";
import { denseDesign, denseFit, densePenalty, systemOf } from "./dense.js";
import { worst } from "./golden.js";
import { franke, simulate } from "./random.js";

const sizes = [24, 50, 70, 120];
const places: readonly (readonly [number, number])[] = [
  [0, 0],
  [-4, 2],
  [3, -6],
  [-7, -8],
];

/** The same problem without its rows: always in q x q form. */
function byColumns({ problem }: TensorSystem): Criterion {
  return remlCriterion({ ...problem, rows: null });
}

describe.each(sizes)("REML for %i points", (n) => {
  const system = systemOf(simulate(franke, n, 0.1, n));
  const criterion = remlCriterion(system.problem);

  it.each(places)("has the gradient and Hessian of its central differences at rho = (%d, %d)", (rx, ry) => {
    expect(derivativeError(criterion, rx, ry)).toBeLessThan(1e-5);
  });

  it.each(places)("is the same in n x n as in q x q form at rho = (%d, %d)", (rx, ry) => {
    const [one, two] = [criterion.derivatives([rx, ry]), byColumns(system).derivatives([rx, ry])];
    expect(criterion.value([rx, ry])).toBeCloseTo(two.value, 8);
    expect(worst(one.gradient, two.gradient)).toBeLessThan(1e-8);
    expect(worst(one.hessian, two.hessian)).toBeLessThan(1e-8);
  });
});

it.each(places)("GCV has the gradient of its central differences at rho = (%d, %d)", (rx, ry) => {
  const { problem } = systemOf(simulate(franke, 90, 0.1, 3));
  expect(derivativeError(gcvCriterion(problem), rx, ry)).toBeLessThan(1e-5);
});

/** Largest relative error of gradient and Hessian against central differences. */
function derivativeError(criterion: Criterion, rx: number, ry: number): number {
  const h = 1e-3;
  const at = (dx: number, dy: number): ReturnType<Criterion["derivatives"]> =>
    criterion.derivatives([rx + dx * h, ry + dy * h]);
  const slope = (f: (t: number) => number): number => (8 * (f(1) - f(-1)) - (f(2) - f(-2))) / (12 * h);
  const { gradient, hessian } = at(0, 0);
  const wanted = [
    slope((t) => at(t, 0).value),
    slope((t) => at(0, t).value),
    slope((t) => at(t, 0).gradient[0]),
    slope((t) => at(t, 0).gradient[1]),
    slope((t) => at(0, t).gradient[1]),
  ];
  const gaps = [...gradient, ...hessian].map(
    (got, i) => Math.abs(got - wanted[i]!) / Math.max(1, Math.abs(wanted[i]!)),
  );
  return Math.max(...gaps);
}

describe("the normal equations", () => {
  it.each([5, 40, 500])("of %i points by cell moments are X'X", (n) => {
    const system = systemOf(simulate(franke, n, 0.1, n));
    const { axes, sample } = system;
    const design = denseDesign(system);
    const want = design.transpose().mmul(design).to1DArray();
    const got = gramMatrix(axes, sample, null);
    expect(worst(got, want)).toBeLessThan(1e-12 * Math.max(...want));
    expect(Math.abs(design.sum() - n)).toBeLessThan(1e-12 * n);
  });
});

describe("along a ray of growing lambdas", () => {
  const data = simulate(franke, 80, 0.1, 8);
  const system = systemOf(data);
  const fits = Array.from({ length: 17 }, (_, i) => solveTensor(system, [2 * i - 16, 2 * i - 15]));

  it("edf falls and the residual sum of squares rises", () => {
    for (const [i, fit] of fits.slice(1).entries()) {
      expect(fit.edf).toBeLessThan(fits[i]!.edf);
      expect(fit.rss).toBeGreaterThan(fits[i]!.rss);
    }
  });

  it("ends at the least-squares bilinear surface with 4 edf", () => {
    const fit = solveTensor(system, [40, 40]);
    const rows = Array.from(data.x, (x, i) => [1, x, data.y[i]!, x * data.y[i]!]);
    const design = new Matrix(rows);
    const normal = design.transpose().mmul(design);
    const right = design.transpose().mmul(Matrix.columnVector(Array.from(data.z)));
    const c = normal.clone();
    const beta = Matrix.columnVector(solve4(c, right));
    const want = design.mmul(beta).to1DArray();
    const got = fit.evaluate(data).z;
    expect(worst(got, want)).toBeLessThan(1e-10);
    expect(fit.edf).toBeCloseTo(4, 9);
  });
});

function solve4(a: Matrix, b: Matrix): number[] {
  // Gaussian elimination, as an oracle that shares nothing with the engine.
  const m = Array.from({ length: 4 }, (_, i) => [...a.getRow(i), b.get(i, 0)]);
  for (let i = 0; i < 4; i++)
    for (let r = 0; r < 4; r++) {
      if (r === i) continue;
      const factor = m[r]![i]! / m[i]![i]!;
      m[r] = m[r]!.map((value, c) => value - factor * m[i]![c]!);
    }
  return m.map((row, i) => row[4]! / row[i]!);
}

describe.each([30, 90])("leverages and left-out errors of %i points", (n) => {
  const data = simulate(franke, n, 0.1, 5 * n);
  const system = systemOf(data);
  const lambda = [0.05, 0.4] as const;
  const fit = solveTensor(system, [Math.log(lambda[0]), Math.log(lambda[1])]);
  const { hat, fitted } = denseFit(system, lambda);

  it("lie between 1/n and 1 and sum to edf, as the dense hat matrix's do", () => {
    const own = Array.from(fit.evaluate(data).s, (s) => s ** 2);
    expect(worst(own, hat.diagonal())).toBeLessThan(1e-9);
    expect(Math.min(...own)).toBeGreaterThanOrEqual(1 / n - 1e-12);
    expect(Math.max(...own)).toBeLessThanOrEqual(1 + 1e-12);
    expect(own.reduce((a, b) => a + b)).toBeCloseTo(fit.edf, 9);
  });

  it("are the errors of fits without each point", () => {
    const brute = Array.from(data.x, (_, left) => {
      // A weight of next to nothing leaves a point out and keeps the box.
      const weight = data.x.map((__, i) => (i === left ? 1e-12 : 1));
      const without = systemOf({ ...data, weight });
      const scale = Math.log(weight.reduce((a, b) => a + b) / n);
      const refit = solveTensor(without, [Math.log(lambda[0]) - scale, Math.log(lambda[1]) - scale]);
      return data.z[left]! - refit.evaluate(data).z[left]!;
    });
    expect(worst(fit.left, brute)).toBeLessThan(1e-8);
    const byFormula = fitted.map((value, i) => (data.z[i]! - value) / (1 - hat.get(i, i)));
    expect(worst(fit.left, byFormula)).toBeLessThan(1e-8);
  });
});

describe("an optimum inside the box", () => {
  it.each([40, 300])("of %i points has phi = rss / (n - edf) and t_k phi = p_k", (n) => {
    const system = systemOf(simulate(franke, n, 0.1, n + 1));
    const criterion = remlCriterion(system.problem);
    const { rho: found, converged, atBound } = minimise(system.problem);
    expect(converged && !atBound[0] && !atBound[1]).toBe(true);
    const fit = solveTensor(system, found);
    expect(Math.abs(fit.phi / fit.sigma2 - 1)).toBeLessThan(1e-5);
    const { traces } = criterion.derivatives(found);
    const beta = Matrix.columnVector(Array.from(fit.beta));
    const bends = (
      [
        [Math.exp(found[0]), 0],
        [0, Math.exp(found[1])],
      ] as const
    ).map((lambda) => beta.transpose().mmul(densePenalty(system, lambda)).mmul(beta).get(0, 0));
    for (const axis of [0, 1] as const)
      expect(Math.abs((traces[axis] * fit.phi) / bends[axis]! - 1)).toBeLessThan(1e-5);
  });
});

describe("the search", () => {
  const functions = [franke, (x: number, y: number) => x * y, (x: number) => (x > 0.5 ? 1 : 0), () => 0];
  const cases = functions.flatMap((f, at) =>
    [10, 16, 30, 60, 200].flatMap((n) => [0, 4].map((levels) => ({ f, at, n, levels }))),
  );
  it.each(cases)(
    "finds what all 81 grid points find: function $at, $n points, $levels levels",
    ({ f, n, levels }) => {
      const system = systemOf(simulate(f, n, 0.1, 7 * n + levels, levels));
      const criterion = byColumns(system);
      expect(minimise(system.problem).value).toBeLessThanOrEqual(exhaustive(criterion) + 1e-5);
    },
  );
});

describe("a search that starts near the minimum", () => {
  it.each([24, 60, 200])("of %i points ends at what the whole search finds", (n) => {
    const { problem } = systemOf(simulate(franke, n, 0.1, 3 * n));
    const whole = minimise(problem);
    const [x, y] = whole.rho;
    const { rho, value } = minimise(problem, "reml", 2, [Math.min(x, 8) + 0.4, Math.min(y, 8) - 0.6]);
    expect(Math.abs(value - whole.value)).toBeLessThan(1e-6);
    expect(worst(rho, whole.rho)).toBeLessThan(1e-2);
  });
});

describe("the moments of cells", () => {
  it.each([1, 2, 3, 4, 6, 73])("of %i weighted points are the sums that the design gives", (n) => {
    const data = simulate(franke, n + 5, 0.1, n);
    const system = systemOf({ ...data, weight: data.x.map((_, i) => 1 + (i % 7)) });
    const { axes, sample } = system;
    const design = denseDesign(system);
    const weighted = design.clone().mulColumnVector(Array.from(sample.weight!));
    const gram = design.transpose().mmul(weighted).to1DArray();
    expect(worst(gramMatrix(axes, sample, sample.weight), gram)).toBeLessThan(1e-12 * Math.max(...gram));
    const cross = design
      .transpose()
      .mmul(Matrix.columnVector(Array.from(sample.z)))
      .to1DArray();
    expect(worst(crossProduct(axes, sample, sample.z), cross)).toBeLessThan(1e-12);
  });
});

/** The grid's log lambdas: 10^-5 to 10^5 in steps of 10^1.25. */
function rho(i: number): number {
  return Math.LN10 * (-5 + 1.25 * i);
}

/** Newton from every local minimum of the whole 9 x 9 grid. */
function exhaustive(criterion: Criterion): number {
  const values = Array.from({ length: 81 }, (_, at) =>
    criterion.value([rho(Math.floor(at / 9)), rho(at % 9)]),
  );
  let best = Infinity;
  for (const [at, value] of values.entries()) {
    const [i, j] = [Math.floor(at / 9), at % 9];
    const around = [i > 0 ? at - 9 : at, i < 8 ? at + 9 : at, j > 0 ? at - 1 : at, j < 8 ? at + 1 : at];
    if (around.some((next) => values[next]! < value)) continue;
    best = Math.min(best, newton(criterion, [rho(i), rho(j)])!.value);
  }
  return best;
}
