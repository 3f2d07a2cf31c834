import { callFromText, callOf } from "./call.js";
import type { Call } from "./call.js";
import { callsFromJson } from "./callJson.js";
import { parsed } from "./jsonIn.js";

const NAME = String.raw`(?:\w+\.)?([A-Za-z][\w-]*)`;
/** A label before the call: "Action: …", "Tool call: …". */
const LABEL = /^(?:action|tool|command|call|function)(?:[ _-]?(?:call|line|command|use))?\s*:\s*(?=\S)/i;
const WRAPPER = /^(?:tool|function|action)(?:[ _-]?(?:calls?|code|use))?$|^(?:call|command|invoke)$/i;
// A brace stays with what it encloses: it may be JSON.
const BRACKETED = new RegExp(
  String.raw`^${NAME}\s*(?:\(([\s\S]*)\)|\[([\s\S]*)\]|<([^<>]*)>|(\{[\s\S]*\}));?$`,
);
const SEPARATED = new RegExp(String.raw`^${NAME}\s*(?:::?|->|=>|→|\||=|,|[-–—](?=\s))\s*(\S[^\n]*);?$`);
const NAME_IN_BRACKETS = new RegExp(String.raw`^\[${NAME}\]\s*(\S[^\n]*);?$`);
const BARE = new RegExp(String.raw`^${NAME}\s+(\S[^\n]*);?$`);
/** What a command line or a chat puts before a command. */
const SIGIL = /^[/@!$>#]\s*/;
const XML = /^<([A-Za-z][\w-]*)((?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(?:\/?>|>([\s\S]*)<\/\1\s*>)$/;
const REACT =
  /^(?:action|tool|function|command)\s*:\s*([A-Za-z][\w-]*)\s*\n\s*(?:(?:action|tool)[ _])?(?:input|query|arguments?|args|parameters?|topic|expression)\s*:\s*(\S[^\n]*)$/i;

/**
 * The tool calls that a text consists of, with nothing said around them; empty when it is anything else.
 *
 * Knows `SEARCH("a")`, `SEARCH[a]`, `SEARCH: a`, `SEARCH "a"`, `SEARCH --query a`, `[SEARCH: "a"]`, each after a label such as
 * `Action:`; ReAct's two lines; `<SEARCH query="a"/>`, `<tool_call>…</tool_call>`; and JSON calls in the usual shapes.
 */
export function callsIn(text: string, depth = 0): readonly Call[] {
  const trimmed = text.trim();
  // Labels and wrappers nest a few deep at most; a hostile text would nest for ever.
  if (trimmed === "" || depth > 4) return [];
  if (/^[{[]/.test(trimmed)) {
    const value = parsed(trimmed);
    if (value !== undefined) return callsFromJson(value);
  }
  if (trimmed.startsWith("<")) return callsInXml(trimmed, depth);

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
  const match =
    BRACKETED.exec(bare) ?? SEPARATED.exec(bare) ?? NAME_IN_BRACKETS.exec(bare) ?? BARE.exec(bare);
  if (!match) return [];
  const [, tool, ...insides] = match;
  return [callFromText(tool!, (insides.find((inside) => inside !== undefined) ?? "").replace(/;$/, ""))];
}

function callsInXml(text: string, depth: number): readonly Call[] {
  const element = XML.exec(text);
  // <tool>SEARCH</tool><query>a</query>
  if (!element) return callsFromJson(contentOf(text));
  const [, tag, attributes, inner = ""] = element;
  const given = Object.fromEntries(
    [...attributes!.matchAll(/([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)].map((match) => [
      match[1]!,
      match[2] ?? match[3] ?? "",
    ]),
  );
  if (WRAPPER.test(tag!)) {
    const { name, tool, ...rest } = given;
    const called = name ?? tool;
    if (called === undefined) return callsIn(inner, depth + 1);
    return [callOf(called, Object.keys(rest).length > 0 ? rest : contentOf(inner))];
  }
  return [callOf(tag!, Object.keys(given).length > 0 ? given : contentOf(inner))];
}

/** Child elements by name, `<query>a</query>` and `<parameter name="query">a</parameter>` alike; else the text itself. */
function contentOf(inner: string): unknown {
  const children = [
    ...inner.matchAll(/<([A-Za-z][\w-]*)(?:\s+name\s*=\s*["']([^"']*)["'])?\s*>([^<]*)<\/\1\s*>/g),
  ].map((child) => [child[2] ?? child[1]!, child[3]!.trim()] as const);
  return children.length > 0 ? Object.fromEntries(children) : inner.trim();
}
