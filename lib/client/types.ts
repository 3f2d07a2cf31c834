/** Questions to a model and its answers: types only. */

import type { RateLimits, Slot } from "./rateLimits.js";

/** An OpenAI function tool. `parameters` is a JSON Schema. */
export interface ToolDefinition {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

export interface ChatMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

/** One chat question. Unset fields are left out of the request's body. */
export interface ChatRequest {
  readonly model: string;
  readonly messages: readonly ChatMessage[];
  readonly max_tokens?: number;
  readonly temperature?: number;
  readonly seed?: number;
  readonly response_format?: Readonly<Record<string, unknown>>;
  readonly tools?: readonly ToolDefinition[];
  readonly tool_choice?: string | Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, unknown>>;
  readonly models?: readonly string[];
  readonly reasoning?: Readonly<Record<string, unknown>>;
}

export interface ToolCall {
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, perhaps malformed. */
  readonly arguments: string;
}

export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
}

export type FailureKind =
  | "auth"
  | "credits"
  | "blocked"
  | "model"
  | "request"
  | "rate_limit"
  | "server"
  | "timeout"
  | "network"
  | "bad_body"
  | "interrupted"
  | "unknown";

/** What asking took. */
export interface Spent {
  readonly ms: number;
  /** Requests sent. */
  readonly attempts: number;
  /** The tries that failed, from n = 1, and the wait after each. */
  readonly failures: readonly {
    readonly n: number;
    readonly kind: FailureKind;
    readonly status: number | null;
    readonly waitedMs: number;
  }[];
}

/** What a server's body says. */
export interface Reading {
  readonly outcome: "text" | "tool_calls" | "refusal" | "filtered" | "no_room" | "empty";
  /** Trimmed; "" when there is none. Text cut by max_tokens has `finish` "length". */
  readonly text: string;
  readonly finish: string | null;
  readonly toolCalls: readonly ToolCall[];
  readonly refusal: string | null;
  /** The model's thinking: never the answer. */
  readonly reasoning: string | null;
  /** The model that answered, which may differ from the one asked. */
  readonly model: string | null;
  readonly provider: string | null;
  readonly id: string | null;
  readonly usage: Usage | null;
  /** US dollars, from the provider's own `usage.cost`; 0 for a cached answer. */
  readonly costUsd: number | null;
}

/** Why asking came to nothing. */
export interface Failure {
  readonly kind: FailureKind;
  readonly status: number | null;
  /** One line; in an answer redacted: no key, no header, no raw body. */
  readonly message: string;
  readonly retriable: boolean;
  /** The wait that the server asked for. */
  readonly waitMs: number | null;
  /** Text that had come before the failure: shown, never scored. */
  readonly partial: string | null;
  readonly usage: Usage | null;
}

/** What came of a question. Missing usage or cost is null, never 0. */
export type Answer =
  | (Reading & Spent & { readonly ok: true; readonly cached: boolean })
  | (Failure & Spent & { readonly ok: false });

/** A model on offer. Prices in US dollars per token; null where the provider names none. */
export interface ModelListing {
  readonly id: string;
  /** The dated or full id that the provider also takes; absent when it is the same. */
  readonly canonicalId?: string;
  readonly name: string;
  readonly promptUsd: number | null;
  readonly completionUsd: number | null;
}

/** How one question is asked. */
export interface AskOptions {
  /** Ends the ask within 100 ms, wherever it is: in the queue, in flight or in a wait. */
  readonly signal?: AbortSignal;
  /** From 0, the default: tells repeats of one question apart, so that each is asked afresh. */
  readonly epoch?: number;
  /** Where answers are looked up first and kept afterwards. Equal questions asked at once share one request. */
  readonly cache?: AnswerCache;
  /** A slot of the client's `limits`, taken for the first request; given back in any case. Default: the ask takes its own. */
  readonly slot?: Slot;
}

/** Answers kept by a key that names the question, its parameters and the server. */
export interface AnswerCache {
  /** Where the answers are, for the reader: a folder's path, "memory". Default "the cache". */
  readonly place?: string;
  /** null when there is none, or when the entry cannot be read. */
  get(key: string): Promise<Answer | null>;
  set(key: string, answer: Answer): Promise<void>;
  /**
   * The right to ask for an answer, where several processes share the cache: what gives it back, or null while another
   * process holds it. Default: nobody else asks.
   */
  claim?(key: string): Promise<(() => Promise<void>) | null>;
}

/** Asks questions. Never throws for a server's doing. */
export interface ChatClient {
  ask(request: ChatRequest, options?: AskOptions): Promise<Answer>;
  listModels(options?: { readonly signal?: AbortSignal }): Promise<readonly ModelListing[]>;
  /** The most requests in flight at once. */
  readonly concurrency: number;
  /** The server stands on this machine or in its network: where it lists models without prices, it wants no money. */
  readonly isLocal?: boolean;
  /** Who may send a request now: whoever asks many models takes their slots from here, in turn. */
  readonly limits?: RateLimits;
  /** The key of a question in a cache: it names the server too, which only the client knows. Absent: answers are not cached. */
  cacheKey?(request: ChatRequest, epoch: number): string;
}
