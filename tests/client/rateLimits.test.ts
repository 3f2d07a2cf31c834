import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RateLimits } from "../../lib/client/index.js";

const never = new AbortController().signal;
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Asks for a slot for each model in order while the only one is taken, each given back as soon as it is had; resolves with the order of the grants. */
async function orderOf(
  limits: RateLimits,
  models: readonly string[],
  retries = new Set<number>(),
): Promise<string> {
  const order: string[] = [];
  const held = await limits.slot("held", never);
  const all = Promise.all(
    models.map(async (model, i) => {
      const slot = await limits.slot(model, never, retries.has(i));
      order.push(model);
      slot.release(true);
    }),
  );
  held.release();
  await all;
  return order.join("");
}

describe("rate limits", () => {
  it("give every slot asked for, in order within a model, and never more at once than allowed", async () => {
    const asked = fc.array(fc.nat(4), { maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        asked,
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat(3)),
        async (models, concurrency, turns) => {
          const limits = new RateLimits(concurrency);
          const got: string[] = [];
          let busy = 0;
          let most = 0;
          await Promise.all(
            models.map(async (model, i) => {
              const slot = await limits.slot(String(model), never);
              got.push(`${model}.${i}`);
              most = Math.max(most, ++busy);
              for (let wait = turns.next().value; wait > 0; wait--) await turn();
              busy--;
              slot.release(true);
              slot.release(true);
            }),
          );
          expect(most).toBeLessThanOrEqual(concurrency);
          expect(got).toHaveLength(models.length);
          for (const model of new Set(models)) {
            const places = got.filter((one) => one.startsWith(`${model}.`)).map((one) => +one.split(".")[1]!);
            expect(places).toEqual(places.toSorted((a, b) => a - b));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it("go in turn over the models", async () => {
    expect(await orderOf(new RateLimits(1), [..."aaabcc"])).toBe("abcaca");
  });

  it("go to a retry before a first try", async () => {
    expect(await orderOf(new RateLimits(1), [..."abc"], new Set([2]))).toBe("cab");
  });

  it("pass over a model that asked for a pause, and come back to it with one request, then two", async () => {
    const limits = new RateLimits(8);
    limits.pause("a", 40);
    const began = performance.now();
    const asked = [1, 2, 3].map(() => limits.slot("a", never));
    (await limits.slot("b", never)).release(true);
    expect(performance.now() - began).toBeLessThan(40);
    const first = await asked[0];
    expect(performance.now() - began).toBeGreaterThanOrEqual(39);
    const others = Promise.all(asked.slice(1));
    expect(await Promise.race([others, turn()])).toBeUndefined();
    first?.release(true);
    expect(await others).toHaveLength(2);
  });

  it("forget at once who no longer waits", async () => {
    const limits = new RateLimits(1);
    const held = await limits.slot("a", never);
    const ending = new AbortController();
    const waits = limits.slot("a", ending.signal);
    ending.abort(new Error("enough"));
    await expect(waits).rejects.toThrow("enough");
    await expect(limits.slot("a", ending.signal)).rejects.toThrow("enough");
    held.release();
    expect((await limits.slot("b", never)).isHeld).toBe(true);
  });
});
