import { visibleText } from "./visible.js";

/**
 * Outside text for a terminal: no control sequence survives (ESC and the C1 controls are written out), and neither
 * does a line break or tab, which would let one message pass for several.
 */
export function escapeTerminal(text: string): string {
  return visibleText(text).replaceAll("\n", "⏎").replaceAll("\t", " ");
}
