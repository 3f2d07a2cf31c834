import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { contourFigure, facetBars, surfaceFigure, surfaceViews } from "../../lib/plot/index.js";
import { showFigure } from "../../lib/page/index.js";
import { correlationMatrix } from "../../lib/plot/figures/correlationFigure.js";
import type { PlotlyFigure } from "../../lib/plot/types.js";
import { drawFigures, overhanging } from "../browser/figures.js";
import { collector } from "./collect.js";
import { effectsFigure, fakeSurface } from "../plot/fakeSurface.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

const LABELS = { x: "reasoning", y: "instruction", z: "coding" } as const;
const MEANS = ["a", "b", "c"].flatMap((model, i) =>
  ["reasoning", "coding"].map((facet) => ({ model, facet, score: 0.3 + i / 5, low: 0.1, high: 0.9, n: 3 })),
);
const PAIRS = [{ x: "reasoning", y: "coding", r: 0.7, low: 0.4, high: 0.9, n: 24 }];

/** The output of a figure's cell. */
function outputOf(figure: PlotlyFigure | readonly PlotlyFigure[]): string {
  const display = collector();
  showFigure(display, figure);
  return display.shown.join("");
}

describe.skipIf(CHROMIUM === undefined)("a figure in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("waits for what the browser is still reading", async () => {
    let page = "";
    await withPage(
      browser,
      outputOf(facetBars(MEANS)),
      async (trial) => void (page = await trial.page.content()),
      { javaScriptEnabled: false },
    );
    const cut = page.indexOf('class="fb-spec"') - 40;
    const server = createServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).write(page.slice(0, cut));
      setTimeout(() => response.end(page.slice(cut)), 500);
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    const reader = await browser.newPage();
    const complaints: string[] = [];
    reader.on("pageerror", ({ message }) => complaints.push(message));
    await reader.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    expect(await reader.locator(".fb-figure").count()).toBe(1);
    expect(complaints).toEqual([]);
    await reader.close();
    server.close();
  });

  it("is drawn, every kind, without the network", async () => {
    const before = [
      surfaceFigure(fakeSurface(), LABELS),
      effectsFigure(fakeSurface(), LABELS),
      facetBars(MEANS),
      correlationMatrix(PAIRS),
    ];
    const after = contourFigure(fakeSurface(), LABELS);
    const body = before.map(outputOf).join("") + outputOf(after);
    await withPage(browser, body, async ({ page, requests, complaints }) => {
      await drawFigures(page, 5);
      await page.waitForSelector("canvas");
      // As fine as the screen: every point more costs time where there is no graphics card.
      const fineness = `(({ width, clientWidth }) => width / clientWidth)(document.querySelector("canvas"))`;
      expect(await page.evaluate(fineness)).toBe(1);
      expect(await page.locator("img.fb-picture:visible").count()).toBe(0);
      expect(await page.getByRole("group", { name: /^Seen from above\. coding/ }).count()).toBe(1);
      expect(await page.locator(".xtitle").allTextContents()).toContain("reasoning");
      expect(requests).toEqual([]);
      expect(complaints).toEqual([]);

      await page.emulateMedia({ media: "print" });
      expect(await page.locator("img.fb-picture:visible").count()).toBe(5);
      expect(await page.locator(".fb-stage:visible").count()).toBe(0);
    });
  });

  it("is drawn wherever its output is shown twice, and in a hidden tab when that is opened, at the right size", async () => {
    const output = outputOf(contourFigure(fakeSurface(), LABELS));
    const hidden = outputOf(contourFigure(fakeSurface(), LABELS));
    const body = `${output}${output}<div id="tab" style="display:none;width:600px">${hidden}</div>`;
    await withPage(browser, body, async ({ page }) => {
      for (const i of [0, 1]) await page.locator(".fb-figure").nth(i).locator(".main-svg").first().waitFor();
      await page.evaluate("document.getElementById('tab').style.display = 'block'");
      await drawFigures(page, 3);
      expect((await page.locator("#tab .main-svg").first().boundingBox())?.width).toBe(600);
    });
  });

  it("tells heights to the pointer where the fit speaks, and is white and silent beyond", async () => {
    const output = outputOf(contourFigure(fakeSurface(), LABELS));
    await withPage(browser, output, async ({ page }) => {
      await drawFigures(page, 1);
      const at = (x: number, y: number) =>
        page.evaluate<{ x: number; y: number; isCovered: boolean }>(`(() => {
          const stage = document.querySelector(".fb-stage");
          const { xaxis, yaxis } = stage._fullLayout;
          const box = stage.querySelector(".nsewdrag").getBoundingClientRect();
          const place = { x: xaxis.l2p(${x}), y: yaxis.l2p(${y}) };
          const covers = [...stage.querySelectorAll(".scatterlayer .js-fill")];
          const isCovered = covers.some((path) => path.isPointInFill(new DOMPoint(place.x, place.y)));
          return { x: box.x + place.x, y: box.y + place.y, isCovered };
        })()`);
      const texts = page.locator(".hoverlayer text");
      const inside = await at(0.52, 0.71);
      await page.mouse.move(inside.x, inside.y);
      await page.waitForSelector(".hoverlayer text");
      expect((await texts.allTextContents()).join(" ")).toMatch(/reasoning 0\.5.*coding 0\.5/);
      const beyond = await at(0.9, 0.2);
      await page.mouse.move(beyond.x, beyond.y, { steps: 3 });
      await page.waitForFunction(`document.querySelectorAll(".hoverlayer text").length === 0`);
      expect([inside.isCovered, beyond.isCovered]).toEqual([false, true]);
    });
  });

  it("stands beside its fellows where there is room, and below them where there is none, with no text cut off", async () => {
    const many = MEANS.flatMap((mean) =>
      ["a", "b"].map((part) => ({ ...mean, model: "model".repeat(12), facet: mean.facet + part })),
    );
    const wordy = { ...LABELS, title: "A finding of many words that a narrow place must wrap into lines " };
    const body =
      outputOf(surfaceViews(fakeSurface(), wordy)) +
      [facetBars(many), correlationMatrix(PAIRS)].map(outputOf).join("");
    await withPage(
      browser,
      body,
      async ({ page, complaints }) => {
        await drawFigures(page, 5);
        for (const width of [1100, 700, 480, 370]) {
          await page.setViewportSize({ width, height: 900 });
          await page.waitForFunction(
            `[...document.querySelectorAll(".fb-stage")].every((stage) => Math.abs(stage._fullLayout.width - stage.clientWidth) < 2)`,
          );
          const [surface, contour] = await Promise.all(
            [0, 1].map((i) => page.locator(".fb-grid .fb-figure").nth(i).boundingBox()),
          );
          expect(surface?.y === contour?.y).toBe(width >= 900);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
          expect(await overhanging(page)).toEqual([]);
        }
        expect(await page.locator(".fb-title:visible").count()).toBe(3);
        // At 370 px: panels that show something, and a cube with its axes' names within the view.
        const panels = await page.locator(".fb-stage .nsewdrag").all();
        const widths = await Promise.all(
          panels.map(async (panel) => (await panel.boundingBox())?.width ?? 0),
        );
        expect(Math.min(...widths)).toBeGreaterThan(90);
        const eye = await page.evaluate<{ x: number; y: number; z: number }>(
          `document.querySelector(".fb-stage")._fullLayout.scene.camera.eye`,
        );
        expect(Math.hypot(eye.x, eye.y, eye.z)).toBeGreaterThan(2.4);
        expect(complaints).toEqual([]);
      },
      { viewport: { width: 1100, height: 900 } },
    );
  });

  it("is a picture with its caption where scripts do not run", async () => {
    const output = outputOf(surfaceFigure({ ...fakeSurface(), simulated: true }, LABELS));
    await withPage(
      browser,
      output,
      async ({ page }) => {
        const picture = page.locator("img.fb-picture");
        expect(await picture.isVisible()).toBe(true);
        expect((await picture.boundingBox())?.height).toBeGreaterThan(300);
        expect(await page.locator("figcaption").textContent()).toMatch(/Simulated: no real model/);
      },
      { javaScriptEnabled: false },
    );
  });

  it("stays a picture with a hint where the page has no Plotly", async () => {
    const output = outputOf(contourFigure(fakeSurface(), LABELS));
    await withPage(
      browser,
      output,
      async ({ page, requests, complaints }) => {
        await page.waitForSelector(".fb-hint:visible");
        expect(await page.locator("img.fb-picture").isVisible()).toBe(true);
        expect([requests, complaints]).toEqual([[], []]);
      },
      { hasPlotly: false },
    );
  });

  it("gives up its 3-D view when four others are looked at, and has it back when scrolled to", async () => {
    const figure = surfaceFigure(fakeSurface({ method: "points_only" }), LABELS);
    const apart = '<div style="height:2000px"></div>';
    const body = Array.from({ length: 5 }, () => outputOf(figure)).join(apart);
    await withPage(browser, body, async ({ page, complaints }) => {
      const figures = page.locator("figure");
      for (let i = 0; i < 5; i++) {
        await figures.nth(i).scrollIntoViewIfNeeded();
        await figures.nth(i).locator(".main-svg").first().waitFor();
      }
      const first = figures.first();
      expect(await first.getAttribute("class")).not.toMatch(/fb-drawn/);
      expect(await first.locator("img.fb-picture").isVisible()).toBe(true);
      await first.scrollIntoViewIfNeeded();
      await first.locator(".main-svg").first().waitFor();
      expect(await page.locator("figure.fb-drawn").count()).toBe(4);
      expect(complaints).toEqual([]);
    });
  });
});
