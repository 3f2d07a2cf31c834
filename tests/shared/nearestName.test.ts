import { describe, expect, it } from "vitest";
import { nearestName, nearestNames } from "../../lib/shared/nearestName.js";

const KNOWN = [
  "anthropic/claude-3.5-haiku",
  "anthropic/claude-3.5-sonnet",
  "mistralai/mistral-small-3.2-24b-instruct",
  "openai/gpt-4o",
  "openai/gpt-4o-mini",
  "qwen/qwen-2.5-7b-instruct",
];

describe("nearestNames", () => {
  it.each([
    ["qwen/qwen-2.5-3b-instruct", "qwen/qwen-2.5-7b-instruct"],
    ["gpt-4o-mini", "openai/gpt-4o-mini"],
    ["OpenAI/GPT-4o", "openai/gpt-4o"],
    ["anthropic/claude-3-5-haiku", "anthropic/claude-3.5-haiku"],
    ["mistralai/mistral-small-latest", "mistralai/mistral-small-3.2-24b-instruct"],
  ])("finds for %s first %s", (id, first) => {
    expect(nearestNames(id, KNOWN)[0]).toBe(first);
  });

  it("names at most three, and none that has little in common", () => {
    expect(nearestNames("openai/gpt-4", KNOWN)).toHaveLength(2);
    expect(nearestNames("zzzzzzzz", KNOWN)).toEqual([]);
    expect(nearestNames("a", [])).toEqual([]);
  });
});

describe("nearestName", () => {
  it.each([
    ["calc", "calc_tool"],
    ["", "add_func"],
    ["ADD_FUN", "add_func"],
  ])("names for %j the nearest, %s, however far", (name, nearest) => {
    expect(nearestName(name, ["style_rule", "calc_tool", "add_func"])).toBe(nearest);
  });

  it("is null when no name is known", () => {
    expect(nearestName("calc", [])).toBeNull();
  });
});
