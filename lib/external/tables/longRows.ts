import { SIMULATED_PANEL } from "../../shared/provenance.js";
import { facetNamed } from "../merge/facets.js";
import { isPercentHead, plainText, rolesOf, type Role } from "./heads.js";
import type { RowReader } from "./scoreTable.js";

/**
 * Rows of a score each, by their heads' roles: model, score, and facet or else task. Other columns are passed over. In
 * the table that lm-eval prints the model is that of the line above it, "hf (pretrained=org/m), …", a task's name stands
 * in the first of its rows alone, and "↓" marks a metric that is better when lower.
 */
export const longRows: RowReader = (columns, preamble) => {
  const roles = rolesOf(columns);
  const isPrinted = !roles.has("model") && roles.has("metric");
  const isOfFacets = roles.has("facet");
  if (!roles.has("score") || !(isOfFacets || roles.has("task")) || !(isPrinted || roles.has("model")))
    return null;
  const [, printed = ""] = /\b(?:pretrained|model|engine)=([^,)\s]+)/.exec(preamble) ?? [];
  const lower = columns.map((column) => column.toLowerCase());
  const [simulated, provider] = [lower.indexOf("simulated"), lower.indexOf("provider")];
  const isPercent = isPercentHead(columns[roles.get("score")!]!);
  let above = "";
  return (cells) => {
    const cell = (role: Role): string => unescaped(cells[roles.get(role) ?? -1] ?? "");
    const written = plainText(cell(isOfFacets ? "facet" : "task"));
    const task = isPrinted ? written.replace(/^[-\s]+/, "") || above : written;
    above = task;
    const one = {
      model: isPrinted ? printed : plainText(cell("model")),
      task,
      isFacet: isOfFacets || facetNamed(task) !== null,
      score: cell("score"),
      n: cell("n"),
      metric: [cell("metric"), cell("filter")].filter((part) => !/^(?:none)?$/.test(part)).join(","),
      variant: cell("variant"),
      simulated: cells[simulated]?.toLowerCase() === "true" || cells[provider] === SIMULATED_PANEL,
      isPercent,
    };
    return isPrinted && cells.includes("↓") ? [{ ...one, score: "better when lower" }] : [one];
  };
};

/** Undoes the quote that `exportRows` and spreadsheets put before what starts like a formula. */
function unescaped(cell: string): string {
  return /^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell;
}
