import { describe, expect, it } from "vitest";
import { scoreInstruction, scorers } from "../../lib/scorers/index.js";
import type { Expected, Json } from "../../lib/scorers/types.js";
import type { Outcome } from "../../lib/shared/types.js";
import { fenced, wordOf } from "./helpers.js";

describe("scoreInstruction, where an exact text is asked for,", () => {
  it.each([
    ["oak,pine,birch", "1"],
    ["\ufeff oak,pine,birch\u200b \r\n", "1"],
    ["<think>oak, pine</think>oak,pine,birch", "1"],
    ["oak, pine</think>oak,pine,birch", "1"],
    ["Oak,pine,birch", "0"],
    ["oak,pine,birch.", "0"],
    ["**oak,pine,birch**", "0"],
    ['"oak,pine,birch"', "0"],
    ["oak,pine,birch\noak,pine,birch", "0"],
    ["oak,\u200bpine,birch", "0"],
  ])("gives %j a %s: case, order and every character count", async (answer, word) => {
    expect(await wordOf("csv_format", answer)).toBe(word);
  });

  it.each([
    ["`oak,pine,birch`"],
    ["``oak,pine,birch``"],
    [fenced("oak,pine,birch", "")],
    [fenced("oak,pine,birch", "csv")],
    ["```\noak,pine,birch```"],
    ["```oak,pine,birch```"],
  ])("takes the code marks off %j when the task says so", async (answer) => {
    expect(await wordOf("csv_format", answer)).toBe("1");
    expect(scoreInstruction(answer, { exact: "oak,pine,birch" })).toMatchObject({ value: 0 });
  });

  it.each([
    ["READY!\n```"],
    ["```\nREADY!\n```\nDone."],
    ["`READY!` `READY!`"],
    ["```\nREADY!\n```\n```\nREADY!\n```"],
  ])("takes no marks off %j, which do not enclose the whole", (answer) => {
    expect(scoreInstruction(answer, { exact: "READY!", codeMarks: true })).toMatchObject({ value: 0 });
  });
});

describe("scoreInstruction, where JSON is asked for,", () => {
  const good = '{"name": "backup data", "priority": "high"}';
  it.each([
    ["compact", good.replaceAll(" ", "").replace("backupdata", "backup data"), "1"],
    ["in a fence", fenced(good, "json"), "1"],
    ["after a sentence", `Sure! ${good}`, "1"],
    ["with another key beside", '{"name": "backup data", "priority": "high", "due": null}', "1"],
    ["with words around a value", '{"name": "Backup Data", "priority": "High priority"}', "1"],
    ["twice the same", `${good}\n${good}`, "1"],
    ["with a brace in a string", '{"name": "backup data {a} \\" }", "priority": "high"}', "1"],
    ["with a longer word for the value", '{"name": "backup data", "priority": "highest"}', "0"],
    ["twice, differing", `${good}\n{"name": "backup data", "priority": "low"}`, "0"],
    ["as an array", `[${good}]`, "0"],
    ["with a trailing comma", good.replace("}", ",}"), "0"],
    ["with a comment", good.replace(",", ", // the task\n"), "0"],
    ["in single quotes", good.replaceAll('"', "'"), "0"],
    ["with a number for a text", '{"name": "backup data", "priority": 1}', "0"],
    ["with a key in capitals", good.replace("name", "Name"), "0"],
    ["nested", `{"task": ${good}}`, "0"],
    ["cut off", good.slice(0, -2), "0"],
    ["as a scalar", '"backup data high"', "0"],
    ["with an inherited key", '{"name": "backup data", "__proto__": {"priority": "high"}}', "0"],
  ])("judges it %s", async (_, answer, word) => {
    expect(await wordOf("json_shape", answer)).toBe(word);
  });
});

describe("scoreInstruction", () => {
  it.each([
    ["", "no-answer"],
    ["I'm sorry, but I can't assist with that request.", "refused"],
    ["I cannot help with this.", "refused"],
    ["As an AI language model, I am unable to comply with your request.", "refused"],
    ["I’m sorry, I can’t do that.", "refused"],
    ["I cannot create files, so here is how you would write them as CSV yourself, step by step.", "0"],
    ["I can't wait to help! oak,pine,birch", "0"],
  ])("gives %j: %s", async (answer, word) => {
    expect(await wordOf("csv_format", answer)).toBe(word);
  });

  it.each<[string, Expected, number]>([
    ["a text alone", { exact: "[1]" }, 1],
    ["a text alone that the answer is not", { exact: "[2]" }, 0],
    ["JSON alone", { json: [1] }, 1],
    ["JSON alone that the answer is not", { json: [2] }, 0],
    ["a text and JSON", { exact: "[1]", json: [1] }, 1],
    ["a text that the answer is not, and JSON", { exact: "[ 1 ]", json: [1] }, 0],
    ["a text, and JSON that the answer is not", { exact: "[1]", json: [2] }, 0],
    ["a text, and a choice that it does not judge", { exact: "[1]", choice: "B" }, 1],
  ])("judges [1] by %s", async (_, expected, value) => {
    expect(await scoreInstruction("[1]", expected)).toMatchObject({ value });
  });

  it("fails where the task asks for neither a text nor JSON", () => {
    expect(scoreInstruction("x", { answer: 1 })).toMatchObject({ kind: "failed" });
  });
});

describe("JSON of a shape", () => {
  it.each<[string, Json, number]>([
    ['Here it is: {"a": 1}. Done.', { a: 1 }, 1],
    ['{"a": 1} or {"a": 1, "b": 2}', { a: 1 }, 1],
    ['{"a": 1} or {"a": 2}', { a: 1 }, 0],
    ["[1, 2] or [1, 2]", [1, 2], 1],
    ["[1, 2] or [2, 1]", [1, 2], 0],
    ["[1, 2, 3]", [1, 2], 0],
    ["[1]", [1, 2], 0],
    ["[1, 3]", [1, 2], 0],
    ['{"0": 1, "1": 2}', [1, 2], 0],
    ["[1, 2]", { 0: 1, 1: 2 }, 0],
    ["3", { a: 1 }, 0],
    ["null", { a: 1 }, 0],
    ["null", [1], 0],
    ["null", null, 1],
    ["3", 3, 1],
    ["`3`", 3, 1],
    ['{"b": 1}', { a: 1 }, 0],
    ['{"a": null}', { a: { b: 1 } }, 0],
    ['{"a": "x"}', { a: { b: 1 } }, 0],
    ['{"a": []}', { a: { b: 1 } }, 0],
    ['{"a": {}}', { a: [1] }, 0],
    ['{"a": "HIGH_priority"}', { a: "high" }, 1],
    ['{"a": "higher"}', { a: "high" }, 0],
    ['{"a": ""}', { a: "high" }, 0],
    ['{"a": ""}', { a: "" }, 1],
    ['So "quoted" words and: {"a": 1}', { a: 1 }, 1],
    ['A lone " and then {"a": 1}', { a: 1 }, 1],
    ['Look: {"a": "}"} there', { a: "}" }, 1],
    ['Look: {"a": "\\"}"} there', { a: '"}' }, 1],
    ['Closed } first, then {"a": 1}', { a: 1 }, 1],
    ["Broken {a: 1} and then nothing", { a: 1 }, 0],
    ['Broken {a: 1} and then {"a": 1}', { a: 1 }, 1],
  ])("%j as %j: %d", (answer, json, value) => {
    expect(scorers.json(answer, { json })).toMatchObject({ value });
  });

  it.each<[string, Json, string]>([
    ["[1, 3]", [1, 2], "Item 2 of The JSON is 3, not 2."],
    ["[1]", [1, 2], "The JSON has 1 items instead of 2."],
    ["{}", { a: 1 }, 'The key "a" is missing.'],
    ['{"a": null}', { a: [1] }, '"a" is null, not a list.'],
    ['{"a": [1]}', { a: {} }, '"a" is an array, not an object.'],
    ["nothing", [1], 'No valid JSON list in "nothing".'],
  ])("%j as %j is told of: %s", (answer, json, explanation) => {
    expect(scorers.json(answer, { json })).toMatchObject({ explanation });
  });
});

describe("the flags of a pattern", () => {
  it.each([
    ["(?i)paris", "PARIS", 1],
    ["(?im)^paris$", "to\nPARIS\nit is", 1],
    ["paris", "PARIS", 0],
    ["(?s)a.b", "a\nb", 1],
    ["x(?i)paris", "xPARIS", "failed"],
    ["(?i)a\nb", "A\nB", 1],
  ])("of %j on %j: %s", (pattern, answer, value) => {
    const outcome = scorers.pattern(answer, { pattern }) as Outcome;
    expect(outcome.kind === "scored" ? outcome.value : outcome.kind).toBe(value);
  });
});

describe("a pattern", () => {
  it.each<[string, string, number]>([
    [String.raw`^\d{3}\-\d{4}$`, "555-0100", 1],
    [String.raw`^well\-known\ fact$`, "well-known fact", 1],
    [String.raw`^[a\-z]+$`, "a-z", 1],
    [String.raw`^[a\-z]+$`, "b", 0],
    [String.raw`^(?P<year>\d{4})$`, "2026", 1],
    [String.raw`^a\\-b$`, String.raw`a\-b`, 1],
    [String.raw`^\(?P<b$`, "(P<b", 1],
    [String.raw`^\p{Lu}\.$`, "É.", 1],
    ["(?im)^b$", "a\nB", 1],
    ["(?s)^a.b$", "a\nb", 1],
    ["^a.b$", "a\nb", 0],
    ["^b$", "a\nb", 0],
  ])("as JavaScript or Python writes it (%s) judges %j: %i", (pattern, answer, value) => {
    expect(scorers.pattern(answer, { pattern })).toMatchObject({ value });
  });
});
