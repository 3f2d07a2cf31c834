import type { CallQuestion } from "../question.js";

const TOOL = /\b(?:an?|the)\s+["'`]?([A-Z][A-Z_]{1,30})["'`]?\s+(?:tool|function|command)\b/;
const QUOTED = /['"“]([^'"”\n]{1,120})['"”]/;
const SUM = /\b(?:compute|calculate|evaluate|work out)\s+["'`]?([\d.]+(?:\s*[-+*/×x]\s*[\d.]+)+)/i;

/** Reads which tool a prompt wants called, and with what: a quoted text or an arithmetic expression. */
export function readCall(prompt: string): CallQuestion | null {
  const tool = TOOL.exec(prompt)?.[1];
  if (tool === undefined) return null;
  const argument = SUM.exec(prompt)?.[1]?.replace(/\.$/, "") ?? QUOTED.exec(prompt)?.[1];
  return argument === undefined ? null : { kind: "call", call: { tool, args: [argument] } };
}
