/** Judges of one answer: one for each kind of right answer that a task can name. */
export { SCORED_FIELDS, scoreInstruction, scorerFor, scorers } from "./scorers.js";
export { regexOf } from "./instruction.js";
export { scoreReasoning } from "./reasoning.js";
export { scoreCoding } from "./coding.js";
export { scoreToolUse } from "./toolUse.js";
export { seedScorers } from "./seed.js";
export { answerText, withoutThinking } from "./answerText.js";
export type { Answered } from "./answerText.js";
