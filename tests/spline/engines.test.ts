import { afterEach, describe, expect, it, vi } from "vitest";
import { sampleSurface } from "../../lib/spline/abilities/sampler.js";
import { simulateModels } from "./simulateModels.js";

describe("an engine whose own functions end in another bit", () => {
  afterEach(() => void vi.restoreAllMocks());
  const NAMES = [
    "exp",
    "log",
    "log1p",
    "expm1",
    "pow",
    "hypot",
    "sin",
    "cos",
    "atan2",
    "tanh",
    "cbrt",
  ] as const;

  it.each([false, true])("draws the same, to the bit; with families: %s", (hasFamilies) => {
    const { points } = simulateModels((x, y) => x * y, 12, 7, 4);
    const { x, y, z, items } = points as unknown as Parameters<typeof sampleSurface>[0];
    const family = hasFamilies ? Int32Array.from(x, (_, i) => i >> 1) : null;
    const counts = { x, y, z, items: { ...items, y: items.y.map((m, i) => (i < 3 ? Infinity : m)) }, family };
    const draw = () => sampleSurface(counts, { sweeps: 120, burn: 40 });
    const here = draw();
    for (const name of NAMES) {
      const own = Math[name] as (...args: readonly number[]) => number;
      vi.spyOn(Math, name).mockImplementation((...args: number[]) => own(...args) * (1 + 2 ** -50));
    }
    expect(Math.exp(1)).not.toBe(Math.E);
    expect(draw()).toEqual(here);
  });
});
