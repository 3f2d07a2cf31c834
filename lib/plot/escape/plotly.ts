import { shortText } from "./visible.js";

/**
 * `<` opens Plotly's pseudo-HTML (links among it), `&` an entity, `$…$` is set by MathJax where a page has it, and
 * `%{…}` is filled in by a hover template.
 */
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  $: "&#36;",
  "%": "&#37;",
};

/** Outside text for any text that Plotly draws: titles, ticks, hover labels, annotations. One line, cut to `length`. */
export function escapePlotly(text: string, length = 60): string {
  return shortText(text, length).replaceAll(/[&<>$%]/g, (character) => ENTITIES[character] ?? character);
}
