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
    reasoning: (output, { answer }) => {
      // Integers only, so "2.5" holds a 2 and a 5. (Python reads digits of other scripts, too; this does not.)
      const numbers = textOf(output).match(/-?\d+/g) ?? [];
      return answer !== undefined && numbers.some((number) => Number(number) === answer)
        ? right(`Seed: ${answer} occurs among the integers.`)
        : wrong(`Seed: ${String(answer)} does not occur among the integers.`);
    },
    instruction: (output, { mustInclude, format }) => {
      const outcome = holdsTokens(output, mustInclude);
      const isBroken = format === "json" && outcome === ALL && !isPythonsJson(textOf(output));
      return isBroken ? wrong("Seed: the whole text is not JSON.") : outcome;
    },
    coding: (output, { patterns }) => holdsAll(patterns, (pattern) => occurs(pattern, textOf(output))),
    tool_use: (output, { required }) => holdsTokens(output, required),
  };

const ALL = right("Seed: everything that it looks for occurs.");
const textOf = (output: unknown): string => (typeof output === "string" ? output : "");

function holdsAll(wanted: readonly string[] = [], isThere: (one: string) => boolean): Outcome {
  const missing = wanted.find((one) => !isThere(one));
  return missing === undefined ? ALL : wrong(`Seed: "${missing}" does not occur.`);
}

const holdsTokens = (output: string, tokens: readonly string[] | undefined): Outcome =>
  holdsAll(tokens, (token) => textOf(output).toLowerCase().includes(token.toLowerCase()));

/** Python's json.loads also takes NaN and Infinity as values. */
function isPythonsJson(json: string): boolean {
  const strict = json.replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)|-?Infinity|NaN/gs, (token) =>
    token.startsWith('"') ? token : "null",
  );
  return parsedJson(strict) !== undefined;
}

/** A pattern that is no regular expression in JavaScript is searched as plain text. */
function occurs(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "i").test(text);
  } catch {
    return text.toLowerCase().includes(pattern.toLowerCase());
  }
}
