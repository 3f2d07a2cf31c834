import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scorerFor, scorers } from "../../lib/scorers/index.js";
import { TASKS, withSeedScorers } from "../../lib/tasks/index.js";
import type { Expected } from "../../lib/scorers/types.js";
import type { Outcome } from "../../lib/shared/types.js";

const judges = [...TASKS, ...withSeedScorers(TASKS).map((task) => ({ ...task, name: `${task.name}, seed` }))];

/** What every outcome is, whatever its kind. */
const outcomeShape = (outcome: Outcome): object => ({
  sound: outcome.kind === "scored" ? outcome.value === 0 || outcome.value === 1 : outcome.kind === "unscored",
  explained: outcome.kind !== "failed" && outcome.explanation.length > 0 && outcome.explanation.length < 1000,
});

/** Pieces that scorers look for, so that random texts get past their first check. */
const PIECES = `\`\`\`python\n|\`\`\`|\`|\\boxed{|#### |The answer is| = |5|40 mph|six|(|)|[|]|{|}|"|'|"""|def add_numbers(a, b):\n|    return a + b\n|[n**2 for n in range(1, 5)]|for| in |#|\\|SEARCH|CALC(|12 * 7|: |<think>|</think>|<tool_call>|</tool_call>|{"tool_calls":[|Action: |,|\n|\r\n|\t| |\0|\ud800|\udfff|\u200b|😀|٥|½|-|.|?|!`;
const piece = fc.constantFrom(...PIECES.split("|"));
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join("")),
  fc.json(),
);

describe("every scorer", () => {
  it.each(judges)("gives an outcome to any text ($name)", async ({ scorer, expected }) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(outcomeShape(await scorer(text, expected))).toEqual({ sound: true, explained: true });
      }),
      { numRuns: 150 },
    );
  });

  it.each(judges)("gives the same outcome again ($name)", async ({ scorer, expected }) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(await scorer(text, expected)).toEqual(await scorer(text, expected));
      }),
      { numRuns: 20 },
    );
  });

  it.each(judges)(
    "takes an answer that is missing for an empty one ($name)",
    async ({ scorer, expected }) => {
      const missing = null as unknown as string;
      expect(await scorer(missing, expected)).toEqual(await scorer("", expected));
    },
  );
});

describe("every part", () => {
  const parts: readonly Expected[] = [
    { answer: 5, tolerance: 0.1 },
    { exact: ["a", "b"] },
    { includes: ["a", "("] },
    { pattern: "a+b" },
    { choice: "B", choices: ["one", "two"] },
    { json: { a: [1, { b: null }] } },
    { checks: [{ kind: "length_constraints:number_sentences", relation: "at least", num_sentences: 2 }] },
    { checks: [{ kind: "change_case:english_capital" }, { kind: "combination:two_responses" }] },
    { python: { entry: "add_numbers", prefix: "import math", tests: "assert add_numbers(1, 2) == 3" } },
    { call: null },
    { call: { tool: "SEARCH", named: { a: [[1], "x"], b: { c: [1] } }, optional: ["b"] } },
  ];
  it.each(parts)("gives the same sound outcome to any text (%j)", async (expected) => {
    const scorer = scorerFor(expected)!;
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const outcome = await scorer(text, expected);
        expect(outcomeShape(outcome)).toEqual({ sound: true, explained: true });
        expect(await scorer(text, expected)).toEqual(outcome);
      }),
      { numRuns: 60 },
    );
  });
});

describe("the target", () => {
  it("scores 1 against itself, whatever the number", () => {
    const { scorer } = TASKS[0]!;
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (value) => {
        const answer = Math.round(value * 100) / 100;
        expect(scorer(String(answer), { answer })).toMatchObject({ value: 1 });
      }),
    );
  });

  it("scores 1 against itself, whatever the text and the JSON", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-_a-z]{1,30}$/), (exact) => {
        expect(scorers.exact(exact, { exact })).toMatchObject({ value: 1 });
        expect(scorers.json(JSON.stringify({ key: exact }), { json: { key: exact } })).toMatchObject({
          value: 1,
        });
      }),
    );
  });
});
