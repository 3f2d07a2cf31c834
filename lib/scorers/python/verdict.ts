import type { PythonCheck } from "../types.js";
import type { Outcome } from "../../shared/types.js";
import { right, unscored, wrong } from "../outcome.js";
import { patternOccurs } from "../pattern.js";

/** What running a piece of code says: `unknown` where it could not be run. */
export interface Verdict {
  readonly is: "right" | "wrong" | "unknown";
  readonly why: string;
}

/**
 * One outcome from the verdicts on an answer's several pieces: what they agree on. Where they do not agree, a reader decides.
 */
export function outcomeOf(verdicts: readonly Verdict[]): Outcome {
  const [first] = verdicts;
  if (first === undefined) return wrong("The answer holds no such Python code.");
  if (verdicts.every(({ is }) => is === "right")) return right(first.why);
  const wrongs = verdicts.filter(({ is }) => is === "wrong");
  if (wrongs.length === verdicts.length) return wrong(wrongs.at(-1)!.why);
  return unscored(
    "review",
    verdicts.length === 1
      ? first.why
      : `Of ${verdicts.length} pieces of code, some are right: ${verdicts.at(-1)!.why}`,
  );
}

/** For code that cannot be run here: right where it is written in a way known to be right, else unknown. */
export function verdictByIdiom(code: string, check: PythonCheck, why: string): Verdict {
  const known = check.idioms?.some((idiom) => patternOccurs(idiom, code, "m")) ?? false;
  return known
    ? { is: "right", why: `Not run (${why}); judged by its pattern, which is right.` }
    : {
        is: "unknown",
        why: `Not run (${why}), and not in a pattern known to be right: a reader should decide.`,
      };
}
