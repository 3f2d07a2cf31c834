import { describe, expect, it } from "vitest";
import { nearestIds } from "../../lib/eval/index.js";

const KNOWN = [
  "anthropic/claude-3.5-haiku",
  "anthropic/claude-3.5-sonnet",
  "mistralai/mistral-small-3.2-24b-instruct",
  "openai/gpt-4o",
  "openai/gpt-4o-mini",
  "qwen/qwen-2.5-7b-instruct",
];

describe("nearestIds", () => {
  it.each([
    ["qwen/qwen-2.5-3b-instruct", "qwen/qwen-2.5-7b-instruct"],
    ["gpt-4o-mini", "openai/gpt-4o-mini"],
    ["OpenAI/GPT-4o", "openai/gpt-4o"],
    ["anthropic/claude-3-5-haiku", "anthropic/claude-3.5-haiku"],
    ["mistralai/mistral-small-latest", "mistralai/mistral-small-3.2-24b-instruct"],
  ])("finds for %s first %s", (id, first) => {
    expect(nearestIds(id, KNOWN)[0]).toBe(first);
  });

  it("names at most three, and none that has little in common", () => {
    expect(nearestIds("openai/gpt-4", KNOWN)).toHaveLength(2);
    expect(nearestIds("zzzzzzzz", KNOWN)).toEqual([]);
    expect(nearestIds("a", [])).toEqual([]);
  });
});
