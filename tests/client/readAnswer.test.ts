import { describe, expect, it } from "vitest";
import { RequestFailed } from "../../lib/client/failures.js";
import { atLeastZero, readAnswer } from "../../lib/client/readAnswer.js";
import type { Failure, Reading } from "../../lib/client/types.js";

const KEY = "sk-or-v1-abc";
const hide = (text: string): string => text.replaceAll(KEY, "[key]");

function read(body: unknown): Reading {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return readAnswer({ text, headers: new Headers(), server: "x.test" }, "lab/model", hide);
}

/** Why a body is no answer. */
function failureOf(body: unknown): Failure {
  try {
    read(body);
  } catch (error) {
    if (error instanceof RequestFailed) return error.failure;
    throw error;
  }
  throw new Error("It was taken for an answer.");
}

/** A body of one choice with this message. */
const withMessage = (message: object, choice: object = { finish_reason: "stop" }): object => ({
  choices: [{ message, ...choice }],
});

describe("a body that is an answer", () => {
  it.each<[string, unknown, string]>([
    ["a text, trimmed", " a\n", "a"],
    [
      "the texts of its parts, joined",
      [
        { type: "text", text: "a " },
        { type: "text", text: "b" },
      ],
      "a b",
    ],
    ["bare texts among its parts", ["a", { text: "b" }], "ab"],
    ["no part but texts", [{ type: "image" }, 5, null, { text: "a" }], "a"],
    ["nothing for null", null, ""],
    ["nothing for a number", 5, ""],
  ])("reads its content: %s", (_, content, text) => {
    expect(read(withMessage({ content })).text).toBe(text);
  });

  it.each<[Reading["outcome"], object, string | null]>([
    ["text", { content: "a" }, "stop"],
    ["text", { content: "a" }, "length"],
    ["text", { content: "a" }, null],
    ["filtered", { content: "a" }, "content_filter"],
    ["refusal", { content: "a", refusal: "No." }, "stop"],
    ["refusal", { content: "", refusal: "No." }, null],
    ["tool_calls", { content: "a", tool_calls: [{ function: { name: "f" } }] }, "stop"],
    ["tool_calls", { content: null, tool_calls: [{ function: { name: "f" } }] }, null],
    ["no_room", { content: "" }, "length"],
    ["empty", { content: "" }, "stop"],
    ["empty", { content: "", reasoning: "Hm." }, null],
    ["empty", { content: "", reasoning_content: "Hm." }, null],
  ])("is %s: %j, finish %j", (outcome, message, finish) => {
    expect(read(withMessage(message, { finish_reason: finish }))).toMatchObject({ outcome, finish });
  });

  it("reads calls, those of old servers too, and writes arguments that are no text as JSON", () => {
    const calls = [
      { function: { name: " f ", arguments: '{"a": 1}' } },
      { function: { name: "g", arguments: { b: 2 } } },
      { function: { name: "" } },
      {},
    ];
    const message = { tool_calls: calls, function_call: { name: "h" } };
    expect(read(withMessage(message)).toolCalls).toEqual([
      { name: "f", arguments: '{"a": 1}' },
      { name: "g", arguments: '{"b":2}' },
      { name: "h", arguments: "" },
    ]);
  });

  it("takes the key out of all that was sent", () => {
    const message = { content: `a ${KEY}`, tool_calls: [{ function: { name: "f", arguments: KEY } }] };
    expect(JSON.stringify(read({ ...withMessage(message), id: KEY }))).not.toContain(KEY);
  });

  it.each<[unknown, Reading["usage"], number | null]>([
    [undefined, null, null],
    [{ prompt_tokens: 3 }, { promptTokens: 3, completionTokens: null }, null],
    [{ completion_tokens: 0, cost: 0 }, { promptTokens: null, completionTokens: 0 }, 0],
    [
      { prompt_tokens: "3", completion_tokens: 4, cost: "0.5" },
      { promptTokens: 3, completionTokens: 4 },
      0.5,
    ],
    [{ prompt_tokens: -1, completion_tokens: "N/A", cost: -1 }, null, null],
  ])("reads usage and cost of %j", (usage, expected, costUsd) => {
    expect(read({ ...withMessage({ content: "a" }), usage })).toMatchObject({ usage: expected, costUsd });
  });

  it.each([null, {}, "", " ", 0, []])("is one though it has an error of %j", (error) => {
    expect(read({ ...withMessage({ content: "a" }), error }).text).toBe("a");
  });

  it("tells who answered, and leaves out what is not said", () => {
    const said = { ...withMessage({ content: "a" }), model: "lab/model-1", provider: " P ", id: "" };
    expect(read(said)).toMatchObject({ model: "lab/model-1", provider: "P", id: null });
  });
});

describe("a body that is none", () => {
  const LONG = "x".repeat(60);
  it.each<[unknown, string]>([
    ["", "an empty body"],
    [` ${LONG}`, `not JSON: "${"x".repeat(40)}".`],
    [JSON.stringify(LONG), `not an answer: ""${"x".repeat(39)}".`],
    ["[]", 'not an answer: "[]"'],
    [{}, "an answer without choices"],
    [{ choices: ["a"] }, "an answer without choices"],
    [{ choices: [{}] }, "a choice without a message"],
    [withMessage({ content: " " }, {}), "an answer with nothing generated"],
  ])("%j: the server sent %s", (body, what) => {
    const { kind, retriable, message } = failureOf(body);
    expect({ kind, retriable }).toEqual({ kind: "bad_body", retriable: true });
    expect(message).toContain(`the server sent ${what}`);
  });

  it.each<[string, object]>([
    ["in words", { error: "overloaded" }],
    ["as an object", { error: { message: "overloaded", code: 503 } }],
    ["in its choice", withMessage({ content: "a" }, { error: { message: "overloaded" } })],
  ])("tells an error %s", (_, body) => {
    expect(failureOf(body).message).toContain("overloaded");
  });

  it("keeps what had come before the provider failed", () => {
    const body = {
      ...withMessage({ content: "half " }, { finish_reason: "error" }),
      usage: { prompt_tokens: 2 },
    };
    expect(failureOf(body)).toMatchObject({
      kind: "server",
      retriable: true,
      partial: "half",
      usage: { promptTokens: 2, completionTokens: null },
    });
    expect(failureOf(withMessage({ content: "" }, { finish_reason: "error" })).partial).toBeNull();
  });
});

describe("atLeastZero", () => {
  it.each([
    [0, 0],
    ["1.5", 1.5],
    [-0.1, null],
    ["", null],
    [null, null],
    [true, null],
  ])("takes %j for %j", (value, number) => {
    expect(atLeastZero(value)).toBe(number);
  });
});
