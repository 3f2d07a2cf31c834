import type { ToolDefinition } from "../client/types.js";

/** The fields of a chat completion's body that the panel looks at. */
export interface ChatBody {
  readonly model: string;
  /** The last thing the user said. */
  readonly prompt: string;
  readonly maxTokens: number | null;
  readonly seed: number | null;
  readonly temperature: number | null;
  readonly tools: readonly ToolDefinition[];
}

/** A body that is no chat question: what is wrong with it. */
export class BadRequest extends Error {
  override readonly name = "BadRequest";
}

/** @throws BadRequest that names the field, what it got and what it wants. */
export function readRequest(text: string): ChatBody {
  const body = parsed(text);
  const model = body["model"];
  if (typeof model !== "string" || model === "") throw new BadRequest("`model` must be the id of a model.");
  if (body["stream"] === true)
    throw new BadRequest("The simulated panel does not stream: leave `stream` out.");
  const tools = body["tools"] ?? [];
  if (!Array.isArray(tools)) throw new BadRequest("`tools` must be a list.");
  return {
    model,
    prompt: lastUserText(body["messages"]),
    maxTokens: numberIn(body, "max_tokens", 1) ?? numberIn(body, "max_completion_tokens", 1),
    seed: numberIn(body, "seed", -Infinity),
    temperature: numberIn(body, "temperature", 0),
    tools: tools.filter(isTool),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BadRequest("The body is not JSON.");
  }
  if (!isRecord(body)) throw new BadRequest("The body must be a JSON object.");
  return body;
}

function lastUserText(messages: unknown): string {
  if (!Array.isArray(messages) || messages.length === 0)
    throw new BadRequest("`messages` must be a list with at least one message.");
  const asked = messages.filter(isRecord).findLast((message) => message["role"] === "user");
  const content = asked?.["content"];
  if (typeof content === "string") return content;
  if (Array.isArray(content))
    return content
      .filter(isRecord)
      .map((part) => (typeof part["text"] === "string" ? part["text"] : ""))
      .join("");
  throw new BadRequest('`messages` must hold one with role "user" and text as its content.');
}

function numberIn(body: Readonly<Record<string, unknown>>, key: string, least: number): number | null {
  const value = body[key];
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && value >= least) return value;
  throw new BadRequest(
    `\`${key}\` must be a number${least === -Infinity ? "" : ` of at least ${least}`}, got ${JSON.stringify(value)}.`,
  );
}

function isTool(value: unknown): value is ToolDefinition {
  return isRecord(value) && isRecord(value["function"]) && typeof value["function"]["name"] === "string";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
