import type { Expected, Json, ToolCallCheck } from "./types.js";
import { objectOf, parsedJson, shownValue, valueAt } from "../shared/json.js";
import type { Fields } from "../shared/json.js";
import type { Outcome } from "../shared/types.js";
import { answerText, lacks, quote, right, withoutCodeMarks, wrong } from "./answerText.js";
import { callOf, callsIn, unquoted } from "./toolCall.js";
import type { Argument, Call } from "./toolCall.js";

/**
 * Judges a tool call by grammar: the answer is one call of the tool asked for, with the arguments asked for, and nothing
 * else: no preamble, no result, no second call. Spaces, quotes and case are forgiven in a call written as text. Where
 * `expected.call` is null no tool fits, and any answer is right that calls none.
 *
 * Real tool calls arrive as `{"tool_calls":[{"name","arguments"}]}`, `arguments` being the JSON text that the model wrote;
 * there the name counts to the letter. Where `expected.call.real` is set, a call written as text is 0.
 *
 * Fails when the task has no `expected.call`.
 */
export function scoreToolUse(output: string, { call }: Expected): Outcome {
  if (call === undefined) return lacks("scoreToolUse", "call");
  const text = answerText(output);
  if (call === null) return withoutCall(text);
  if (typeof text !== "string") return text;

  const real = realCalls(text);
  if (call.real && real === null) return wrong(`No tool was called; the answer is text: ${quote(text)}.`);
  const calls = real ?? callsIn(withoutCodeMarks(text));
  const [got] = calls;
  if (got === undefined) return wrong(`Not a tool call alone: ${quote(text)}.`);
  if (calls.length > 1) return wrong(`${calls.length} calls instead of one.`);
  if (!isNamed(got.tool, call)) return wrong(`The tool called is ${quote(got.tool)}, not ${call.tool}.`);
  if (argumentsMatch(got, call)) return right(`One call of ${call.tool} with the arguments asked for.`);
  const wanted = call.named === undefined ? call.args?.join(", ") : shownValue(call.named);
  return wrong(`The arguments of ${call.tool} are not ${wanted ?? "none"}.`);
}

/** Declining is what was asked for; of text, only what is plainly written as a call is one. */
function withoutCall(text: string | Outcome): Outcome {
  const isRefusal = typeof text !== "string" && text.kind === "unscored" && text.reason === "refused";
  if (typeof text !== "string") return isRefusal ? right("No tool was called.") : text;
  const bare = withoutCodeMarks(text);
  const isWritten = /^(?:[\w.-]+[([{]|[{[<])|^(?:action|tool|function|command)(?: call)?:/i.test(bare);
  const [got] = realCalls(text) ?? (isWritten ? callsIn(bare) : []);
  return got === undefined || /^(?:action|tool|function|command|none|null)$/i.test(got.tool)
    ? right("No tool was called.")
    : wrong(`${quote(got.tool)} was called, though no tool fits.`);
}

/** A real call's name counts to the letter, save what providers refuse in one ("math.sqrt" goes out as "math_sqrt"). */
function isNamed(got: string, { tool, real }: ToolCallCheck): boolean {
  const names = [tool, tool.replaceAll(/[^\w-]/g, "_")];
  if (real) return names.includes(got);
  const plain = names.map((name) => name.toLowerCase());
  return plain.includes(got.toLowerCase()) || plain.includes(got.split(".").at(-1)!.toLowerCase());
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
 * Do a call's arguments say what was asked for? By name where the task gives names (by position, in their order), else in
 * order, with any names. A text is compared without its quotes, extra spaces and case; arithmetic without spaces and with ×
 * for *, whole or in parts (`operation: "multiply", a: 12, b: 7`).
 */
function argumentsMatch({ args, raw }: Call, wanted: ToolCallCheck): boolean {
  const { named, optional = [] } = wanted;
  const isBare = args.every(({ name }) => name === null);
  if (named !== undefined) {
    const names = Object.keys(named);
    const fits = (some: readonly Argument[]): boolean => {
      const given = new Map(some.map(({ name, value }, i) => [name ?? names[i] ?? "", value]));
      const isRight = (name: string): boolean =>
        given.has(name) ? isAccepted(given.get(name), named[name]!) : optional.includes(name);
      return [...given.keys()].every((name) => names.includes(name)) && names.every(isRight);
    };
    // A list may be the one argument: area([3, 4, 5]).
    return fits(args) || (isBare && raw.startsWith("[") && fits([{ name: null, value: raw }]));
  }
  const inOrder = wanted.args ?? [];
  if (args.length === inOrder.length && inOrder.every((arg, i) => isAccepted(args[i]!.value, arg)))
    return true;
  const [only] = inOrder;
  if (inOrder.length !== 1 || only === undefined) return false;
  // A bare argument may hold commas of its own: SEARCH(weather in Paris, France).
  return (isBare && isAccepted(raw, only)) || isSameInParts(args, normalised(only));
}

/** A list holds the values that are accepted. */
const isAccepted = (got: unknown, wanted: Json): boolean =>
  Array.isArray(wanted) ? wanted.some((one: Json) => isSame(got, one)) : isSame(got, wanted);

/** Lists item by item, objects key by key; what was written as text is read as JSON where a list or object is wanted. */
function isSame(got: unknown, wanted: Json): boolean {
  if (typeof wanted !== "object" || wanted === null) return normalised(got) === normalised(wanted);
  const value = typeof got === "string" ? parsedJson(got.replaceAll("'", '"')) : got;
  const [isList, names] = [Array.isArray(wanted), Object.keys(wanted)];
  if (isList !== Array.isArray(value) || Object.keys(value ?? {}).length !== names.length) return false;
  const compare = isList ? isSame : isAccepted;
  return Object.entries(wanted).every(
    ([key, item]) => Object.hasOwn(value as Fields, key) && compare((value as Fields)[key], item as Json),
  );
}

/** A text, number, boolean or null to compare; "" for anything else. */
function normalised(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "object" || value === undefined) return "";
  const plain = unquoted(String(value)).replaceAll(/\s+/g, " ").trim().toLowerCase();
  const sum = plain
    .replaceAll(" ", "")
    .replaceAll(/[×x·⋅∗]|\\(?:times|cdot|ast)/g, "*")
    .replaceAll(/÷|\\div/g, "/")
    .replaceAll("−", "-");
  if (/^-?\d+\.\d+$/.test(sum)) return String(Number(sum));
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
