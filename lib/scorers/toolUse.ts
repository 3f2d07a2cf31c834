import type { Expected, ToolCallCheck } from "./types.js";
import type { Outcome } from "../shared/types.js";
import { answerText } from "./answerText.js";
import { argumentsMatch } from "./arguments.js";
import type { Call } from "./call.js";
import { callsIn } from "./callGrammar.js";
import { withoutCodeMarks } from "./answerText.js";
import { isObject, parsed } from "./jsonIn.js";
import { failed, quote, right, wrong } from "./outcome.js";

/**
 * Judges a tool call by grammar: the answer is one call of the tool asked for, with the arguments asked for, and nothing
 * else: no preamble, no result, no second call. Spaces, quotes and case are forgiven in a call written as text.
 *
 * Real tool calls arrive as `{"tool_calls":[{"name","arguments"}]}`, `arguments` being the JSON text that the model wrote;
 * there the name counts to the letter. Where `expected.call.real` is set, a call written as text is 0.
 *
 * Fails when the task has no `expected.call`.
 */
export function scoreToolUse(output: string, expected: Expected): Outcome {
  const { call } = expected;
  if (call === undefined) return failed("scoreToolUse: the task's expected has no `call`.");
  const text = answerText(output);
  if (typeof text !== "string") return text;

  const real = realCalls(text);
  if (call.real && real === null) return wrong(`No tool was called; the answer is text: ${quote(text)}.`);
  const calls = real ?? callsIn(withoutCodeMarks(text));
  const [first] = calls;
  if (first === undefined) return wrong(`Not a tool call alone: ${quote(text)}.`);
  if (calls.length > 1) return wrong(`${calls.length} calls instead of one.`);
  return byCall(first, call);
}

function byCall(got: Call, wanted: ToolCallCheck): Outcome {
  const named = wanted.real ? got.tool === wanted.tool : got.tool.toLowerCase() === wanted.tool.toLowerCase();
  if (!named) return wrong(`The tool called is ${quote(got.tool)}, not ${wanted.tool}.`);
  return argumentsMatch(got, wanted)
    ? right(`One call of ${wanted.tool} with the arguments asked for.`)
    : wrong(`The arguments of ${wanted.tool} are not ${wanted.args.join(", ")}.`);
}

/** The answer's real tool calls; null when it is text. */
function realCalls(text: string): readonly Call[] | null {
  if (!text.startsWith('{"tool_calls":[')) return null;
  const value = parsed(text);
  if (!isObject(value) || !Array.isArray(value["tool_calls"])) return null;
  return value["tool_calls"].map((call: unknown): Call => {
    const { name, arguments: given } = isObject(call) ? call : {};
    const args = typeof given === "string" ? parsed(given) : given;
    // Malformed arguments are no arguments: the call would have failed.
    const entries = isObject(args) ? Object.entries(args) : [];
    return { tool: String(name), args: entries.map(([key, item]) => ({ name: key, value: item })), raw: "" };
  });
}
