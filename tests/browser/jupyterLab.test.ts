import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { editNotebook } from "../helpers/editNotebook.js";
import { startOpenRouter } from "../helpers/openrouter-server.js";
import type { ProjectCopy } from "../helpers/projectCopy.js";
import { copyProject } from "../helpers/projectCopy.js";
import { CHROMIUM, launch } from "../page/withPage.js";
import { drawFigures, drawnFigures, overhanging, paintedCanvases } from "./figures.js";
import { expectNothingForeign } from "./foreign.js";
import { HOSTILE_FIGURES, HOSTILE_ROWS, startHostileServer, writeHostileNotebook } from "./hostile.js";
import type { LabServer } from "./labServer.js";
import { labWay, startLab } from "./labServer.js";
import { EXPLORED_AXES, FIGURES, SURFACE_AXES } from "./notebookFigures.js";
import type { NotebookPage } from "./notebookPage.js";
import { notebookPage } from "./notebookPage.js";
import { screenshot } from "./screenshot.js";
import type { Visit } from "./visit.js";
import { visit } from "./visit.js";

const way = labWay();
const isSkipped = way === null || (CHROMIUM === undefined && process.env["CI"] !== "true");
if (isSkipped) {
  console.log(
    `tests/browser: JupyterLab is skipped, there is no ${way === null ? "JupyterLab" : "Chromium"}`,
  );
}

describe.skipIf(isSkipped)("the notebook in JupyterLab", { timeout: 300_000 }, () => {
  let browser: Browser;
  let project: ProjectCopy;
  let lab: LabServer | undefined;

  beforeAll(async () => {
    if (way === null) return;
    project = copyProject({ isWhole: true });
    browser = await launch();
    lab = await startLab(project.folder, way);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    // Stopped first: the folder is mounted inside.
    lab?.stop();
    project?.remove();
  });

  function open<T>(name: string, use: (notebook: NotebookPage, trial: Visit) => Promise<T>): Promise<T> {
    const url = `${lab?.origin ?? ""}/lab/tree/notebooks/${name}.ipynb?reset`;
    return visit(browser, url, async (trial) => use(await notebookPage(trial.page), trial));
  }

  it("runs from a fresh open to its last figure, and complains of nothing", async () => {
    await open("facet_interactions", async (notebook, trial) => {
      const began = performance.now();
      await notebook.runAll();
      await expectAllDrawn(trial);
      const seconds = (performance.now() - began) / 1000;
      console.log(`JupyterLab: run all to the last figure took ${seconds.toFixed(1)} s`);
      await notebook.idle();
      expect(await notebook.output("summary")).toContain("24 simulated, no real one");
      await notebook.save();
      for (const { width, name, looked } of [
        { width: 1280, name: "1280", looked: ["answers", "means", "fit"] },
        { width: 800, name: "800-files", looked: ["answers", "means", "fit"] },
        { width: 800, name: "800", looked: ["fit"] },
      ]) {
        // The list of files leaves a small window little room; a reader may fold it away.
        if (name === "800") await notebook.toggleFiles();
        await trial.page.setViewportSize({ width, height: 1000 });
        for (const id of looked) {
          await notebook.scrollTo(id);
          await screenshot(trial.page, `lab-${name}-${id}`);
        }
        await expect.poll(() => overhanging(trial.page), { timeout: 10_000 }).toEqual([]);
      }
      await notebook.wear("JupyterLab Dark");
      const dark = "rgb(22, 25, 31)";
      await expect.poll(() => groundOf(trial.page, ".fb-table"), { timeout: 20_000 }).toBe(dark);
      await expect.poll(() => groundOf(trial.page, ".fb-drawn .main-svg")).toBe(dark);
      await screenshot(trial.page, "lab-dark");
    });
  });

  it("shows everything again as it was saved, and exports from the menu the same page as npm run export does, which draws all without a network", async () => {
    const fromMenu = await open("facet_interactions", async (notebook, trial) => {
      await expectAllDrawn(trial);
      expect(await notebook.output("summary")).toContain("24 simulated, no real one");
      return notebook.exportFromMenu();
    });
    expect(await lab?.exportSaved()).toContain("notebooks/facet_interactions.ipynb -> out/");
    const page = join(project.folder, "out/facet_interactions.html");
    // Compared by value, so that a difference does not print six megabytes.
    expect(firstDifference(fromMenu, readFileSync(page, "utf8"))).toBeNull();
    // The page has the explorer in its first screen.
    const url = pathToFileURL(page).href;
    await visit(browser, url, (trial) => expectAllDrawn(trial, [EXPLORED_AXES, ...SURFACE_AXES]), {
      offline: true,
    });
  });

  it("shows the progress, stops asking when interrupted, goes on, and asks only what an edit changed", async () => {
    const server = await startOpenRouter({ latencyMs: 400, models: null });
    const specs = ["a", "b", "c"].map((alias) => ({ id: `ok/echo?model=${alias}`, alias, enabled: true }));
    editNotebook(
      join(project.folder, "notebooks/facet_interactions.ipynb"),
      join(project.folder, "notebooks/live.ipynb"),
      {
        client: (source) => `process.env.OPENROUTER_BASE_URL = "${server.baseURL}";\n${source}`,
        models: `const MODEL_SPECS: ModelSpec[] = ${JSON.stringify(specs)};`,
      },
    );
    try {
      await open("live", async (notebook, { page, complaints }) => {
        await notebook.run([
          "dependencies",
          "client",
          "tasks",
          "scorers",
          "models",
          "settings",
          "chat",
          "evaluate",
        ]);
        const progress = ".jp-OutputArea .fb-progress span";
        await notebook.clear("run");
        await notebook.begin("run");
        await server.came(9);
        const seen = new Set<number>();
        while (seen.size < 3) {
          const text = await page.locator(progress).first().textContent();
          seen.add(Number(/^(\d+) of 36 answers/.exec(text ?? "")?.[1]));
          await page.waitForTimeout(50);
        }
        expect([...seen].toSorted((a, b) => a - b)).toEqual([...seen]);
        await notebook.interrupt();
        await notebook.idle();
        const asked = server.chats.length;
        expect(asked).toBeLessThan(36);
        await page.waitForTimeout(1500);
        expect(server.chats).toHaveLength(asked);
        expect(await notebook.output("run")).toMatch(/interrupted/i);

        // The next cell works, and the same cell again asks for the rest.
        await notebook.run(["settings"]);
        expect(await notebook.output("settings")).toBe("");
        server.reset();
        await notebook.run(["run"]);
        expect(await notebook.output("run")).toContain("Ran 36 model-task pairs");
        expect(server.chats.length).toBeLessThanOrEqual(36 - Math.max(...seen));

        server.reset();
        const prompts = await notebook.source("tasks");
        await notebook.edit("tasks", prompts.replace("Sarah has 3 apples", "Sarah has 30 apples"));
        await notebook.run(["tasks", "scorers", "chat", "evaluate", "run"]);
        expect(await notebook.output("run")).toContain("Ran 36 model-task pairs");
        expect(server.chats.map((chat) => chat.model).toSorted()).toEqual(specs.map((spec) => spec.id));
        for (const { body } of server.chats) expect(JSON.stringify(body)).toContain("Sarah has 30 apples");
        expect(complaints).toEqual([]);
      });
    } finally {
      await server.close();
    }
  });

  it("runs nothing of what hostile models, errors and files say, and keeps it in its cells", async () => {
    const server = await startHostileServer();
    writeHostileNotebook(
      project.folder,
      "notebooks/hostile.ipynb",
      (source) => `process.env.OPENROUTER_BASE_URL = "${server.baseURL}";\n${source}`,
    );
    try {
      await open("hostile", async (notebook, trial) => {
        await notebook.runAll();
        await trial.page.waitForFunction(
          `document.querySelectorAll(".fb-review tbody tr").length === ${HOSTILE_ROWS}`,
        );
        await notebook.idle();
        await drawFigures(trial.page, HOSTILE_FIGURES);
        expect(server.said.size).toBeGreaterThanOrEqual(100);
        // Not in printed text: there JupyterLab itself makes links of addresses, in new tabs, for whoever clicks them.
        await expectNothingForeign(trial, ".jp-RenderedHTML");
        await screenshot(trial.page, "lab-hostile");
      });
    } finally {
      await server.close();
    }
  });
});

/** Where two texts part, with a little of both; null when they are the same. */
function firstDifference(
  a: string,
  b: string,
): { readonly at: number; readonly a: string; readonly b: string } | null {
  if (a === b) return null;
  let at = 0;
  while (a[at] === b[at]) at++;
  return { at, a: a.slice(Math.max(0, at - 60), at + 60), b: b.slice(Math.max(0, at - 60), at + 60) };
}

/** The colour that an element stands on. */
function groundOf(page: Page, selector: string): Promise<string> {
  return page.evaluate<string>(`getComputedStyle(document.querySelector("${selector}")).backgroundColor`);
}

async function expectAllDrawn(
  { page, requests, complaints }: Visit,
  axes: readonly (readonly string[])[] = [...SURFACE_AXES, EXPLORED_AXES],
): Promise<void> {
  await drawFigures(page, FIGURES);
  const figures = await drawnFigures(page);
  const surfaces = figures.filter((figure) => figure.kind === "3d");
  expect(surfaces.map((figure) => figure.axes)).toEqual(axes);
  expect(await paintedCanvases(page)).toBeGreaterThanOrEqual(surfaces.length);
  const flat = figures.filter((figure) => figure.kind === "flat").map((figure) => figure.axes);
  for (const [x, y] of SURFACE_AXES) expect(flat).toContainEqual([x, y]);
  expect(await page.locator(".fb-review tbody tr").count()).toBe(288);
  expect(requests).toEqual([]);
  expect(complaints).toEqual([]);
}
