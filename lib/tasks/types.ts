/** What is asked, and of whom: types only. */

import type { ToolDefinition } from "../client/types.js";
import type { Expected, Scorer } from "../scorers/types.js";

/** One question with its target and the judge of its answers. */
export interface Task {
  readonly facet: string;
  /** Unique in its list. */
  readonly name: string;
  readonly prompt: string;
  readonly expected: Expected;
  readonly scorer: Scorer;
  /** What stands before the prompt as the system's message. Default: there is none. */
  readonly system?: string;
  /** Longest answer in tokens, thinking included. Default: the evaluation's `maxTokens`. */
  readonly maxTokens?: number;
  /** Real tools (OpenAI function tools) sent with the request; the answer's tool calls are then scored. */
  readonly tools?: readonly ToolDefinition[];
  /** 1 for what small models get right to 3 for what troubles large ones: a choice of questions takes from each. */
  readonly difficulty?: 1 | 2 | 3;
  /** Answers that its scorer gives 1 and 0: they prove the scorer, and the simulated panel gives them. */
  readonly examples?: { readonly right: string; readonly wrong: readonly string[] };
}

/** A model to ask. `id` goes to the provider; `alias` names it in tables and figures and is unique. */
export interface ModelSpec {
  readonly id: string;
  readonly alias: string;
  /** Default true. */
  readonly enabled?: boolean;
  /** Longest answer of this model in tokens, thinking included; goes before the task's and the evaluation's. */
  readonly maxTokens?: number;
}
