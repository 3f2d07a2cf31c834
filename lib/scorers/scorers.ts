import type { Expected, Scorer } from "./types.js";
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
  return judgeBy(FIELDS, expected);
}

function judgeBy(fields: typeof FIELDS, expected: Expected): Scorer | null {
  const judges = fields.flatMap(([field, scorer]) => (expected[field] === undefined ? [] : [scorer]));
  return judges.reduceRight<Scorer | null>(
    (then, first) => (then === null ? first : both(first, then)),
    null,
  );
}

/** Says what the second says of an answer that the first finds right; else what the first says. */
function both(first: Scorer, then: Scorer): Scorer {
  return async (output, expected) => {
    const outcome = await first(output, expected);
    return outcome.kind === "scored" && outcome.value === 1 ? then(output, expected) : outcome;
  };
}

const FORMAT_FIELDS = FIELDS.filter(([field]) => field === "exact" || field === "json");

/**
 * Judges whether an answer follows a format to the letter, by `expected.exact` and `expected.json` (see `scorers.exact` and
 * `scorers.json`); by both where both are given. Fails when there is neither.
 */
export const scoreInstruction: Scorer = (output, expected) => {
  const judge = judgeBy(FORMAT_FIELDS, expected);
  return (
    judge?.(output, expected) ??
    failed("scoreInstruction: the task's expected has neither `exact` nor `json`.")
  );
};
