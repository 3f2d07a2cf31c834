import type { PythonQuestion } from "../question.js";
import { meaningOf, restOfSentence, type Phrase } from "./phrase.js";

const QUOTED = `['"]([^'"\\\\]+)['"]`;
const A_STRING = "(?:a|the|its) (?:string|text|word)";

/** Python expressions in the string s. */
const PHRASES: readonly Phrase<string>[] = [
  [new RegExp(`reverses ${A_STRING}`, "i"), () => "s[::-1]"],
  [
    new RegExp(`reverses ${A_STRING} and then adds ${QUOTED} to its end`, "i"),
    (end) => `s[::-1] + ${text(end)}`,
  ],
  [new RegExp(`repeats ${A_STRING} (\\d+) times`, "i"), (k) => `s * ${k}`],
  [new RegExp(`returns the first (\\d+) characters of ${A_STRING}`, "i"), (k) => `s[:${k}]`],
  [new RegExp(`returns the last (\\d+) characters of ${A_STRING}`, "i"), (k) => `s[-${k}:]`],
  [new RegExp(`counts how often ${QUOTED} occurs in ${A_STRING}`, "i"), (part) => `s.count(${text(part)})`],
  [new RegExp(`removes every ${QUOTED} from ${A_STRING}`, "i"), (part) => `s.replace(${text(part)}, "")`],
  [
    new RegExp(`replaces every ${QUOTED} in ${A_STRING} (?:with|by) ${QUOTED}`, "i"),
    (from, to) => `s.replace(${text(from)}, ${text(to)})`,
  ],
  [
    new RegExp(`puts ${QUOTED} before ${A_STRING} and ${QUOTED} after it`, "i"),
    (front, back) => `${text(front)} + s + ${text(back)}`,
  ],
  [new RegExp(`(?:upper-?cases ${A_STRING}|converts ${A_STRING} to upper ?case)`, "i"), () => "s.upper()"],
  [new RegExp(`(?:lower-?cases ${A_STRING}|converts ${A_STRING} to lower ?case)`, "i"), () => "s.lower()"],
  [new RegExp(`(?:counts|returns) the (?:characters in|length of) ${A_STRING}`, "i"), () => "len(s)"],
];

const text = (value = ""): string => JSON.stringify(value);

/** "… function with a docstring that reverses a string." */
export function readTextFunction(prompt: string): PythonQuestion | null {
  const phrase = restOfSentence(prompt, /docstring (?:that|which) /i);
  const value = phrase === null ? null : meaningOf(PHRASES, phrase);
  if (value === null) return null;
  const name = /\bnamed\s+`?([A-Za-z_]\w*)/.exec(prompt)?.[1] ?? "transform";
  const doc = '"""Return the string as asked."""';
  return {
    kind: "python",
    right: [
      `def ${name}(s):\n    ${doc}\n    return ${value}`,
      `def ${name}(s: str):\n    """Change a string.\n\n    Returns the result.\n    """\n    return ${value}`,
      `def ${name}(s):\n    '''Return the result.'''\n    result = ${value}\n    return result`,
    ],
    wrong: [
      `def ${name}(s):\n    # ${phrase}\n    return ${value}`,
      `def ${name}(s):\n    ${doc}\n    print(${value})`,
      `def ${name}(s):\n    ${doc}\n    return s.reverse()`,
      `def ${name}(s)\n    ${doc}\n    return ${value}`,
      `def ${name}(s):\n    ${doc}\n    result = ${value}`,
    ],
  };
}
