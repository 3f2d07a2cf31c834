import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { facetBars } from "../../lib/plot/index.js";
import { reviewTable, showFigure, showTable } from "../../lib/page/index.js";
import { progressBar } from "../../lib/eval/index.js";
import type { Row } from "../../lib/shared/types.js";
import { seriousFaults } from "./axe.js";
import { collector } from "./collect.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

const ANSWERS: readonly Row[] = ["a", "b"].flatMap((model) =>
  ["apples", "json"].flatMap((task) =>
    [1, 0, null].map((score, epoch) => ({
      model,
      facet: "reasoning",
      task,
      epoch,
      prompt: "How many?",
      response: `${model} says ${task}`,
      score,
      outcome: score === null ? ("unscored" as const) : ("scored" as const),
      reason: score === null ? "refused" : null,
      explanation: "",
      finish: "stop",
      cached: false,
      costUsd: null,
      latencyMs: 1,
      provider: null,
    })),
  ),
);
const RECORDS = [
  { model: "m10", score: 0.5 },
  { model: "m9", score: null },
  { model: "M2", score: 0.05 },
  { model: "m1", score: 1 },
];

function firstColumn(page: Page): Promise<string[]> {
  return page.locator("tbody tr:visible th").allTextContents();
}

describe.skipIf(CHROMIUM === undefined)("tables in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("sort by keyboard, numbers as numbers, names in natural order, missing last either way", async () => {
    const display = collector();
    showTable(display, RECORDS, { caption: "Means" });
    // The notebook around it reads single keys as commands, as JupyterLab does.
    const notebook =
      "<script>document.addEventListener('keydown',(e)=>{window.tripwire();e.preventDefault()},true)</script>";
    await withPage(browser, notebook + display.shown.join(""), async ({ page, tripped }) => {
      const [model, score] = [page.locator("thead button").first(), page.locator("thead button").last()];
      await score.focus();
      await page.keyboard.press("Enter");
      expect(await firstColumn(page)).toEqual(["M2", "m10", "m1", "m9"]);
      expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
      await page.keyboard.press("Space");
      expect(await firstColumn(page)).toEqual(["m1", "m10", "M2", "m9"]);
      await model.click();
      expect(await firstColumn(page)).toEqual(["m1", "M2", "m9", "m10"]);
      expect(await page.locator("th[aria-sort]").count()).toBe(1);
      expect(await tripped()).toBe(0);
    });
  });

  it("filter the answers by model, task, outcome and text, and say how many are left", async () => {
    const display = collector();
    reviewTable(display, ANSWERS);
    // Shown again by a re-run cell: each keeps to its own table.
    reviewTable(display, ANSWERS);
    await withPage(browser, display.shown.join(""), async ({ page }) => {
      const review = page.locator(".fb-review").first();
      const rows = review.locator("tbody tr:visible");
      const count = review.locator("output");
      await review.locator("[data-filter=m]").selectOption({ label: "b" });
      expect(await count.textContent()).toBe("6 of 12 answers");
      await review.locator("[data-filter=t]").selectOption({ label: "json" });
      await review.locator("[data-filter=o]").selectOption({ label: "unscored" });
      expect(await rows.count()).toBe(1);
      expect(await rows.first().textContent()).toMatch(/^b.*json.*unscored.*b says json/);
      for (const key of ["m", "t", "o"]) await review.locator(`[data-filter=${key}]`).selectOption("");
      await review.locator("[data-filter=text]").fill("A SAYS apples");
      expect(await rows.count()).toBe(3);
      expect(await page.locator(".fb-review").last().locator("tbody tr:visible").count()).toBe(12);
    });
  });

  it("print a dozen answers with a word on the others, or those that the reader filtered", async () => {
    const display = collector();
    reviewTable(display, [...ANSWERS, ...ANSWERS]);
    await withPage(browser, display.shown.join(""), async ({ page }) => {
      const [rows, note] = [page.locator("tbody tr:visible"), page.getByText("The first 12 of 24 answers")];
      expect([await rows.count(), await note.isVisible()]).toEqual([24, false]);
      await page.emulateMedia({ media: "print" });
      expect([await rows.count(), await note.isVisible()]).toEqual([12, true]);
      await page.emulateMedia({ media: "screen" });
      await page.locator("[data-filter=o]").selectOption({ label: "unscored" });
      await page.emulateMedia({ media: "print" });
      expect([await rows.count(), await note.isVisible()]).toEqual([8, false]);
    });
  });

  it("give the answers room to be read at every width, and sort and filter there, too", async () => {
    const display = collector();
    const long = "a-long-name-of-a-model-".repeat(3);
    reviewTable(
      display,
      ANSWERS.map((row) => ({ ...row, model: long + row.model, response: "word ".repeat(50) })),
    );
    await withPage(browser, display.shown.join(""), async ({ page }) => {
      for (const width of [1280, 800, 560, 370]) {
        await page.setViewportSize({ width, height: 900 });
        const over =
          "(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)(document.querySelector('.fb-scroll'))";
        expect(await page.evaluate(over)).toBe(0);
        const answer = await page.locator(".fb-answer").first().boundingBox();
        expect(answer?.width).toBeGreaterThan(250);
        expect(answer?.height).toBeLessThan(260);
      }
      await page.locator("[data-filter=m]").selectOption({ index: 1 });
      expect(await page.locator("tbody tr:visible").count()).toBe(6);
      await page.locator("thead button", { hasText: "score" }).click();
      expect(await page.locator("tbody tr:visible .fb-mark").first().textContent()).toBe("0.00");
    });
  });

  it("scroll by themselves where they are wider than their place, with their caption in full", async () => {
    const display = collector();
    const wide = Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`column ${i}`, i]));
    showTable(display, [wide], { caption: "A caption that is longer than a narrow place is wide" });
    await withPage(
      browser,
      display.shown.join(""),
      async ({ page }) => {
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(370);
        const caption = page.locator("caption");
        expect((await caption.boundingBox())?.width).toBeLessThan(370);
        await page.evaluate("document.querySelector('.fb-scroll').scrollLeft = 400");
        expect((await caption.boundingBox())?.x).toBeGreaterThanOrEqual(0);
      },
      { viewport: { width: 370, height: 600 } },
    );
  });

  it("have no serious accessibility fault, and nothing that moves", async () => {
    const display = collector();
    reviewTable(display, ANSWERS);
    showTable(display, RECORDS, { caption: "Means" });
    progressBar(display, 3).done({ done: 3 });
    showFigure(display, facetBars([{ model: "m", facet: "f", score: 0.5, low: 0.2, high: 0.8 }]));
    await withPage(browser, `<main><h1>Trial</h1>${display.shown.join("")}</main>`, async ({ page }) => {
      expect(await seriousFaults(page)).toEqual([]);
      expect(await page.evaluate("document.getAnimations().length")).toBe(0);
    });
  });

  it("are read without scripts: all answers, no filter that would not work", async () => {
    const display = collector();
    reviewTable(display, ANSWERS);
    await withPage(
      browser,
      display.shown.join(""),
      async ({ page }) => {
        expect(await page.locator("tbody tr:visible").count()).toBe(12);
        expect(await page.locator(".fb-filters").isVisible()).toBe(false);
      },
      { javaScriptEnabled: false },
    );
  });
});
