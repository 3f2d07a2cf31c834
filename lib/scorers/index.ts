export { scoreReasoning } from "./reasoning.js";
export { scoreInstruction } from "./instruction.js";
export { scoreCoding } from "./coding.js";
export { scoreToolUse } from "./toolUse.js";
export { seedScorers } from "./seed.js";
export { withoutThinking } from "./answerText.js";
export type { Answered } from "./answerText.js";
