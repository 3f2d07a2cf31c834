import type { SeedExpected } from "./types.js";
import { parsedJson } from "../shared/json.js";
import type { Outcome } from "../shared/types.js";
import { right, wrong } from "./answerText.js";

type SeedScorer = (output: string, expected: SeedExpected) => Outcome;

/**
 * The original notebook's heuristics, kept for comparison: the same verdicts on the same answers.
 * Mended only where they throw: a pattern that is no regular expression (the original's `[::-1]`) is searched literally,
 * and a missing answer is an empty one.
 */
export const seedScorers: Readonly<Record<"reasoning" | "instruction" | "coding" | "tool_use", SeedScorer>> =
  {
    // Integers only, so "2.5" holds a 2 and a 5. (Python reads digits of other scripts, too; this does not.)
    reasoning: (output, { answer }) =>
      answer !== undefined && (textOf(output).match(/-?\d+/g) ?? []).some((one) => Number(one) === answer)
        ? right(`Seed: ${answer} occurs among the integers.`)
        : wrong(`Seed: ${String(answer)} does not occur among the integers.`),
    instruction: (output, { mustInclude, format }) => {
      const outcome = holdsAll(mustInclude, output, holds);
      const isBroken = format === "json" && outcome === ALL && !isPythonsJson(textOf(output));
      return isBroken ? wrong("Seed: the whole text is not JSON.") : outcome;
    },
    coding: (output, { patterns }) => holdsAll(patterns, output, matches),
    tool_use: (output, { required }) => holdsAll(required, output, holds),
  };

const ALL = right("Seed: everything that it looks for occurs.");
const textOf = (output: unknown): string => (typeof output === "string" ? output : "");
const holds = (text: string, wanted: string): boolean => text.toLowerCase().includes(wanted.toLowerCase());

function holdsAll(wanted: readonly string[] | undefined, output: unknown, occurs: typeof holds): Outcome {
  const missing = wanted?.find((one) => !occurs(textOf(output), one));
  return missing === undefined ? ALL : wrong(`Seed: "${missing}" does not occur.`);
}

/** Python's json.loads also takes NaN and Infinity as values. */
const isPythonsJson = (json: string): boolean =>
  parsedJson(
    json.replaceAll(/("(?:[^"\\]|\\.)*(?:"|$))|-?Infinity|NaN/gs, (_, text) => String(text ?? null)),
  ) !== undefined;

/** A pattern that is no regular expression in JavaScript is searched as plain text. */
function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, "i").test(text);
  } catch {
    return holds(text, pattern);
  }
}
