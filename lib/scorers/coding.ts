import type { Expected, PythonCheck } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { answerText, failed, lacks, right, unscored, wrong } from "./answerText.js";
import { comprehensionsIn, judgeComprehensions } from "./python/judgeComprehension.js";
import { candidates, judgeFunction } from "./python/judgeFunction.js";
import { programsIn } from "./python/programs.js";
import { SANDBOX_LIMITS } from "./python/runPython.js";
import type { Verdict } from "./python/verdict.js";

/**
 * Judges Python by running it, in an interpreter without files, network or environment, in a process of its own, with
 * limits on time (1 s), memory, allocations and depth. A function is called on inputs that the prompt does not mention; an
 * expression is compared with its value. What is printed does not count.
 *
 * Code is taken from fences, inline code or bare text. Where an answer holds several pieces that disagree, or code that the
 * interpreter cannot run, the outcome is `review`.
 *
 * Fails when the task has no `expected.python`.
 */
export async function scoreCoding(output: string, expected: Expected): Promise<Outcome> {
  const { python } = expected;
  if (python === undefined) return lacks("scoreCoding", "python");
  const { entry, cases, tests } = python;
  if (entry !== undefined && !(cases?.length || tests?.trim()))
    return failed("scoreCoding: expected.python has neither `cases` nor `tests`; give it one of them.");
  const text = answerText(output);
  if (typeof text !== "string") return text;
  return entry === undefined ? judgeExpressions(text, python) : judgePrograms(text, python, entry);
}

/** Every function that the answer offers; one that misses a name is tried again with all of the answer's code. */
async function judgePrograms(text: string, check: PythonCheck, entry: string | null): Promise<Outcome> {
  const programs = programsIn(text);
  const all = programs.flatMap((program) => candidates(program, entry).map((found) => ({ program, found })));
  // "Or, without docstring, …" is beside what was asked for.
  const documented = all.filter(({ found }) => found.hasDocstring);
  const offers = check.needs?.includes("docstring") && documented.length > 0 ? documented : all;
  if (offers.length > SANDBOX_LIMITS.offers) return tooMany(offers.length, "functions");
  const verdicts: Verdict[] = [];
  for (const { program, found } of offers) {
    const verdict = await judgeFunction(program, found, check);
    const again = verdict.lacksName === true && programs.length > 1;
    verdicts.push(again ? await judgeFunction(programs.flat(), found, check) : verdict);
  }
  return outcomeOf(verdicts, "Python function asked for");
}

async function judgeExpressions(text: string, check: PythonCheck): Promise<Outcome> {
  const offers = comprehensionsIn(text);
  if (offers.length > SANDBOX_LIMITS.offers) return tooMany(offers.length, "list comprehensions");
  return outcomeOf(await judgeComprehensions(offers, check), "list comprehension");
}

const tooMany = (count: number, what: string): Outcome =>
  unscored("review", `The answer offers ${count} ${what}; more than ${SANDBOX_LIMITS.offers} are not run.`);

/** What the verdicts on an answer's pieces agree on. Where they do not agree, a reader decides. */
function outcomeOf(verdicts: readonly Verdict[], what: string): Outcome {
  const [first] = verdicts;
  if (first === undefined) return wrong(`The answer holds no ${what}.`);
  if (verdicts.every(({ is }) => is === "right")) return right(first.why);
  if (verdicts.every(({ is }) => is === "wrong")) return wrong(verdicts.at(-1)!.why);
  const disagree = `${verdicts.length} pieces of code disagree: ${verdicts.at(-1)!.why}`;
  return unscored("review", verdicts.length === 1 ? first.why : disagree);
}
