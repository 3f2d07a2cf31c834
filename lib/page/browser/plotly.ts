import type { PlotlyFigure } from "../../plot/types.js";
import { painted } from "./whenShown.js";

type Parts = [data: PlotlyFigure["data"], layout: PlotlyFigure["layout"], config?: PlotlyFigure["config"]];

/** What of Plotly a page uses. */
export interface Plotly {
  newPlot(stage: HTMLElement, ...figure: Parts): Promise<unknown>;
  react(stage: HTMLElement, ...figure: Parts): Promise<unknown>;
  purge(stage: HTMLElement): void;
  toImage(
    figure: { readonly data: readonly object[]; readonly layout: object },
    how: { readonly format: "png"; readonly width: number; readonly height: number; readonly scale: number },
  ): Promise<string>;
}

const FILE = "node_modules/plotly.js-dist-min/plotly.min.js";

let asked: Promise<Plotly | null> | undefined;

/**
 * Plotly: as an exported page carries it, as text (`.fb-plotly`), or from the files beside the notebook, which Jupyter
 * serves. Null anywhere else, where the still pictures stay; the network beyond is never asked.
 */
export function plotly(): Promise<Plotly | null> {
  return (asked ??= find());
}

async function find(): Promise<Plotly | null> {
  if (document.readyState === "loading")
    await new Promise((resolve) => void document.addEventListener("DOMContentLoaded", resolve));
  // It takes a second to start.
  await painted();
  const carried = document.querySelector(".fb-plotly")?.textContent;
  if (carried !== undefined) start(carried);
  for (const address of inPage() === null ? servedBy() : []) {
    // Sequential: the first folder nearly always has it.
    // oxlint-disable-next-line no-await-in-loop
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok !== true) continue;
    // oxlint-disable-next-line no-await-in-loop
    start(await answer.text());
    if (inPage() !== null) break;
  }
  return inPage();
}

function start(code: string): void {
  const script = document.createElement("script");
  // A classic notebook has require.js, and Electron CommonJS: the bundle would register with them, not with us.
  script.textContent = `(function(define,module,exports,require){${code}\n}).call(window)`;
  document.head.append(script);
}

function inPage(): Plotly | null {
  return (globalThis as { Plotly?: Plotly }).Plotly ?? null;
}

/** Where Jupyter would serve it: from its own folder, then from each folder above the notebook, outermost first. */
function servedBy(): readonly string[] {
  const config = document.getElementById("jupyter-config-data")?.textContent;
  const { baseUrl } = config ? (JSON.parse(config) as { baseUrl?: string }) : document.body.dataset;
  if (baseUrl === undefined) return [];
  const [, path = ""] = /\/(?:tree|notebooks|doc)\/(.*)$/.exec(location.pathname) ?? [];
  const folders = path.split("/").slice(0, -1);
  return [[], ...folders.map((_, i) => folders.slice(0, i + 1))].map((above) =>
    [`${baseUrl}files`, ...above, FILE].join("/"),
  );
}
