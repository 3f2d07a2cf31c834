import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { showFigure, showTable } from "../../lib/page/index.js";
import { contourFigure, facetBars, surfaceFigure } from "../../lib/plot/index.js";
import { FAKE_POINTS, fakeSurface } from "../plot/fakeSurface.js";
import { collector } from "./collect.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

const LABELS = { x: "reasoning", y: "coding", z: "tools" };
/** Rings are seen where they stand for a model, and nowhere else. */
const ringsIn = (page: Page) => page.locator(".fb-ring");
const middleOf = (box: { x: number; y: number; width: number; height: number } | null) => ({
  x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
  y: (box?.y ?? 0) + (box?.height ?? 0) / 2,
});

describe.skipIf(CHROMIUM === undefined)("what is linked in a page", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("marks a model in 3-D, from above, among the bars and in every table, whichever of them is pointed at", async () => {
    const display = collector();
    // Two models on one place.
    const points = [...FAKE_POINTS, [...FAKE_POINTS[7]!.slice(0, 3), "twin \u202E"] as never];
    const surface = fakeSurface({ points });
    showTable(display, points.map(([x, , , model]) => ({ model, x })).slice(12, 18));
    showFigure(display, [surfaceFigure(surface, LABELS), contourFigure(surface, LABELS)]);
    showFigure(display, facetBars(points.map(([score, , , model]) => ({ model, facet: "f", score }))));
    showTable(
      display,
      points.map(([, y, , model]) => ({ y, model })),
    );
    await withPage(
      browser,
      display.shown.join(""),
      async ({ page, complaints }) => {
        const rings = ringsIn(page);
        await page.waitForFunction(
          `document.querySelectorAll(".fb-drawn .main-svg:first-of-type").length === 3`,
        );
        const names = page.locator(".fb-model");
        await names.filter({ hasText: "model-o" }).first().focus();
        const figures = page.locator(".fb-figure");
        const inEach = () => Promise.all([0, 1, 2].map((i) => figures.nth(i).locator(".fb-ring").count()));
        expect(await inEach()).toEqual([1, 1, 1]);
        expect(await page.locator(".fb-pointed").allTextContents()).toEqual([
          expect.stringMatching(/^model-o/),
          expect.stringMatching(/model-o$/),
        ]);
        const places = await Promise.all(
          (await rings.all()).map(async (ring) => middleOf(await ring.boundingBox())),
        );
        await page.keyboard.press("Tab");
        expect(await page.locator(".fb-pointed").first().textContent()).toMatch(/^model-p/);
        await page.evaluate("document.activeElement.blur()");
        expect([await rings.count(), await page.locator(".fb-pointed").count()]).toEqual([0, 0]);

        // Where the rings were the model's own dots are, for the pointer, too: also in 3-D.
        for (const { x, y } of places) {
          // A scene looks for what is under the pointer only as it draws.
          await expect
            .poll(
              async () => {
                await page.mouse.move(x + 2, y);
                await page.mouse.move(x, y, { steps: 3 });
                return page.locator(".fb-pointed").count();
              },
              { timeout: 20_000, message: `at ${x}, ${y}` },
            )
            .toBe(2);
          expect(await page.locator(".fb-pointed").first().textContent()).toMatch(/^model-o/);
          expect(await inEach()).toEqual([1, 1, 1]);
          await page.mouse.move(2, 2);
          await page.waitForFunction(`document.querySelectorAll(".fb-pointed").length === 0`);
        }

        // A place with two models points at both, and either name at the place.
        await names.filter({ hasText: "twin" }).hover();
        expect(await inEach()).toEqual([1, 1, 1]);
        await page.mouse.move(2, 2);
        await page.evaluate(
          `(() => {
            const { x, y } = document.querySelectorAll(".fb-figure")[1].querySelectorAll("path.point")[7].getBoundingClientRect();
            window.place = [x + 6, y + 6];
          })()`,
        );
        const [x, y] = await page.evaluate<[number, number]>("window.place");
        await page.mouse.move(x, y, { steps: 4 });
        await page.locator(".fb-pointed").nth(1).waitFor({ timeout: 20_000 });
        expect(await inEach()).toEqual([1, 1, 2]);
        expect(complaints).toEqual([]);
      },
      { viewport: { width: 1280, height: 2000 } },
    );
  });

  it("marks 130 models in figures and tables at once: within a frame each", async () => {
    const display = collector();
    const models = Array.from({ length: 130 }, (_, i) => `model-${i}`);
    const points = models.map((model, i) => {
      const [x, y, z] = FAKE_POINTS[i % FAKE_POINTS.length]!;
      return [x + Math.sin(i) / 50, y + Math.cos(i) / 50, z, model] as const;
    });
    const surface = fakeSurface({ points });
    showFigure(display, [surfaceFigure(surface, LABELS), contourFigure(surface, LABELS)]);
    for (let i = 0; i < 4; i++)
      showTable(
        display,
        models.map((model) => ({ model, i })),
      );
    await withPage(browser, display.shown.join(""), async ({ page }) => {
      await page.waitForFunction(
        `document.querySelectorAll(".fb-drawn .main-svg:first-of-type").length === 2`,
      );
      const each = await page.evaluate<number>(
        `(() => {
          const times = [...document.querySelectorAll(".fb-table")[0].querySelectorAll(".fb-model")].map((name) => {
            const start = performance.now();
            name.focus({ preventScroll: true });
            return performance.now() - start;
          });
          return times.sort((a, b) => a - b)[65];
        })()`,
      );
      expect(await ringsIn(page).count()).toBe(2);
      expect(each).toBeLessThan(16);
    });
  });
});
