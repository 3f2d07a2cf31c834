import type { Expected, Scorer } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { scoreChecks } from "./checks/instructionChecks.js";
import { scoreChoice } from "./choice.js";
import { scoreCoding } from "./coding.js";
import { scoreExact, scoreIncludes, scoreJson, scorePattern } from "./instruction.js";
import { failed } from "./answerText.js";
import { scoreReasoning } from "./reasoning.js";
import { scoreToolUse } from "./toolUse.js";

/** The judges of one answer, by what they judge. Each reads the fields of `Expected` that stand under its name. */
export const scorers = {
  number: scoreReasoning,
  exact: scoreExact,
  includes: scoreIncludes,
  pattern: scorePattern,
  choice: scoreChoice,
  json: scoreJson,
  checks: scoreChecks,
  python: scoreCoding,
  call: scoreToolUse,
} as const;

/** The field that each scorer cannot do without. */
const FIELDS: readonly (readonly [keyof Expected, Scorer])[] = Object.entries(scorers).map(
  ([name, scorer]) => [name === "number" ? "answer" : (name as keyof Expected), scorer],
);

/** What an `Expected` may hold that a scorer can be chosen by, in order. */
export const SCORED_FIELDS: readonly (keyof Expected)[] = FIELDS.map(([field]) => field);

/**
 * The judge of a task by the fields of its `expected`: `scorers.number` for `answer`, and the scorer of the same name for
 * `exact`, `includes`, `pattern`, `choice`, `json`, `checks`, `python` and `call`. Where several are there, an answer is
 * right when all of them say so, and else what the first that does not says. Null where none is there.
 */
export function scorerFor(expected: Expected): Scorer | null {
  const [first = null, ...others] = judgesOf(expected);
  return others.length > 0 ? inTurn : first;
}

const judgesOf = (expected: Expected): readonly Scorer[] =>
  FIELDS.flatMap(([field, scorer]) => (expected[field] === undefined ? [] : [scorer]));

/** What the first scorer says that does not find the answer right; else what the last one says. */
const inTurn: Scorer = async (output, expected) => {
  let outcome: Outcome = failed("scorerFor: there is nothing to judge by.");
  for (const judge of judgesOf(expected)) {
    // oxlint-disable-next-line no-await-in-loop -- the first that finds a fault ends it
    outcome = await judge(output, expected);
    if (outcome.kind !== "scored" || outcome.value < 1) break;
  }
  return outcome;
};

/**
 * Judges whether an answer follows a format to the letter, by `expected.exact` and `expected.json` (see `scorers.exact` and
 * `scorers.json`); by both where both are given. Fails when there is neither.
 */
export function scoreInstruction(output: string, expected: Expected): Outcome {
  const { exact, json } = expected;
  if (exact === undefined && json === undefined)
    return failed("scoreInstruction: the task's expected has neither `exact` nor `json`.");
  const outcome = exact === undefined ? null : scoreExact(output, expected);
  const isRight = outcome?.kind === "scored" && outcome.value === 1;
  return outcome === null || (isRight && json !== undefined) ? scoreJson(output, expected) : outcome;
}
