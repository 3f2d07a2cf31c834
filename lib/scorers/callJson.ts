import { callOf } from "./call.js";
import type { Call } from "./call.js";
import { isObject } from "./jsonIn.js";

const NAMES = [
  "tool",
  "name",
  "tool_name",
  "action",
  "function",
  "function_name",
  "command",
  "recipient_name",
];
const ARGUMENTS = [
  "arguments",
  "args",
  "parameters",
  "params",
  "input",
  "action_input",
  "tool_input",
  "inputs",
];
const WRAPPERS = ["tool_calls", "tool_call", "function_call", "function", "call", "action", "tool"];

/**
 * The calls that a JSON value holds, in the shapes that providers and agents use: `{name, arguments}`, `{tool, query}`,
 * `{function: {name, arguments}}`, `{tool_calls: […]}`, `{SEARCH: "a"}`, a list of any; empty when it is something else.
 */
export function callsFromJson(value: unknown): readonly Call[] {
  if (Array.isArray(value)) {
    const calls = value.map((item) => callsFromJson(item));
    return calls.every((call) => call.length > 0) ? calls.flat() : [];
  }
  if (!isObject(value)) return [];
  for (const wrapper of WRAPPERS) {
    const inner = value[wrapper];
    if (typeof inner === "object" && inner !== null) return callsFromJson(inner);
  }
  const key = NAMES.find((name) => typeof value[name] === "string");
  if (key !== undefined) {
    const given = ARGUMENTS.find((name) => value[name] !== undefined);
    const rest = Object.fromEntries(
      Object.entries(value).filter(([name]) => name !== key && name !== "type" && name !== "id"),
    );
    return [callOf(value[key] as string, given === undefined ? rest : value[given])];
  }
  const entries = Object.entries(value);
  return entries.length === 1 ? [callOf(entries[0]![0], entries[0]![1])] : [];
}
