import { pick } from "../chance.js";
import type { PythonQuestion } from "../question.js";
import { withThinking, type Style, type Written } from "./style.js";

/** A small program, fenced or bare, with or without talk around it. */
export function answerPython(
  { right, wrong }: PythonQuestion,
  isRight: boolean,
  style: Style,
  luck: string,
  ...names: readonly (string | number)[]
): Written {
  const source = pick(isRight ? right : wrong, luck, ...names, isRight ? "right" : "wrong");
  const fenced = `\`\`\`python\n${source}\n\`\`\``;
  switch (style) {
    case "terse":
      return { content: pick([source, fenced], luck, ...names, "fence") };
    case "plain":
      return { content: fenced };
    case "steps":
      return { content: `Here is the code:\n\n${fenced}\n\nIt works on any valid input.` };
    case "chatty":
      return {
        content: `Certainly! Here's what you asked for:\n\n${fenced}\n\nLet me know if you have questions! 😊`,
      };
    case "thinking":
      return withThinking(luck, "A short piece of Python will do. Keep it simple.", fenced);
    default:
      return assertNever(style);
  }
}

function assertNever(style: never): never {
  throw new Error(`answerPython: unknown style ${String(style)}.`);
}
