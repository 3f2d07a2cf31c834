/**
 * How long the reader of a page waits, in Chromium on this machine: `npm run bench -- page`. A page of 130 models on
 * seven facets is opened from a file, and facets are chosen twenty times. Times are the page's own, from the choice on:
 * until it is fitted, until it is said and drawn in the page's tree, until the frame with the flat views is out, and
 * until that with the scene is.
 */
import { explore } from "../../lib/page/index.js";
import { collector } from "../page/collect.js";
import { manyScores } from "../page/manyScores.js";
import { launch, withPage } from "../page/withPage.js";

const STEPS = ["fitted", "said", "flat", "drawn"] as const;
type Times = Record<(typeof STEPS)[number], number>;
const CHOICES = 21;
/** The first is the compiler's. */
const WARM_UP = 3;
const LIMITS = { drawn: 100, first: 1500 };

/** Chooses a facet for an axis, and tells in ms when what was done. */
const choose = (axis: string, place: number): string => `new Promise((resolve) => {
  const [select, stage] = ["[data-axis=${axis}]", "[data-view=space] .fb-stage"]
    .map((part) => document.querySelector(".fb-explorer " + part));
  const start = performance.now();
  const times = {};
  const note = (name) => { times[name] = performance.now() - start; };
  const frame = (then) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(0);
  });
  addEventListener("fb-fitted", () => note("fitted"), { once: true });
  stage.once("plotly_afterplot", () => frame(() => { note("drawn"); resolve(times); }));
  select.value = ${place};
  select.dispatchEvent(new Event("change", { bubbles: true }));
  note("said");
  frame(() => note("flat"));
})`;

/** Milliseconds from the page's opening until a still picture or a canvas is seen in the explorer. */
const FIRST = `new Promise((resolve) => {
  const look = () => {
    const seen = document.querySelector(".fb-explorer :is(canvas, .fb-picture, .main-svg)");
    if (seen?.getBoundingClientRect().height > 100 && seen.naturalWidth !== 0) resolve(performance.now());
    else requestAnimationFrame(look);
  };
  look();
})`;

async function main(): Promise<void> {
  const { wide, means, families } = manyScores(130);
  const display = collector();
  explore(display, wide, { means, families });
  const browser = await launch();
  const all: Times[] = [];
  await withPage(browser, display.shown.join(""), async ({ page }) => {
    console.log(
      `first picture after ${(await page.evaluate<number>(FIRST)).toFixed(0)} ms (limit ${LIMITS.first})`,
    );
    await page.waitForFunction(
      `document.querySelectorAll(".fb-explorer .fb-drawn .main-svg:first-of-type").length === 3`,
    );
    for (let i = 0; i < WARM_UP + CHOICES; i++) {
      // Every axis in turn, every facet; the worker's own fit is under way meanwhile, as it is for a reader.
      const times = await page.evaluate<Times>(choose("xyz"[i % 3]!, (3 * i + 1) % 7));
      if (i >= WARM_UP) all.push(times);
      await page.waitForTimeout(700);
    }
  });
  await browser.close();
  console.log("\nms from the choice until     median    worst");
  for (const step of STEPS) {
    const sorted = all.map((times) => times[step]).toSorted((a, b) => a - b);
    const [median, worst] = [sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
    const limit = step === "drawn" ? ` (limit ${LIMITS.drawn})` : "";
    console.log(`${step.padEnd(24)}${median.toFixed(0).padStart(11)}${worst.toFixed(0).padStart(9)}${limit}`);
  }
}

await main();
