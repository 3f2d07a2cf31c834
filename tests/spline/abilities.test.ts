import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anovaPrior } from "../../lib/spline/abilities/anova.js";
import { quadraticForm } from "../../lib/spline/abilities/kernels.js";
import { calibrate, populationOf } from "../../lib/spline/abilities/calibrate.js";
import { sightOf } from "../../lib/spline/abilities/design.js";
import { exactLogit, logRising, share, slopeOfShare } from "../../lib/spline/abilities/likelihood.js";
import { logGamma } from "../../lib/spline/linear/distributions.js";
import { estimateOf, splitRhat } from "../../lib/spline/abilities/posterior.js";
import { randomOf } from "../../lib/spline/abilities/random.js";
import { sampleSurface } from "../../lib/spline/abilities/sampler.js";
import { fitSurface, fitSurfaceAside } from "../../lib/spline/index.js";
import type { Points } from "../../lib/spline/types.js";
import { type Law, simulateModels } from "./simulateModels.js";

const product: Law = (x, y) => x * y;
const plane: Law = (x, y) => 0.1 + 0.4 * x + 0.4 * y;

describe("a surface over abilities", { timeout: 120_000 }, () => {
  const { points, u, v } = simulateModels(plane, 24, 12, 5);
  const surface = fitSurface(points);

  it("is what points that tell their items get, and says so; scores taken as exact are a word away", () => {
    expect(surface).toMatchObject({ method: "posterior", scale: "ability", n: 24, families: null });
    expect(surface.note).toMatch(/over the abilities behind the scores: each score counts as 12 items/);
    const score = fitSurface(points, { scale: "score" });
    expect(score).toMatchObject({ method: "pspline", scale: "score" });
    expect(score.note).toMatch(/weighted by the binomial error of their 12 items/);
  });

  it("holds its band and its values within 0 and 1, the mean inside the band", () => {
    const { z, low, high, supported } = surface.grid(12);
    const isRight = (i: number): boolean =>
      supported[i] === 0
        ? [z, low, high].every((values) => Number.isNaN(values[i]))
        : 0 < low[i]! && low[i]! < z[i]! && z[i]! < high[i]! && high[i]! < 1;
    expect([...z.keys()].filter((i) => !isRight(i))).toEqual([]);
    expect(new Set(supported)).toEqual(new Set([0, 1]));
  });

  it("is the same for the same seed, and another for another", () => {
    expect(fitSurface(points).predict(0.5, 0.5)).toEqual(surface.predict(0.5, 0.5));
    const other = fitSurface(points, { seed: 2 }).predict(0.5, 0.5);
    expect(other.z).not.toBe(surface.predict(0.5, 0.5).z);
    expect(other.z).toBeCloseTo(surface.predict(0.5, 0.5).z, 1);
  });

  it("is the same from a thread of its own, which tells how far it is", async () => {
    const shares: number[] = [];
    const aside = await fitSurfaceAside(points, { onProgress: (done) => shares.push(done) });
    expect(aside.predict(0.4, 0.6)).toEqual(surface.predict(0.4, 0.6));
    expect(shares.length).toBeGreaterThan(10);
    expect(shares).toEqual(shares.toSorted((one, two) => one - two));
  });

  it("stops when it is interrupted, with the interrupt's reason", async () => {
    const controller = new AbortController();
    const fit = fitSurfaceAside(points, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error("enough")),
    });
    await expect(fit).rejects.toThrow("enough");
    await expect(fitSurfaceAside(points, { signal: AbortSignal.abort(new Error("never")) })).rejects.toThrow(
      "never",
    );
  });

  it("answers any weighted sum of its values with an interval, and none where it is silent", () => {
    const rise = surface.contrast({ x: [0.65, 0.35], y: [0.65, 0.35] }, [1, -1]);
    const [top, foot] = [surface.predict(0.65, 0.65), surface.predict(0.35, 0.35)];
    expect(rise.value).toBeCloseTo(top.z - foot.z, 10);
    expect(rise.low).toBeLessThan(0.24);
    expect(rise.high).toBeGreaterThan(0.24);
    // Errors of two places are not independent: the interval is not the sum of theirs.
    expect(rise.high - rise.low).toBeLessThan(top.high - top.low + foot.high - foot.low);
    expect(surface.contrast({ x: [2], y: [2] }, [1])).toEqual({ value: NaN, se: NaN, low: NaN, high: NaN });
    expect(() => surface.contrast({ x: [0.5], y: [0.5] }, [1, 2])).toThrow(/2 weights for 1 places/);
  });

  it("covers the true law at the true abilities and keeps its rise, where scores taken as exact are too sure and flat", () => {
    const found = { ability: { inside: 0, shown: 0, rise: 0 }, score: { inside: 0, shown: 0, rise: 0 } };
    for (const seed of [101, 102, 103, 104, 105]) {
      const data = simulateModels(product, 60, 3, seed);
      for (const scale of ["ability", "score"] as const) {
        const surface = fitSurface(data.points, { scale });
        for (const [i, x] of data.u.entries()) {
          const { low, high, supported } = surface.predict(x, data.v[i]!);
          found[scale].shown += Number(supported);
          found[scale].inside += Number(low <= product(x, data.v[i]!) && product(x, data.v[i]!) <= high);
        }
        found[scale].rise += surface.contrast({ x: [0.65, 0.35], y: [0.65, 0.35] }, [1, -1]).value / 5;
      }
    }
    const { ability, score } = found;
    expect(ability.inside / ability.shown).toBeGreaterThan(0.93);
    expect(score.inside / score.shown).toBeLessThan(0.9);
    // The truth is .30.
    expect(ability.rise).toBeGreaterThan(0.24);
    expect(ability.rise).toBeLessThan(0.36);
    expect(score.rise).toBeLessThan(0.22);
  });

  it("takes a score without a number of items as exact, and says which", () => {
    const unknown = points.items.x!;
    const some = Float64Array.from({ length: 24 }, (_, i) => (i < 3 ? NaN : 12));
    const { note } = fitSurface({ ...points, items: { x: unknown, y: some, z: some } });
    expect(note).toMatch(/Scores of y, z that tell no number of items are taken as exact/);
  });

  it("is not tried for few points, for scores beyond 1 or where a fit was asked for by name", () => {
    const few = simulateModels(plane, 7, 12, 1).points;
    expect(fitSurface(few).method).toBe("plane");
    const { x, y, z, items } = points;
    const wide = fitSurface({
      x: x as Float64Array,
      y,
      z: Array.from(z, (value) => 2 * value),
      family: Array.from(z, String),
    });
    expect(wide.method).toBe("pspline");
    expect(fitSurface(points, { lambda: "gcv" }).method).toBe("pspline");
    expect(() => fitSurface({ x, y, z, items: { ...items, x: Array.from(x, () => 0) } })).toThrow(
      /items.x\[0\] = 0/,
    );
    expect(() => fitSurface({ ...points, z: Array.from(z, (value) => 2 * value + 1) })).toThrow(
      /z\[0\] = .* is not in \[0, 1\]/,
    );
    expect(() => fitSurface(points, { seed: 0.5 })).toThrow(/seed 0.5/);
    expect(() => fitSurface(points, { scale: "skill" as never })).toThrow(/scale "skill"/);
  });

  it("says so where z was computed from an axis", () => {
    expect(fitSurface({ ...points, contains: ["x"] }).note).toMatch(
      /z contains x: part of what they explain/,
    );
  });

  it("foretells models left out less well than it describes those it has", () => {
    expect(surface.r2LeftOut).toBeLessThan(surface.r2!);
    expect(surface.looRmse).toBeGreaterThan(0.05);
    const z = Array.from(u, (value, i) => plane(value, v[i]!));
    const mean = z.reduce((sum, value) => sum + value / 24, 0);
    const spread = Math.sqrt(z.reduce((sum, value) => sum + (value - mean) ** 2 / 24, 0));
    // A score of 12 questions misses its own ability by about .13: nothing foretells it better.
    expect(surface.looRmse).toBeLessThan(spread + 0.13);
  });
});

const fourfold = (values: ArrayLike<number>): number[] =>
  Array.from(values).flatMap((value) => Array<number>(4).fill(value));

describe("families", { timeout: 120_000 }, () => {
  const { points } = simulateModels(plane, 20, 30, 8);
  const copies = { x: fourfold(points.x), y: fourfold(points.y), z: fourfold(points.z) };
  const family = copies.x.map((_, i) => `family ${i >> 2}`);

  it("share their luck: four copies of a model tell little more than one", () => {
    const known = fitSurface({ ...copies, family });
    const blind = fitSurface({ ...copies, family: copies.x.map((_, i) => (i < 2 ? "two" : String(i))) });
    const width = (surface: typeof known): number => {
      const { low, high } = surface.predict(0.5, 0.5);
      return high - low;
    };
    expect(known).toMatchObject({ families: 20, n: 80, scale: "score", method: "posterior" });
    expect(known.note).toMatch(/80 models of 20 families/);
    expect(width(known)).toBeGreaterThan(1.5 * width(blind));
  });

  it("count once in the test of an interaction", () => {
    // Copies quadruple the evidence for one who takes them for models of their own.
    const [known, blind] = [fitSurface({ ...copies, family }), fitSurface(copies)];
    expect(known.interaction.p).toBeGreaterThan(blind.interaction.p!);
  });
});

const design = (m: number) => ({
  mu: [0, 0] as const,
  sigma: [1, 0.7, 1] as const,
  items: { x: m, y: m, z: m },
  scatter: 0.1,
});

describe("the interaction test on abilities", { timeout: 120_000 }, () => {
  it("tells what the design could have seen at best", () => {
    const { interaction } = fitSurface(simulateModels(plane, 24, 3, 3).points);
    expect(interaction.p).toBeGreaterThan(0.05);
    expect(interaction.sight!.detectable).toBeGreaterThan(4);
    expect(interaction.note).toMatch(
      /which says little: 24 models of 3 items a score cannot show even the strongest in 80 of 100 runs/,
    );
    expect(interaction.note).toMatch(
      /To show one as strong as the product takes (?:more than )?[\d,]+ models/,
    );
  });

  it("finds a strong one where many models answered many questions", () => {
    const strong = simulateModels((x, y) => 0.5 + 2 * (x - 0.5) * (y - 0.5), 150, 200, 4);
    const { interaction } = fitSurface(strong.points);
    expect(interaction.p).toBeLessThan(0.01);
    expect(interaction.note).toMatch(/^The two facets interact/);
  });

  it("sees half as strong ones with four times the models, and more with more items", () => {
    const less = sightOf(design(12), 100);
    expect(sightOf(design(12), 400).detectable).toBeCloseTo(less.detectable / 2, 10);
    expect(sightOf(design(48), 100).detectable).toBeLessThan(less.detectable / 2);
    expect(sightOf(design(12), less.models).detectable).toBeCloseTo(1, 2);
  });
});

const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value / values.length, 0);
const covariance = (one: Float64Array, two: Float64Array): number =>
  meanOf(one.map((value, i) => (value - meanOf(one)) * (two[i]! - meanOf(two))));

describe("the sampler's parts", () => {
  it("keep a share in (0, 1), rising, with the slope that goes with it", () => {
    fc.assert(
      fc.property(fc.double({ min: -3, max: 4, noNaN: true }), (f) => {
        const p = share(f);
        expect(p > 0 && p < 1).toBe(true);
        const slope = (share(f + 1e-5) - share(f - 1e-5)) / 2e-5;
        const isCut = p < 2e-6 || p > 1 - 2e-6;
        expect(isCut || Math.abs(slope - slopeOfShare(f)) < 2e-3).toBe(true);
      }),
    );
    expect([0.3, 0.5, 0.7].map(share)).toEqual([expect.closeTo(0.3, 5), 0.5, expect.closeTo(0.7, 5)]);
  });

  it("know the gamma function: factorials, and steps of one", () => {
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 12);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), fc.nat(200), (x, count) => {
        const step = logRising(x, count + 1) - logRising(x, count);
        expect(Math.abs(step - Math.log(x + count))).toBeLessThan(1e-7);
      }),
    );
  });

  it.each([
    { name: "a plane", of: (x: number, y: number) => 0.2 + 0.4 * x - 0.3 * y, has: [0] },
    { name: "the product", of: (x: number, y: number) => (x - 0.5) * (y - 0.5), has: [3] },
    { name: "a bend along x", of: (x: number) => (x - 0.5) ** 2, has: [0, 1] },
    { name: "a bend along y", of: (_: number, y: number) => (y - 0.5) ** 3, has: [0, 2] },
    { name: "a bend of a bend", of: (x: number, y: number) => (x * y) ** 2, has: [0, 1, 2, 3, 4] },
  ])("know $name by its parts: level and slopes, bends, the product, what else both do", ({ of, has }) => {
    const { size, precision, count } = anovaPrior(6);
    expect(count).toEqual([3, 4, 4, 1, 24]);
    // Coefficients at the averages of their knots: exact of lines, and near enough of curves.
    const theta = Float64Array.from({ length: 36 }, (_, at) =>
      of((Math.floor(at / size) - 1) / (size - 3), ((at % size) - 1) / (size - 3)),
    );
    const squares = precision.map((matrix) => quadraticForm(matrix, theta));
    expect(squares.map((value, part) => (value > 1e-9 ? part : -1)).filter((part) => part >= 0)).toEqual(has);
  });

  it("give the product a standard deviation of 1 where its root mean square is 1", () => {
    const { precision } = anovaPrior(6);
    const line = Array.from({ length: 6 }, (_, j) => Math.sqrt(12) * ((j - 1) / 3 - 0.5));
    const theta = Float64Array.from({ length: 36 }, (_, at) => line[Math.floor(at / 6)]! * line[at % 6]!);
    expect(quadraticForm(precision[3]!, theta)).toBeCloseTo(1, 3);
  });

  it("tell chains that agree from chains that do not", () => {
    const random = randomOf(2);
    const draws = Float64Array.from({ length: 3000 }, () => random.normal());
    expect(splitRhat(draws, 3)).toBeLessThan(1.01);
    expect(
      splitRhat(
        draws.map((value, i) => value + (i < 1000 ? 1 : 0)),
        3,
      ),
    ).toBeGreaterThan(1.1);
  });

  it("take mean, standard deviation and interval from draws", () => {
    const values = Float64Array.from({ length: 1001 }, (_, i) => ((i * 619) % 1001) / 1000);
    expect(estimateOf(values)).toMatchObject({ z: expect.closeTo(0.5, 9), low: 0.025, high: 0.975 });
  });

  it("calibrate scores to abilities: toward the population, the less the more items there are", () => {
    const scores = Float64Array.from([0, 0.5, 1]);
    const at = (m: number) => {
      const items = scores.map(() => m);
      const counts = { x: scores, y: scores, items: { x: items, y: items, z: items } };
      return calibrate(counts, { mu: [0, 0], sigma: [1, 0.7, 1] });
    };
    const [three, thirty] = [at(3), at(30)];
    expect(three.x[0]).toBeGreaterThan(thirty.x[0]!);
    expect(thirty.x[0]).toBeGreaterThan(0.02);
    expect(three.x[1]).toBeCloseTo(0.5, 9);
    expect(three.x[2]).toBeCloseTo(1 - three.x[0]!, 9);
    expect(three.xx[0]).toBeGreaterThan(thirty.xx[0]!);
    // By brute force over a fine grid: the mean ability of models that got 0 of 3 twice.
    let [sum, total] = [0, 0];
    for (let a = -8; a < 8; a += 0.02)
      for (let b = -8; b < 8; b += 0.02) {
        const weight =
          (1 + Math.exp(a)) ** -3 *
          (1 + Math.exp(b)) ** -3 *
          Math.exp(-(a * a - 1.4 * a * b + b * b) / (2 * 0.51));
        total += weight;
        sum += weight / (1 + Math.exp(-a));
      }
    expect(three.x[0]).toBeCloseTo(sum / total, 3);
  });

  it("draw from the prior where scores tell nothing: of next to no items", () => {
    const scores = new Float64Array(8).fill(0.5);
    const none = scores.map(() => 1e-12);
    const counts = { x: scores, y: scores, z: scores, items: { x: none, y: none, z: none }, family: null };
    const { abilities, scatter, count } = sampleSurface(counts, { sweeps: 6000, burn: 200, seed: 3 });
    // Sigma^-1 is Wishart of 4 degrees of freedom and [[1, .3], [.3, 1]]^-1; scatter is half-normal of .3.
    let [first, second, product] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      const [xx, xy, yy] = abilities.subarray(5 * i + 2, 5 * i + 5) as unknown as [number, number, number];
      const determinant = xx * yy - xy * xy;
      first += yy / determinant / count;
      second += xx / determinant / count;
      product += -xy / determinant / count;
    }
    const want = 4 / (1 - 0.3 ** 2);
    expect(Math.abs(first / want - 1)).toBeLessThan(0.08);
    expect(Math.abs(second / want - 1)).toBeLessThan(0.08);
    expect(Math.abs(product + 0.3 * want)).toBeLessThan(0.3);
    expect(Math.abs(meanOf(scatter) - 0.3 * Math.sqrt(2 / Math.PI))).toBeLessThan(0.02);
  });

  it("take an exact score of 0 or 1 for a far ability, the same wherever exact scores are taken", () => {
    expect([0, 0.5, 1].map(exactLogit)).toEqual([-4, 0, 4]);
    const scores = Float64Array.from([0, 0.3, 1]);
    const items = scores.map(() => Infinity);
    const counts = { x: scores, y: scores, items: { x: items, y: items, z: items } };
    const { x, xx, logits } = calibrate(counts, { mu: [0, 0], sigma: [1, 0.7, 1] });
    expect([...x]).toEqual([...scores]);
    expect(Math.max(...xx)).toBeLessThan(1e-4);
    expect(logits[0]).toBeCloseTo(exactLogit(0.3), 2);
  });

  it("find the correlation of the abilities that the noise of few items hides", () => {
    const { points: data } = simulateModels(plane, 600, 5, 9);
    const { x, y, items } = data as Points & { x: Float64Array; y: Float64Array };
    const counts = { x, y, items: items as { x: Float64Array; y: Float64Array; z: Float64Array } };
    const [xx, xy, yy] = populationOf(counts).sigma;
    expect(xy / Math.sqrt(xx * yy)).toBeGreaterThan(0.6);
    expect(xy / Math.sqrt(xx * yy)).toBeLessThan(0.8);
    expect(covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y))).toBeLessThan(0.5);
  });

  it("mix: most proposals of the surface are taken, and the chains end at one place", () => {
    const { points: data } = simulateModels(plane, 30, 12, 11);
    const { x, y, z, items } = data as unknown as Parameters<typeof sampleSurface>[0];
    const draws = sampleSurface({ x, y, z, items, family: null });
    expect(draws.acceptance).toBeGreaterThan(0.6);
    expect(draws.count).toBe(750);
    expect(splitRhat(draws.scatter, draws.chains)).toBeLessThan(1.2);
  });
});
