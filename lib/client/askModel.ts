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
  throw new Error(
    `askModel: ${id} ${NO_TEXT[answer.outcome]}${answer.refusal ? `: ${answer.refusal}` : "."}`,
  );
}

/** What an answer without text is. */
const NO_TEXT = {
  text: "gave an empty answer",
  empty: "gave an empty answer",
  tool_calls: "called a tool and said nothing",
  refusal: "refused to answer",
  filtered: "answered, but the provider's filter withheld it",
  no_room: "spent all its tokens on thinking; raise maxTokens",
} as const;
