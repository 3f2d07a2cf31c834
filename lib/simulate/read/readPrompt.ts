import type { Question } from "../question.js";
import { readCall } from "./readCall.js";
import { readCode } from "./readCode.js";
import { readFormat } from "./readFormat.js";
import { readNumber } from "./readNumber.js";

/** The patterns below look back and forth; on longer texts that takes its time. */
const LONGEST = 2_000;

/**
 * What a prompt asks, read from its own words, so that an edited number, word or name is answered as edited. Null for a
 * question of a kind that is not among the twelve, and for a long text: no such question is long.
 */
export function readPrompt(prompt: string): Question | null {
  if (prompt.length > LONGEST) return null;
  return readCall(prompt) ?? readCode(prompt) ?? readFormat(prompt) ?? readNumber(prompt);
}
