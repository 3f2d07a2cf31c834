import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** plotly.js-dist-min 4.1 sets `window.Plotly` itself, after asking for CommonJS and, in its parts, for AMD. */
const PACKAGE_FILE = "plotly.js-dist-min/plotly.min.js";

/**
 * A `<script>` that defines `window.Plotly`, unless the page has it already. About 4.8 MB: once a page.
 *
 * The names of module loaders are hidden from it: a classic notebook has require.js, and a page in Electron has
 * CommonJS, where the bundle would register itself as a module and never reach `window`.
 */
export function plotlyScript(): string {
  const path = createRequire(import.meta.url).resolve(PACKAGE_FILE);
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
