import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { explore, show, standalonePage } from "../../lib/page/index.js";
import { correlationFigure, facetBars } from "../../lib/plot/index.js";
import { fitSurface } from "../../lib/spline/index.js";
import { pointsOf } from "../../lib/table/index.js";
import { drawFigures, overhanging } from "../browser/figures.js";
import { ownRow } from "../table/rows.js";
import { seriousFaults } from "./axe.js";
import { FACETS, manyScores } from "./manyScores.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

/** 60 characters, the last of which tell the models apart. */
const longName = (i: number) =>
  `${"a-long-name-of-a-model".padEnd(46, "-x")}${String(i).padStart(5, "0")}-instruct`;
const [x, y, z] = FACETS;

/** A page with all that a run shows, of so many models. */
function pageOf(models: number): string {
  const { wide, means, families } = manyScores(models, { name: longName });
  const points = pointsOf(wide, x, y, z, () => {}, families)!;
  const rows = Array.from({ length: models }, (_, i) =>
    FACETS.map((facet, k) =>
      ownRow({
        model: longName(i),
        facet,
        task: `${facet}_1`,
        score: ((i + k) % 3) / 2,
        response: "word ".repeat(60),
      }),
    ),
  ).flat();
  const title = `${models} models`;
  return standalonePage(title, (display) => {
    explore(display, wide, { means, families, rows });
    show(display, fitSurface(points, { scale: "score" }), { x, y, z });
    show(display, facetBars(means));
    show(display, correlationFigure(wide));
    show(display, wide, { caption: "One row a model" });
    show(display, rows);
  });
}

/** Rows of a table are alike: the first few are looked at. */
const ALIKE = ["tbody tr:nth-child(n + 4)", ".fb-leave li:nth-child(n + 4)"];
const colours = (page: Page) =>
  page.evaluate<string[]>(
    `[document.body, document.querySelector(".fb-table"), document.querySelector(".fb-explorer .bg")].map((one) => {
      const { backgroundColor, fill } = getComputedStyle(one);
      return one.matches("rect") ? fill : backgroundColor;
    })`,
  );
const GROUND = { light: "rgb(255, 255, 255)", dark: "rgb(22, 25, 31)" };

describe.skipIf(CHROMIUM === undefined)("a page of many or few models", { timeout: 240_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("of 430 weighs less than 12 MB", () => {
    expect(Buffer.byteLength(pageOf(430))).toBeLessThan(12e6);
  });

  it.each([
    { models: 2, screens: [[400, "dark"]] },
    {
      models: 8,
      screens: [
        [1280, "light"],
        [400, "dark"],
      ],
    },
  ] as const)(
    "of $models is whole on wide and narrow, light and dark screens, and complains of nothing",
    async ({ models, screens }) => {
      await withPage(browser, pageOf(models), async ({ page, complaints, requests }) => {
        // Without a surface there are no effects to show.
        const figures = models < 4 ? 6 : 8;
        await drawFigures(page, figures);
        // oxlint-disable no-await-in-loop -- one page, one look after the other
        for (const [width, colorScheme] of screens) {
          await page.emulateMedia({ colorScheme });
          await page.setViewportSize({ width, height: 900 });
          await expect.poll(() => overhanging(page), { timeout: 30_000 }).toEqual([]);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
          expect(await seriousFaults(page, "html", ALIKE)).toEqual([]);
          expect(await page.locator(".fb-stage canvas").count()).toBeLessThanOrEqual(4);
          await expect.poll(() => colours(page)).toEqual(Array(3).fill(GROUND[colorScheme]));
        }
        expect([...complaints, ...requests]).toEqual([]);
      });
    },
  );
});
