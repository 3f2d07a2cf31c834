import { describe, expect, it } from "vitest";
import { fitSurface, testInteraction } from "../../lib/spline/index.js";
import { scoreTest } from "../../lib/spline/questions/testInteraction.js";
import { crossings } from "../../lib/spline/methods/surface.js";
import { solveTensor, type TensorFit } from "../../lib/spline/smoothing/tensorFit.js";
import { systemOf } from "./dense.js";
import {
  type Golden,
  type GoldenFit,
  type GoldenRef,
  goldenNames,
  readGolden,
  readJson,
  worst,
} from "./golden.js";

const datasets = goldenNames().map(readGolden);
const refs = datasets.flatMap((data) =>
  Object.values(data.ref).map((ref) => ({ data, ref, name: data.name, k: ref.kx })),
);

function fitAt(data: Golden, ref: GoldenRef, lambda: readonly [number, number]): TensorFit {
  return solveTensor(systemOf(data, ref.kx, ref.ky), [Math.log(lambda[0]), Math.log(lambda[1])]);
}

/** The surface and its unscaled standard errors on the reference's grid. */
function onGrid(fit: TensorFit, { grid }: Golden): { z: Float64Array; s: Float64Array } {
  return fit.evaluate(crossings(Float64Array.from(grid.x), Float64Array.from(grid.y)));
}

const fixed = refs.flatMap(({ data, ref, name, k }) =>
  ref.fixed.map((want) => ({ data, ref, name, k, want, lambda: want.lambda })),
);

describe("at given lambdas", () => {
  it.each(fixed)("$name k=$k lambda=$lambda gives the reference's surface, edf and residuals", (row) => {
    const { data, ref, want } = row;
    const fit = fitAt(data, ref, want.lambda);
    expect(worst(onGrid(fit, data).z, want.grid)).toBeLessThan(1e-8);
    expect(Math.abs(fit.edf - want.edf)).toBeLessThan(1e-8);
    expect(Math.abs(fit.rss - want.rss)).toBeLessThan(1e-9 * Math.max(1, want.rss));
  });

  // Not every reference fit keeps its coefficients, standard errors and leverages: these do.
  const withCoefficients = fixed.filter(({ want }) => want.coef !== undefined);
  const withErrors = fixed.filter(({ want }) => want.grid_unscaled_se !== undefined);
  const withLeverages = fixed.filter(({ want }) => want.hat !== undefined);

  it("leaves enough to compare", () => {
    expect([fixed, withCoefficients, withErrors, withLeverages].map(({ length }) => length)).toEqual([
      114, 114, 33, 22,
    ]);
  });

  it.each(withCoefficients)("$name k=$k lambda=$lambda gives the reference's coefficients", (row) => {
    const fit = fitAt(row.data, row.ref, row.want.lambda);
    const coef = row.want.coef!;
    const got = fit.beta.map((b) => b + fit.system.offset);
    expect(worst(got, coef)).toBeLessThan(1e-8 * Math.max(1, ...coef.map(Math.abs)));
  });

  it.each(withErrors)("$name k=$k lambda=$lambda gives the reference's standard errors", (row) => {
    const errors = row.want.grid_unscaled_se!;
    const got = onGrid(fitAt(row.data, row.ref, row.want.lambda), row.data).s;
    expect(worst(got, errors)).toBeLessThan(1e-8 * Math.max(1, ...errors));
  });

  it.each(withLeverages)("$name k=$k lambda=$lambda gives the reference's leverages", (row) => {
    const fit = fitAt(row.data, row.ref, row.want.lambda);
    const { x, y } = fit.system.sample;
    const points = row.want.hat!.length;
    const { s } = fit.evaluate({ x: x.subarray(0, points), y: y.subarray(0, points) });
    expect(
      worst(
        s.map((value) => value ** 2),
        row.want.hat!,
      ),
    ).toBeLessThan(1e-8);
  });

  // On data without noise the criterion is the logarithm of rounding, and four points leave no residual.
  const noisy = fixed.filter(({ want, data }) => want.rss > 1e-12 && data.x.length > 4);
  it.each(noisy)("$name k=$k lambda=$lambda gives the reference's REML and leave-one-out error", (row) => {
    const { x, y, z } = row.data;
    const surface = fitSurface({ x, y, z }, { method: "pspline", lambda: row.lambda, basisSize: row.k });
    expect(surface.method).toBe("pspline");
    expect(Math.abs(surface.reml! - row.want.reml)).toBeLessThan(1e-6);
    // Looser: division by 1 - h multiplies the reference's own rounding where h is nearly 1.
    expect(Math.abs(surface.looRmse! - row.want.loo_rmse)).toBeLessThan(1e-7);
    expect(Math.abs(surface.sigma2! - row.want.sigma2_edf)).toBeLessThan(1e-8);
  });
});

const capped = readJson("capped.json") as Record<
  string,
  { capped: boolean; edf: number; cap: number; grid: number[] | null; sigma2_edf: number; loo_rmse: number }
>;
const chosen = refs
  .filter(({ ref, data }) => ref.reml.reml !== undefined && data.name !== "deg_n5")
  .map((row) => ({ ...row, want: row.ref.reml as GoldenFit }));

describe("at the lambdas that REML chooses", () => {
  it.each(chosen.filter(({ name }) => name !== "franke_n16_s05"))(
    "$name k=$k is as good an optimum as the reference's and the same surface",
    ({ data, k, want, ref }) => {
      const surface = fitSurface(data, { basisSize: k });
      expect(surface.reml!).toBeLessThanOrEqual(want.reml + 1e-5);
      const fit = fitAt(data, ref, surface.lambda!);
      expect(worst(onGrid(fit, data).z, want.grid)).toBeLessThan(1e-5);
      for (const axis of [0, 1] as const) {
        if (want.at_bound![axis] || want.lambda[axis] > 1e6) continue;
        expect(Math.abs(Math.log10(surface.lambda![axis] / want.lambda[axis]))).toBeLessThan(1e-4);
      }
    },
  );

  it.each(Object.entries(capped).map(([name, want]) => ({ name, want })))(
    "$name holds the edf of few points to the reference's cap",
    ({ name, want }) => {
      const data = readGolden(name);
      const surface = fitSurface(data);
      expect(surface.edfCapped).toBe(want.capped);
      expect(Math.abs(surface.edf! - want.edf)).toBeLessThan(1e-4);
      expect(Math.abs(surface.looRmse! / want.loo_rmse - 1)).toBeLessThan(1e-4);
      if (want.grid === null) return;
      const fit = fitAt(data, data.ref["k10"]!, surface.lambda!);
      expect(worst(onGrid(fit, data).z, want.grid)).toBeLessThan(1e-4);
    },
  );

  it.each(refs.filter(({ ref, data }) => ref.gcv?.gcv !== undefined && data.x.length > 20))(
    "$name k=$k by GCV is as good as the reference's",
    ({ data, k, ref }) => {
      const surface = fitSurface(data, { basisSize: k, lambda: "gcv" });
      const gcv =
        (surface.n * surface.sigma2! * (surface.n - surface.edf!)) / (surface.n - surface.edf!) ** 2;
      expect(gcv).toBeLessThanOrEqual(ref.gcv!.gcv! * (1 + 1e-5));
    },
  );
});

describe("against R's mgcv", () => {
  const files = ["additive_n200_s10", "franke_n1000_s10", "saddle_n200_s10"];
  it.each(files)("%s: the matched smooth has the same lambdas, edf and surface", (name) => {
    const data = readGolden(name);
    const want = readJson(`${name}.mgcv.json`)["matched_k10"] as {
      lambda_raw: number[];
      edf_total: number;
      grid: number[];
      grid_se: number[];
    };
    const surface = fitSurface(data, { basisSize: 10 });
    for (const axis of [0, 1] as const) {
      expect(Math.abs(surface.lambda![axis] / want.lambda_raw[axis]! - 1)).toBeLessThan(1e-3);
    }
    expect(Math.abs(surface.edf! - want.edf_total)).toBeLessThan(1e-2);
    const fit = fitAt(data, data.ref["k10"]!, surface.lambda!);
    const { z, s } = onGrid(fit, data);
    expect(worst(z, want.grid)).toBeLessThan(1e-3);
    expect(
      worst(
        s.map((value) => value * Math.sqrt(fit.phi)),
        want.grid_se,
      ),
    ).toBeLessThan(1e-3);
  });
});

describe("the method for each dataset", () => {
  const policy = readJson("policy.json") as Record<string, { state: string; n_used: number }>;
  it.each(Object.entries(policy).map(([name, want]) => ({ name, ...want })))(
    "$name is fitted by $state, with a note, and nothing throws",
    ({ name, state, n_used }) => {
      const surface = fitSurface(readGolden(name));
      expect(surface.method).toBe(state);
      expect(surface.n).toBe(n_used);
      expect(surface.note).toMatch(/^[A-Z0-9].*\.\)?$/);
      const grid = surface.grid(7);
      for (const i of grid.z.keys()) expect(Number.isFinite(grid.z[i]!)).toBe(grid.supported[i] === 1);
    },
  );
});

describe("the interaction", () => {
  const reference = readJson("interaction.json") as Record<
    string,
    { share?: { x: number; y: number; xy: number }; score_test?: { p: number } }
  >;
  const untestable = new Set(["deg_n5", "deg_collinear_n20"]);
  it.each(
    Object.entries(reference)
      .filter(([name, want]) => want.score_test && !untestable.has(name))
      .map(([name, want]) => ({ name, want })),
  )("$name has the reference's p-value and shares", ({ name, want }) => {
    // The formula's p, before the bootstrap that takes its place where x and y go together.
    const got = scoreTest(readGolden(name), {}, 0);
    expect(got.testable).toBe(true);
    const { p } = want.score_test!;
    expect(Math.abs(got.p! - p)).toBeLessThan(1e-5 * p + 1e-300);
    expect(worst(Object.values(got.shares!), Object.values(want.share!))).toBeLessThan(1e-5);
  });

  it.each(Object.keys(reference).filter((name) => !reference[name]!.score_test || untestable.has(name)))(
    "%s is not testable, and the note says why",
    (name) => {
      const got = testInteraction(readGolden(name));
      expect(got).toMatchObject({ testable: false, p: null, shares: null });
      expect(got.note).toMatch(/^Interaction not testable: .+\.$/);
    },
  );
});
