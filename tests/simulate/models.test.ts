import { describe, expect, it } from "vitest";
import { chance } from "../../lib/simulate/chance.js";
import { abilityIn, isRight, simulatedModels, truth } from "../../lib/simulate/models.js";
import { TASKS } from "../../lib/tasks/index.js";

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const sum = (f: (i: number) => number) => x.reduce((total, _, i) => total + f(i), 0);
  return (
    sum((i) => (x[i]! - mx) * (y[i]! - my)) /
    Math.sqrt(sum((i) => (x[i]! - mx) ** 2) * sum((i) => (y[i]! - my) ** 2))
  );
}

describe("simulatedModels", () => {
  it("are the same for the same seed, and others for another", () => {
    expect(simulatedModels(24, 1)).toEqual(simulatedModels(24, 1));
    expect(simulatedModels(24, 1)).not.toEqual(simulatedModels(24, 2));
  });

  it.each([1, 24, 100])("have names of their own that no real model has (%d models)", (count) => {
    const models = simulatedModels(count, 1);
    expect(new Set(models.map(({ id }) => id)).size).toBe(count);
    expect(new Set(models.map(({ alias }) => alias)).size).toBe(count);
    for (const { id, alias } of models) {
      expect(id).toMatch(/^simulated\/[a-z-]+\d*$/);
      expect(alias).toMatch(/^sim-/);
    }
  });

  it("have tool use by the law from reasoning and coding, and every ability in [0, 1]", () => {
    for (const { abilities } of simulatedModels(200, 7)) {
      expect(abilities.tool_use).toBe(truth(abilities.reasoning, abilities.coding));
      for (const ability of Object.values(abilities)) {
        expect(ability).toBeGreaterThanOrEqual(0);
        expect(ability).toBeLessThanOrEqual(1);
      }
    }
  });

  it.each([
    ["reasoning", "instruction"],
    ["reasoning", "coding"],
    ["instruction", "coding"],
  ] as const)("have abilities in %s and %s that go together without coinciding", (x, y) => {
    const models = simulatedModels(500, 3);
    const r = correlation(
      models.map(({ abilities }) => abilities[x]),
      models.map(({ abilities }) => abilities[y]),
    );
    expect(r).toBeGreaterThan(0.35);
    expect(r).toBeLessThan(0.65);
  });

  it("have some ability in a facet that the panel does not know, too", () => {
    const abilities = simulatedModels(100, 1).map((model) => abilityIn(model, "__proto__"));
    expect(Math.min(...abilities)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...abilities)).toBeLessThanOrEqual(1);
    expect(new Set(abilities).size).toBeGreaterThan(90);
  });
});

describe("truth", () => {
  it("rises in both, and more in each the more there is of the other: the two interact", () => {
    expect(truth(0.9, 0.9) - truth(0.1, 0.9)).toBeGreaterThan(4 * (truth(0.9, 0.1) - truth(0.1, 0.1)));
    expect(truth(0.9, 0.9) - truth(0.9, 0.1)).toBeGreaterThan(4 * (truth(0.1, 0.9) - truth(0.1, 0.1)));
    expect(truth(0, 0)).toBeGreaterThan(0);
    expect(truth(1, 1)).toBeLessThan(1);
  });
});

/** Each of 300 models' ability in coding beside its mean over the three coding tasks, asked at one epoch. */
const share = (epoch: number) => {
  const models = simulatedModels(300, 9);
  return models.map((model) => {
    const rights = TASKS.filter((task) => task.facet === "coding").map((task) =>
      Number(isRight(model, task, epoch, TASKS)),
    );
    return { ability: model.abilities.coding, mean: rights.reduce((a, b) => a + b, 0) / rights.length };
  });
};

describe("isRight", () => {
  it("makes three questions measure an ability to within a third", () => {
    for (const { ability, mean } of share(0)) expect(Math.abs(mean - ability)).toBeLessThan(1 / 3);
  });

  it("is right as often as the ability says, at the first asking and at later ones", () => {
    for (const epoch of [0, 1, 2]) {
      const bias = share(epoch).reduce((sum, { ability, mean }) => sum + mean - ability, 0) / 300;
      expect(Math.abs(bias)).toBeLessThan(0.02);
    }
  });

  it("differs between epochs for some and stays for most", () => {
    const [first, second] = [share(1), share(2)];
    const changed = first.filter(({ mean }, m) => mean !== second[m]!.mean).length / first.length;
    expect(changed).toBeGreaterThan(0.1);
    expect(changed).toBeLessThan(0.6);
  });
});

describe("chance", () => {
  it("is the same for the same names on every machine", () => {
    expect(chance("a", 1)).toBe(chance("a", 1));
    // The first 48 bits of sha256('["a",1]') over 2^48, by `sha256sum`.
    expect(chance("a", 1)).toBe(0x135f17a475a6 / 2 ** 48);
  });

  it("does not take joined names for others", () => {
    expect(chance("a", "b")).not.toBe(chance("a,b"));
    expect(chance("1")).not.toBe(chance(1));
  });

  it("is spread evenly over [0, 1)", () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) tenths[Math.floor(chance("even", i) * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
