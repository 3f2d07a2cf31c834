import type { PlotlyFigure } from "../../plot/types.js";

/** What a figure's colours (plot/figures/colourScale.ts) are on a dark ground. Scales of height stay as they are. */
const DARK: Readonly<Record<string, string>> = {
  "#ffffff": "#16191f",
  "#1f2430": "#e8eaee",
  "#59606e": "#aeb4c0",
  "#d9dce1": "#3b424d",
  "#eceef1": "#2b313a",
  "#e3192d": "#ff4d5e",
  // One colour a facet or level.
  "#0072b2": "#4da6e8",
  "#d55e00": "#f28a3c",
  "#009e73": "#2fc598",
  "#7f4f00": "#d09a4a",
  // Correlations.
  "#00578a": "#1f78b4",
  "#5fa3cc": "#245a80",
  "#f7f7f7": "#262b33",
  "#e39a55": "#7d4a1b",
  "#a84a00": "#b3601a",
};

const DARK_SYSTEM = "(prefers-color-scheme: dark)";

/** Whether the page is dark: as JupyterLab's theme is, or in an exported page as the reader's system is. */
export function isDark(): boolean {
  if (document.documentElement.classList.contains("fb-page")) return matchMedia(DARK_SYSTEM).matches;
  return document.body.dataset["jpThemeLight"] === "false";
}

/** Calls back whenever the page turns dark or light. */
export function whenThemeChanges(redraw: () => void): void {
  let was = isDark();
  const look = (): void => {
    if (was === isDark()) return;
    was = isDark();
    redraw();
  };
  matchMedia(DARK_SYSTEM).addEventListener("change", look);
  new MutationObserver(look).observe(document.body, { attributeFilter: ["data-jp-theme-light"] });
}

/** A figure, or a part of one, in the colours of the page as it is now; what is light stays the same object. */
export function themed<T>(part: T): T {
  return isDark() ? (recoloured(part) as T) : part;
}

/** Plotly's layout on the page's own ground. */
export function themedLayout(layout: PlotlyFigure["layout"]): PlotlyFigure["layout"] {
  if (!isDark()) return layout;
  const [ground, line] = [DARK["#ffffff"], DARK["#59606e"]];
  return { ...themed(layout), paper_bgcolor: ground, plot_bgcolor: ground, modebar: { color: line } };
}

function recoloured(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith("#") ? colourOf(value) : value;
  if (Array.isArray(value)) return typeof value[0] === "number" ? value : value.map(recoloured);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, recoloured(part)]));
}

/** "#rrggbb", with "aa" behind it where something shines through. */
function colourOf(colour: string): string {
  const found = DARK[colour.slice(0, 7)];
  return found === undefined || colour.length > 9 ? colour : found + colour.slice(7);
}
