import { visibleText } from "./visible.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/**
 * Outside text as HTML text, or inside a quoted attribute. Not for a script, a style, a URL or an event handler:
 * nothing from outside is ever put there.
 */
export function escapeHtml(text: string): string {
  return visibleText(text).replaceAll(/[&<>"'`]/g, (character) => ENTITIES[character] ?? character);
}
