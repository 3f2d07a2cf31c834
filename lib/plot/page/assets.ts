import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const read = new Map<string, string>();

/**
 * What runs or applies in the reader's page: plain files beside this one, so that they can be linted. Without
 * comments and indents, since it is repeated with every figure and table of a notebook.
 */
export function asset(name: "figures.js" | "figures.css" | "tables.js" | "tables.css"): string {
  const known = read.get(name);
  if (known !== undefined) return known;
  const lines = readFileSync(new URL(name, import.meta.url), "utf8").split("\n");
  const text = lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("//"));
  read.set(name, text.join("\n"));
  return text.join("\n");
}

/**
 * A `<script>` that defines `window.Plotly`, unless the page has it already. About 4.8 MB: once a page.
 *
 * The names of module loaders are hidden from it: a classic notebook has require.js, and a page in Electron has
 * CommonJS, where the bundle would register itself as a module and never reach `window`.
 */
export function plotlyScript(): string {
  const path = createRequire(import.meta.url).resolve("plotly.js-dist-min/plotly.min.js");
  // Inside strings and comments these mean the same with a backslash, and no longer end or open a script element.
  const code = readFileSync(path, "utf8")
    .replaceAll(/<\/(script)/gi, "<\\/$1")
    .replaceAll("<!--", "<\\!--")
    .replaceAll(/<(script)/gi, "\\x3c$1");
  return (
    `<script>if(!window.Plotly){(function(define,module,exports,require){\n${code}\n}).call(window);` +
    `delete window.moduleName}</script>`
  );
}
