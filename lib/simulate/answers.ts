import type { ToolCall, ToolDefinition } from "../client/types.js";
import type { Expected, PythonCheck, ToolCallCheck } from "../scorers/types.js";
import { isObject, objectOf, parsedJson, textAt, valueAt, type Fields } from "../shared/json.js";
import type { Task } from "../tasks/types.js";

/** What a model says: text, or calls of the tools that it was offered. */
export interface Written {
  readonly content: string | null;
  readonly toolCalls?: readonly ToolCall[];
}

/** Answers to a task: by the library's scorers each right one is 1 and each wrong one 0. */
interface Ways<Answer> {
  readonly right: readonly Answer[];
  readonly wrong: readonly Answer[];
}

/** The ways to answer a task: its examples, else by what it expects; null where that names none that could be written. */
export function waysToAnswer(
  { expected, examples }: Pick<Task, "expected" | "examples">,
  tools: readonly ToolDefinition[],
): Ways<Written> | null {
  if (examples) {
    const { right, wrong } = examples;
    return { right: [asWritten(right, tools)], wrong: wrong.map((text) => asWritten(text, tools)) };
  }
  if (expected.call === null) return noCall(tools);
  if (expected.call && tools.length > 0) return realCalls(expected.call, tools);
  const texts = textsFor(expected);
  return texts && { right: texts.right.map(inText), wrong: texts.wrong.map(inText) };
}

const inText = (content: string): Written => ({ content });

/** An example as a model gives it: where tools are offered, JSON of calls is calls of them. */
function asWritten(text: string, tools: readonly ToolDefinition[]): Written {
  const calls =
    tools.length === 0 ? [] : [parsedJson(text)].flat().filter((one) => textAt(one, "name") !== "");
  if (calls.length === 0) return inText(text);
  return says(...calls.map((call) => made(textAt(call, "name"), valueAt(call, "arguments"))));
}

function textsFor(expected: Expected): Ways<string> | null {
  const { call, python, json, exact, includes, choice, answer } = expected;
  if (call) return callTexts(call);
  if (python) return programs(python);
  if (isObject(json)) return jsonTexts(json);
  const [text] = [exact].flat();
  if (text !== undefined) return exactTexts(text, expected.codeMarks === true);
  if (choice !== undefined) return choiceTexts(choice, expected.choices?.length ?? 4);
  if (includes) return wordTexts(includes);
  return answer === undefined ? null : numberTexts(answer, expected.unit);
}

/** The letter of an option, or of another. */
function choiceTexts(choice: string, options: number): Ways<string> {
  const letters = LETTERS.slice(0, Math.max(2, options)).filter((letter) => letter !== choice);
  return { right: inLetters(choice), wrong: letters.flatMap(inLetters) };
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ".split("");
const inLetters = (letter: string): readonly string[] => [
  letter,
  `The answer is (${letter}).`,
  `**${letter}**`,
];

/** The words looked for in a sentence, or one without them. */
function wordTexts(words: readonly string[]): Ways<string> {
  const holds = (text: string): boolean =>
    words.every((word) => text.toLowerCase().includes(word.toLowerCase()));
  const sentences = [
    "That would be 42.",
    "Good question! I would have to look it up.",
    "It is none of them.",
  ];
  return {
    right: [words.join(", "), `The answer is ${words.join(" and ")}.`],
    wrong: sentences.filter((text) => !holds(text)),
  };
}

function numberTexts(answer: number, unit: string | undefined): Ways<string> {
  const mistakes = [answer + 1, answer - 1, 2 * answer + 1, 10 * answer + 10].filter(
    (value) => Math.abs(value - answer) > 1e-6 * Math.abs(answer) && (value >= 0 || answer < 0),
  );
  const say = (number: number): readonly string[] => {
    const value = String(Number(number.toPrecision(12)));
    const withUnit = unit === undefined ? value : `${value} ${unit}`;
    const sentences = [`The answer is ${withUnit}.`, `Great question! The answer is **${withUnit}** 🎉`];
    const worked = [
      `Step by step:\n\n**Answer:** ${withUnit}`,
      `That gives\n#### ${value}`,
      `\\boxed{${value}}`,
    ];
    return [value, withUnit, `**${withUnit}**`, ...sentences, ...worked];
  };
  return { right: say(answer), wrong: mistakes.flatMap(say) };
}

/** A text to the letter, and as models spoil it: talked around, spaced out, without its mark, in another case. */
function exactTexts(text: string, codeMarks: boolean): Ways<string> {
  const bare = text.replace(/[!?.:;]$/, "");
  const spoilt = [
    `Sure! Here it is: ${text}`,
    `${text}\n\nLet me know if you need anything else!`,
    text.replaceAll(/[,;|]/g, "$& ").trim(),
    text.replaceAll(/[,;|]\s*/g, "\n").trim(),
    bare,
    `${bare.charAt(0)}${bare.slice(1).toLowerCase()}${text.slice(bare.length)}`,
    `${text},`,
  ];
  return {
    right: [text, text, ...(codeMarks ? [`\`${text}\``] : [])],
    wrong: spoilt.filter((one) => one !== text && one !== ""),
  };
}

function jsonTexts(fields: Fields): Ways<string> {
  const entries = Object.entries(fields);
  const compact = JSON.stringify(fields);
  const pretty = JSON.stringify(fields, null, 2);
  const renamed = entries.map(([key, value]) => [`${key}_field`, value]);
  const others = entries.map(([key, value]) => [key, value === "n/a" ? "none" : "n/a"]);
  return {
    right: [compact, pretty, `\`\`\`json\n${pretty}\n\`\`\``],
    wrong: [
      `{${entries.map(([key, value]) => `'${key}': '${String(value)}'`).join(", ")}}`,
      `${compact.slice(0, -1)},}`,
      `{ // the object\n${compact.slice(1)}`,
      ...[renamed, others, entries.slice(0, -1)].map((list) => JSON.stringify(Object.fromEntries(list))),
      `Here ${entries.map(([key, value]) => `the ${key} is "${String(value)}"`).join(" and ")}.`,
    ],
  };
}

/** Programs that know the values by heart: what is checked is all that the panel knows of them. Null without any. */
function programs({ value, cases = [], entry, needs = [] }: PythonCheck): Ways<string> | null {
  if (Array.isArray(value)) {
    const [all, fewer] = [literal(value), literal(value.slice(1))];
    const loop = `results = []\nfor n in ${all}:\n    results.append(n)`;
    return fenced(
      [`[n for n in ${all}]`, `[x for x in ${all}]`],
      [`[n for n in ${fewer}]`, `list(${all})`, loop],
    );
  }
  if (cases.length === 0) return null;
  const name = entry ?? "solve";
  const parameters = cases[0]!.args.map((_, i) => "abcdefgh".charAt(i)).join(", ");
  const known = cases.map(({ args, returns }) => `(${literal(args)}, ${literal(returns)})`).join(", ");
  const loop = `    for given, value in [${known}]:\n        if given == [${parameters}]:\n            `;
  const head = `def ${name}(${parameters}):\n`;
  const doc = needs.includes("docstring") ? '    """Return the value."""\n' : "";
  return fenced(
    [`${head}${doc}${loop}return value`],
    [
      `${head}${doc}${loop}print(value)`,
      `${head}${doc}    return "value"`,
      ...(doc === "" ? [] : [`${head}    # Return the value.\n${loop}return value`]),
      ...(entry ? [`def ${name}_of(${parameters}):\n${doc}${loop}return value`] : []),
    ],
  );
}

const fenced = (right: readonly string[], wrong: readonly string[]): Ways<string> => ({
  right: right.flatMap(dressed),
  wrong: wrong.flatMap(dressed),
});

const dressed = (source: string): readonly string[] => {
  const block = `\`\`\`python\n${source}\n\`\`\``;
  return [source, block, `Here is the code:\n\n${block}`, `Certainly! 😊\n\n${block}`];
};

/** A JSON value as Python writes it; a text that repeats itself as a product, which keeps programs short. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => `${literal(key)}: ${literal(item)}`);
    return `{${entries.join(", ")}}`;
  }
  const unit = typeof value === "string" ? /^([^]{2,99}?)\1+$/.exec(value)?.[1] : undefined;
  if (unit === undefined) return JSON.stringify(value);
  return `${JSON.stringify(unit)} * ${String(value).length / unit.length}`;
}

/** A call written as text, in one of the usual notations. */
function callTexts({ tool, args = [] }: ToolCallCheck): Ways<string> {
  const bare = args.join(", ");
  const plain = `${tool}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
  const json = JSON.stringify({ tool, arguments: args.length === 1 ? { input: args[0] } : args });
  return {
    right: [plain, `${tool}: ${bare}`, `Action: ${tool}[${bare}]`, json],
    wrong: [
      `Sure! I'll use the tool for you.\n\n${plain}\n\nThis gives you the result you need.`,
      `I don't have access to a ${tool} tool, but I can tell you about ${bare}.`,
      `${tool === "FETCH" ? "OPEN" : "FETCH"}("${bare}")`,
      `${tool}("something else")`,
      `${plain}\nResult: done`,
      `To do this I would first open the ${tool.toLowerCase()} tool and then enter ${bare}.`,
    ],
  };
}

/** Words instead of a call, or a call all the same. */
function noCall(tools: readonly ToolDefinition[]): Ways<Written> {
  const refusals = ["None of these tools fits that.", "I have no tool for that, so I call none."];
  const calls = tools.map((tool) => says(made(tool.function.name, {})));
  return { right: refusals.map(inText), wrong: calls.length > 0 ? calls : [inText('SEARCH("it")')] };
}

/** Real calls: of the right tool, or what weaker models do instead. */
function realCalls(
  { tool, args = [], named }: ToolCallCheck,
  tools: readonly ToolDefinition[],
): Ways<Written> {
  const offered = tools.map((one) => one.function);
  const { name = tool, parameters } =
    offered.find((one) => one.name.toLowerCase() === tool.toLowerCase()) ?? {};
  const names = Object.keys(objectOf(objectOf(parameters)["properties"]));
  const inOrder = args.map((arg, i) => [names[i] ?? `argument_${i + 1}`, arg] as const);
  // A list of accepted values stands for its first.
  const given = Object.fromEntries(
    named === undefined
      ? inOrder
      : Object.entries(named).map(([key, value]) => [key, [value].flat()[0]] as const),
  );
  const muddled = Object.fromEntries(Object.keys(given).map((key) => [key, "something else"]));
  const other = offered.find((one) => one.name !== name)?.name ?? `${name}_v2`;
  return {
    right: [says(made(name, given))],
    wrong: [
      ...(Object.keys(given).length > 0 ? [says(made(name, muddled))] : []),
      says(made(other, given)),
      says(made(name, given), made(name, muddled)),
      says({ name, arguments: JSON.stringify(given).slice(0, -2) }),
      { content: "I would need to look that up first. Could you tell me more?" },
    ],
  };
}

const made = (name: string, given: unknown): ToolCall => ({ name, arguments: JSON.stringify(given) });
const says = (...toolCalls: readonly ToolCall[]): Written => ({ content: null, toolCalls });
