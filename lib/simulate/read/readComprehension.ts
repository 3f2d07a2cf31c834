import type { PythonQuestion } from "../question.js";
import { meaningOf, restOfSentence, type Phrase } from "./phrase.js";

/** An expression in n, for every whole n from the first to the last. */
interface Mapping {
  readonly body: string;
  readonly from: number;
  readonly to: number;
}

const SPAN = String.raw`(?:the )?numbers (?:from )?(\d+) (?:through|to|up to) (\d+)`;

const mapping = (body: string, from = "", to = ""): Mapping => ({ body, from: Number(from), to: Number(to) });

const PHRASES: readonly Phrase<Mapping>[] = [
  [new RegExp(`squares ${SPAN}`, "i"), (from, to) => mapping("n**2", from, to)],
  [new RegExp(`cubes ${SPAN}`, "i"), (from, to) => mapping("n**3", from, to)],
  [new RegExp(`doubles ${SPAN}`, "i"), (from, to) => mapping("2 * n", from, to)],
  [new RegExp(`triples ${SPAN}`, "i"), (from, to) => mapping("3 * n", from, to)],
  [new RegExp(`multiplies ${SPAN} by (\\d+)`, "i"), (from, to, k) => mapping(`n * ${k}`, from, to)],
  [new RegExp(`adds (\\d+) to ${SPAN}`, "i"), (k, from, to) => mapping(`n + ${k}`, from, to)],
  [new RegExp(`subtracts ${SPAN} from (\\d+)`, "i"), (from, to, k) => mapping(`${k} - n`, from, to)],
];

/** "… list comprehension that squares numbers 1 through 4." */
export function readComprehension(prompt: string): PythonQuestion | null {
  const phrase = restOfSentence(prompt, /comprehension (?:that|which) /i);
  const asked = phrase === null ? null : meaningOf(PHRASES, phrase);
  if (asked === null) return null;
  const { body, from, to } = asked;
  const over = `range(${from}, ${to + 1})`;
  const listed = Array.from({ length: Math.min(50, Math.max(0, to - from + 1)) }, (_, i) => from + i);
  const inOther = (variable: string): string => body.replace(/\bn\b/, variable);
  return {
    kind: "python",
    right: [
      `[${body} for n in ${over}]`,
      `[${inOther("x")} for x in ${over}]`,
      `[${inOther("i")} for i in ${over}]`,
      ...(to - from < 50 ? [`[${inOther("x")} for x in [${listed.join(", ")}]]`] : []),
    ],
    wrong: [
      `[${body} for n in range(${from}, ${to})]`,
      `list(map(lambda x: ${inOther("x")}, ${over}))`,
      `[n for n in range(${from - 1}, ${to})]`,
      `results = []\nfor n in ${over}:\n    results.append(${body})`,
      `[${inOther("x")} for x in range(${from - 1}, ${to})]`,
    ],
  };
}
