import type { ChatClient } from "./types.js";

/** How a single question is asked. */
export interface AskModelOptions {
  /** Longest answer, in tokens. Default 128. */
  readonly maxTokens?: number;
  /** From 0 to 2. Default 0.2. */
  readonly temperature?: number;
  readonly signal?: AbortSignal;
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
  { maxTokens = 128, temperature = 0.2, signal }: AskModelOptions = {},
): Promise<string> {
  const answer = await client.ask(
    { model: id, messages: [{ role: "user", content: prompt }], max_tokens: maxTokens, temperature },
    signal === undefined ? {} : { signal },
  );
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
