import type { ToolDefinition } from "../client/types.js";
import type { ToolCallCheck } from "../scorers/types.js";
import type { Fields } from "../shared/json.js";
import { task } from "./tasks.js";
import type { Task } from "./types.js";

const tool = (
  name: string,
  description: string,
  properties: Fields,
  required: readonly string[] = Object.keys(properties),
): ToolDefinition => {
  const parameters = { type: "object", properties, required, additionalProperties: false };
  return { type: "function", function: { name, description, parameters } };
};

const search = tool("search", "Searches the web.", { query: { type: "string" } });
const calc = tool("calc", "Computes one arithmetic operation.", {
  a: { type: "number" },
  operator: { type: "string", enum: ["+", "-", "*", "/"] },
  b: { type: "number" },
});
const retrieve = tool(
  "retrieve",
  "Retrieves documents on a topic.",
  { topic: { type: "string" }, limit: { type: "integer", description: "The most documents wanted." } },
  ["topic"],
);

function calling(
  name: string,
  prompt: string,
  called: ToolDefinition,
  named: NonNullable<ToolCallCheck["named"]>,
  tools: readonly ToolDefinition[] = [called],
): Task {
  const call = { tool: called.function.name, args: Object.values(named), named, real: true };
  return { ...task("tool_use", name, prompt, { call }), tools };
}

const LOUVRE = "Find out when the Louvre opens: search for 'Louvre opening hours'.";
const THREE = "Retrieve at most 3 documents on the topic 'photosynthesis'.";

/**
 * Real tool calls: two tasks for each of the original's tool tasks, one with that tool alone and one with three to choose from.
 * The tools go out with the request, and the calls that come back are scored: the right one, its arguments, no other.
 * Models without tool support cannot answer them.
 */
export const toolTasks: readonly Task[] = [
  calling("search_call", "Look up 'weather in Paris' with the search tool.", search, {
    query: "weather in Paris",
  }),
  calling("search_choice", LOUVRE, search, { query: "Louvre opening hours" }, [calc, retrieve, search]),
  calling("calc_call", "Compute 12 * 7 with the calc tool.", calc, { a: 12, operator: "*", b: 7 }),
  calling("calc_choice", "What is 365 - 48? Let a tool compute it.", calc, { a: 365, operator: "-", b: 48 }, [
    search,
    calc,
    retrieve,
  ]),
  calling("retrieve_call", "Retrieve documents on the topic 'quantum tunneling'.", retrieve, {
    topic: "quantum tunneling",
  }),
  calling("retrieve_choice", THREE, retrieve, { topic: "photosynthesis", limit: 3 }, [
    retrieve,
    search,
    calc,
  ]),
];
