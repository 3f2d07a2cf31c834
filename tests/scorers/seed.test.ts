import { describe, expect, it } from "vitest";
import { seedScorers } from "../../lib/scorers/index.js";
import type { SeedExpected } from "../../lib/scorers/types.js";

describe("the original's heuristics", () => {
  it.each<[keyof typeof seedScorers, SeedExpected, unknown, number]>([
    ["reasoning", { answer: 5 }, "2 + 3 = 5, not 6", 1],
    ["reasoning", { answer: 5 }, "She has 2.5", 1],
    ["reasoning", { answer: 5 }, "55, -5 or five", 0],
    ["reasoning", { answer: -5 }, "It is -5", 1],
    ["reasoning", { answer: 55 }, "55", 1],
    ["reasoning", {}, "5", 0],
    ["instruction", {}, "anything", 1],
    ["coding", {}, "anything", 1],
    ["tool_use", {}, "anything", 1],
    ["reasoning", { answer: 5 }, "", 0],
    ["reasoning", { answer: 5 }, null, 0],
    ["instruction", { mustInclude: ["oak", "Elm"] }, "OAK and elm", 1],
    ["instruction", { mustInclude: ["oak", "elm"] }, "an oak", 0],
    ["instruction", {}, "", 1],
    ["instruction", { mustInclude: ["oak"] }, 5, 0],
    ["instruction", { mustInclude: ["a"], format: "json" }, '{"a": 1}', 1],
    ["instruction", { mustInclude: ["a"], format: "json" }, 'So: {"a": 1}', 0],
    ["instruction", { mustInclude: ["a"], format: "json" }, '{"b": 1}', 0],
    ["instruction", { mustInclude: ["a"] }, 'So: {"a": 1}', 1],
    ["instruction", { format: "json" }, "[NaN, Infinity, -Infinity]", 1],
    ["instruction", { format: "json" }, '{"a \\" NaN": "Infinity"}', 1],
    ["instruction", { format: "json" }, "NaN", 1],
    ["instruction", { format: "json" }, '{"a": Infinity}', 1],
    ["instruction", { format: "json" }, "-NaN", 0],
    ["instruction", { format: "json" }, "1NaN", 0],
    ["instruction", { format: "json" }, "[nan]", 0],
    ["instruction", { format: "json" }, '"NaN', 0],
    ["coding", { patterns: ["def\\s+f", "return"] }, "DEF  f(): Return 1", 1],
    ["coding", { patterns: ["def\\s+f", "return"] }, "def f(): pass", 0],
    ["coding", { patterns: ["[::-1]"] }, "s[::-1]", 1],
    ["coding", { patterns: ["[::-1]"] }, "s[:-1]", 0],
    ["coding", { patterns: ["[::-1]"] }, "s[1]", 0],
    ["coding", {}, "", 1],
    ["tool_use", { required: ["SEARCH", "weather"] }, "search('Weather')", 1],
    ["tool_use", { required: ["SEARCH", "weather"] }, "search('rain')", 0],
    ["tool_use", { required: ["SEARCH"] }, undefined, 0],
  ])("judge as it did: %s %j of %j: %i", (facet, expected, answer, value) => {
    expect(seedScorers[facet](answer as string, expected)).toMatchObject({ kind: "scored", value });
  });

  it("say what they missed", () => {
    expect(seedScorers.tool_use("a", { required: ["a", "b"] })).toMatchObject({
      explanation: 'Seed: "b" does not occur.',
    });
  });
});
