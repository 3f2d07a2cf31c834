import type { Display } from "../shared/types.js";
import { browserScript, browserStyle } from "./browserBundle.js";

/** What this kernel has shown so far. Kept with the process, so that reloading the library's code does not lose it. */
interface Shown {
  isSetUp: boolean;
  readonly displays: WeakSet<Display>;
}

const KEY = Symbol.for("facet-bench.plot.shown");
const kernel = globalThis as { [KEY]?: Shown };
const shown: Shown = (kernel[KEY] ??= { isSetUp: false, displays: new WeakSet() });

/**
 * Puts into the page, once, what brings figures and tables to life (about 200 kB): call it in the notebook's set-up
 * cell. Plotly itself is no part of the notebook: JupyterLab serves it from the files beside the notebook, an exported
 * page carries it, and anywhere else the still pictures show. The network is never asked.
 */
export function setUpFigures(display: Display): void {
  shown.isSetUp = true;
  display.html(
    `<div class="fb-setup">${setUp()}<small>Figures are drawn in this page, without the network.</small></div>`,
  );
}

function setUp(): string {
  return `<style>${browserStyle()}</style><script>${browserScript()}</script>`;
}

/** What brings one page's figures to life, whatever other pages this process has set up. */
export function setUpPage(display: Display): void {
  shown.displays.add(display);
  display.html(setUp());
}

/**
 * Shows HTML of the library's own. Without `setUpFigures` the first on each display brings along what that puts into
 * the page; re-running that cell then takes it out of the saved notebook, so a notebook should call `setUpFigures`.
 */
export function showHtml(display: Display, html: string): void {
  const bringsSetUp = !shown.isSetUp && !shown.displays.has(display);
  if (bringsSetUp) shown.displays.add(display);
  display.html(html + (bringsSetUp ? setUp() : ""));
}
