import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Begin, type Handle, type Lane, runLanes } from "../../lib/eval/lanes.js";

/** A lane of cells named "lane.place". */
function laneOf(lane: number, count: number): Lane<string> {
  let place = 0;
  return { next: () => (place < count ? `${lane}.${place++}` : null) };
}

const tick = (turns: number): Promise<void> =>
  turns <= 0 ? Promise.resolve() : Promise.resolve().then(() => tick(turns - 1));
const never = new AbortController().signal;

describe("runLanes", () => {
  it("begins every cell once, in order within its lane, and never more at once than allowed", async () => {
    const lengths = fc.array(fc.nat(12), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        lengths,
        fc.integer({ min: 1, max: 5 }),
        fc.infiniteStream(fc.nat(6)),
        async (counts, inFlight, turns) => {
          const begun: string[] = [];
          let busy = 0;
          let most = 0;
          const begin: Begin<string> = async (cell, handle) => {
            begun.push(cell);
            most = Math.max(most, ++busy);
            await tick(turns.next().value);
            // Some wait in between, as for a retry, and take no place meanwhile.
            if (turns.next().value > 3) {
              busy--;
              handle.waits(true, turns.next().value > 3);
              await tick(turns.next().value);
              busy++;
              handle.waits(false, false);
            }
            busy--;
            handle.proves();
          };
          await runLanes(
            counts.map((count, lane) => laneOf(lane, count)),
            inFlight,
            begin,
            never,
          );
          expect(busy).toBe(0);
          const expected = counts.flatMap((count, lane) =>
            Array.from({ length: count }, (_, place) => `${lane}.${place}`),
          );
          expect(begun.toSorted()).toEqual(expected.toSorted());
          for (const lane of counts.keys()) {
            const places = begun
              .filter((cell) => cell.startsWith(`${lane}.`))
              .map((cell) => Number(cell.split(".")[1]));
            expect(places).toEqual(places.toSorted((a, b) => a - b));
          }
          expect(most).toBeLessThanOrEqual(inFlight);
        },
      ),
      { numRuns: 200 },
    );
  });

  it("takes turns over the lanes", async () => {
    const begun: string[] = [];
    const begin: Begin<string> = async (cell, handle) => {
      begun.push(cell);
      handle.proves();
    };
    await runLanes([laneOf(0, 3), laneOf(1, 1), laneOf(2, 2)], 1, begin, never);
    expect(begun).toEqual(["0.0", "1.0", "2.0", "0.1", "2.1", "0.2"]);
  });

  it("begins no more than four of a lane before one of them proves it", async () => {
    const begun: string[] = [];
    const handles: Handle[] = [];
    const release: (() => void)[] = [];
    const begin: Begin<string> = (cell, handle) => {
      begun.push(cell);
      handles.push(handle);
      return new Promise((resolve) => release.push(resolve));
    };
    const running = runLanes([laneOf(0, 9)], 9, begin, never);
    expect(begun).toHaveLength(4);
    handles[0]?.proves();
    release[0]?.();
    await tick(10);
    expect(begun).toHaveLength(9);
    for (const done of release) done();
    await running;
  });

  it("passes over a lane while one of its cells waits for the model's limit, and comes back to it", async () => {
    const begun: string[] = [];
    const goOn: (() => void)[] = [];
    const begin: Begin<string> = (cell, handle) => {
      begun.push(cell);
      if (cell !== "0.0") return Promise.resolve();
      handle.waits(true, true);
      return new Promise((resolve) => {
        goOn.push(() => {
          handle.waits(false, true);
          resolve();
        });
      });
    };
    const running = runLanes([laneOf(0, 3), laneOf(1, 3)], 1, begin, never);
    await tick(20);
    expect(begun).toEqual(["0.0", "1.0", "1.1", "1.2"]);
    goOn[0]?.();
    await running;
    expect(begun.slice(4)).toEqual(["0.1", "0.2"]);
  });

  it("leaves the rest of a closed lane", async () => {
    const begun: string[] = [];
    const begin: Begin<string> = async (cell, handle) => {
      begun.push(cell);
      if (cell === "0.1") handle.closes();
    };
    await runLanes([laneOf(0, 4), laneOf(1, 3)], 1, begin, never);
    expect(begun).toEqual(["0.0", "1.0", "0.1", "1.1", "1.2"]);
  });

  it("comes back to a cell that was put off", async () => {
    const begun: string[] = [];
    const begin: Begin<string> = (cell) => {
      if (cell === "0.1" && !begun.includes("put off")) {
        begun.push("put off");
        return "later";
      }
      begun.push(cell);
      return tick(3);
    };
    await runLanes([laneOf(0, 3)], 2, begin, never);
    expect(begun).toEqual(["0.0", "put off", "0.1", "0.2"]);
  });

  it("begins nothing after stop, and waits for what is in flight", async () => {
    let settled = false;
    const begin: Begin<string> = (cell) =>
      cell === "0.1" ? "stop" : tick(5).then(() => void (settled = true));
    await runLanes([laneOf(0, 9)], 4, begin, never);
    expect(settled).toBe(true);
  });

  it("returns at once when the signal ends, in-flight cells or not", async () => {
    const ending = new AbortController();
    const begun: string[] = [];
    const begin: Begin<string> = (cell) => {
      begun.push(cell);
      return new Promise(() => undefined);
    };
    const running = runLanes([laneOf(0, 9)], 2, begin, ending.signal);
    ending.abort();
    await running;
    expect(begun).toHaveLength(2);
  });

  it("rejects with what a cell throws", async () => {
    await expect(runLanes([laneOf(0, 2)], 1, () => Promise.reject(new Error("mine")), never)).rejects.toThrow(
      "mine",
    );
  });
});
