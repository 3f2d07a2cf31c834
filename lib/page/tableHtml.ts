import { escapeHtml } from "../shared/escape.js";

/** What a table on a page is made of; everything but `caption` and the heads is HTML already. */
interface TableParts {
  readonly caption: string;
  readonly heads: readonly (readonly [name: string, isNumber: boolean])[];
  readonly rows: readonly string[];
  /** Beside "fb-table". */
  readonly className?: string;
  readonly above?: string;
  /** Remarks under the table, by their class. */
  readonly below?: readonly (readonly [className: string, text: string])[];
}

/** A table that sorts by a click or key press on a column's head, and scrolls by itself where it is too large. */
export function tableHtml(parts: TableParts): string {
  const { heads, rows, className = "", above = "", below = [] } = parts;
  const caption = escapeHtml(parts.caption);
  const head = heads.map(([name, isNumber]) => {
    const number = isNumber ? ' class="fb-number"' : "";
    return `<th scope="col"${number}><button type="button" class="fb-sort">${escapeHtml(name)}</button></th>`;
  });
  // A table without columns is as wide as nothing, and so would its caption be.
  const table =
    heads.length === 0
      ? `<p class="fb-more">${caption}</p>`
      : `<div class="fb-scroll" tabindex="0" role="region" aria-label="${caption === "" ? "table" : caption}"><table>` +
        (caption === "" ? "" : `<caption>${caption}</caption>`) +
        `<thead><tr>${head.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
  const remarks = below.map(([name, text]) => `<p class="${name}">${escapeHtml(text)}</p>`);
  // MathJax stays away from dollar signs, and JupyterLab's single-key shortcuts from the buttons.
  return (
    `<div class="fb-table ${className} tex2jax_ignore mathjax_ignore" data-lm-suppress-shortcuts="true">` +
    `${above}${table}${remarks.join("")}</div>`
  );
}

/** What follows a text that was cut. */
export function moreCharacters(left: number): string {
  return `<span class="fb-missing">… ${left.toLocaleString("en")} more characters</span>`;
}

/** Says of a cell which model it names: the page marks its row wherever the model is pointed at. */
export function standsFor(model: unknown): string {
  return typeof model === "string" ? ` data-model="${escapeHtml(model)}"` : "";
}
