import { createRequire } from "node:module";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { chromium } from "playwright-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";

import { setUpFigures } from "../../lib/page/index.js";
import { collector } from "./collect.js";

const PLACES = [
  process.env["CHROMIUM"],
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** A Chromium on this machine; undefined where there is none, and trials that need one are skipped. */
export const CHROMIUM: string | undefined = PLACES.find((place) => place !== undefined && existsSync(place));

/**
 * 3-D without a graphics card, which then is not made to draw the rest of the page, too; and no request of the
 * browser's own.
 */
const ARGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-gpu-rasterization",
  "--disable-gpu-compositing",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

const setUp = collector();
setUpFigures(setUp);
/** The output of a notebook's set-up cell. */
const SET_UP = setUp.shown.join("");

/** As an exported page carries it, at its end. */
const PLOTLY = `<script type="text/plain" class="fb-plotly">${readFileSync(createRequire(import.meta.url).resolve("plotly.js-dist-min/plotly.min.js"), "utf8")}</script>`;

/** Chromium's own remark on Plotly's text measuring; everything else that the console says counts. */
const NOISE = /willReadFrequently|GPU stall due to ReadPixels/;

export function launch(): Promise<Browser> {
  return chromium.launch({ ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }), args: ARGS });
}

/** A page with what it asked of the network, what its console said, and whether anything hostile ran. */
export interface Trial {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  /** Calls of `window.tripwire`. */
  tripped(): Promise<number>;
}

/**
 * Opens the HTML, after a set-up cell's or a page as a whole, from a file as a reader would, hands it to `use`, and
 * closes it whatever happens.
 */
export async function withPage<T>(
  browser: Browser,
  body: string,
  use: (trial: Trial) => Promise<T>,
  options: BrowserContextOptions & { readonly hasPlotly?: boolean } = {},
): Promise<T> {
  const { hasPlotly = true, ...contextOptions } = options;
  const folder = mkdtempSync(join(tmpdir(), "facet-bench-page-"));
  const file = join(folder, "page.html");
  writeFileSync(
    file,
    body.startsWith("<!doctype")
      ? body
      : `<!doctype html><html lang="en"><meta charset="utf-8"><title>trial</title><body>${SET_UP}${body}${hasPlotly ? PLOTLY : ""}`,
  );
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => {
      const isOwn = /^(data|blob):/.test(request.url()) || request.url() === pathToFileURL(file).href;
      if (!isOwn) requests.push(request.url());
    });
    page.on("console", (message) => {
      const isComplaint = message.type() === "error" || message.type() === "warning";
      if (isComplaint && !NOISE.test(message.text())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.addInitScript("window.tripped = 0; window.tripwire = () => { window.tripped += 1; };");
    // 5 MB of script take their time on a busy machine; the trials wait for what they need themselves.
    await page.goto(pathToFileURL(file).href, { waitUntil: "domcontentloaded", timeout: 100_000 });
    return await use({
      page,
      requests,
      complaints,
      tripped: () => page.evaluate<number>("window.tripped"),
    });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}
