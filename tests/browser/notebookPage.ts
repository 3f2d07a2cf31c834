import { readFileSync } from "node:fs";
import type { Download, Page } from "playwright-core";

/** The notebook that JupyterLab has in front, driven as its own menus do: through its commands and its model. */
export interface NotebookPage {
  runAll(): Promise<void>;
  /** Runs the cells with these ids, in the notebook's order. */
  run(ids: readonly string[]): Promise<void>;
  /** Starts a cell and returns at once. */
  begin(id: string): Promise<void>;
  interrupt(): Promise<void>;
  save(): Promise<void>;
  /** Clicks File → Save and Export Notebook As → HTML. @returns The text of the file that the browser is given. */
  exportFromMenu(): Promise<string>;
  /** Folds the list of files at the left away, or shows it again. */
  toggleFiles(): Promise<void>;
  source(id: string): Promise<string>;
  edit(id: string, source: string): Promise<void>;
  /** Text of what a cell shows. */
  output(id: string): Promise<string>;
  /** Takes away what a cell shows. */
  clear(id: string): Promise<void>;
  scrollTo(id: string): Promise<void>;
  /** Puts on one of JupyterLab's themes. */
  wear(theme: string): Promise<void>;
  /** Waits until the kernel has nothing to do. */
  idle(): Promise<void>;
}

const PANEL = "window.jupyterapp.shell.currentWidget";
const KERNEL = `${PANEL}?.sessionContext?.session?.kernel`;
const CELLS = `${PANEL}.content.widgets`;

/** Waits until a page of JupyterLab shows its notebook with a kernel that is ready. */
export async function notebookPage(page: Page): Promise<NotebookPage> {
  const idle = async () => {
    await page.waitForFunction(`window.jupyterapp && ${KERNEL}?.status === "idle"`);
  };
  const execute = async (command: string) => {
    await page.evaluate(
      `window.jupyterapp.commands.execute(${JSON.stringify(command)}).then(() => undefined)`,
    );
  };
  const begin = async (id: string) => {
    await page.evaluate(
      `${PANEL}.content.deselectAll(), ${PANEL}.content.activeCellIndex = ${CELLS}.indexOf(${find(id)})`,
    );
    await page.evaluate("void window.jupyterapp.commands.execute('notebook:run-cell')");
  };
  await page.waitForFunction("window.jupyterapp");
  await idle();
  return {
    idle,
    begin,
    runAll: () => execute("notebook:run-all-cells"),
    run: async (ids) => {
      for (const id of ids) {
        await begin(id);
        await page.waitForFunction(`${find(id)}.model.executionCount && ${KERNEL}.status === "idle"`);
      }
    },
    interrupt: () => execute("notebook:interrupt-kernel"),
    toggleFiles: () => execute("application:toggle-left-area"),
    save: () => execute("docmanager:save"),
    exportFromMenu: async () => {
      // JupyterLab opens a tab of its own for it, which closes as soon as the answer has become a download.
      const downloaded = new Promise<Download>((resolve) => {
        page.once("download", resolve);
        page.context().once("page", (tab) => tab.once("download", resolve));
      });
      await page.locator(".lm-MenuBar-itemLabel", { hasText: /^File$/ }).click();
      await page.locator(".lm-Menu-itemLabel", { hasText: "Save and Export Notebook As" }).hover();
      await page.locator(".lm-Menu-itemLabel", { hasText: /^HTML$/ }).click();
      return readFileSync(await (await downloaded).path(), "utf8");
    },
    source: (id) => page.evaluate<string>(`${find(id)}.model.sharedModel.getSource()`),
    edit: async (id, source) => {
      await page.evaluate(`${find(id)}.model.sharedModel.setSource(${JSON.stringify(source)})`);
    },
    clear: async (id) => {
      await page.evaluate(`${find(id)}.model.clearExecution()`);
    },
    scrollTo: async (id) => {
      await page.evaluate(`${find(id)}.node.scrollIntoView()`);
    },
    wear: async (theme) => {
      await page.evaluate(
        `window.jupyterapp.commands.execute("apputils:change-theme", { theme: ${JSON.stringify(theme)} })`,
      );
    },
    output: (id) => page.evaluate<string>(`${find(id)}.outputArea.node.textContent`),
  };
}

function find(id: string): string {
  return `${CELLS}.find((cell) => cell.model.id === ${JSON.stringify(id)})`;
}
