import { shortText } from "../shared/escape.js";
import type { Expected } from "./types.js";
import type { Outcome, UnscoredReason } from "../shared/types.js";

/** The answer meets what the prompt asks. */
export const right = (explanation: string): Outcome => ({ kind: "scored", value: 1, explanation });

/** The answer does not. */
export const wrong = (explanation: string): Outcome => ({ kind: "scored", value: 0, explanation });

/** There is nothing to score, or a person has to look; never a 0. */
export const unscored = (reason: UnscoredReason, explanation: string): Outcome => ({
  kind: "unscored",
  reason,
  explanation,
});

/** The task itself cannot be scored, whatever the answer. */
export const failed = (message: string): Outcome => ({ kind: "failed", message });

/** The task says nothing that the scorer could judge by. */
export const lacks = (scorer: string, field: keyof Expected): Outcome =>
  failed(`${scorer}: the task's expected has no \`${field}\`; give it one, or another scorer.`);

/** A piece of an answer for an explanation: one line, at most `length` characters. */
export const quote = (text: string, length = 60): string => `"${shortText(text, length)}"`;
