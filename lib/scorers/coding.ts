import type { Expected, PythonCheck } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { answerText } from "./answerText.js";
import { failed, unscored, wrong } from "./outcome.js";
import { comprehensionsIn, judgeComprehensions, offered } from "./python/comprehensions.js";
import { candidates, judgeFunction } from "./python/functions.js";
import { programsIn } from "./python/programs.js";
import type { Statement } from "./python/source.js";
import { outcomeOf } from "./python/verdict.js";
import type { Verdict } from "./python/verdict.js";
import { seedScorers } from "./seed.js";

/**
 * Judges Python by running it, in an interpreter without files, network or environment, in a process of its own, with
 * limits on time (1 s), memory, allocations and depth. A function is called on inputs that the prompt does not mention; an
 * expression is compared with its value. What is printed does not count.
 *
 * Code is taken from fences, inline code or bare text. Where an answer holds several pieces that disagree, or code that the
 * interpreter cannot run and no known pattern decides, the outcome is `review`.
 *
 * Reads `expected.python`; a task that has only the seed's `patterns` is judged by those, and the explanation says so.
 */
export async function scoreCoding(output: string, expected: Expected): Promise<Outcome> {
  const { python, patterns } = expected;
  if (python === undefined && patterns === undefined) {
    return failed("scoreCoding: the task's expected has neither `python` nor `patterns`.");
  }
  const text = answerText(output);
  if (typeof text !== "string") return text;
  if (python === undefined) return seedScorers.coding(text, expected);
  return python.entry === undefined
    ? judgeExpressions(text, python)
    : judgePrograms(programsIn(text), python);
}

/** More offers than this are not an answer, and each could take its second. */
const MOST_OFFERS = 5;

/** Every function that the answer offers; one that misses a name is tried again with all of the answer's code. */
async function judgePrograms(
  programs: readonly (readonly Statement[])[],
  check: PythonCheck,
): Promise<Outcome> {
  const offers = programs.flatMap((program) =>
    candidates(program, check.entry).map((found) => ({ program, found })),
  );
  if (offers.length > MOST_OFFERS) return tooMany(offers.length, "functions");
  const verdicts: Verdict[] = [];
  for (const { program, found } of offers) {
    let verdict = await judgeFunction(program, found, check);
    if (verdict.is === "wrong" && verdict.why.includes("NameError") && programs.length > 1) {
      verdict = await judgeFunction(programs.flat(), found, check);
    }
    verdicts.push(verdict);
  }
  return outcomeOf(verdicts);
}

async function judgeExpressions(text: string, check: PythonCheck): Promise<Outcome> {
  const found = comprehensionsIn(text);
  if (found.length === 0) return wrong("The answer holds no list comprehension.");
  const offers = offered(found);
  return offers.length > MOST_OFFERS
    ? tooMany(offers.length, "list comprehensions")
    : outcomeOf(await judgeComprehensions(offers, check));
}

const tooMany = (count: number, what: string): Outcome =>
  unscored("review", `The answer offers ${count} ${what}; more than ${MOST_OFFERS} are not run.`);
