import type { Answer, ToolCall, Usage } from "./types.js";
import { type Failure, failure } from "./failure.js";
import { at, numberOf, record, stringOf, wordOf } from "./json.js";
import { errorStatus, serverFailure } from "./serverFailure.js";

type Answered = Extract<Answer, { ok: true }>;

/** What a body says: everything of an answer but how it was asked for. */
export type Reading = Omit<Answered, "ok" | "ms" | "attempts" | "cached" | "failures">;

/** A body sent with a 2xx status, as an answer or as a failure. Its content type is not trusted. */
export function readAnswer(
  text: string,
  model: string,
  headers: Headers | null,
): { readonly reading: Reading } | { readonly failure: Failure } {
  const trimmed = text.trim();
  let body: unknown;
  try {
    body = JSON.parse(trimmed);
  } catch {
    return badBody(trimmed === "" ? "an empty body" : `not JSON: "${trimmed.slice(0, 40)}"`);
  }
  const choices = at(body, "choices");
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const usage = readUsage(at(body, "usage"));
  const said = { partial: wordOf(contentText(at(choice, "message", "content"))), usage };

  const error = presentError(at(body, "error")) ?? presentError(at(choice, "error"));
  if (error !== undefined)
    return {
      failure: { ...serverFailure({ status: errorStatus(error), error, headers, text: "", model }), ...said },
    };
  if (body === null || typeof body !== "object") return badBody(`not an answer: "${trimmed.slice(0, 40)}"`);
  if (choice === undefined || choice === null) return badBody("an answer without choices", usage);
  const message = at(choice, "message");
  if (message === undefined || message === null) return badBody("a choice without a message", usage);

  const finish = wordOf(at(choice, "finish_reason"));
  if (finish === "error")
    return {
      failure: failure({ kind: "server", message: "the provider failed midway.", retriable: true, ...said }),
    };

  const content = contentText(at(message, "content")).trim();
  const refusal = wordOf(at(message, "refusal"));
  const reasoning = wordOf(at(message, "reasoning")) ?? wordOf(at(message, "reasoning_content"));
  const toolCalls = readToolCalls(message);
  // A model that is still being loaded answers at once with nothing, not even a reason to stop.
  if (content === "" && refusal === null && reasoning === null && toolCalls.length === 0 && finish === null)
    return badBody("an answer with nothing generated", usage);
  return {
    reading: {
      outcome: outcomeOf({ content, finish, refusal, calls: toolCalls.length }),
      text: content,
      finish,
      nativeFinish: wordOf(at(choice, "native_finish_reason")),
      toolCalls,
      refusal,
      reasoning,
      model: wordOf(at(body, "model")),
      provider: wordOf(at(body, "provider")),
      id: wordOf(at(body, "id")),
      usage,
      costUsd: readCost(at(body, "usage", "cost")),
    },
  };
}

function outcomeOf(found: {
  readonly content: string;
  readonly finish: string | null;
  readonly refusal: string | null;
  readonly calls: number;
}): Reading["outcome"] {
  if (found.finish === "content_filter") return "filtered";
  if (found.refusal !== null) return "refusal";
  if (found.calls > 0) return "tool_calls";
  if (found.content !== "") return "text";
  return found.finish === "length" ? "no_room" : "empty";
}

function badBody(what: string, usage: Usage | null = null): { readonly failure: Failure } {
  return {
    failure: failure({ kind: "bad_body", message: `the server sent ${what}.`, retriable: true, usage }),
  };
}

/** Some servers send `error: null` or `error: {}` with a good answer. */
function presentError(error: unknown): unknown {
  if (wordOf(error) !== null) return error;
  return Object.keys(record(error)).length > 0 ? error : undefined;
}

/** A text, or the texts of an array of parts joined. */
function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: unknown) => stringOf(part) ?? stringOf(at(part, "text")) ?? "").join("");
}

function readToolCalls(message: unknown): readonly ToolCall[] {
  const listed = at(message, "tool_calls");
  const calls: readonly unknown[] = Array.isArray(listed) ? listed : [];
  // Before tool_calls there was one function_call; some servers still send it.
  const functions = [...calls.map((call) => at(call, "function")), at(message, "function_call")];
  return functions.flatMap((called) => {
    const name = wordOf(at(called, "name"));
    const given = at(called, "arguments");
    if (name === null) return [];
    return [
      {
        name,
        arguments: typeof given === "string" ? given : given === undefined ? "" : JSON.stringify(given),
      },
    ];
  });
}

function readUsage(usage: unknown): Usage | null {
  const promptTokens = count(at(usage, "prompt_tokens"));
  const completionTokens = count(at(usage, "completion_tokens"));
  return promptTokens === null && completionTokens === null ? null : { promptTokens, completionTokens };
}

function count(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : null;
}

function readCost(cost: unknown): number | null {
  const usd = numberOf(cost);
  return usd !== null && usd >= 0 ? usd : null;
}
