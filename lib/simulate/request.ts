import type { ToolDefinition } from "../client/types.js";
import { isObject, listAt, shownValue, valueAt } from "../shared/json.js";

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
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new BadRequest(`The body is not JSON: ${shownValue(text)}`);
  }
  if (!isObject(body)) throw new BadRequest(`The body must be a JSON object, got ${shownValue(body)}.`);
  const { model, stream } = body;
  if (typeof model !== "string") throw new BadRequest(`\`model\` must be an id, got ${shownValue(model)}.`);
  if (stream === true) throw new BadRequest("The simulated panel does not stream: leave `stream` out.");
  const numberAt = (key: string, least: number): number | null => {
    const value = valueAt(body, key) ?? null;
    if (value === null || (typeof value === "number" && value >= least)) return value;
    const wanted = least === -Infinity ? "a number" : `a number of at least ${least}`;
    throw new BadRequest(`\`${key}\` must be ${wanted}, got ${shownValue(value)}.`);
  };
  return {
    model,
    prompt: lastUserText(listAt(body, "messages")),
    maxTokens: numberAt("max_tokens", 1) ?? numberAt("max_completion_tokens", 1),
    seed: numberAt("seed", -Infinity),
    temperature: numberAt("temperature", 0),
    tools: listAt(body, "tools").filter(isTool),
  };
}

const isTool = (tool: unknown): tool is ToolDefinition =>
  typeof valueAt(tool, "function", "name") === "string";

function lastUserText(messages: readonly unknown[]): string {
  const content = valueAt(
    messages.findLast((message) => valueAt(message, "role") === "user"),
    "content",
  );
  if (typeof content === "string") return content;
  if (Array.isArray(content)) return content.map((part) => String(valueAt(part, "text") ?? "")).join("");
  throw new BadRequest('`messages` must be a list with one of role "user" and text as its content.');
}
