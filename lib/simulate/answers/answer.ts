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
  modelId: string,
  ...names: readonly (string | number)[]
): Written {
  switch (question.kind) {
    case "number":
      return answerNumber(question, isRight, style, modelId, ...names);
    case "exact":
      return answerExact(question, isRight, style, modelId, ...names);
    case "json":
      return answerJson(question, isRight, style, modelId, ...names);
    case "python":
      return answerPython(question, isRight, style, modelId, ...names);
    case "call":
      return answerCall(question.call, isRight, style, modelId, ...names);
    default:
      return assertNever(question);
  }
}

function assertNever(question: never): never {
  throw new Error(`answerQuestion: unknown question ${JSON.stringify(question)}.`);
}
