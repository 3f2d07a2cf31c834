import type { ToolDefinition } from "../client/types.js";
import { isObject, listAt, shownValue, valueAt, type Fields } from "../shared/json.js";

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
  const { model, stream, tools = [] } = body;
  if (typeof model !== "string" || model === "") throw new BadRequest("`model` must be the id of a model.");
  if (stream === true) throw new BadRequest("The simulated panel does not stream: leave `stream` out.");
  if (!Array.isArray(tools)) throw new BadRequest(`\`tools\` must be a list, got ${shownValue(tools)}.`);
  return {
    model,
    prompt: lastUserText(listAt(body, "messages")),
    maxTokens: numberIn(body, "max_tokens", 1) ?? numberIn(body, "max_completion_tokens", 1),
    seed: numberIn(body, "seed", -Infinity),
    temperature: numberIn(body, "temperature", 0),
    tools: tools.filter(
      (tool): tool is ToolDefinition => typeof valueAt(tool, "function", "name") === "string",
    ),
  };
}

function parsed(text: string): Fields {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BadRequest(`The body is not JSON: ${shownValue(text)}`);
  }
  if (!isObject(body)) throw new BadRequest(`The body must be a JSON object, got ${shownValue(body)}.`);
  return body;
}

function lastUserText(messages: readonly unknown[]): string {
  const content = valueAt(
    messages.findLast((message) => valueAt(message, "role") === "user"),
    "content",
  );
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((part) => String(valueAt(part, "text") ?? "")).join("");
  throw new BadRequest('`messages` must be a list with one of role "user" and text as its content.');
}

function numberIn(body: Fields, key: string, least: number): number | null {
  const value = body[key];
  if (value === undefined || value === null) return null;
  if (typeof value === "number" && value >= least) return value;
  const range = least === -Infinity ? "" : ` of at least ${least}`;
  throw new BadRequest(`\`${key}\` must be a number${range}, got ${shownValue(value)}.`);
}
