import { expect } from "vitest";
import type { Visit } from "./visit.js";

/** What a hostile string might bring into an output: elements that do more than show. */
export const FOREIGN = [
  ..."iframe object embed form base link video audio marquee math foreignObject".split(" "),
  "svg a",
  "img:not(.fb-picture)",
  ..."onerror onload onfocus onmouseover ontoggle onpointerenter onanimationstart"
    .split(" ")
    .map((name) => `[${name}]`),
  // The page's own button folds the code.
  "[onclick]:not(.fb-top button)",
  ..."javascript data vbscript".split(" ").map((scheme) => `a[href^='${scheme}:']`),
];
/** The first screen's own links. */
const OWN_LINKS =
  ".fb-table a[href],.fb-figure a[href],.fb-top a[href]:not([href^='#surface-'],[href='#figure-1'])";

/** Opens every fold, sorts, filters and hovers as a reader would; then nothing may have run, loaded or broken out. */
export async function expectNothingForeign(trial: Visit, scope = "main"): Promise<void> {
  const { page } = trial;
  await page.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })");
  await page.locator(`${scope} button.fb-sort`).first().click();
  const search = page.locator(`${scope} [data-filter=text]`).first();
  await search.fill("tripwire");
  expect(await page.locator(`${scope} .fb-review tbody tr:visible`).count()).toBeGreaterThan(20);
  await search.fill("");
  const within = `:is(${scope}) :is(${[...FOREIGN, OWN_LINKS].join(",")})`;
  const found = `[...document.querySelectorAll(${JSON.stringify(within)})].map((part) => part.outerHTML.slice(0, 200))`;
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
