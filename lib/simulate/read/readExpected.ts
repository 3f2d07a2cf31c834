import type { Expected, PythonCheck } from "../../scorers/types.js";
import type { Question, Working } from "../question.js";

/**
 * What a task's `expected` tells about the answer, for a prompt whose words the panel cannot read. Null when it tells
 * nothing: patterns say what to look for, not what to write.
 */
export function readExpected(expected: Expected): Question | null {
  if (expected.call !== undefined) return { kind: "call", call: expected.call };
  if (expected.python !== undefined) return pythonQuestion(expected.python);
  if (expected.json !== undefined) return { kind: "json", fields: expected.json };
  if (expected.exact !== undefined)
    return { kind: "exact", text: expected.exact, codeMarks: expected.codeMarks === true };
  if (expected.answer !== undefined) return numberQuestion(expected.answer, expected.unit ?? "");
  if (expected.mustInclude !== undefined && expected.format === undefined)
    return { kind: "exact", text: expected.mustInclude.join(" "), codeMarks: false };
  return null;
}

function numberQuestion(answer: number, unit: string): Question {
  return {
    kind: "number",
    right: guess(answer),
    wrong: [guess(answer + 1), guess(answer - 1), guess(answer * 2 + 1), guess(answer + 10)],
    say: (value) => `It is ${value}${unit === "" ? "" : ` ${unit}`}.`,
    unit,
  };
}

const guess = (value: number): Working => ({ value, steps: [`That makes ${value}.`] });

/** A program that knows the task's cases by heart: the panel cannot write another for a task it cannot read. */
function pythonQuestion(check: PythonCheck): Question | null {
  const needsComprehension = check.needs?.includes("list-comprehension") === true;
  if (check.value !== undefined) {
    const value = literal(check.value);
    const wrong = Array.isArray(check.value) ? literal(check.value.slice(1)) : `[${value}]`;
    return needsComprehension
      ? { kind: "python", right: [`[x for x in ${value}]`], wrong: [`[x for x in ${wrong}]`, value] }
      : { kind: "python", right: [value], wrong: [wrong] };
  }
  const cases = check.cases ?? [];
  if (cases.length === 0) return null;
  const name = check.entry ?? "solve";
  const doc = check.needs?.includes("docstring") === true ? '    """Return the value asked for."""\n' : "";
  const known = cases.map(({ args, returns }) => `(${literal(args)}, ${literal(returns)})`).join(", ");
  const parameters = (cases[0]?.args ?? []).map((_, i) => `a${i}`).join(", ");
  const body = `    for args, result in [${known}]:\n        if args == [${parameters}]:\n            return result`;
  return {
    kind: "python",
    right: [`def ${name}(${parameters}):\n${doc}${body}`],
    wrong: [`def ${name}(${parameters}):\n${doc}    return None`, `def ${name}(${parameters})\n${body}`],
  };
}

/** A JSON value as Python writes it. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object")
    return `{${Object.entries(value)
      .map(([key, item]) => `${JSON.stringify(key)}: ${literal(item)}`)
      .join(", ")}}`;
  return JSON.stringify(value);
}
