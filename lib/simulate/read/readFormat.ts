import type { ExactQuestion, JsonQuestion } from "../question.js";

const QUOTED = /'([^'\n]{1,80})'|"([^"\n]{1,80})"|“([^”\n]{1,80})”/g;

/** Reads what a formatting instruction asks for word by word: a list on one line, a JSON object, a word in capitals. */
export function readFormat(prompt: string): ExactQuestion | JsonQuestion | null {
  return readJson(prompt) ?? readList(prompt) ?? readCapitals(prompt);
}

function quotedIn(text: string): readonly string[] {
  return [...text.matchAll(QUOTED)].map((match) => match[1] ?? match[2] ?? match[3] ?? "");
}

const SEPARATORS: readonly (readonly [RegExp, string])[] = [
  [/comma[- ]separated|separated by (?:a )?commas?/i, ","],
  [/semicolon[- ]separated|separated by (?:a )?semicolons?/i, ";"],
  [/(?:pipe|bar)[- ]separated|separated by (?:a )?(?:pipes?|vertical bars?)/i, "|"],
  [/hyphen[- ]separated|dash[- ]separated|separated by (?:a )?(?:hyphens?|dash(?:es)?)/i, "-"],
];

function readList(prompt: string): ExactQuestion | null {
  const separator = SEPARATORS.find(([named]) => named.test(prompt))?.[1];
  const words = quotedIn(prompt);
  if (separator === undefined || words.length < 2) return null;
  const spaced = /no spaces|without spaces/i.test(prompt) ? separator : `${separator} `;
  return { kind: "exact", text: words.join(spaced), codeMarks: false };
}

const JSON_PARTS =
  /json\b[\s\S]*?\bkeys?\s+["'`]?([A-Za-z_]\w*)["'`]?\s+and\s+["'`]?([A-Za-z_]\w*)["'`]?[\s\S]*?['"“]([^'"”]+)['"”][\s\S]*?\bwith\s+(?:an?\s+)?["']?(\w+)["']?\s+(\w+)/i;

/** "JSON containing keys A and B for the … 'value of A' with valueOfB B". */
function readJson(prompt: string): JsonQuestion | null {
  const match = JSON_PARTS.exec(prompt);
  if (!match) return null;
  const [, first = "", second = "", firstValue = "", secondValue = ""] = match;
  return { kind: "json", fields: { [first]: firstValue, [second]: secondValue } };
}

const MARKS: Readonly<Record<string, string>> = {
  "exclamation mark": "!",
  "exclamation point": "!",
  "question mark": "?",
  period: ".",
  "full stop": ".",
  colon: ":",
  semicolon: ";",
};

function readCapitals(prompt: string): ExactQuestion | null {
  const [word] = quotedIn(prompt);
  if (word === undefined) return null;
  const inCapitals = /all caps|all capitals|capital letters|upper[- ]?case/i.test(prompt);
  const inSmall = /lower[- ]?case|small letters/i.test(prompt);
  if (!inCapitals && !inSmall) return null;
  const named = /followed by an?\s+([a-z]+(?:\s+(?:mark|point|stop))?)/i.exec(prompt)?.[1]?.toLowerCase();
  const mark = named === undefined ? "" : MARKS[named];
  if (mark === undefined) return null;
  const text = inCapitals ? word.toUpperCase() : word.toLowerCase();
  return { kind: "exact", text: text + mark, codeMarks: false };
}
