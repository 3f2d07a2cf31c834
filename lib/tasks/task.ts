import { SCORED_FIELDS, scorerFor } from "../scorers/index.js";
import type { Expected, Scorer } from "../scorers/types.js";
import { shownValue } from "../shared/json.js";
import type { Task } from "./types.js";

/** The four facets, in the order of tables and figures. */
export const FACETS = ["reasoning", "instruction", "coding", "tool_use"] as const;

/** One of the four facets. A task may name others: tables take any. */
export type Facet = (typeof FACETS)[number];

/**
 * A task: the question, its right answer and the judge of what models say.
 *
 * @param facet One of the four, or any other: a new facet is a new column of every table.
 * @param name Unique in its list.
 * @param expected What a right answer is, such as `{ answer: 5 }`.
 * @param scorer Default: by the field of `expected`. Where it has several, such as `includes` and `pattern`, an answer
 *   must be right by each.
 * @example
 * const spain = task("geography", "spain", "Which city is the capital of Spain?", { includes: ["Madrid"] });
 * (await spain.scorer("It is Madrid.", spain.expected)).value // 1
 * @throws TypeError when no scorer is given and `expected` holds nothing that one of the library's reads.
 */
export function task(
  facet: string,
  name: string,
  prompt: string,
  expected: Expected,
  scorer: Scorer = scorerOf(name, expected),
): Task {
  return { facet, name, prompt, expected, scorer };
}

function scorerOf(name: string, expected: Expected): Scorer {
  const scorer = scorerFor(expected);
  if (scorer) return scorer;
  const advice = `give it one of ${SCORED_FIELDS.join(", ")}, or a scorer as the fifth argument.`;
  throw new TypeError(`task: "${name}" expects ${shownValue(expected)}, which no scorer reads; ${advice}`);
}
