import { visibleText } from "./visible.js";

/**
 * Outside text as Markdown text on one line, table cells included: every ASCII punctuation mark is escaped
 * (CommonMark 0.31, section 2.4), `<` and `&` as entities, `$` as one too since Jupyter sets `$…$` as a formula.
 * Links without brackets (`https://…`, `www.…`) are broken at their colon and dot by the same escapes.
 */
export function escapeMarkdown(text: string): string {
  return visibleText(text)
    .replaceAll(/\s+/gu, " ")
    .replaceAll(/[!-/:-@[-`{-~]/g, (c) => {
      if (c === "<") return "&lt;";
      if (c === ">") return "&gt;";
      if (c === "&") return "&amp;";
      if (c === "$") return "&#36;";
      return `\\${c}`;
    });
}
