import { pick } from "../chance.js";
import type { ExactQuestion, JsonQuestion } from "../question.js";
import { withThinking, type Style, type Written } from "./style.js";

/** An answer that must be one text to the letter. */
export function answerExact(
  { text, codeMarks }: ExactQuestion,
  isRight: boolean,
  style: Style,
  luck: string,
  ...names: readonly (string | number)[]
): Written {
  const asked = "The format has to be exact, so nothing else.";
  const choices = isRight ? [text, text, ...(codeMarks ? [`\`${text}\``] : [])] : spoilt(text);
  const content = pick(choices, luck, ...names, isRight ? "exact" : "spoilt");
  return style === "thinking" ? withThinking(luck, asked, content) : { content };
}

/** The text as models spoil it: talked around, dressed up, spaced out, in another case. */
function spoilt(text: string): readonly string[] {
  const bare = text.replace(/[!?.]$/, "");
  return [
    `Sure! Here it is: ${text}`,
    `${text}\n\nLet me know if you need anything else!`,
    `Here you go:\n\n${bare} is what you asked for.`,
    text.replaceAll(/[,;|]/g, "$& "),
    text.replaceAll(/[,;|]\s*/g, "\n"),
    bare,
    `${bare.charAt(0)}${bare.slice(1).toLowerCase()}${text.slice(bare.length)}`,
    `${text}${text.at(-1) === "!" ? "!!" : ","}`,
  ].filter((spoiled) => spoiled.trim() !== text);
}

/** An answer that must be one JSON object. */
export function answerJson(
  { fields }: JsonQuestion,
  isRight: boolean,
  style: Style,
  luck: string,
  ...names: readonly (string | number)[]
): Written {
  const compact = JSON.stringify(fields);
  const pretty = JSON.stringify(fields, null, 2);
  const right = [compact, pretty, `\`\`\`json\n${pretty}\n\`\`\``];
  const content = pick(isRight ? right : broken(fields), luck, ...names, isRight ? "right" : "broken");
  const thinking = `They want JSON with ${Object.keys(fields).join(" and ")}.`;
  return style === "thinking" ? withThinking(luck, thinking, content) : { content };
}

function broken(fields: Readonly<Record<string, string>>): readonly string[] {
  const entries = Object.entries(fields);
  const compact = JSON.stringify(fields);
  const python = entries.map(([key, value]) => `'${key}': '${value}'`).join(", ");
  const prose = entries.map(([key, value]) => `the ${key} is "${value}"`).join(" and ");
  const renamed = Object.fromEntries(entries.map(([key, value]) => [`${key}_field`, value]));
  const others = Object.fromEntries(entries.map(([key], i) => [key, i === 0 ? "untitled" : "unknown"]));
  return [
    `{${python}}`,
    `${compact.slice(0, -1)},}`,
    `{ // the object\n${compact.slice(1)}`,
    JSON.stringify(renamed),
    JSON.stringify(others),
    JSON.stringify(Object.fromEntries(entries.slice(0, -1))),
    `Here ${prose}.`,
  ];
}
