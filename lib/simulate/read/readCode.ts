import type { PythonQuestion } from "../question.js";
import { readComprehension } from "./readComprehension.js";
import { readPairFunction } from "./readPairFunction.js";
import { readTextFunction } from "./readTextFunction.js";

/** Reads small Python exercises: arithmetic on two arguments, a comprehension over a range, a change to a string. */
export function readCode(prompt: string): PythonQuestion | null {
  if (!/python/i.test(prompt)) return null;
  return readComprehension(prompt) ?? readTextFunction(prompt) ?? readPairFunction(prompt);
}
