import type { ToolCallCheck } from "./types.js";
import { unquoted } from "./call.js";
import type { Argument, Call } from "./call.js";

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
export function argumentsMatch(call: Call, wanted: ToolCallCheck): boolean {
  if (wanted.named !== undefined) {
    const names = Object.keys(wanted.named);
    return (
      call.args.length === names.length &&
      names.every((name) => {
        const given = call.args.find((argument) => argument.name === name);
        return given !== undefined && same(given.value, wanted.named![name]!);
      })
    );
  }
  if (
    call.args.length === wanted.args.length &&
    wanted.args.every((arg, i) => same(call.args[i]!.value, arg))
  ) {
    return true;
  }
  const [only] = wanted.args;
  if (wanted.args.length !== 1 || only === undefined) return false;
  // A bare argument may hold commas of its own: SEARCH(weather in Paris, France).
  if (call.args.every(({ name }) => name === null) && same(call.raw, only)) return true;
  return sameInParts(call.args, normalised(only));
}

const same = (got: unknown, wanted: string | number): boolean =>
  (typeof got === "string" || typeof got === "number") && normalised(got) === normalised(wanted);

function normalised(value: string | number): string {
  const plain = unquoted(String(value)).replaceAll(/\s+/g, " ").trim().toLowerCase();
  const sum = plain
    .replaceAll(" ", "")
    .replaceAll(/[×x·⋅∗]/g, "*")
    .replaceAll("÷", "/")
    .replaceAll("−", "-");
  return EXPRESSION.test(sum) ? sum : plain;
}

/** An operation with two operands in their order, the operation named or written anywhere. */
function sameInParts(args: readonly Argument[], wanted: string): boolean {
  const parts = /^([\d.]+)([-+*/])([\d.]+)$/.exec(wanted);
  if (!parts || args.length !== 3) return false;
  const values = args.map(({ value }) =>
    typeof value === "string" || typeof value === "number" ? normalised(value) : "",
  );
  const at = values.findIndex((value) => OPERATIONS[parts[2]!]!.includes(value));
  const operands = values.filter((_, i) => i !== at);
  return at >= 0 && operands[0] === parts[1] && operands[1] === parts[3];
}
