import { createHash } from "node:crypto";
import type { Task } from "../tasks/types.js";
import { chance } from "./chance.js";
import { completion, type Said } from "./completion.js";
import { simulatedModels, type SimulatedModel } from "./models.js";
import { problem } from "./problem.js";
import { BadRequest, readRequest, type ChatBody } from "./readRequest.js";
import { tokensIn } from "./tokens.js";
import { understand } from "./understand.js";

/** Who answers for simulated models: rows are told apart from real ones by it. */
export const SIMULATED_PROVIDER = "Simulated panel";

/** A response to a chat question, and how long the model takes for it. */
export interface PanelAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly latencyMs: number;
}

/** The models, what they have been asked, and OpenRouter's bodies around what they say. */
export class Panel {
  readonly models: readonly SimulatedModel[];
  /** Every task ever learnt, by prompt. */
  readonly #known = new Map<string, Task>();
  /** The tasks as last given: difficulties are spread over them. */
  #current: readonly Task[] = [];
  readonly #asked = new Map<string, number>();

  constructor(
    readonly seed: number,
    count: number,
    readonly latencyMs: number,
  ) {
    this.models = simulatedModels(count, seed);
  }

  /** Makes the panel know these tasks beside those it knows; a prompt's newest task counts. */
  learn(tasks: readonly Task[]): void {
    this.#current = tasks;
    for (const task of tasks) this.#known.set(task.prompt, task);
  }

  /** The answer to a body sent to `chat/completions`. */
  answer(text: string): PanelAnswer {
    try {
      const body = readRequest(text);
      const model = this.models.find(({ id }) => id === body.model);
      if (!model) return failed(400, `${body.model} is not a valid model ID`);
      const understood = understand(body.prompt, [...this.#known.values()]);
      if (!understood) return failed(400, unreadable(body.prompt));
      const { prompt, tools, maxTokens } = body;
      const asked = { model, prompt, understood, tools, maxTokens, epoch: this.#epochOf(text, body) };
      const said = completion(asked, this.#current);
      return {
        status: 200,
        body: this.#envelope(body, said),
        latencyMs: this.latencyMs * (0.5 + chance(this.seed, text, "latency")),
      };
    } catch (error) {
      if (error instanceof BadRequest) return failed(400, error.message);
      throw error;
    }
  }

  /** Notes that a body was answered: the next one like it is the next epoch. An answer nobody waited for is none. */
  count(text: string): void {
    const key = keyOf(text);
    this.#asked.set(key, (this.#asked.get(key) ?? 0) + 1);
  }

  listing(): unknown {
    return {
      data: this.models.map(({ id, alias }) => ({
        id,
        name: `${alias} (simulated)`,
        context_length: 32_768,
        pricing: { prompt: "0", completion: "0" },
      })),
    };
  }

  credits(): unknown {
    return { data: { total_credits: 0, total_usage: 0 } };
  }

  /** At temperature 0 every repeat is the first; a `seed` names its repeat. */
  #epochOf(text: string, { seed, temperature }: ChatBody): number {
    if (temperature === 0) return 0;
    return seed ?? this.#asked.get(keyOf(text)) ?? 0;
  }

  #envelope({ model, prompt }: ChatBody, said: Said): unknown {
    const promptTokens = tokensIn(prompt);
    const calls = said.toolCalls.map((call, i) => ({
      id: `call_${i}`,
      type: "function",
      function: { name: call.name, arguments: call.arguments },
    }));
    return {
      id: `sim-${keyOf(JSON.stringify([model, prompt, said])).slice(0, 16)}`,
      object: "chat.completion",
      provider: SIMULATED_PROVIDER,
      model,
      choices: [
        {
          index: 0,
          finish_reason: said.finish,
          native_finish_reason: said.finish,
          message: {
            role: "assistant",
            content: said.content,
            refusal: said.refusal,
            ...(said.reasoning === null ? {} : { reasoning: said.reasoning }),
            ...(calls.length === 0 ? {} : { tool_calls: calls }),
          },
        },
      ],
      usage: {
        prompt_tokens: promptTokens,
        completion_tokens: said.completionTokens,
        total_tokens: promptTokens + said.completionTokens,
        cost: 0,
      },
    };
  }
}

const failed = (status: number, message: string): PanelAnswer => ({
  status,
  body: problem(status, message),
  latencyMs: 0,
});

function unreadable(prompt: string): string {
  const start = prompt.length > 60 ? `${prompt.slice(0, 60)}…` : prompt;
  return (
    `Simulated models cannot answer "${start}": they know the tasks given to simulatedPanel({ tasks }) and edits of ` +
    "them. Give the panel this task with its expected answer, or ask real models."
  );
}

const keyOf = (text: string): string => createHash("sha256").update(text).digest("hex");
