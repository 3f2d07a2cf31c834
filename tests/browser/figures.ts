import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Every figure of the notebook in its order, by the titles of its axes ("" where an axis needs none). */
export interface DrawnFigure {
  readonly kind: "3d" | "flat";
  readonly axes: readonly string[];
  readonly title: string;
}

const FIGURES = `[...document.querySelectorAll(".fb-figure")]`;

/** Looks at one figure after the other, of which so many are seen, until Plotly has drawn each. */
export async function drawFigures(page: Page, count: number): Promise<void> {
  const figures = page.locator(".fb-figure:visible");
  await expect.poll(() => figures.count(), { timeout: 120_000 }).toBe(count);
  for (const figure of await figures.all()) {
    // oxlint-disable no-await-in-loop -- as a reader looks
    await figure.scrollIntoViewIfNeeded();
    await figure.locator(".fb-stage.js-plotly-plot .main-svg").first().waitFor();
  }
}

/** What Plotly drew, read from the drawn plots and not from what they were told. */
export function drawnFigures(page: Page): Promise<readonly DrawnFigure[]> {
  return page.evaluate<DrawnFigure[]>(`${FIGURES}.map((figure) => {
    const { _fullLayout: layout } = figure.querySelector(".fb-stage");
    const scene = layout.scene;
    const axes = scene ? [scene.xaxis, scene.yaxis, scene.zaxis] : [layout.xaxis, layout.yaxis];
    return {
      kind: scene ? "3d" : "flat",
      axes: axes.map((axis) => axis?.title?.text ?? ""),
      title: layout.title?.text ?? "",
    };
  })`);
}

/** 3-D views that hold a canvas of some size with a picture in it. */
export function paintedCanvases(page: Page): Promise<number> {
  return page.evaluate<number>(
    `[...document.querySelectorAll(".fb-figure canvas")].filter((canvas) => canvas.width > 100 && canvas.height > 100).length`,
  );
}

/** Texts that stick out of the window or of their own figure, with the window's width. */
export function overhanging(page: Page): Promise<readonly string[]> {
  return page.evaluate<
    string[]
  >(`[...document.querySelectorAll(".fb-figure text, .fb-figure img, .fb-title, figcaption, .fb-top dd, h1, h2, h3, p")]
    .filter((part) => part.getClientRects().length > 0 && part.textContent.trim() !== "")
    .filter((part) => {
      const box = part.getBoundingClientRect();
      const frame = part.closest(".fb-stage .main-svg")?.getBoundingClientRect() ?? { left: 0, right: document.documentElement.clientWidth };
      return box.left < frame.left - 1 || box.right > frame.right + 1;
    })
    .map((part) => document.documentElement.clientWidth + ": " + part.textContent.slice(0, 60))`);
}
