import { isObject, parsedJson } from "../shared/json.js";
import { withoutCodeMarks } from "./answerText.js";

/** One argument of a call. */
export interface Argument {
  /** Null where it is given by position. */
  readonly name: string | null;
  readonly value: unknown;
}

/** A tool call as an answer writes it. */
export interface Call {
  readonly tool: string;
  readonly args: readonly Argument[];
  /** The arguments as one text, for tools that take the rest of the line. */
  readonly raw: string;
}

const NAME = String.raw`((?:[A-Za-z]\w*\.)*[A-Za-z][\w-]*)`;
/** A label before the call: "Action: …", "Tool call: …". */
const LABEL = /^(?:action|tool|command|call|function)(?:[ _-]?(?:call|line|command|use))?\s*:\s*(?=\S)/i;
const WRAPPER = /^(?:tool|function|action)(?:[ _-]?(?:calls?|code|use))?$|^(?:call|command|invoke)$/i;
/** `SEARCH("a")`, `SEARCH: a`, `[SEARCH] a`, `SEARCH a`. A brace stays with what it encloses: it may be JSON. */
const SHAPES = [
  String.raw`^${NAME}\s*(?:\(([\s\S]*)\)|\[([\s\S]*)\]|<([^<>]*)>|(\{[\s\S]*\}));?$`,
  String.raw`^${NAME}\s*(?:::?|->|=>|→|\||=|,|[-–—](?=\s))\s*(\S[^\n]*);?$`,
  String.raw`^\[${NAME}\]\s*(\S[^\n]*);?$`,
  String.raw`^${NAME}\s+(\S[^\n]*);?$`,
].map((shape) => new RegExp(shape));
/** What a command line or a chat puts before a command. */
const SIGIL = /^[/@!$>#=]\s*/;
const XML = /^<([A-Za-z][\w-]*)((?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?:\/?>|>([\s\S]*)<\/\1\s*>)$/;
/** Qwen's `<function=SEARCH>` and `<parameter=query>`. */
const TAG_WITH_NAME = /<(function|parameter)=([\w.-]+)>/g;
/** GLM's name of the tool with keys and values under it. */
const KEYS_AND_VALUES = /^([\w.-]+)\s*((?:<arg_key>[^<]*<\/arg_key>\s*<arg_value>[^<]*<\/arg_value>\s*)+)$/;
const REACT =
  /^(?:action|tool|function|command)\s*:\s*`?([A-Za-z][\w-]*)`?\s*\n\s*(?:(?:action|tool)[ _])?(?:input|query|arguments?|args|parameters?|topic|expression)\s*:\s*(\S[^\n]*)$/i;

/**
 * The tool calls that a text consists of, with nothing said around them; empty when it is anything else.
 *
 * Knows `SEARCH("a")`, `SEARCH[a]`, `SEARCH: a`, `SEARCH "a"`, `SEARCH --query a`, `[SEARCH: "a"]`, each after a label such as
 * `Action:`; ReAct's two lines; `<SEARCH query="a"/>`, `<tool_call>…</tool_call>`; and JSON calls in the usual shapes.
 */
export function callsIn(text: string, depth = 0): readonly Call[] {
  const trimmed = withoutCodeMarks(text.trim().replaceAll(TAG_WITH_NAME, '<$1 name="$2">'));
  // Labels and wrappers nest a few deep at most; a hostile text would nest for ever.
  if (trimmed === "" || depth > 4) return [];
  if (/^[{[]/.test(trimmed)) {
    const value = parsedJson(trimmed);
    if (value !== undefined) return callsFromJson(value);
  }
  if (trimmed.startsWith("<")) return callsInXml(trimmed, depth);

  const pairs = KEYS_AND_VALUES.exec(trimmed);
  if (pairs)
    return [callOf(pairs[1]!, pairsIn(pairs[2]!, /<arg_key>([^<]*)<\/arg_key>\s*<arg_value>([^<]*)/g))];
  const react = REACT.exec(trimmed);
  if (react) return [callFromText(react[1]!, react[2]!)];
  const label = LABEL.exec(trimmed);
  if (label) {
    const labelled = callsIn(trimmed.slice(label[0].length), depth + 1);
    if (labelled.length > 0) return labelled;
  }
  const enclosed = /^\[([^\n]*)\]$/.exec(trimmed);
  if (enclosed) return callsIn(enclosed[1]!, depth + 1);

  const bare = trimmed.replace(SIGIL, "");
  for (const shape of SHAPES) {
    const [, tool, ...insides] = shape.exec(bare) ?? [];
    if (tool === undefined) continue;
    return [callFromText(tool, insides.find((inside) => inside !== undefined)!.replace(/;$/, ""))];
  }
  return [];
}

function callsInXml(text: string, depth: number): readonly Call[] {
  const [, tag, attributes = "", inner = ""] = XML.exec(text) ?? [];
  // <tool>SEARCH</tool><query>a</query>
  if (tag === undefined) return callsFromJson(contentOf(text));
  const given = pairsIn(attributes, /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  if (!WRAPPER.test(tag)) return [callOf(tag, contentOf(inner, given))];
  const { name, tool, ...rest } = given;
  const called = name ?? tool;
  return called === undefined ? callsIn(inner, depth + 1) : [callOf(called, contentOf(inner, rest))];
}

/** Values by name: a pattern's first group and the next one that is there. */
const pairsIn = (text: string, pattern: RegExp): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(pattern)].map(([, name, one, other]) => [name!.trim(), (one ?? other!).trim()]),
  );

/** Attributes, or else child elements by name (`<query>a</query>`, `<parameter name="query">a</parameter>`), or else the text. */
function contentOf(inner: string, attributes: Readonly<Record<string, string>> = {}): unknown {
  if (Object.keys(attributes).length > 0) return attributes;
  const children = [
    ...inner.matchAll(/<([A-Za-z][\w-]*)(?:\s+name\s*=\s*["']([^"']*)["'])?\s*>([^<]*)<\/\1\s*>/g),
  ].map(([, tag, name = tag, text]) => [name!, text!.trim()]);
  return children.length > 0 ? Object.fromEntries(children) : inner.trim();
}

/**
 * The calls that a JSON value holds, in the shapes that providers and agents use: `{name, arguments}`, `{tool, query}`,
 * `{function: {name, arguments}}`, `{tool_calls: […]}`, `{SEARCH: "a"}`, a list of any; empty when it is something else.
 */
function callsFromJson(value: unknown): readonly Call[] {
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

const WRAPPERS = "tool_calls tool_call function_call function call action tool".split(" ");
const NAMES = "tool name tool_name action function function_name command recipient_name".split(" ");
const ARGUMENTS = "arguments args parameters params input action_input tool_input inputs".split(" ");

/** Arguments as JSON gives them: an object by name, a list by position, JSON text of either, or one value. */
export function callOf(tool: string, given: unknown): Call {
  const raw = typeof given === "string" ? given : "";
  const value = structured(raw) ?? given;
  if (value === undefined || value === null || value === "") return { tool, args: [], raw };
  const args: readonly Argument[] = isObject(value)
    ? Object.entries(value).map(([name, item]) => ({ name, value: item }))
    : (Array.isArray(value) ? value : [value]).map((item: unknown) => ({ name: null, value: item }));
  return { tool, args, raw };
}

function structured(text: string): unknown {
  const value = parsedJson(text);
  return typeof value === "object" && value !== null ? value : undefined;
}

/** Quotes of one kind around the whole text. */
const QUOTED = /^(?:"([^"]*)"|'([^']*)'|`([^`]*)`|“([^”]*)”|‘([^’]*)’)$/;

/** A text without the quotes around it. */
export function unquoted(text: string): string {
  const match = QUOTED.exec(text.trim());
  return match ? match.slice(1).find((inner) => inner !== undefined)! : text.trim();
}

/**
 * The arguments written between the brackets of a call or after its name: `"a", 'b'`, `query="a"`, `--topic "a"`,
 * `{"query": "a"}`, or bare words.
 */
function callFromText(tool: string, inside: string): Call {
  const raw = inside.trim();
  if (structured(raw) !== undefined) return callOf(tool, raw);
  if (/^\{[^{}]*\}$/.test(raw)) return callFromText(tool, raw.slice(1, -1));
  const args = splitArguments(raw).map((part): Argument => {
    const named = NAMED.exec(part) ?? FLAGGED.exec(part);
    return { name: named?.[1] ?? null, value: unquoted(named?.[2] ?? part) };
  });
  return { tool, args, raw };
}

/** `query="a"`, `query: a`, `query "a"`. */
const NAMED = /^(?:--?)?["']?([A-Za-z_]\w*)["']?\s*(?:[=:]\s*|\s(?=["'“‘]))(\S[\s\S]*)$/;
/** `--query a`. */
const FLAGGED = /^--([A-Za-z_]\w*)\s+(\S[\s\S]*)$/;

/** A quoted text, or one character. An apostrophe inside a word is no quote. */
const TOKEN = /"[^"]*"|(?<!\w)'[^']*'|[^]/g;

const step = (token: string): number => ("([{".includes(token) ? 1 : ")]}".includes(token) ? -1 : 0);

/** What stands between commas outside quotes and brackets; where brackets do not close, they are text. */
function splitArguments(text: string): readonly string[] {
  const tokens = text.match(TOKEN) ?? [];
  const isNested = tokens.reduce((depth, token) => depth + step(token), 0) === 0;
  const parts = [""];
  let depth = 0;
  for (const token of tokens) {
    if (isNested) depth += step(token);
    if (token === "," && depth === 0) parts.push("");
    else parts.push(parts.pop()! + token);
  }
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
