import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DefaultRun } from "../helpers/defaultRun.js";
import { defaultRun } from "../helpers/defaultRun.js";
import type { CommandResult, ProjectCopy } from "../helpers/projectCopy.js";
import { copyProject } from "../helpers/projectCopy.js";
import { seriousFaults } from "../page/axe.js";
import { CHROMIUM, launch } from "../page/withPage.js";
import { drawFigures, drawnFigures, overhanging, paintedCanvases } from "./figures.js";
import { HOSTILE_FIGURES, HOSTILE_ROWS, startHostileServer, writeHostileNotebook } from "./hostile.js";
import { EXPLORED_AXES, FIGURES, SURFACE_AXES, VIEWS } from "./notebookFigures.js";
import { expectNothingForeign } from "./foreign.js";
import { screenshot } from "./screenshot.js";
import type { Visit } from "./visit.js";
import { visit, visitIn } from "./visit.js";

/** What a page may hold, and a saved notebook. */
const MOST_BYTES = { page: 7e6, notebook: 1.5e6 };

// Where tests are the gate, a missing browser is a failure and no reason to skip.
const isSkipped = CHROMIUM === undefined && process.env["CI"] !== "true";
if (isSkipped) console.log("tests/browser: skipped, there is no Chromium (CHROMIUM=/path/to/it names one)");

let browser: Browser;
beforeAll(async () => {
  if (!isSkipped) browser = await launch();
});
afterAll(() => browser?.close());

type Made = Pick<ProjectCopy, "folder">;
const page = (project: Made) => join(project.folder, "out/facet_interactions.html");

function open<T>(
  project: Made,
  use: (visit: Visit) => Promise<T>,
  options?: BrowserContextOptions,
): Promise<T> {
  return visit(browser, pathToFileURL(page(project)).href, use, { offline: true, ...options });
}

/** What a page carries, in kB. */
function sizesOf(html: string): Readonly<Record<string, number>> {
  const parts = {
    "figures' data": /class="fb-spec">.*?<\/script>/gs,
    "still pictures": /src="data:image\/svg[^"]*"/g,
    "the run's data and answers": /class="fb-(?:run|rows)".*?<\/script>/gs,
    "table of answers": /<div class="fb-table fb-review.*?<\/table>/gs,
    "styles, Jupyter's and ours": /<style.*?<\/style>/gs,
    "scripts, Plotly's and ours": /<script(?: type="text\/plain" class="fb-plotly")?>.*?<\/script>/gs,
  };
  const sizes = Object.entries(parts).map(([name, part]): [string, number] => {
    const found = html.match(part) ?? [];
    return [name, found.reduce((sum, text) => sum + Buffer.byteLength(text), 0)];
  });
  const other = Buffer.byteLength(html) - sizes.reduce((sum, [, bytes]) => sum + bytes, 0);
  const all = [...sizes, ["all other", other] as const];
  return Object.fromEntries(all.map(([name, bytes]) => [name, Math.round(bytes / 1000)]));
}

describe.skipIf(isSkipped)(
  "the exported page, opened as a file without a network,",
  { timeout: 240_000 },
  () => {
    let made: DefaultRun;
    // Drawing all figures takes a browser without a graphics card long: one reader does most of what follows.
    let context: BrowserContext | undefined;
    let reader: Visit;
    beforeAll(async () => {
      made = await defaultRun();
      context = await browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
      reader = await visitIn(context, pathToFileURL(page(made)).href);
    }, 240_000);
    afterAll(() => context?.close());

    it("is one file of less than 7 MB, made by one command from a notebook of less than 1.5 MB", () => {
      expect(made).toMatchObject({ code: 0, stderr: "" });
      const notebook = page(made).replace(/html$/, "ipynb");
      console.table(sizesOf(readFileSync(page(made), "utf8")));
      expect(statSync(page(made)).size).toBeLessThan(MOST_BYTES.page);
      expect(statSync(notebook).size).toBeLessThan(MOST_BYTES.notebook);
    });

    it("opens all code and sorts its tables by keyboard alone", async () => {
      const { page } = reader;
      const code = page.locator("details.fb-code");
      expect(await code.first().getAttribute("open")).toBeNull();
      await page.getByRole("button", { name: "Show all code" }).focus();
      await page.keyboard.press("Enter");
      expect(await page.locator("details.fb-code[open]").count()).toBe(await code.count());
      await page.keyboard.press("Space");
      expect(await page.locator("details.fb-code[open]").count()).toBe(0);

      const table = page.locator(".fb-table", { hasText: "One row a model" });
      const scores = async () =>
        (await table.locator("tbody tr td:nth-child(2)").allTextContents()).map(Number);
      await table.locator("button.fb-sort").nth(1).focus();
      await page.keyboard.press("Enter");
      const rising = await scores();
      expect(rising).toHaveLength(24);
      expect(rising).toEqual(rising.toSorted((a, b) => a - b));
      await page.keyboard.press("Enter");
      expect(await scores()).toEqual(rising.toSorted((a, b) => b - a));
    });

    it("draws every figure with its axes named", async () => {
      const { page } = reader;
      await drawFigures(page, FIGURES);
      const figures = await drawnFigures(page);
      const surfaces = figures.filter((figure) => figure.kind === "3d");
      expect(surfaces.map((figure) => figure.axes)).toEqual([EXPLORED_AXES, ...SURFACE_AXES]);
      expect(await paintedCanvases(page)).toBeGreaterThanOrEqual(surfaces.length);
      for (const [x, y] of SURFACE_AXES) {
        expect(
          figures.filter((figure) => figure.kind === "flat").map((figure) => figure.axes),
        ).toContainEqual([x, y]);
      }
      expect(await page.title()).toMatch(/facet/i);
    });

    it("says in its first screen what was asked, what came out and how sure it is, with links to the figures", async () => {
      const { page } = reader;
      await drawFigures(page, FIGURES);
      await page.evaluate("window.scrollTo(0, 0)");
      const summary = page.locator(".fb-top");
      const top = async (selector: string) => (await page.locator(selector).first().boundingBox())?.y ?? NaN;
      expect(await top(".fb-ribbon")).toBe(0);
      expect(await top("h1")).toBeLessThan(await top(".fb-top"));
      // What was found stands beside the figure that shows it, and both begin in the window's upper third.
      expect(await top(".fb-found")).toBeCloseTo(await top(".fb-first"), 0);
      expect(await top(".fb-first")).toBeLessThan(300);
      expect(await page.locator(".fb-ribbon").innerText()).toMatch(/^Simulated: no real model/);
      expect(await summary.innerText()).toMatch(
        /12 questions over 4 facets.*24 simulated.*highest over all facets.*interact \(p.*tool_use: best by \w+ \(r.*surprises most.*known to ± 0.*told apart/s,
      );
      // The lines that the notebook's last cell prints stand here, and not a second time below.
      expect((await page.locator("main").innerText()).match(/each once/g)).toHaveLength(1);
      await summary.locator(".fb-facts > summary").click();
      const links = await summary.locator(".fb-facts a").all();
      expect(links).toHaveLength(1 + SURFACE_AXES.length);
      for (const [i, link] of links.entries()) {
        await link.focus();
        await page.keyboard.press("Enter");
        const figure = page
          .locator(i === 0 ? ".fb-figure:not(.fb-views *, .fb-explorer *)" : `.fb-views`)
          .nth(Math.max(0, i - 1));
        await expect.poll(async () => Math.abs((await figure.boundingBox())?.y ?? NaN)).toBeLessThan(60);
      }
    });

    it("has no serious fault of accessibility, its code open or folded", async () => {
      const { page } = reader;
      await drawFigures(page, FIGURES);
      expect(await seriousFaults(page)).toEqual([]);
      const folding = page.getByRole("button", { name: "all code" });
      await folding.click();
      expect(await seriousFaults(page, "details.fb-code")).toEqual([]);
      await folding.click();
    });

    it.each([1280, 800, 370])("fits into a window of %i pixels, with nothing hanging over", async (width) => {
      const { page } = reader;
      await page.setViewportSize({ width, height: 900 });
      await drawFigures(page, FIGURES);
      await screenshot(page, `page-${width}`, true);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
      // Plotly fits its margins to the texts in a second pass.
      await expect.poll(() => overhanging(page), { timeout: 10_000 }).toEqual([]);
    });

    it("asked for nothing and complained of nothing through all that", () => {
      expect(reader.requests).toEqual([]);
      expect(reader.complaints).toEqual([]);
    });

    it("shows a picture for every figure, and every answer, where scripts do not run", async () => {
      await open(
        made,
        async ({ page }) => {
          const pictures = page.locator('img.fb-picture:not([alt=""])');
          // The explorer begins with one.
          expect(await pictures.count()).toBe(FIGURES - (VIEWS - 1));
          for (const picture of await pictures.all()) {
            expect((await picture.boundingBox())?.height).toBeGreaterThan(200);
            expect(await picture.getAttribute("alt")).toMatch(/\w+ \w+/);
          }
          expect(await page.locator(".fb-review tbody tr:visible").count()).toBe(288);
          await screenshot(page, "page-no-scripts", true);
        },
        { javaScriptEnabled: false },
      );
    });
  },
);

describe.skipIf(isSkipped)("hostile answers, model names, errors and CSV cells", { timeout: 240_000 }, () => {
  let project: ProjectCopy;
  let made: CommandResult;
  let said: ReadonlySet<string>;
  beforeAll(async () => {
    project = copyProject();
    writeHostileNotebook(project.folder, "notebooks/facet_interactions.ipynb");
    const server = await startHostileServer();
    made = await project.run("start", [], { OPENROUTER_BASE_URL: server.baseURL });
    said = server.said;
    await server.close();
  }, 240_000);
  afterAll(() => project?.remove());

  it("leave the run unharmed, and nothing that a terminal obeys reaches it", () => {
    expect(made).toMatchObject({ code: 0, stderr: "" });
    expect(said.size).toBeGreaterThanOrEqual(100);
    expect(made.stdout.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202E\u2066-\u2069]/u);
  });

  it("run nothing, load nothing and stay in their cells in the exported page", async () => {
    await open(project, async (trial) => {
      await drawFigures(trial.page, HOSTILE_FIGURES);
      expect(await trial.page.locator(".fb-review tbody tr").count()).toBe(HOSTILE_ROWS);
      await expectNothingForeign(trial);
      await screenshot(trial.page, "page-hostile");
    });
  });
});
