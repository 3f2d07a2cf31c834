import { pick } from "../chance.js";
import type { ToolCall, ToolDefinition } from "../../client/types.js";
import type { ToolCallCheck } from "../../scorers/types.js";
import { withThinking, type Style, type Written } from "./style.js";

/** A tool call written as text, in one of the usual notations. */
export function answerCall(
  call: ToolCallCheck,
  isRight: boolean,
  style: Style,
  luck: string,
  ...names: readonly (string | number)[]
): Written {
  const choices = isRight ? notations(call) : misuses(call);
  const content = pick(choices, luck, ...names, isRight ? "notation" : "misuse");
  return style === "thinking" ? withThinking(luck, `I should call ${call.tool}.`, content) : { content };
}

function notations({ tool, args }: ToolCallCheck): readonly string[] {
  const quoted = args.map((arg) => JSON.stringify(arg)).join(", ");
  const bare = args.join(", ");
  const input = args.length === 1 ? args[0] : args;
  return [
    `${tool}(${quoted})`,
    `${tool}: ${bare}`,
    `Action: ${tool}[${bare}]`,
    JSON.stringify({ tool, arguments: { [args.length === 1 ? "input" : "inputs"]: input } }),
  ];
}

function misuses({ tool, args }: ToolCallCheck): readonly string[] {
  const bare = args.join(", ");
  const [right] = notations({ tool, args });
  return [
    `Sure! I'll use the tool for you.\n\n${right}\n\nThis gives you the result you need.`,
    `I don't have access to a ${tool} tool, but I can tell you about ${bare}.`,
    `${tool === "FETCH" ? "OPEN" : "FETCH"}("${bare}")`,
    `${tool}("something else")`,
    `${right}\nResult: done`,
    `To do this I would first open the ${tool.toLowerCase()} tool and then enter ${bare}.`,
  ];
}

/** Real tool calls, or text where the model talks instead of calling. */
export interface Called {
  readonly toolCalls: readonly ToolCall[];
  readonly content: string | null;
}

/** An answer to a request that offers tools: a call of the right one, or what weaker models do instead. */
export function answerWithTools(
  call: ToolCallCheck,
  tools: readonly ToolDefinition[],
  isRight: boolean,
  luck: string,
  ...names: readonly (string | number)[]
): Called {
  const offered = tools.map((tool) => tool.function);
  const wanted = offered.find(({ name }) => name.toLowerCase() === call.tool.toLowerCase()) ?? offered[0];
  const name = wanted?.name ?? call.tool;
  const args = call.named ?? byParameter(call.args, wanted?.parameters ?? {});
  const other = offered.find((tool) => tool.name !== name)?.name ?? `${name}_v2`;
  const muddled = Object.fromEntries(Object.keys(args).map((key) => [key, "something else"]));
  if (isRight) return { toolCalls: [made(name, args)], content: null };
  return pick<Called>(
    [
      { toolCalls: [made(name, muddled)], content: null },
      { toolCalls: [made(other, args)], content: null },
      { toolCalls: [made(name, args), made(name, muddled)], content: null },
      { toolCalls: [{ name, arguments: JSON.stringify(args).slice(0, -2) }], content: null },
      { toolCalls: [], content: "I would need to look that up first. Could you tell me more?" },
    ],
    luck,
    ...names,
    "tools",
  );
}

const made = (name: string, given: unknown): ToolCall => ({ name, arguments: JSON.stringify(given) });

/** Arguments in order under the names of the tool's parameters, the required ones first. */
function byParameter(
  args: ToolCallCheck["args"],
  schema: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string | number>> {
  const required = Array.isArray(schema["required"]) ? schema["required"].map(String) : [];
  const properties = Object.keys((schema["properties"] as object | undefined) ?? {});
  const ordered = [...new Set([...required, ...properties])];
  return Object.fromEntries(args.map((arg, i) => [ordered[i] ?? `arg${i}`, arg]));
}
