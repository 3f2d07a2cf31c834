import type { Expected, Scorer } from "./types.js";
import { parsedJson } from "../shared/json.js";
import type { Outcome } from "../shared/types.js";
import { patternOccurs, right, wrong } from "./outcome.js";

/**
 * The original notebook's heuristics, kept for comparison: the same verdicts on the same answers.
 * Mended only where they throw: a pattern that is no regular expression (the original's `[::-1]`) is searched literally,
 * and a missing answer is an empty one.
 */
export const seedScorers: {
  readonly reasoning: Scorer;
  readonly instruction: Scorer;
  readonly coding: Scorer;
  readonly tool_use: Scorer;
} = {
  reasoning: (output, expected) => {
    // Integers only, so "2.5" holds a 2 and a 5. (Python reads digits of other scripts, too; this does not.)
    const numbers = text(output).match(/-?\d+/g) ?? [];
    return expected.answer !== undefined && numbers.some((number) => Number(number) === expected.answer)
      ? right(`Seed: ${expected.answer} occurs among the integers.`)
      : wrong(`Seed: ${String(expected.answer)} does not occur among the integers.`);
  },
  instruction: (output, expected) => {
    const missing = missingToken(output, expected.mustInclude);
    if (missing !== undefined) return missing;
    if (expected.format === "json" && !parses(text(output)))
      return wrong("Seed: the whole text is not JSON.");
    return right("Seed: every required string occurs.");
  },
  coding: (output, expected) => {
    const missing = expected.patterns?.find((pattern) => !patternOccurs(pattern, text(output), "i"));
    return missing === undefined
      ? right("Seed: every pattern matches.")
      : wrong(`Seed: the pattern ${missing} does not match.`);
  },
  tool_use: (output, expected) =>
    missingToken(output, expected.required) ?? right("Seed: every required string occurs."),
};

const text = (output: unknown): string => (typeof output === "string" ? output : "");

function missingToken(output: unknown, tokens: Expected["mustInclude"]): Outcome | undefined {
  const lower = text(output).toLowerCase();
  const missing = tokens?.find((token) => !lower.includes(token.toLowerCase()));
  return missing === undefined ? undefined : wrong(`Seed: "${missing}" does not occur.`);
}

/** Python's json.loads also takes NaN and Infinity as values. */
function parses(json: string): boolean {
  const strict = /NaN|Infinity/.test(json)
    ? json.replaceAll(/"(?:[^"\\]|\\.)*(?:"|$)|-?Infinity|NaN/gs, (token) =>
        token.startsWith('"') ? token : "null",
      )
    : json;
  return parsedJson(strict) !== undefined;
}
