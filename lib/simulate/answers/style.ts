import { pick } from "../chance.js";

/** How a model likes to talk. */
export type Style = "terse" | "plain" | "steps" | "chatty" | "thinking";

const STYLES: readonly Style[] = ["terse", "plain", "plain", "steps", "steps", "chatty", "thinking"];

/** A model's way with one prompt: mostly its own, now and then another. */
export function styleOf(luck: string, prompt: string): Style {
  const own = pick(STYLES, luck, "style");
  return pick([own, own, own, pick(STYLES, luck, prompt, "other style")], luck, prompt, "style");
}

/** What a model wrote, before any limit of length. */
export interface Written {
  readonly content: string;
  /** Thinking in a field of its own, as some providers send it. */
  readonly reasoning?: string;
}

/** Thinking around an answer: in tags, or in a field of its own, as the model's provider does it. */
export function withThinking(luck: string, thinking: string, answer: string): Written {
  return pick(["tags", "field"], luck, "thinking") === "tags"
    ? { content: `<think>\n${thinking}\n</think>\n\n${answer}` }
    : { content: answer, reasoning: thinking };
}
