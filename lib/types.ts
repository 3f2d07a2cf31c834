/**
 * The nouns that rooms share: types only, no code. Each room's own types live with the room.
 * Written in TypeScript 5.0's language, because tslab checks notebook cells with that version.
 */

// ---------------------------------------------------------------- tasks

/**
 * What a right answer looks like. A scorer reads the fields of its own facet and ignores the rest;
 * `mustInclude`, `format`, `patterns` and `required` are what the seed's heuristics read.
 */
export interface Expected {
  /** Reasoning: the right final number. */
  readonly answer?: number;
  /** Reasoning: the unit asked for, e.g. "mph"; the right number in another unit is wrong. */
  readonly unit?: string;
  /** Reasoning: what the number counts, where an answer may also name other quantities, e.g. "blue". */
  readonly item?: string;
  /** Instruction, seed: every string must occur, in any case. */
  readonly mustInclude?: readonly string[];
  /** Instruction, seed: the whole answer parses as JSON. */
  readonly format?: "json";
  /** Instruction: the whole answer, after trimming. Case counts. */
  readonly exact?: string;
  /** Instruction: backticks or a code fence around the whole answer are taken off first. Absent: they count as text. */
  readonly codeMarks?: boolean;
  /** Instruction: the answer holds one JSON object with these keys (others may stand beside them) and values, in any case. */
  readonly json?: Readonly<Record<string, string>>;
  /** Coding, seed: every regular expression must match, in any case. */
  readonly patterns?: readonly string[];
  /** Coding: what the program must do when it is run. */
  readonly python?: PythonCheck;
  /** Tool use, seed: every string must occur, in any case. */
  readonly required?: readonly string[];
  /** Tool use: the one call to make, as text or as a real tool call. */
  readonly call?: ToolCallCheck;
}

/** A check by running: a function called on hidden inputs, or one expression with its value. */
export interface PythonCheck {
  /** Name of the function to call; null: the only function that the answer defines. Absent: `value` checks an expression. */
  readonly entry?: string | null;
  /** Hidden inputs with the value each must return (JSON values). */
  readonly cases?: readonly { readonly args: readonly unknown[]; readonly returns: unknown }[];
  /** The value of the answer's one expression. */
  readonly value?: unknown;
  /** The syntax asked for, where the prompt asks for one: "docstring", "list comprehension". */
  readonly needs?: readonly ("docstring" | "list-comprehension" | "one-line")[];
  /** Regular expressions of code known to do it, for answers in syntax that the interpreter does not know. */
  readonly idioms?: readonly string[];
}

/** The tool call a prompt asks for. */
export interface ToolCallCheck {
  readonly tool: string;
  /** Arguments in order, compared after normalising spaces, quotes and case. */
  readonly args: readonly (string | number)[];
  /** The arguments by name, for real tools: exactly these. */
  readonly named?: Readonly<Record<string, string | number>>;
  /** Only a real tool call counts, not a call written as text. */
  readonly real?: boolean;
}

/** One question with its target and the judge of its answers. */
export interface Task {
  readonly facet: string;
  /** Unique in its list. */
  readonly name: string;
  readonly prompt: string;
  readonly expected: Expected;
  readonly scorer: Scorer;
  /** Real tools (OpenAI function tools) sent with the request; the answer's tool calls are then scored. */
  readonly tools?: readonly ToolDefinition[];
}

/** An OpenAI function tool. `parameters` is a JSON Schema. */
export interface ToolDefinition {
  readonly type: "function";
  readonly function: {
    readonly name: string;
    readonly description?: string;
    readonly parameters: Readonly<Record<string, unknown>>;
  };
}

// ---------------------------------------------------------------- scores

/** What one answer came to. Only `scored` enters a mean; the other two are counted beside it. */
export type Outcome =
  | { readonly kind: "scored"; readonly value: number; readonly explanation: string }
  | { readonly kind: "unscored"; readonly reason: UnscoredReason; readonly explanation: string }
  | { readonly kind: "failed"; readonly message: string };

export type UnscoredReason = "no-answer" | "refused" | "cut-off" | "review";

/** Judge of one answer. Never throws or rejects, whatever the text; `value` lies in [0, 1]. */
export type Scorer = (output: string, expected: Expected) => Outcome | Promise<Outcome>;

// ---------------------------------------------------------------- models and answers

/** A model to ask. `id` goes to the provider; `alias` names it in tables and figures and is unique. */
export interface ModelSpec {
  readonly id: string;
  readonly alias: string;
  /** Default true. */
  readonly enabled?: boolean;
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

/** One failed try of a question. */
export interface FailedTry {
  readonly n: number;
  readonly kind: FailureKind;
  readonly status: number | null;
  readonly waitedMs: number;
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

/** What the server said. Missing usage or cost is null, never 0. */
export type Answer =
  | {
      readonly ok: true;
      readonly outcome: "text" | "tool_calls" | "refusal" | "filtered" | "no_room" | "empty";
      /** Trimmed; "" when there is none. Text cut by max_tokens has `finish` "length". */
      readonly text: string;
      readonly finish: string | null;
      readonly nativeFinish: string | null;
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
      readonly ms: number;
      readonly attempts: number;
      readonly cached: boolean;
      readonly failures: readonly FailedTry[];
    }
  | {
      readonly ok: false;
      readonly kind: FailureKind;
      readonly status: number | null;
      /** One line, redacted: no key, no header, no raw body. */
      readonly message: string;
      readonly retriable: boolean;
      /** The wait that the server asked for. */
      readonly waitMs: number | null;
      readonly partial: string | null;
      readonly usage: Usage | null;
      readonly ms: number;
      readonly attempts: number;
      readonly failures: readonly FailedTry[];
    };

/** A model on offer. Prices in US dollars per token; null where the provider names none. */
export interface ModelListing {
  readonly id: string;
  /** The dated or full id that the provider also takes; absent when it is the same. */
  readonly canonicalId?: string;
  readonly name: string;
  readonly promptUsd: number | null;
  readonly completionUsd: number | null;
  readonly contextTokens: number | null;
}

/** How one question is asked. */
export interface AskOptions {
  /** Ends the ask within 100 ms, wherever it is: in the queue, in flight or in a wait. */
  readonly signal?: AbortSignal;
  /** From 0, the default: tells repeats of one question apart, so that each is asked afresh. */
  readonly epoch?: number;
  /** Where answers are looked up first and kept afterwards. Equal questions asked at once share one request. */
  readonly cache?: AnswerCache;
  /** Called with true when the ask begins to wait before a retry, holding no slot, and with false when it goes on. */
  readonly onWait?: (waiting: boolean, kind: FailureKind) => void;
}

/** Answers kept by a key that names the question, its parameters and the server. */
export interface AnswerCache {
  /** null when there is none, or when the entry cannot be read. */
  get(key: string): Promise<Answer | null>;
  set(key: string, answer: Answer): Promise<void>;
}

/** Asks questions. Never throws for a server's doing. */
export interface ChatClient {
  ask(request: ChatRequest, options?: AskOptions): Promise<Answer>;
  listModels(options?: { readonly signal?: AbortSignal }): Promise<readonly ModelListing[]>;
  /** US dollars; null where the provider does not say. */
  credits(): Promise<{ readonly totalUsd: number | null; readonly usedUsd: number | null }>;
  /** The most requests in flight at once. */
  readonly concurrency: number;
  /** The key of a question in a cache: it names the server too, which only the client knows. Absent: answers are not cached. */
  cacheKey?(request: ChatRequest, epoch: number): string;
}

// ---------------------------------------------------------------- rows

/** One answer with its score: model × task × epoch. */
export interface Row {
  /** The model's alias. */
  readonly model: string;
  readonly facet: string;
  readonly task: string;
  /** From 0. */
  readonly epoch: number;
  readonly prompt: string;
  readonly response: string;
  /** In [0, 1]; null unless `outcome` is "scored". */
  readonly score: number | null;
  readonly outcome: Outcome["kind"];
  /** Why it is unscored or failed; null when scored. */
  readonly reason: string | null;
  /** The scorer's one line on how it judged. */
  readonly explanation: string;
  readonly finish: string | null;
  readonly cached: boolean;
  readonly costUsd: number | null;
  readonly latencyMs: number;
  /** Who answered: "Simulated panel" for a simulated model, the provider's name otherwise; null when nobody did. */
  readonly provider: string | null;
}

/** One score from somewhere else: a facet mean or a single item of an external eval. */
export interface ScoreRow {
  readonly model: string;
  readonly facet: string;
  /** In [0, 1]. */
  readonly score: number;
  /** Items behind the score, where the source tells. */
  readonly n?: number;
  /** File and, where it has several, the task: where the number came from. */
  readonly source: string;
  /** The model is one of the simulated panel's: an export of such a run, loaded again. */
  readonly simulated?: true;
}

// ---------------------------------------------------------------- surfaces

/** Points to fit z = f(x, y) to. All arrays have length n; rows with a non-finite x, y or z are left out. */
export interface Points {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly z: ArrayLike<number>;
  /** Names shown at the points. */
  readonly label?: readonly string[];
  /** How much a point counts, e.g. its number of items; positive, relative. */
  readonly weight?: ArrayLike<number>;
  /**
   * Number of items behind each z, where z is a mean of scores in [0, 1]: its binomial error is then known, and
   * points of many items count more. Instead of `weight`.
   */
  readonly items?: ArrayLike<number>;
}

/** How a surface was made: what was asked for, or what the data allowed. */
export type SurfaceMethod =
  "pspline" | "plane" | "thin-plate" | "constant" | "exact_bilinear" | "curve_1d" | "points_only" | "empty";

/** A value of the surface. Outside the support z and se are null: hidden, not extrapolated. */
export interface Prediction {
  readonly z: number | null;
  /** Standard error of the mean surface, in the units of z; null where the method has none. */
  readonly se: number | null;
  readonly supported: boolean;
}

/** The surface on a regular grid, for drawing. Row-major with x slow: index ix * y.length + iy. */
export interface SurfaceGrid {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** NaN where unsupported. */
  readonly z: Float64Array;
  /** NaN where unsupported or where the method has none. */
  readonly se: Float64Array;
  /** 1 inside the support, 0 outside. */
  readonly supported: Uint8Array;
  /** How far to trust a cell, 0 to 1: 0 outside the support and where the surface knows less than one point tells. */
  readonly opacity?: Float64Array;
  /** True when all points' z lie in [0, 1] and the surface leaves it: clamp the drawn colour only, and say so. */
  readonly clamped?: boolean;
}

/** A fitted surface with its uncertainty and how far to trust it. */
export interface Surface {
  readonly method: SurfaceMethod;
  /** One or two sentences for the reader: what was fitted, why this method, how sure it is. */
  readonly note: string;
  /** Rows used. */
  readonly n: number;
  /** Effective degrees of freedom; null where there is no fit. */
  readonly edf: number | null;
  readonly lambda: readonly [number, number] | null;
  /** Residual variance, in z's units squared. */
  readonly sigma2: number | null;
  /** The REML criterion at the optimum (smaller is better); null unless a P-spline. */
  readonly reml: number | null;
  /** Share of z's variance that the surface explains. */
  readonly r2: number | null;
  /** Leave-one-out root mean squared error, in z's units. */
  readonly looRmse: number | null;
  /** Half-width factor of the 95 % band: t quantile at n - edf; null where there is no se. */
  readonly tQuantile: number | null;
  readonly domain: { readonly x: readonly [number, number]; readonly y: readonly [number, number] } | null;
  /** B-splines along x and y; absent unless a P-spline. */
  readonly basisSize?: readonly [number, number];
  /** True when few points (n <= 20) asked for more edf than so few are trusted with, and it was held down. */
  readonly edfCapped?: boolean;
  /** True where lambda ended at the edge of its search, 1e-8 or 1e8: report edf there, not lambda. */
  readonly lambdaAtBound?: readonly [boolean, boolean];
  /** For points on a line ("curve_1d"): the curve along it, for drawing. se is NaN where there is none. */
  readonly curve?: {
    readonly x: Float64Array;
    readonly y: Float64Array;
    readonly z: Float64Array;
    readonly se: Float64Array;
  };
  /** The points that were used, rows with gaps removed. */
  readonly points: {
    readonly x: Float64Array;
    readonly y: Float64Array;
    readonly z: Float64Array;
    readonly label: readonly string[];
  };
  predict(x: number, y: number): Prediction;
  /** @param size Points along each axis, default 40. */
  grid(size?: number): SurfaceGrid;
}

/** Do the two facets interact, or do their effects just add up? */
export interface InteractionTest {
  readonly testable: boolean;
  readonly p: number | null;
  /** Shares of the surface's variation, summing to 1. */
  readonly shares: { readonly x: number; readonly y: number; readonly xy: number } | null;
  /** The finding in a sentence. */
  readonly note: string;
}

// ---------------------------------------------------------------- showing

/** Where a cell shows things: tslab's `display`, or the result of its `newDisplay()`, handed in from the cell. */
export interface Display {
  html(html: string): void;
  text(text: string): void;
}

/** A Plotly figure as plain data, with what a page shows where scripts do not run. */
export interface PlotlyFigure {
  readonly data: readonly Readonly<Record<string, unknown>>[];
  /** As the figure stands alone, its title included. */
  readonly layout: Readonly<Record<string, unknown>>;
  /** What of the layout is otherwise in a narrow place of a page, which shows the title as text above the plot. */
  readonly narrow?: Readonly<Record<string, unknown>>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** The same picture drawn as SVG. */
  readonly svg: string;
  /** What the picture shows, in words: its text alternative. */
  readonly alt: string;
  /** The finding, then how it was had: plain text, a line an entry. Views of one thing have the same. */
  readonly title: readonly string[];
  /** Shown under the picture. Views of one thing have the same. */
  readonly caption: string;
  /** What the caption does not say, since it holds for this view alone. */
  readonly note?: string;
}
