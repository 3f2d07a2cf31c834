import type { PythonQuestion } from "../question.js";
import { meaningOf, restOfSentence, type Phrase } from "./phrase.js";

const SIGNATURE = /\bnamed\s+`?([A-Za-z_]\w*)\s*\(\s*([A-Za-z_]\w*)\s*,\s*([A-Za-z_]\w*)\s*\)`?/;
const THAT_RETURNS = /\)`?\s+(?:that|which)\s+(?:returns?|computes?|gives)\s+/i;

/** "… named f(a, b) that returns their sum." */
export function readPairFunction(prompt: string): PythonQuestion | null {
  const [, name = "", a = "", b = ""] = SIGNATURE.exec(prompt) ?? [];
  const phrase = restOfSentence(prompt, THAT_RETURNS);
  const value = name === "" || phrase === null ? null : meaningOf(phrasesOf(a, b), phrase);
  if (value === null) return null;
  return {
    kind: "python",
    right: [
      `def ${name}(${a}, ${b}):\n    return ${value}`,
      `def ${name}(${a}, ${b}):\n    """Return what was asked for."""\n    return ${value}`,
      `def ${name}(${a}: float, ${b}: float) -> float:\n    return ${value}`,
      `def ${name}(${a}, ${b}):\n    result = ${value}\n    return result`,
    ],
    wrong: [
      `def ${name}(${a}, ${b}):\n    print(${value})`,
      `def ${name}(${a}, ${b}):\n    return ${value} + 1`,
      `def ${name}_of_two(${a}, ${b}):\n    return ${value}`,
      `def ${name}(${a}, ${b})\n    return ${value}`,
      `def ${name}(${a}, ${b}):\n    result = ${value}`,
    ],
  };
}

/** Python expressions in the two arguments. */
function phrasesOf(a: string, b: string): readonly Phrase<string>[] {
  const alone: readonly Phrase<string>[] = [
    [/(?:their|the) sum(?: of (?:the two|both|them))?/i, () => `${a} + ${b}`],
    [/(?:their|the) product(?: of (?:the two|both|them))?/i, () => `${a} * ${b}`],
    [/their difference|the first minus the second/i, () => `${a} - ${b}`],
    [/the (?:larger|greater|maximum|max) of (?:the two|both|them)/i, () => `max(${a}, ${b})`],
    [/the (?:smaller|lesser|minimum|min) of (?:the two|both|them)/i, () => `min(${a}, ${b})`],
    [/the sum of their squares/i, () => `${a}**2 + ${b}**2`],
    [/their (?:average|mean)/i, () => `(${a} + ${b}) / 2`],
  ];
  const joined = (what: string, then: string): string | null => {
    const inner = meaningOf(alone, what);
    return inner === null ? null : `(${inner}) ${then}`;
  };
  return [
    ...alone,
    [/(.+) plus (\d+)/i, (what = "", k = "") => joined(what, `+ ${k}`)],
    [/(.+) minus (\d+)/i, (what = "", k = "") => joined(what, `- ${k}`)],
    [/(\d+) times (.+)/i, (k = "", what = "") => joined(what, `* ${k}`)],
  ];
}
