import { describe, expect, it } from "vitest";
import { scorerFor, scorers } from "../../lib/scorers/index.js";
import type { Expected, Json } from "../../lib/scorers/types.js";

/** An outcome in a word. */
async function word(answer: string, expected: Expected): Promise<string> {
  const outcome = await scorerFor(expected)!(answer, expected);
  if (outcome.kind === "failed") return outcome.message;
  return outcome.kind === "scored" ? String(outcome.value) : outcome.reason;
}

describe("scorerFor", () => {
  it.each<[Expected, string]>([
    [{ answer: 1 }, "number"],
    [{ exact: "a" }, "exact"],
    [{ includes: ["a"] }, "includes"],
    [{ pattern: "a" }, "pattern"],
    [{ choice: "A" }, "choice"],
    [{ json: [] }, "json"],
    [{ checks: [] }, "checks"],
    [{ python: {} }, "python"],
    [{ call: null }, "call"],
  ])("judges %j by scorers.%s", (expected, name) => {
    expect(scorerFor(expected)).toBe(scorers[name as keyof typeof scorers]);
  });

  it("has no judge where nothing is expected", () => {
    expect(scorerFor({ unit: "mph" })).toBeNull();
  });

  it("asks for all where several fields are given, and says which is missed", async () => {
    const expected: Expected = { includes: ["oak"], pattern: "^[a-z ]+$" };
    expect(await word("oak tree", expected)).toBe("1");
    expect(await word("Oak tree", expected)).toBe("0");
    expect(await word("elm", expected)).toBe("0");
    expect(await word("", expected)).toBe("no-answer");
    expect(await scorerFor(expected)!("Elm", expected)).toMatchObject({
      explanation: expect.stringContaining("oak") as string,
    });
  });

  it.each(Object.entries(scorers))("lets scorers.%s fail where its field is missing", async (_, scorer) => {
    expect(await scorer("an answer", {})).toMatchObject({ kind: "failed" });
  });
});

describe("a text that is asked for", () => {
  it.each<[string, Expected, string]>([
    ["yes", { exact: ["yes", "Yes"] }, "1"],
    ["YES", { exact: ["yes", "Yes"] }, "0"],
    ["An OAK and a birch.", { includes: ["oak", "Birch"] }, "1"],
    ["An oak.", { includes: ["oak", "birch"] }, "0"],
    ["2024-05-01", { pattern: String.raw`^\d{4}-\d\d-\d\d$` }, "1"],
    ["On 2024-05-01", { pattern: String.raw`^\d{4}-\d\d-\d\d$` }, "0"],
    ["YES", { pattern: "(?i)^yes$" }, "1"],
    ["YES", { pattern: "^yes$" }, "0"],
    ["5.04", { answer: 5, tolerance: 0.05 }, "1"],
    ["5.06", { answer: 5, tolerance: 0.05 }, "0"],
    ["5.04", { answer: 5 }, "0"],
  ])("judges %j by %j: %s", async (answer, expected, verdict) => {
    expect(await word(answer, expected)).toBe(verdict);
  });

  it("names a pattern that is no regular expression", async () => {
    expect(await word("a", { pattern: "[a" })).toMatch(
      /^scorers.pattern: expected.pattern is "\[a".*write one/,
    );
  });
});

describe("scorers.json", () => {
  const json = { name: "Ann", tags: ["a", "b"], age: 41, of: { ok: true }, none: null };
  it.each([
    ['{"none":null,"of":{"ok":true,"more":1},"age":41,"tags":["A","B"],"name":"ann","also":1}', "1"],
    ['```json\n{"name":"Ann","tags":["a","b"],"age":41,"of":{"ok":true},"none":null}\n```', "1"],
    ['{"name":"Ann","tags":["b","a"],"age":41,"of":{"ok":true},"none":null}', "0"],
    ['{"name":"Ann","tags":["a"],"age":41,"of":{"ok":true},"none":null}', "0"],
    ['{"name":"Ann","tags":["a","b"],"age":"41","of":{"ok":true},"none":null}', "0"],
    ['{"name":"Ann","tags":["a","b"],"age":41,"of":{"ok":"true"},"none":null}', "0"],
    ['{"name":"Ann","tags":["a","b"],"age":41,"of":{"ok":true}}', "0"],
  ])("judges %s: %s", async (answer, verdict) => {
    expect(await word(answer, { json })).toBe(verdict);
  });

  it.each<[string, Json, string]>([
    ["[1, 2]", [1, 2], "1"],
    ["Here: [1, 2]", [1, 2], "1"],
    ["[2, 1]", [1, 2], "0"],
    ["{}", [1, 2], "0"],
    ["true", true, "1"],
    ["`3`", 3, "1"],
    ["4", 3, "0"],
  ])("takes %s for %j: %s", async (answer, shape, verdict) => {
    expect(await word(answer, { json: shape })).toBe(verdict);
  });
});

describe("scorers.choice", () => {
  it.each([
    ["It is New York.", " b ", [" York ", " New York "], "1"],
    ["It is YORK.", "A", ["York", "New York"], "1"],
    ["It is york, not new york.", "B", ["York", "New York"], "1"],
    ["Paris or Rome.", "A", ["Paris", "Rome"], "review"],
    ["Paris it is.", "B", ["Paris", "Rome"], "0"],
    ["Paris it is.", "B", ["", "Paris", " "], "1"],
    ["Neither.", "A", ["Paris", "Rome"], "review"],
    ["The answer is Z.", "Z", undefined, "1"],
    ["It is Paris.", "A", undefined, "review"],
  ])("finds the option in %j (%j of %j): %s", async (answer, choice, choices, verdict) => {
    expect(await word(answer, choices === undefined ? { choice } : { choice, choices })).toBe(verdict);
  });

  it.each(["", "AB", "é"])("fails where %j is asked for, which is no letter of an option", async (choice) => {
    expect(await word("A", { choice })).toMatch(/it must be a letter from A to Z/);
  });

  const expected = { choice: "B", choices: ["a red giant", "a white dwarf", "a neutron star", "a dwarf"] };
  it.each([
    ["B", "1"],
    ["(b)", "1"],
    ["**B.** a white dwarf", "1"],
    ["The answer is (B).", "1"],
    ["The correct answer is: B) a white dwarf", "1"],
    [String.raw`So it must be \boxed{\text{B}}`, "1"],
    ["A is too hot and C too dense.\n\nAnswer: B", "1"],
    ["It ends as a white dwarf.", "1"],
    ["C", "0"],
    ["The answer is A.", "0"],
    ["I first thought B.\nAnswer: C", "0"],
    ["A neutron star.", "0"],
    ["A star like the Sun ends quietly.", "review"],
    ["Either a red giant or a white dwarf.", "review"],
  ])("judges %j: %s", async (answer, verdict) => {
    expect(await word(answer, expected)).toBe(verdict);
  });

  it("fails for a letter that is none of the options", async () => {
    expect(await word("A", { choice: "E", choices: ["x", "y"] })).toMatch(/"E".*from A to B/);
  });
});
