import { createHash } from "node:crypto";
import { SIMULATED_PANEL } from "../shared/provenance.js";
import type { Task } from "../tasks/types.js";
import { waysToAnswer } from "./answers.js";
import { chance } from "./chance.js";
import { completion, declined, tokensIn, type Said } from "./completion.js";
import { simulatedModels, type SimulatedModel } from "./models.js";
import { BadRequest, readRequest, type ChatBody } from "./request.js";

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

  /** A sentence for each of the tasks as last given whose right answer the panel does not know. */
  declines(): readonly string[] {
    return this.#current.filter((task) => waysToAnswer(task, task.tools ?? []) === null).map(declined);
  }

  /**
   * The answer to a body sent to `chat/completions`, and how long the model takes for it.
   *
   * @throws BadRequest for a body that is no question, or asks a model that is not there.
   */
  answer(text: string): { readonly body: unknown; readonly latencyMs: number } {
    const body = readRequest(text);
    const model = this.models.find(({ id }) => id === body.model);
    if (!model) throw new BadRequest(`${body.model} is not a valid model ID`);
    const said = completion(
      body,
      model,
      this.#known.get(body.prompt),
      this.#epochOf(text, body),
      this.#current,
    );
    return {
      body: envelope(body, said),
      latencyMs: this.latencyMs * (0.5 + chance(this.seed, text, "latency")),
    };
  }

  /** Notes that a body was answered: the next one like it is the next epoch. An answer nobody waited for is none. */
  count(text: string): void {
    const key = keyOf(text);
    this.#asked.set(key, (this.#asked.get(key) ?? 0) + 1);
  }

  listing(): unknown {
    const pricing = { prompt: "0", completion: "0" };
    const data = this.models.map(({ id, alias }) => ({ id, name: `${alias} (simulated)`, pricing }));
    return { data };
  }

  /** At temperature 0 every repeat is the first; a `seed` names its repeat. */
  #epochOf(text: string, { seed, temperature }: ChatBody): number {
    if (temperature === 0) return 0;
    return seed ?? this.#asked.get(keyOf(text)) ?? 0;
  }
}

function envelope({ model, prompt }: ChatBody, said: Said): unknown {
  const { content, refusal, reasoning, toolCalls, finish, completionTokens } = said;
  const calls = toolCalls.map((call, i) => ({ id: `call_${i}`, type: "function", function: call }));
  const message = {
    role: "assistant",
    content,
    refusal,
    ...(reasoning === null ? {} : { reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
  const tokens = { prompt_tokens: tokensIn(prompt), completion_tokens: completionTokens };
  return {
    id: `sim-${keyOf(JSON.stringify([model, prompt, said])).slice(0, 16)}`,
    object: "chat.completion",
    provider: SIMULATED_PANEL,
    model,
    choices: [{ index: 0, finish_reason: finish, native_finish_reason: finish, message }],
    usage: { ...tokens, total_tokens: tokensIn(prompt) + completionTokens, cost: 0 },
  };
}

const keyOf = (text: string): string => createHash("sha256").update(text).digest("hex");
