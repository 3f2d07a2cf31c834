import { pick } from "../chance.js";
import type { NumberQuestion, Working } from "../question.js";
import { written } from "../read/readNumber.js";
import { withThinking, type Style, type Written } from "./style.js";

const WORDS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** An answer to a word problem, with its working where the style shows any; `names` settle every choice. */
export function answerNumber(
  question: NumberQuestion,
  isRight: boolean,
  style: Style,
  luck: string,
  ...names: readonly (string | number)[]
): Written {
  const { right } = question;
  const mistakes = question.wrong.filter(({ value }) => Math.abs(value - right.value) > 1e-9 && value >= 0);
  const slip = { value: right.value + 1, steps: [] };
  const working = isRight ? right : pick(mistakes.length > 0 ? mistakes : [slip], luck, ...names, "mistake");
  const value = written(working.value);
  const steps = working.steps.length > 0 ? working.steps : [`That makes ${value}.`];
  if (style === "thinking") {
    const thinking = `Okay, let me work this out. ${steps.join(". ")}. So it is ${value}.`;
    return withThinking(luck, thinking, pick([value, question.say(`**${value}**`)], luck, ...names));
  }
  const phrasings = phrasingsOf(question, working, value, steps)[style];
  // A wrong answer that passes the right number on its way must say plainly which one it means.
  const plain = phrasings.filter((text) => isRight || !mentions(text, right));
  const marked = [`${steps.join("\n")}\nAnswer: ${value}`, `The answer is ${value}.`];
  return { content: pick(plain.length > 0 ? plain : marked, luck, ...names, "phrasing") };
}

function phrasingsOf(
  { say, unit }: NumberQuestion,
  { value: number }: Working,
  value: string,
  steps: readonly string[],
): Readonly<Record<Exclude<Style, "thinking">, readonly string[]>> {
  const withUnit = unit === "" ? value : `${value} ${unit}`;
  const word = Number.isInteger(number) ? WORDS[number] : undefined;
  const numbered = steps.map((step, i) => `${i + 1}. ${step}`).join("\n");
  return {
    terse: [value, withUnit, `**${value}**`, `${word ?? value}`.replace(/^./, (c) => c.toUpperCase()) + "."],
    plain: [`The answer is ${value}.`, say(value), say(`**${value}**`), `Answer: ${withUnit}`],
    steps: [
      `${steps.join("\n")}\n\nThe answer is ${value}.`,
      `Let's work through it step by step.\n\n${numbered}\n\n**Answer:** ${withUnit}`,
      `${steps.join("\n")}\n#### ${value}`,
      `${steps.join(", then ")}.\n\n${say(value)}`,
      `${steps.join("\n")}\n\n\\boxed{${value}}`,
    ],
    chatty: [
      `Great question! ${steps.join(", and ")}. So ${lowerFirst(say(`**${value}**`))} 🎉`,
      `Sure, happy to help! ${say(value)}`,
      `Let's see: ${steps.join("; ")}. Therefore the answer is ${withUnit}.`,
    ],
  };
}

/** "The", "You" and "It" go small after "So"; a name does not. */
function lowerFirst(sentence: string): string {
  return sentence.replace(/^(?:The|You|It)\b/, (word) => word.toLowerCase());
}

/** Does a text hold the right number, as digits or as a word? */
function mentions(text: string, { value }: Working): boolean {
  const word = Number.isInteger(value) ? WORDS[value] : undefined;
  const numbers = text.match(/\d+(?:\.\d+)?/g) ?? [];
  return (
    numbers.some((number) => Math.abs(Number(number) - value) < 1e-9) ||
    (word !== undefined && new RegExp(String.raw`\b${word}\b`, "i").test(text))
  );
}
