import type { Received } from "./chat.js";
import type { Failure, Reading, ToolCall, Usage } from "./types.js";
import { isObject, listAt, numberOf, textAt, valueAt } from "../shared/json.js";
import { RequestFailed, errorStatus, failure, serverFailure } from "./failures.js";

/**
 * A body sent with a 2xx status. Its content type is not trusted.
 *
 * @param hide Takes the key out of every text of the body.
 * @throws RequestFailed when the body is no answer.
 */
export function readAnswer(
  { text, headers, server }: Received,
  model: string,
  hide: (text: string) => string,
): Reading {
  const trimmed = text.trim();
  const body = parsed(trimmed, hide);
  const choice: unknown = listAt(body, "choices")[0];
  const message = valueAt(choice, "message");
  const usage = readUsage(valueAt(body, "usage"));
  const content = contentText(valueAt(message, "content")).trim();
  const fails = (why: Failure): RequestFailed =>
    new RequestFailed({ ...why, partial: content || null, usage });

  const error = presentError(valueAt(body, "error")) ?? presentError(valueAt(choice, "error"));
  if (error !== undefined)
    throw fails(serverFailure({ status: errorStatus(error), error, headers, text: "", model, server }));
  if (!isObject(body)) throw fails(badBody(`not an answer: "${trimmed.slice(0, 40)}"`));
  if (!isObject(choice)) throw fails(badBody("an answer without choices"));
  if (!isObject(message)) throw fails(badBody("a choice without a message"));

  const finish = wordAt(choice, "finish_reason");
  if (finish === "error")
    throw fails(failure({ kind: "server", message: "the provider failed midway.", retriable: true }));

  const refusal = wordAt(message, "refusal");
  const reasoning = wordAt(message, "reasoning") ?? wordAt(message, "reasoning_content");
  const toolCalls = readToolCalls(message);
  const outcomes: readonly (readonly [Reading["outcome"], boolean])[] = [
    ["filtered", finish === "content_filter"],
    ["refusal", refusal !== null],
    ["tool_calls", toolCalls.length > 0],
    ["text", content !== ""],
    ["no_room", finish === "length"],
  ];
  const outcome = outcomes.find(([, isIt]) => isIt)?.[0] ?? "empty";
  // A model that is still being loaded answers at once with nothing, not even a reason to stop.
  if (outcome === "empty" && reasoning === null && finish === null)
    throw fails(badBody("an answer with nothing generated"));
  return {
    outcome,
    text: content,
    finish,
    toolCalls,
    refusal,
    reasoning,
    model: wordAt(body, "model"),
    provider: wordAt(body, "provider"),
    id: wordAt(body, "id"),
    usage,
    costUsd: atLeastZero(valueAt(body, "usage", "cost")),
  };
}

function parsed(text: string, hide: (text: string) => string): unknown {
  try {
    return JSON.parse(text, (_name, value: unknown) => (typeof value === "string" ? hide(value) : value));
  } catch {
    throw new RequestFailed(badBody(text === "" ? "an empty body" : `not JSON: "${text.slice(0, 40)}"`));
  }
}

function badBody(what: string): Failure {
  return failure({ kind: "bad_body", message: `the server sent ${what}.`, retriable: true });
}

/** Some servers send `error: null` or `error: {}` with a good answer. */
function presentError(error: unknown): unknown {
  if (typeof error === "string" && error.trim() !== "") return error;
  return isObject(error) && Object.keys(error).length > 0 ? error : undefined;
}

/** A text, or the texts of an array of parts joined. */
function contentText(content: unknown): string {
  const texts = [content].flat().map((part: unknown) => valueAt(part, "text") ?? part);
  return texts.filter((text) => typeof text === "string").join("");
}

/** Before tool_calls there was one function_call; some servers still send it. */
function readToolCalls(message: unknown): readonly ToolCall[] {
  const calls = listAt(message, "tool_calls").map((call) => valueAt(call, "function"));
  return [...calls, valueAt(message, "function_call")].flatMap((call) => {
    const name = textAt(call, "name");
    const given = valueAt(call, "arguments") ?? "";
    return name === ""
      ? []
      : [{ name, arguments: typeof given === "string" ? given : JSON.stringify(given) }];
  });
}

function readUsage(usage: unknown): Usage | null {
  const promptTokens = atLeastZero(valueAt(usage, "prompt_tokens"));
  const completionTokens = atLeastZero(valueAt(usage, "completion_tokens"));
  return promptTokens === null && completionTokens === null ? null : { promptTokens, completionTokens };
}

/** A number from 0 up, written as one or as text; null for anything else. */
export function atLeastZero(value: unknown): number | null {
  const number = numberOf(value);
  return number !== null && number >= 0 ? number : null;
}

/** The trimmed text at a field; null where there is none. */
function wordAt(value: unknown, name: string): string | null {
  return textAt(value, name) || null;
}
