import type { Answer, ModelListing } from "../client/types.js";
import type { Question } from "./plan.js";

/** Bytes of UTF-8 to a token: English has four, Chinese two to three, so that this gives more tokens than there are. */
const BYTES_PER_TOKEN = 2;
/** Tokens that a chat template adds to a prompt. */
const TEMPLATE_TOKENS = 32;

/** Prices by model id, in US dollars per token. */
export type Prices = ReadonlyMap<string, { readonly promptUsd: number; readonly completionUsd: number }>;

export function pricesOf(listing: readonly ModelListing[] | null): Prices {
  const prices = new Map<string, { promptUsd: number; completionUsd: number }>();
  for (const { id, promptUsd, completionUsd } of listing ?? [])
    if (promptUsd !== null && completionUsd !== null) prices.set(id, { promptUsd, completionUsd });
  return prices;
}

/** What asking a question once can cost at most, in US dollars; null when the model has no listed price. */
export function mostCostUsd({ spec, task }: Question, maxTokens: number, prices: Prices): number | null {
  const price = prices.get(spec.id);
  if (!price) return null;
  const tools = task.tools === undefined ? "" : JSON.stringify(task.tools);
  const promptTokens = Buffer.byteLength(task.prompt + tools) / BYTES_PER_TOKEN + TEMPLATE_TOKENS;
  return promptTokens * price.promptUsd + maxTokens * price.completionUsd;
}

/**
 * Keeps what is spent within a limit: a question is begun only when what is spent, what the questions in flight can
 * cost and what it can cost itself stay within it together.
 */
export class Budget {
  #spentUsd = 0;
  #reservedUsd = 0;
  #inFlight = 0;
  /** The dearest answer so far stands in for a price that is not listed. */
  #dearestUsd = 0;

  constructor(
    readonly limitUsd: number | null,
    readonly prices: Prices,
    readonly maxTokens: number,
  ) {}

  /** "start": reserved. "wait": only the questions in flight stand in the way. "spent": nothing more can be asked. */
  begin(question: Question): { readonly verdict: "start" | "wait" | "spent"; readonly reservedUsd: number } {
    const reservedUsd = mostCostUsd(question, this.maxTokens, this.prices) ?? this.#dearestUsd;
    if (this.limitUsd === null) return { verdict: "start", reservedUsd: 0 };
    const left = this.limitUsd - this.#spentUsd - this.#reservedUsd;
    // A free model may still be asked when everything is spent.
    const isFree = reservedUsd === 0 && this.prices.has(question.spec.id);
    if (reservedUsd > left || (left <= 0 && !isFree))
      return { verdict: this.#inFlight > 0 ? "wait" : "spent", reservedUsd };
    this.#reservedUsd += reservedUsd;
    this.#inFlight++;
    return { verdict: "start", reservedUsd };
  }

  /** @returns false when a limit is set and nobody says what the answer cost. */
  settle(question: Question, answer: Answer, reservedUsd: number): boolean {
    if (this.limitUsd === null) return true;
    this.#inFlight--;
    // Set to nothing where nothing is in flight, so that rounding does not add up.
    this.#reservedUsd = this.#inFlight === 0 ? 0 : Math.max(0, this.#reservedUsd - reservedUsd);
    const cost = this.#costOf(question, answer);
    this.#spentUsd += cost ?? 0;
    this.#dearestUsd = Math.max(this.#dearestUsd, cost ?? 0);
    return cost !== null;
  }

  /** The provider's own figure; without one the tokens at the listed price; without tokens the most it can have been. */
  #costOf(question: Question, answer: Answer): number | null {
    if (answer.ok && answer.costUsd !== null) return answer.costUsd;
    if (!answer.ok && answer.usage === null) return 0;
    const price = this.prices.get(question.spec.id);
    if (!price) return answer.ok ? null : 0;
    const { promptTokens = null, completionTokens = null } = answer.usage ?? {};
    return promptTokens === null || completionTokens === null
      ? mostCostUsd(question, this.maxTokens, this.prices)
      : promptTokens * price.promptUsd + completionTokens * price.completionUsd;
  }
}
