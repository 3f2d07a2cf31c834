import type { Expected, ToolCallCheck } from "./types.js";
import { objectOf, parsedJson, valueAt } from "../shared/json.js";
import type { Outcome } from "../shared/types.js";
import { answerText, withoutCodeMarks } from "./answerText.js";
import { failed, quote, right, wrong } from "./outcome.js";
import { callOf, callsIn, unquoted } from "./toolCall.js";
import type { Argument, Call } from "./toolCall.js";

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
  const [got] = calls;
  if (got === undefined) return wrong(`Not a tool call alone: ${quote(text)}.`);
  if (calls.length > 1) return wrong(`${calls.length} calls instead of one.`);
  const isNamed = call.real ? got.tool === call.tool : got.tool.toLowerCase() === call.tool.toLowerCase();
  if (!isNamed) return wrong(`The tool called is ${quote(got.tool)}, not ${call.tool}.`);
  return argumentsMatch(got, call)
    ? right(`One call of ${call.tool} with the arguments asked for.`)
    : wrong(`The arguments of ${call.tool} are not ${call.args.join(", ")}.`);
}

/** The answer's real tool calls; null when it is text. */
function realCalls(text: string): readonly Call[] | null {
  const calls = text.startsWith('{"tool_calls":[') ? valueAt(parsedJson(text), "tool_calls") : null;
  if (!Array.isArray(calls)) return null;
  return calls.map((call: unknown) => {
    const { name, arguments: given } = objectOf(call);
    // Malformed arguments are no arguments: the call would have failed.
    return callOf(String(name), objectOf(typeof given === "string" ? parsedJson(given) : given));
  });
}

const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  "+": ["+", "add", "addition", "plus", "sum"],
  "-": ["-", "subtract", "subtraction", "minus"],
  "*": ["*", "multiply", "multiplication", "mul", "times", "product"],
  "/": ["/", "divide", "division", "div"],
};
const EXPRESSION = /^[\d.]+(?:[-+*/][\d.]+)*$/;

/**
 * Do a call's arguments say what was asked for? By name where the task gives names, else in order, with any names. A text is
 * compared without its quotes, extra spaces and case; arithmetic without spaces and with × for *, whole or in parts
 * (`operation: "multiply", a: 12, b: 7`).
 */
function argumentsMatch({ args, raw }: Call, wanted: ToolCallCheck): boolean {
  const { named } = wanted;
  if (named !== undefined) {
    const valueOf = (name: string): unknown => args.find((argument) => argument.name === name)?.value;
    const names = Object.keys(named);
    return args.length === names.length && names.every((name) => isSame(valueOf(name), named[name]!));
  }
  if (args.length === wanted.args.length && wanted.args.every((arg, i) => isSame(args[i]!.value, arg)))
    return true;
  const [only] = wanted.args;
  if (wanted.args.length !== 1 || only === undefined) return false;
  // A bare argument may hold commas of its own: SEARCH(weather in Paris, France).
  const isBare = args.every(({ name }) => name === null);
  return (isBare && isSame(raw, only)) || isSameInParts(args, normalised(only));
}

const isSame = (got: unknown, wanted: string | number): boolean => normalised(got) === normalised(wanted);

/** A text or number to compare; "" for anything else. */
function normalised(value: unknown): string {
  if (typeof value !== "string" && typeof value !== "number") return "";
  const plain = unquoted(String(value)).replaceAll(/\s+/g, " ").trim().toLowerCase();
  const sum = plain
    .replaceAll(" ", "")
    .replaceAll(/[×x·⋅∗]/g, "*")
    .replaceAll("÷", "/")
    .replaceAll("−", "-");
  return EXPRESSION.test(sum) ? sum : plain;
}

/** An operation with two operands in their order, the operation named or written anywhere. */
function isSameInParts(args: readonly Argument[], wanted: string): boolean {
  const parts = /^([\d.]+)([-+*/])([\d.]+)$/.exec(wanted);
  if (!parts || args.length !== 3) return false;
  const values = args.map(({ value }) => normalised(value));
  const at = values.findIndex((value) => OPERATIONS[parts[2]!]!.includes(value));
  const operands = values.filter((_, i) => i !== at);
  return at >= 0 && operands[0] === parts[1] && operands[1] === parts[3];
}
