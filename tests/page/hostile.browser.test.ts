import { readFileSync } from "node:fs";

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { contourFigure, facetBars, surfaceFigure } from "../../lib/plot/index.js";
import { explore, reviewTable, showFigure, showTable } from "../../lib/page/index.js";
import { correlationMatrix } from "../../lib/plot/figures/correlationFigure.js";
import { progressBar } from "../../lib/eval/index.js";
import type { Row } from "../../lib/shared/types.js";
import { Papa } from "../../lib/shared/csv.js";
import { facetMeans, wideTable } from "../../lib/table/index.js";
import { drawFigures } from "../browser/figures.js";
import { FOREIGN } from "../browser/foreign.js";
import { collector } from "./collect.js";
import { effectsFigure, FAKE_POINTS, fakeSurface } from "../plot/fakeSurface.js";
import { HOSTILE, HOSTILE_STRINGS } from "./hostileStrings.js";
import { CHROMIUM, launch, withPage } from "./withPage.js";

/** Every element of the page that is not ours, or does more than show. */
const NOT_OURS = [...FOREIGN, "meta:not([charset])", "a[href]"].join(",");

function hostileRow(text: string, i: number): Row {
  return {
    model: text,
    facet: text,
    task: text,
    epoch: i % 3,
    prompt: text,
    response: text,
    score: i % 2 === 0 ? (i % 3) / 2 : null,
    outcome: i % 2 === 0 ? "scored" : "failed",
    reason: i % 2 === 0 ? null : text,
    explanation: text,
    finish: text,
    cached: false,
    costUsd: null,
    latencyMs: 1,
    provider: text,
  };
}

/** Figures whose every name is hostile: axis titles, points, facets, models, titles. */
function hostileFigures(texts: readonly string[]) {
  const points = texts.map((text, i) => {
    const [x, y, z] = FAKE_POINTS[i % FAKE_POINTS.length] ?? [0, 0, 0];
    return [x, y, z, text] as const;
  });
  const surface = fakeSurface({ points });
  const [x = "", y = "", z = ""] = texts;
  const labels = { x, y, z, title: texts[3] ?? "", unit: texts[4] ?? "" };
  const means = texts.map((model, i) => ({
    model,
    facet: texts[i % 6] ?? "",
    score: i / texts.length,
    low: 0,
    high: 1,
  }));
  const pairs = texts
    .slice(1, 4)
    .map((facet) => ({ x: texts[0] ?? "", y: facet, r: 0.5, low: 0.1, high: 0.9, n: 9 }));
  return [
    surfaceFigure(surface, labels),
    contourFigure(surface, labels),
    effectsFigure(surface, labels),
    facetBars(means),
    correlationMatrix(pairs),
  ];
}

/** What our cells are made of: any other element came out of a string. */
const PARTS_OF_CELLS = ["BDI", "BR", "BUTTON", "DETAILS", "PRE", "SMALL", "SPAN", "SUMMARY"];
const PARTS_OF_CARDS = [
  ..."BDI BR BUTTON CAPTION DETAILS DIV H2 HEADER INPUT LABEL OPTION OUTPUT P PRE SELECT SMALL SPAN SUMMARY".split(
    " ",
  ),
  ..."TABLE TBODY TD TH THEAD TR".split(" "),
];
const CELLS = ".fb-table td, .fb-table tbody th";

describe.skipIf(CHROMIUM === undefined)("hostile strings in a browser", { timeout: 120_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser.close());

  it("run nothing, load nothing and stay in their cells in tables, the review and the progress line", async () => {
    const display = collector();
    reviewTable(display, HOSTILE_STRINGS.map(hostileRow));
    showTable(
      display,
      HOSTILE_STRINGS.map((text, i) => ({ name: text, [HOSTILE_STRINGS[i % 20] ?? ""]: i })),
      { caption: HOSTILE_STRINGS.slice(0, 20).join(" ") },
    );
    for (const model of HOSTILE_STRINGS) progressBar(display, 3).done({ done: 1, model, stopped: null });
    await withPage(browser, display.shown.join(""), async (trial) => {
      const { page } = trial;
      await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
      await page.locator("button.fb-sort").first().click();
      await page.locator("[data-filter=text]").first().fill("tripwire");
      expect(await page.locator(NOT_OURS).count()).toBe(0);
      const inside = `[...new Set([...document.querySelectorAll("${CELLS}")].flatMap((cell) => [...cell.querySelectorAll("*")].map((part) => part.tagName)))].sort()`;
      expect(await page.evaluate(inside)).toEqual(PARTS_OF_CELLS);
      const clipping = `[...new Set([...document.querySelectorAll("${CELLS}")].map((cell) => getComputedStyle(cell).overflow))]`;
      expect(await page.evaluate(clipping)).toEqual(["hidden"]);
      const widths =
        '[...new Set([...document.querySelectorAll(".fb-review tr")].map((row) => row.cells.length))]';
      expect(await page.evaluate(widths)).toEqual([5]);
      expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
      expect(await page.locator(".fb-review tbody tr").count()).toBe(HOSTILE_STRINGS.length);
      expect(await page.evaluate("({}).polluted")).toBeUndefined();
      await expectNothingRan(trial);
    });
  });

  it("run nothing and link nowhere as names in figures, hovered ones included, with MathJax in the page", async () => {
    const display = collector();
    // Those made for Plotly come first and so are axis names and titles too.
    const texts = [...new Set([...(HOSTILE["plotly"] ?? []), ...HOSTILE_STRINGS])].filter(
      (text) => text.length < 10_000,
    );
    for (let at = 0; at < texts.length; at += 60) {
      for (const figure of hostileFigures(texts.slice(at, at + 60))) showFigure(display, figure);
    }
    const n = display.shown.length;
    // Whoever sets formulas is handed none: the stand-in would be called for each.
    const mathJax =
      "<script>window.MathJax={version:'3.2.0',startup:{output:'svg',defaultReady(){},promise:Promise.resolve()},config:{startup:{}},typeset(){window.tripwire()},typesetPromise(){window.tripwire();return Promise.resolve()},Hub:{Queue(){window.tripwire()},Config(){},config:{menuSettings:{}}}}</script>";
    await withPage(browser, mathJax + display.shown.join(""), async (trial) => {
      const { page } = trial;
      await drawFigures(page, n);
      await hoverPoints(page);
      expect(await page.locator(NOT_OURS).count()).toBe(0);
      await expectNothingRan(trial);
    });
  });

  it("run nothing, load nothing and stay text in cards of models and questions, and in what is saved", async () => {
    const texts = HOSTILE_STRINGS.filter((text) => text.length < 10_000);
    const display = collector();
    const rows = texts.map((text, i) => ({
      ...hostileRow(text, 2 * i),
      task: texts[(i + 1) % texts.length]!,
    }));
    const answers = [...rows, ...rows.map((row, i) => ({ ...row, model: texts[(i + 7) % texts.length]! }))];
    const means = facetMeans(answers);
    explore(display, wideTable(means), { rows: answers, means, settings: { note: texts.join("") } });
    reviewTable(display, answers);
    await withPage(browser, display.shown.join(""), async (trial) => {
      const { page } = trial;
      const names = page.locator(".fb-review .fb-model");
      await names.last().waitFor({ state: "attached", timeout: 20_000 });
      const all = await page.evaluate<number>(
        `(async () => {
          const parts = new Set();
          const names = [...document.querySelectorAll(".fb-review tbody .fb-model")].filter((_, i) => i % 7 === 0);
          const settled = () => new Promise((resolve) => setTimeout(resolve));
          for (const name of names) {
            name.click();
            for (let i = 0; i < 500 && document.querySelector(".fb-card[open]") === null; i++) await settled();
            const card = document.querySelector(".fb-card[open]");
            const compare = card.querySelector("select");
            if (compare) {
              compare.selectedIndex = compare.options.length - 1;
              compare.dispatchEvent(new Event("change"));
            }
            for (const details of card.querySelectorAll("details")) details.open = true;
            await settled();
            for (const part of card.querySelectorAll("*")) parts.add(part.tagName);
            card.close();
          }
          window.parts = [...parts].sort();
          return names.length;
        })()`,
      );
      expect(all).toBeGreaterThan(80);
      expect(await page.evaluate("window.parts")).toEqual(PARTS_OF_CARDS);
      expect(await page.locator(NOT_OURS).count()).toBe(0);
      await page.locator(".fb-review .fb-menu").click();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(".fb-list").getByRole("button", { name: "Table as CSV" }).click(),
      ]);
      expect(file.suggestedFilename()).toMatch(/^[a-z0-9-]+\.csv$/);
      const { data } = Papa.parse<string[]>(readFileSync(await file.path(), "utf8").slice(1), {
        skipEmptyLines: true,
      });
      expect(data.length).toBe(answers.length + 1);
      expect(data.flat().filter((cell) => /^[=+@-](?![\d.])/.test(cell))).toEqual([]);
      await expectNothingRan(trial);
    });
  });

  it("run nothing in the static pictures, opened as documents of their own", async () => {
    const texts = HOSTILE_STRINGS.filter((text) => text.length < 10_000);
    const pictures = hostileFigures(texts).map((figure) => figure.svg);
    await withPage(browser, "", async (trial) => {
      const { page } = trial;
      for (const svg of pictures) {
        const faults = await page.evaluate(
          `(() => {
            const parsed = new DOMParser().parseFromString(${JSON.stringify(svg)}, "image/svg+xml");
            document.body.append(document.importNode(parsed.documentElement, true));
            return parsed.querySelectorAll("parsererror, script, foreignObject, a, image, use, style, animate").length;
          })()`,
        );
        expect(faults).toBe(0);
      }
      await expectNothingRan(trial);
    });
  });
});

async function hoverPoints(page: Page): Promise<void> {
  const points = page.locator("path.point");
  const count = await points.count();
  for (let i = 0; i < count; i += Math.ceil(count / 12)) {
    await points.nth(i).scrollIntoViewIfNeeded();
    await points.nth(i).hover({ force: true });
  }
}

async function expectNothingRan(trial: {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  tripped(): Promise<number>;
}): Promise<void> {
  await trial.page.waitForTimeout(200);
  expect(await trial.tripped()).toBe(0);
  expect(trial.requests).toEqual([]);
  expect(trial.complaints).toEqual([]);
}
