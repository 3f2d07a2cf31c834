import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { progressBar } from "../../lib/eval/index.js";
import { START } from "../helpers/progress.js";
import { collector } from "../page/collect.js";

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }));
afterEach(() => void vi.useRealTimers());

/** The line's text, without the bar. */
const text = (html: string | undefined): string => /<span>(.*)<\/span>/.exec(html ?? "")?.[1] ?? "";

describe("progressBar", () => {
  it("says at once how many answers are expected", () => {
    const display = collector();
    progressBar(display, 36);
    expect(display.shown.map(text)).toEqual(["0 of 36 answers"]);
  });

  it("shows what an evaluation tells: cached, failed, cost, time left and the model in hand", () => {
    const display = collector();
    const bar = progressBar(display, 36);
    vi.advanceTimersByTime(500);
    bar.update({
      ...START,
      done: 12,
      total: 36,
      cached: 4,
      failed: 1,
      costUsd: 0.0123,
      estimateUsd: 0.05,
      remainingMs: 61_000,
      model: "mistral-small",
    });
    expect(text(display.shown.at(-1))).toBe(
      "12 of 36 answers · 4 from the cache · 1 failed · $0.012 of at most $0.05 · 1 min 1 s left · mistral-small",
    );
    expect(display.shown.at(-1)).toMatch(/<progress max="36" value="12"/);
  });

  it("redraws ten times a second at most, and shows the last state whatever the pace", () => {
    const display = collector();
    const bar = progressBar(display, 1000);
    for (let done = 1; done <= 1000; done++) {
      vi.advanceTimersByTime(1);
      bar.update({ ...START, done, total: 1000, elapsedMs: done });
    }
    expect(display.shown.length).toBeLessThanOrEqual(11);
    bar.done();
    expect(text(display.shown.at(-1))).toBe("1,000 of 1,000 answers · 1.0 s in all");
  });

  it("takes no update once it is done, and is done once", () => {
    const display = collector();
    const bar = progressBar(display, 2);
    bar.done({ done: 1, stopped: "interrupted" });
    const n = display.shown.length;
    bar.update({ ...START, done: 2, total: 2 });
    bar.done({ done: 2 });
    expect(display.shown.length).toBe(n);
    expect(text(display.shown.at(-1))).toBe("1 of 2 answers · interrupted · 0.0 s in all");
  });

  it.each([
    [0, "0 of 0 answers"],
    [1, "1 of 1 answer"],
    [2, "2 of 2 answers"],
  ])("counts %i as readers do", (total, said) => {
    const display = collector();
    progressBar(display, total).done({ done: total });
    expect(text(display.shown.at(-1))).toBe(`${said} · 0.0 s in all`);
  });

  it.each([
    [0, "$0"],
    [0.0000007, "$0.0000007"],
    [0.00123, "$0.0012"],
    [0.5, "$0.5"],
    [12.345, "$12.35"],
  ])("writes a sum of %d dollars as %s", (costUsd, said) => {
    const display = collector();
    progressBar(display, 1).done({ done: 1, costUsd });
    expect(text(display.shown.at(-1))).toBe(`1 of 1 answer · ${said} · 0.0 s in all`);
  });

  it("always has a value, so that nothing moves in a saved page, even with nothing to ask", () => {
    const display = collector();
    progressBar(display, 0).done();
    for (const html of display.shown) expect(html).toMatch(/<progress max="1" value="1"/);
  });

  it("escapes a model's name", () => {
    const display = collector();
    const bar = progressBar(display, 3);
    vi.advanceTimersByTime(500);
    bar.update({ ...START, done: 1, total: 3, model: "<img src=x onerror=alert(1)>\u001B[2J" });
    expect(display.shown.at(-1)).toMatch(/· &lt;img src=x onerror=alert\(1\)&gt;␛\[2J</);
  });

  it.each([-1, NaN, Infinity])("refuses a total of %s", (total) => {
    expect(() => progressBar(collector(), total)).toThrow(/progressBar: total is/);
  });
});
