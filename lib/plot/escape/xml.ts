import { visibleText } from "./visible.js";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

/** Outside text as XML (SVG) text or attribute. `visibleText` leaves only characters that XML 1.0 allows. */
export function escapeXml(text: string): string {
  return visibleText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
