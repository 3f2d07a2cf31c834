import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { saveRows } from "../../lib/eval/index.js";
import { explore, reviewTable, showFigure, showTable } from "../../lib/page/index.js";
import { contourFigure, facetBars, surfaceFigure } from "../../lib/plot/index.js";
import { Papa } from "../../lib/shared/csv.js";
import type { Row } from "../../lib/shared/types.js";
import { facetMeans, pairedDifferences, toRecords, wideTable } from "../../lib/table/index.js";
import { drawFigures } from "../browser/figures.js";
import { FAKE_POINTS, fakeSurface } from "../plot/fakeSurface.js";
import { ownRow } from "../table/rows.js";
import { seriousFaults } from "./axe.js";
import { collector } from "./collect.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

const ROWS = ["alpha", "beta", "gamma"].flatMap((model, m) =>
  ["reasoning", "coding"].flatMap((facet, f) =>
    Array.from({ length: 6 }, (_, i): Row => {
      const score =
        (2 * m + i + f) % 7 === 6 ? null : (m * i + f * (m + 1)) % 3 === 0 ? 0 : i === 4 ? 0.5 : 1;
      return ownRow({
        model,
        facet,
        task: `${facet}_${i}`,
        prompt: `What is ${i}?`,
        response: `${model} says\n<b>${i}</b>`,
        score,
        reason: score === null ? "refused" : null,
        explanation: "exact",
        costUsd: 1e-7,
        provider: "Simulated panel",
      });
    }),
  ),
);
const MEANS = facetMeans(ROWS);
const run = collector();
const TASKS = [{ name: "reasoning_0", expected: { answer: 42 } }];
explore(run, wideTable(MEANS), { rows: ROWS, means: MEANS, tasks: TASKS, settings: { temperature: 0.2 } });
showFigure(run, facetBars(MEANS));
showTable(run, wideTable(MEANS), { caption: "Wide" });
reviewTable(run, ROWS);
/** The outputs of a small run. */
const RUN_PAGE = run.shown.join("");

const longName = (i: number): string =>
  `${"a-long-name-of-a-model-".repeat(2)}${String(i).padStart(4, "0")}-instruct`;

/** Takes an entry of a table's or figure's menu. */
async function choose(page: Page, place: Locator, entry: string): Promise<void> {
  await place.locator(".fb-menu").click();
  await page.locator(".fb-list").getByRole("button", { name: entry }).click();
}

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
        await drawFigures(page, 3);
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
      await drawFigures(page, 2);
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

  it("opens a model's card by key and by mouse, and gives the focus back where it was", async () => {
    await withPage(browser, `<main><h1>Trial</h1>${RUN_PAGE}</main>`, async ({ page, complaints }) => {
      const card = page.locator("dialog.fb-card");
      const name = page.locator(".fb-model").filter({ hasText: "beta" }).first();
      await name.focus();
      await page.keyboard.press("Enter");
      await card.waitFor();
      expect(await card.locator("h2").textContent()).toBe("beta");
      expect(await card.textContent()).toMatch(/Simulated: no real model was asked/);
      const [mean] = toRecords(MEANS).filter(({ model, facet }) => model === "beta" && facet === "coding");
      const scores = await card
        .locator(".fb-table")
        .first()
        .locator("tbody tr")
        .last()
        .locator("th, td")
        .allTextContents();
      const ends = [mean?.low, mean?.high].map((end) => end?.toFixed(2)).join(" to ");
      expect(scores.slice(0, 4)).toEqual(["coding", mean?.score?.toFixed(2), ends, "5"]);
      // One press from the raw text.
      const answer = card.locator(".fb-table").last().locator("tbody tr").first();
      await answer.locator("summary").focus();
      await page.keyboard.press("Enter");
      expect(await answer.locator("pre").textContent()).toBe("beta says\n<b>0</b>");
      expect(await seriousFaults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await card.waitFor({ state: "hidden" });
      expect(await page.evaluate("document.activeElement.textContent")).toBe("beta");

      // From a dot.
      const dot = page.locator(".fb-figure").last().locator("path.point").first();
      await dot.hover({ force: true });
      await page.locator(".fb-ring").first().waitFor();
      await dot.click({ force: true });
      await card.waitFor();
      expect(await card.locator("h2").textContent()).toBe("alpha");
      await card.getByRole("button", { name: "Close" }).click();
      expect(await card.isVisible()).toBe(false);

      // From an answer: who got this question right.
      await page.locator(".fb-review td[data-task] .fb-model").first().click();
      expect(await card.locator("h2").textContent()).toBe("reasoning_0");
      const right = ROWS.filter(({ task, score }) => task === "reasoning_0" && score === 1);
      expect(await card.textContent()).toContain(`${right.length} of 3 models right`);
      expect(await card.locator("> pre").allTextContents()).toEqual(["What is 0?", '{\n  "answer": 42\n}']);
      const first = await card.locator("tbody th").allTextContents();
      expect(new Set(first.slice(0, right.length))).toEqual(new Set(right.map(({ model }) => model)));
      // And on to one of those who did.
      await card.locator("tbody .fb-model").first().click();
      expect(await card.locator("h2").textContent()).toBe(first[0]);
      expect(complaints).toEqual([]);
    });
  });

  it("sets two models side by side with the paired test's own numbers", async () => {
    await withPage(browser, RUN_PAGE, async ({ page }) => {
      const card = page.locator("dialog.fb-card");
      await page.locator(".fb-model").filter({ hasText: "alpha" }).first().click();
      await card.locator("select").selectOption({ label: "beta" });
      expect(await card.locator("h2").textContent()).toBe("alpha and beta");
      const [save] = await Promise.all([
        page.waitForEvent("download"),
        choose(page, card.locator(".fb-table").first(), "Table as CSV"),
      ]);
      const { data } = Papa.parse<Record<string, string>>(readFileSync(await save.path(), "utf8"), {
        header: true,
        dynamicTyping: true,
        skipEmptyLines: true,
      });
      const pairs = toRecords(pairedDifferences(ROWS)).filter(({ a, b }) => a === "alpha" && b === "beta");
      expect(pairs.length).toBe(2);
      for (const { facet, difference, pUnadjusted, n, low, high } of pairs) {
        const row = data.find((one) => one["facet"] === facet)!;
        expect(row["difference"]).toBeCloseTo(difference!, 9);
        expect(row["p"]).toBeCloseTo(pUnadjusted!, 9);
        expect(row["shared questions"]).toBe(n);
        const ends = [low, high].map((end) => end!.toFixed(2).replace("-", "−")).join(" to ");
        expect(row["difference: 95 %"]).toBe(ends);
      }
      expect(await card.textContent()).toContain("3 pairs");
      // Where they differ most stands first.
      const differences = await card
        .locator(".fb-table")
        .last()
        .locator("tbody tr td:last-child")
        .evaluateAll<number[], void>((cells) =>
          cells.map((cell) =>
            Math.abs(Number((cell as unknown as { dataset: Record<string, string> }).dataset["sort"])),
          ),
        );
      expect(differences).toEqual(differences.toSorted((a, b) => b - a));
      expect(differences[0]).toBeGreaterThan(0);
    });
  });

  it("gives out what is seen of a table, every answer, the settings, and each figure's pictures", async () => {
    await withPage(browser, RUN_PAGE, async ({ page, complaints }) => {
      const saved = async (place: Locator, entry: string) => {
        const [file] = await Promise.all([page.waitForEvent("download"), choose(page, place, entry)]);
        return [file.suggestedFilename(), readFileSync(await file.path())] as const;
      };
      const review = page.locator(".fb-review");
      await review.locator("[data-filter=m]").selectOption({ label: "beta" });
      await review.locator("[data-filter=text]").fill("coding");
      const [name, csv] = await saved(review, "Table as CSV");
      expect(name).toBe("simulated-every-answer-and-how-it-was-judged.csv");
      const { data } = Papa.parse<string[]>(csv.toString("utf8").slice(1), { skipEmptyLines: true });
      expect(data.length).toBe(7);
      expect(data[1]).toEqual(["beta", "coding_0\ncoding", "1", "beta says\n<b>0</b>", "exact"]);
      const [, jsonl] = await saved(review, "All answers as JSONL");
      const folder = mkdtempSync(join(tmpdir(), "facet-bench-rows-"));
      try {
        await saveRows(ROWS, join(folder, "rows.jsonl"));
        expect(jsonl).toEqual(readFileSync(join(folder, "rows.jsonl")));
      } finally {
        rmSync(folder, { recursive: true });
      }
      const [, settings] = await saved(review, "Settings as JSON");
      expect(JSON.parse(settings.toString("utf8"))).toMatchObject({ settings: { temperature: 0.2 } });
      const figure = page.locator(".fb-figure").last();
      await figure.scrollIntoViewIfNeeded();
      await figure.locator(".main-svg").first().waitFor();
      const [svgName, svg] = await saved(figure, "Figure as SVG");
      expect([svgName.endsWith(".svg"), svg.toString("utf8")]).toEqual([true, facetBars(MEANS).svg]);
      const [, png] = await saved(figure, "Figure as PNG");
      expect(png.subarray(1, 4).toString("latin1")).toBe("PNG");
      expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
      await choose(page, figure, "How to cite");
      expect(await page.locator(".fb-card pre").last().textContent()).toMatch(/^@misc\{facet-bench-\d{4}-/);
      expect(complaints).toEqual([]);
    });
  });

  it("finds rows in a table that is too long to be read, and not in a short one", async () => {
    const display = collector();
    showTable(
      display,
      Array.from({ length: 430 }, (_, i) => ({ model: longName(i), score: i / 430 })),
    );
    showTable(
      display,
      Array.from({ length: 12 }, (_, i) => ({ model: longName(i) })),
    );
    await withPage(browser, display.shown.join(""), async ({ page }) => {
      const [long, short] = [page.locator(".fb-table").first(), page.locator(".fb-table").last()];
      expect(await short.locator("input").count()).toBe(0);
      const took = await page.evaluate<number>(
        `(() => {
          const box = document.querySelector(".fb-table input");
          const start = performance.now();
          box.value = "0042";
          box.dispatchEvent(new Event("input", { bubbles: true }));
          document.querySelector(".fb-sort").click();
          document.body.offsetWidth;
          return performance.now() - start;
        })()`,
      );
      expect(took).toBeLessThan(250);
      expect(await long.locator("tbody tr:visible").allTextContents()).toEqual([`${longName(42)}0.10`]);
      expect(await long.locator("output").textContent()).toBe("1 of 430 rows");
      await long.locator("input").fill("");
      await long
        .locator(".fb-scroll")
        .evaluate((part) => ((part as unknown as { scrollTop: number }).scrollTop = 5000));
      expect(await long.locator("thead").isVisible()).toBe(true);
      const [head, box] = [
        await long.locator("thead th").first().boundingBox(),
        await long.locator(".fb-scroll").boundingBox(),
      ];
      expect((head?.y ?? 0) - (box?.y ?? 0)).toBeLessThan(40);
    });
  });
});
