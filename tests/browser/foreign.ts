import { expect } from "vitest";
import type { Visit } from "./visit.js";

/** What a hostile string might bring into an output: elements that do more than show. */
const FOREIGN = [
  "iframe",
  "object",
  "embed",
  "form",
  "base",
  "link",
  "video",
  "audio",
  "marquee",
  "math",
  "foreignObject",
  "svg a",
  ".fb-table a[href],.fb-figure a[href],.fb-top a[href]:not([href^='#surface-'],[href='#figure-1'])",
  "img:not(.fb-picture)",
  "[onerror],[onload],[onfocus],[onmouseover],[ontoggle],[onpointerenter],[onanimationstart]",
  "a[href^='javascript:'],a[href^='data:'],a[href^='vbscript:']",
];

/** Opens every fold, sorts, filters and hovers as a reader would; then nothing may have run, loaded or broken out. */
export async function expectNothingForeign(trial: Visit, scope = "main"): Promise<void> {
  const { page } = trial;
  await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
  await page.locator(`${scope} button.fb-sort`).first().click();
  const search = page.locator(`${scope} [data-filter=text]`).first();
  await search.fill("tripwire");
  expect(await page.locator(`${scope} .fb-review tbody tr:visible`).count()).toBeGreaterThan(20);
  await search.fill("");
  const found = `[...document.querySelectorAll(${JSON.stringify(
    FOREIGN.map((part) =>
      part
        .split(",")
        .map((one) => `${scope} ${one}`)
        .join(","),
    ).join(","),
  )})].map((part) => part.outerHTML.slice(0, 200))`;
  expect(await page.evaluate(found)).toEqual([]);
  expect(
    await page.evaluate(
      "[...new Set([...document.querySelectorAll('.fb-review tbody tr')].map((row) => row.cells.length))]",
    ),
  ).toEqual([5]);
  expect(await page.evaluate("({}).polluted")).toBeUndefined();
  await page.waitForTimeout(500);
  expect(await trial.tripped()).toBe(0);
  expect(trial.requests).toEqual([]);
  expect(trial.complaints).toEqual([]);
}
