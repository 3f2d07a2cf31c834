import type { Question } from "../question.js";
import { answerCall } from "./call.js";
import { answerExact, answerJson } from "./format.js";
import { answerNumber } from "./number.js";
import { answerPython } from "./python.js";
import type { Style, Written } from "./style.js";

/** A right or wrong answer to any question, in a model's own way; the names settle every choice. */
export function answerQuestion(
  question: Question,
  isRight: boolean,
  style: Style,
  luck: string,
  ...names: readonly (string | number)[]
): Written {
  switch (question.kind) {
    case "number":
      return answerNumber(question, isRight, style, luck, ...names);
    case "exact":
      return answerExact(question, isRight, style, luck, ...names);
    case "json":
      return answerJson(question, isRight, style, luck, ...names);
    case "python":
      return answerPython(question, isRight, style, luck, ...names);
    case "call":
      return answerCall(question.call, isRight, style, luck, ...names);
    default:
      return assertNever(question);
  }
}

function assertNever(question: never): never {
  throw new Error(`answerQuestion: unknown question ${JSON.stringify(question)}.`);
}
