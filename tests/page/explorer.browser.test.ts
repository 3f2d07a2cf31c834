import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { explore, setUpFigures } from "../../lib/page/index.js";
import { compareLaws, fitSurface } from "../../lib/spline/index.js";
import type { Surface } from "../../lib/spline/types.js";
import { facetMeans, pointsOf, wideTable, type AnyFrame } from "../../lib/table/index.js";
import { drawFigures } from "../browser/figures.js";
import { seriousFaults } from "./axe.js";
import { collector } from "./collect.js";
import { HOSTILE_STRINGS } from "./hostileStrings.js";
import { FACETS, manyScores } from "./manyScores.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

type Options = Parameters<typeof explore>[2];

function outputOf(wide: AnyFrame, options: Options = {}): string {
  setUpFigures(collector());
  const display = collector();
  explore(display, wide, options);
  return display.shown.join("");
}

/** Keeps each surface that the explorer shows. */
const KEEP = `<script>addEventListener("fb-fitted", ({ detail }) => { window.surface = detail; });</script>`;
const PLACES = [0.3, 0.45, 0.6, 0.7].flatMap((x) => [0.35, 0.5, 0.65].map((y) => ({ x, y })));

/** What a surface says at some places, and as a whole; NaN as null. */
const numbersOf = (surface: Surface): readonly (number | null)[] =>
  JSON.parse(
    JSON.stringify([
      ...PLACES.map(({ x, y }) => surface.predict(x, y)).flatMap(({ z, se, low, high }) => [
        z,
        se,
        low,
        high,
      ]),
      surface.n,
      surface.edf,
      surface.r2LeftOut,
      surface.interaction.p,
    ]),
  ) as readonly (number | null)[];

const shownNumbers = (page: Page): Promise<readonly (number | null)[]> =>
  page.evaluate(
    `(() => { const PLACES = ${JSON.stringify(PLACES)}; return (${numbersOf.toString()})(surface); })()`,
  );

function expectSame(shown: readonly (number | null)[], kernel: Surface): void {
  const wanted = numbersOf(kernel);
  expect(wanted.filter((value) => value !== null).length).toBeGreaterThan(20);
  expect(shown.map((value) => value === null)).toEqual(wanted.map((value) => value === null));
  shown.forEach((value, i) => expect(value ?? 0).toBeCloseTo(wanted[i] ?? 0, 9));
}

const choose = (page: Page, axis: "x" | "y" | "z", name: string) =>
  page.selectOption(`.fb-explorer [data-axis=${axis}]`, { label: name });
/** Until the interaction's test has come from the worker. */
const tested = (page: Page) => page.waitForFunction("surface.interaction.testable");
const told = (page: Page, name: string) => page.locator(`.fb-explorer ${name}`).first().textContent();

describe.skipIf(CHROMIUM === undefined)("the explorer in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("fits any triple with the kernel's numbers, and says in its words what it found", async () => {
    const { wide, families, means } = manyScores(24);
    const kernelPoints = (x: string, y: string, z: string) => pointsOf(wide, x, y, z, () => {}, families)!;
    await withPage(
      browser,
      KEEP + outputOf(wide, { families, means }),
      async ({ page, requests, complaints }) => {
        await page.waitForSelector(".fb-explorer [data-axis]");
        await page.check(".fb-explorer [value=score]");
        for (const [x, y, z] of [
          [FACETS[0], FACETS[1], FACETS[2]],
          [FACETS[4], FACETS[5], FACETS[3]],
          [FACETS[2], FACETS[3], "agent"],
        ] as const) {
          // oxlint-disable no-await-in-loop -- one page, one choice after the other
          for (const [axis, name] of Object.entries({ x, y, z })) await choose(page, axis as "x", name);
          await tested(page);
          const kernel = fitSurface(kernelPoints(x, y, z), { scale: "score" });
          expectSame(await shownNumbers(page), kernel);
        }
        expect(await told(page, ".fb-grid")).toContain("agent contains coding and tool_use");
        expect(await told(page, ".fb-finding")).toMatch(/^agent: .*coding and tool_use interact \(p [=<]/);

        await page.check(".fb-explorer [value=ability]");
        await page.waitForSelector('.fb-explorer[data-scale="ability"]');
        const points = kernelPoints(FACETS[2], FACETS[3], "agent");
        expectSame(await shownNumbers(page), fitSurface(points));
        const { verdict } = compareLaws(points);
        expect(await told(page, ".fb-grid")).toContain(verdict.slice(0, 20));
        await drawFigures(page, 3);
        expect([...requests, ...complaints]).toEqual([]);
      },
    );
  });

  it("leaves out a family as the kernel would, says what that changes, and takes it back", async () => {
    const { wide, families } = manyScores(30);
    const [x, y, z] = FACETS;
    await withPage(browser, KEEP + outputOf(wide, { families }), async ({ page, complaints }) => {
      await page.waitForSelector(".fb-explorer [data-axis]");
      await page.check(".fb-explorer [value=score]");
      await tested(page);
      await page.click(".fb-leave summary");
      await page.fill(".fb-leave [type=search]", "family 3");
      expect(await page.locator(".fb-leave li:visible").count()).toBe(4);
      await page.uncheck(".fb-leave li:visible >> nth=0 >> input >> nth=0");
      await page.waitForFunction("surface.n === 27 && surface.interaction.testable");
      const points = pointsOf(wide, x, y, z, () => {}, families)!;
      const stay = [...points.family!.keys()].filter((i) => points.family![i] !== "family 3");
      const pick = (values: ArrayLike<number>) => stay.map((i) => values[i]!);
      const fewer = {
        ...points,
        x: pick(points.x),
        y: pick(points.y),
        z: pick(points.z),
        label: stay.map((i) => points.label![i]!),
        family: stay.map((i) => points.family![i]!),
        items: { x: pick(points.items!.x!), y: pick(points.items!.y!), z: pick(points.items!.z!) },
      };
      expectSame(await shownNumbers(page), fitSurface(fewer, { scale: "score" }));
      const changes = await page.locator(".fb-explorer output", { hasText: /^Without/ }).textContent();
      expect(changes).toMatch(/^Without 3 of 30 models: interaction p.* R² .* at the cross/);
      await page.click("text=All count again");
      await page.waitForFunction("surface.n === 30");
      expect(await page.locator(".fb-explorer output", { hasText: /^Without/ }).count()).toBe(0);
      expect(complaints).toEqual([]);
    });
  });

  it("is used by keyboard alone: axes, scale, models, cross; and axe finds nothing serious", async () => {
    const { wide } = manyScores(12);
    await withPage(browser, KEEP + outputOf(wide), async ({ page }) => {
      await page.waitForSelector(".fb-explorer [data-axis]");
      const at = () =>
        page.evaluate<string>(
          `(() => { const e = document.activeElement; return e.dataset.axis ?? e.dataset.cross ?? e.type ?? e.tagName; })()`,
        );
      const seen: string[] = [];
      const press = async (key: string, until: string) => {
        for (let i = 0; i < 40; i++) {
          await page.keyboard.press(key);
          seen.push(await at());
          if (seen.at(-1) === until) return;
        }
        throw new Error(`${key} does not reach ${until}: ${seen.join(" ")}`);
      };
      await press("Tab", "x");
      await page.keyboard.press("m");
      await page.waitForFunction(
        `document.querySelector("[data-axis=x]").selectedOptions[0].text === "maths"`,
      );
      await press("Tab", "radio");
      await page.keyboard.press("ArrowDown");
      expect(await page.isChecked(".fb-explorer [value=score]")).toBe(true);
      await press("Tab", "SUMMARY");
      await page.keyboard.press("Enter");
      await press("Tab", "checkbox");
      await page.keyboard.press("Space");
      await page.waitForFunction("surface.n === 11");
      const before = await page.locator(".fb-cross output").textContent();
      await press("Tab", "y");
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(
        `document.querySelector(".fb-cross output").textContent !== ${JSON.stringify(before)}`,
      );
      expect(await page.locator("[data-cross=y]").getAttribute("aria-valuetext")).toMatch(/^0\.\d\d$/);

      expect(await seriousFaults(page, ".fb-explorer")).toEqual([]);
    });
  });

  it("runs nothing of what models and facets are called", async () => {
    const names = HOSTILE_STRINGS.slice(0, 60);
    const facets = [0, 20, 40].map((i) => names[i]!);
    const rows = names.flatMap((model, i) =>
      facets.map((facet, k) => ({
        model: `${i}${model}`,
        facet,
        score: ((i * 7 + k * 5) % 11) / 10,
        source: "s",
      })),
    );
    const families = Object.fromEntries(names.map((name, i) => [`${i}${name}`, names[i % 20]!]));
    await withPage(
      browser,
      KEEP + outputOf(wideTable(facetMeans(rows)), { families }),
      async ({ page, tripped, complaints, requests }) => {
        await drawFigures(page, 3);
        await page.click(".fb-leave summary");
        await page.uncheck(".fb-leave li input >> nth=0");
        await page.waitForFunction("surface.n < 60");
        await page.waitForTimeout(600);
        expect(await tripped()).toBe(0);
        expect([...complaints, ...requests]).toEqual([]);
      },
    );
  });

  it("shows a still picture of its first surface without scripts, and of any surface without Plotly", async () => {
    const { wide } = manyScores(12);
    const seen = `[...document.querySelectorAll(".fb-still .fb-picture")].filter((one) => one.naturalWidth > 0)`;
    await withPage(
      browser,
      outputOf(wide),
      async ({ page }) => {
        expect(await page.innerText(".fb-explorer")).toMatch(/^Where scripts run/);
        const picture = page.locator(".fb-picture").first();
        expect((await picture.boundingBox())?.height).toBeGreaterThan(200);
        expect(await picture.getAttribute("alt")).toContain("reasoning and instruction");
        expect(await page.innerText(".fb-explorer [data-view=flat]")).toBe("");
      },
      { javaScriptEnabled: false },
    );
    await withPage(
      browser,
      outputOf(wide),
      async ({ page }) => {
        await page.waitForFunction(`${seen}.length === 3`, undefined, { polling: 250 });
        await choose(page, "x", "history");
        await page.waitForFunction(`${seen}.every(({ alt }) => alt.includes("history"))`, undefined, {
          polling: 250,
        });
      },
      { hasPlotly: false },
    );
  });
});
