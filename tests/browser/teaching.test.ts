import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findJupyter } from "../../lib/notebook/runner/findJupyter.js";
import { NOTEBOOK } from "../../lib/notebook/runner/paths.js";
import { exportPage, runNotebook } from "../../lib/notebook/runner/runNotebook.js";
import type { NotebookFile } from "../../lib/notebook/runner/withOverrides.js";
import { seriousFaults } from "../page/axe.js";
import { CHROMIUM, launch } from "../page/withPage.js";
import { drawFigures, overhanging } from "./figures.js";
import { visit } from "./visit.js";

const folder = dirname(NOTEBOOK);
// The mini-benchmark itself has tests of its own.
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb") && !NOTEBOOK.endsWith(name));
const isSkipped = CHROMIUM === undefined && process.env["CI"] !== "true";

describe.skipIf(isSkipped).each(names)("%s", { timeout: 240_000 }, (name) => {
  let browser: Browser;
  let place: string;
  const file = (ending: string) => join(place, name.replace("ipynb", ending));
  beforeAll(async () => {
    place = mkdtempSync(join(tmpdir(), "facet-teaching-"));
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(place, { recursive: true });
  });

  it("runs from top to bottom without a key, and calls all that it shows simulated", async () => {
    const jupyter = findJupyter(() => {});
    const paths = { source: join(folder, name), target: file("ipynb"), folder };
    expect(await runNotebook(jupyter, paths, () => {})).toBeNull();
    exportPage(jupyter, file("ipynb"), file("html"));
    const { cells } = JSON.parse(readFileSync(file("ipynb"), "utf8")) as NotebookFile;
    const shown = cells.flatMap((cell) => cell.outputs ?? []).map(({ data }) => data?.["text/html"] ?? "");
    const figures = shown.map(String).filter((html) => html.includes('class="fb-figure'));
    expect(figures.length).toBeGreaterThan(1);
    for (const html of figures) expect(html).toMatch(/simulated/i);
    expect(statSync(file("ipynb")).size).toBeLessThan(1.5e6);
  });

  it("makes a page that draws its figures offline, fits any window, is open to all, and complains of nothing", async () => {
    await visit(
      browser,
      pathToFileURL(file("html")).href,
      async ({ page, requests, complaints }) => {
        await drawFigures(page, await page.locator(".fb-figure:visible").count());
        expect(await seriousFaults(page, "html", ["tbody tr:nth-child(n + 4)", ".fb-code"])).toEqual([]);
        // oxlint-disable no-await-in-loop -- one window after the other
        for (const width of [1280, 370]) {
          await page.setViewportSize({ width, height: 900 });
          await expect.poll(() => overhanging(page), { timeout: 20_000 }).toEqual([]);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        }
        expect([requests, complaints]).toEqual([[], []]);
      },
      { offline: true },
    );
  });
});
