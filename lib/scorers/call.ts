import { isObject, parsed } from "./jsonIn.js";

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

/** Arguments as JSON gives them: an object by name, a list by position, JSON text of either, or one value. */
export function callOf(tool: string, given: unknown): Call {
  const value = typeof given === "string" ? (structured(given) ?? given) : given;
  const raw = typeof given === "string" ? given : "";
  if (value === undefined || value === null || value === "") return { tool, args: [], raw };
  if (Array.isArray(value))
    return { tool, args: value.map((item) => ({ name: null, value: item as unknown })), raw };
  if (isObject(value)) {
    return { tool, args: Object.entries(value).map(([name, item]) => ({ name, value: item })), raw };
  }
  return { tool, args: [{ name: null, value }], raw };
}

function structured(text: string): unknown {
  const value = parsed(text);
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
export function callFromText(tool: string, inside: string): Call {
  const raw = inside.trim();
  if (structured(raw) !== undefined) return callOf(tool, raw);
  if (/^\{[^{}]*\}$/.test(raw)) return callFromText(tool, raw.slice(1, -1));
  const args = splitArguments(raw).map((part): Argument => {
    const named = /^(?:--?)?([A-Za-z_]\w*)\s*(?:[=:]\s*|\s(?=["'“‘]))(\S[\s\S]*)$/.exec(part);
    const flagged = named ?? /^--([A-Za-z_]\w*)\s+(\S[\s\S]*)$/.exec(part);
    return flagged
      ? { name: flagged[1]!, value: unquoted(flagged[2]!) }
      : { name: null, value: unquoted(part) };
  });
  return { tool, args, raw };
}

/** Splits at commas outside quotes and brackets. */
function splitArguments(text: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let depth = 0;
  let open: string | null = null;
  for (let i = 0; i < text.length; i++) {
    const character = text[i]!;
    if (open !== null) {
      if (character === open) open = null;
    } else if (character === '"' || (character === "'" && !/\w/.test(text[i - 1] ?? ""))) open = character;
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character)) depth--;
    else if (character === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
