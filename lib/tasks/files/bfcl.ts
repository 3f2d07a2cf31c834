import type { ToolDefinition } from "../../client/types.js";
import type { Json, ToolCallCheck } from "../../scorers/types.js";
import { isObject, listAt, objectOf, shownValue, textAt, type Fields } from "../../shared/json.js";
import { hasAll, textOf, type QuestionFormat } from "./format.js";
import { BadRecord } from "./readRecords.js";

/**
 * BFCL's single calls (Patil et al. 2025, the Berkeley Function Calling Leaderboard): one call of one offered function or of
 * one of several, the accepted values of each argument in a file of `possible_answer`; and irrelevance, where none fits.
 */
export const bfcl: QuestionFormat = {
  title: "BFCL",
  facet: "tool_use",
  fits: (fields) => hasAll(fields, "id", "question", "function"),
  question: ({ fields }, answers) => {
    const name = textOf(fields, "id");
    const turns = listAt(fields, "question");
    if (turns.length !== 1) throw new BadRecord(`"question" has ${turns.length} turns; one can be asked.`);
    const said = (role: string): string =>
      [turns[0]]
        .flat()
        .flatMap((one) => (textAt(one, "role") === role ? [textAt(one, "content")] : []))
        .join("\n\n");
    return {
      name,
      prompt: textOf({ question: said("user") }, "question"),
      ...(said("system") === "" ? {} : { system: said("system") }),
      expected: { call: name.includes("irrelevance") ? null : callOf(name, answers) },
      tools: [fields["function"]].flat().map((one) => toolOf(objectOf(one))),
    };
  },
};

/** OpenAI's API takes no dots in names: `math.hypot` is offered, and called, as `math_hypot`, as BFCL itself has it. */
const offered = (name: string): string => name.replaceAll(/[^\w-]/g, "_");

function callOf(id: string, answers: ReadonlyMap<unknown, unknown>): ToolCallCheck {
  const given = answers.get(id);
  const advice = "name the set's possible_answer file or folder, too";
  if (given === undefined) throw new BadRecord(`there is no answer to "${id}"; ${advice}.`);
  const [call, ...more] = [given].flat().flatMap((one) => Object.entries(objectOf(one)));
  if (call === undefined || more.length > 0)
    throw new BadRecord(`its ground_truth is ${shownValue(given)}; one call is wanted.`);
  const args = Object.entries(objectOf(call[1])).map(([name, values]) => [name, [values].flat()] as const);
  const named = args.map(([name, values]) => [name, values.filter(isValue).flatMap(alternatives)]);
  const optional = args.flatMap(([name, values]) => (values.every(isValue) ? [] : [name]));
  return {
    tool: offered(call[0]),
    named: Object.fromEntries(named) as Fields as Record<string, Json>,
    optional,
    real: true,
  };
}

/** An empty text among the accepted values says that the argument may be left out. */
const isValue = (value: unknown): boolean => value !== "";

/** Every value that an accepted one stands for: each key of an object has accepted values of its own. */
function alternatives(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return choices(value.map(alternatives));
  if (!isObject(value)) return [value];
  return choices(Object.values(value).map((accepted) => [accepted].flat())).map((chosen) => {
    const entries = Object.keys(value).map((key, i) => [key, chosen[i]] as const);
    return Object.fromEntries(entries.filter(([, one]) => isValue(one)));
  });
}

/** Every way to take one of each list. */
const choices = (lists: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] =>
  lists.reduce<readonly unknown[][]>(
    (all, list) => all.flatMap((begun) => list.map((one) => [...begun, one])),
    [[]],
  );

const toolOf = ({ name, description, parameters }: Fields): ToolDefinition => ({
  type: "function",
  function: {
    name: offered(String(name)),
    description: String(description),
    parameters: schemaOf(parameters),
  },
});

const TYPES: Fields = { dict: "object", float: "number", tuple: "array", any: "string" };

/** A schema with Python's names of types, in JSON Schema's words. */
function schemaOf(schema: unknown): Fields {
  const text = JSON.stringify(schema ?? {}, (key, value: unknown) =>
    key === "type" ? (TYPES[String(value)] ?? value) : value,
  );
  return objectOf(JSON.parse(text));
}
