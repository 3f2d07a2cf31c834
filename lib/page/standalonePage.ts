import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { escapeHtml } from "../shared/escape.js";
import type { Display } from "../shared/types.js";
import { forScript } from "./browserBundle.js";
import { setUpPage } from "./setUpFigures.js";

const STYLE =
  "@media screen{:root{color-scheme:light dark}}body{font:16px/1.5 var(--fb-font);max-width:80rem;margin:2rem auto;" +
  "padding:0 1rem;color:var(--fb-ink);background:var(--fb-ground)}h1{overflow-wrap:anywhere}";

/**
 * One HTML page, about 5 MB, that needs nothing else: Plotly is inside, and the network is never asked.
 *
 * @param title Plain text, the page's name and its heading.
 * @param fill Shows the page's figures and tables on what it is given, as a cell does on its display.
 */
export function standalonePage(title: string, fill: (display: Display) => void): string {
  const parts: string[] = [];
  const display: Display = {
    html: (html) => void parts.push(html),
    text: (text) => void parts.push(`<p>${escapeHtml(text)}</p>`),
  };
  setUpPage(display);
  fill(display);
  const plotly = createRequire(import.meta.url).resolve("plotly.js-dist-min/plotly.min.js");
  return (
    `<!doctype html>\n<html class="fb-page" lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>` +
    `<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>` +
    `<body><main><h1>${escapeHtml(title)}</h1>\n${parts.join("\n")}\n</main>` +
    `<script type="text/plain" class="fb-plotly">${forScript(readFileSync(plotly, "utf8"))}</script></body></html>\n`
  );
}
