import type { ChatClient, ChatRequest } from "./types.js";

/**
 * How answers are generated where nothing else is said. Models that think need thousands of tokens, and what is paid is
 * what they write, so that the limit guards against rambling and not against cost.
 */
export const GENERATION = { maxTokens: 4096, temperature: 0.2 } as const;

/** How an answer is generated. */
export interface GenerationOptions {
  /** What stands before the prompt as the system's message. Default: there is none. */
  readonly system?: string | undefined;
  /** Longest answer in tokens, thinking included. Default 4096. */
  readonly maxTokens?: number | undefined;
  /** From 0 to 2. Default 0.2. */
  readonly temperature?: number | undefined;
  /** Sent to the server, which may then repeat itself word by word. Default: none is sent. */
  readonly seed?: number | undefined;
}

/** How a single question is asked. */
export interface AskModelOptions extends GenerationOptions {
  readonly signal?: AbortSignal;
}

/** The body of one prompt to one model. */
export function chatRequest(
  model: string,
  prompt: string,
  { system, seed, ...given }: GenerationOptions,
): ChatRequest {
  const { maxTokens = GENERATION.maxTokens, temperature = GENERATION.temperature } = given;
  const user = { role: "user", content: prompt } as const;
  return {
    model,
    messages: system === undefined ? [user] : [{ role: "system", content: system }, user],
    max_tokens: maxTokens,
    temperature,
    ...(seed === undefined ? {} : { seed }),
  };
}

/**
 * One model, one prompt: its answer, trimmed. Asked afresh each time, with the client's retries.
 *
 * @param id The model's id at the provider, such as "openai/gpt-4o-mini".
 * @throws Error that names the model and says in the server's words why there is no answer.
 */
export async function askModel(
  client: ChatClient,
  id: string,
  prompt: string,
  { signal, ...generation }: AskModelOptions = {},
): Promise<string> {
  const answer = await client.ask(chatRequest(id, prompt, generation), signal ? { signal } : {});
  if (!answer.ok) throw new Error(`askModel: ${id}: ${answer.message}`);
  if (answer.text !== "") return answer.text;
  const why = { ...NO_TEXT, refusal: answer.refusal ?? "refused" }[answer.outcome];
  throw new Error(`askModel: ${id} gave no text: ${why}`);
}

const NO_TEXT = {
  text: "empty.",
  empty: "empty.",
  tool_calls: "it called a tool.",
  filtered: "the provider's filter withheld it.",
  no_room: "all tokens went into thinking. Raise maxTokens.",
} as const;
