import type { Answer, ModelListing } from "../client/types.js";
import type { Judging } from "../scorers/types.js";
import { type Plan, type Question, requestOf } from "./plan.js";

/**
 * How many tokens there may be. A token is about four bytes of English in UTF-8 and two to three of Chinese; a chat
 * template adds some to a prompt; and an answer to a small question takes some 150, a thinking model's many more.
 */
const GUESSES = {
  likely: { bytesPerToken: 4, templateTokens: 8, answerTokens: 150 },
  most: { bytesPerToken: 2, templateTokens: 32, answerTokens: Infinity },
} as const;

/** Prices by model id, in US dollars per token. */
export type Prices = ReadonlyMap<string, { readonly promptUsd: number; readonly completionUsd: number }>;

/** @param isFree A model without a listed price costs nothing. Otherwise its price is unknown. */
export function pricesOf(listing: readonly ModelListing[] | null, isFree: boolean): Prices {
  const prices = new Map<string, { promptUsd: number; completionUsd: number }>();
  for (const { id, ...listed } of listing ?? []) {
    const { promptUsd, completionUsd } = isFree ? FREE : listed;
    if (promptUsd !== null && completionUsd !== null) prices.set(id, { promptUsd, completionUsd });
  }
  return prices;
}

const FREE = { promptUsd: 0, completionUsd: 0 };

/**
 * What asking questions once costs, judging the answers included where a model does that: likely, or at most.
 *
 * @returns US dollars; null when one of the models has no listed price.
 */
export function costOf(
  plan: Plan,
  questions: Iterable<Question>,
  prices: Prices,
  guess: keyof typeof GUESSES,
): number | null {
  const { bytesPerToken, templateTokens, answerTokens } = GUESSES[guess];
  const priced = (model: string, bytes: number, furtherTokens: number, tokens: number): number => {
    const { promptUsd, completionUsd } = prices.get(model) ?? UNPRICED;
    return (bytes / bytesPerToken + templateTokens + furtherTokens) * promptUsd + tokens * completionUsd;
  };
  let sum = 0;
  for (const question of questions) {
    const { model, messages, tools = null, max_tokens: limit = Infinity } = requestOf(plan, question);
    const sent = messages.map(({ content }) => content).join("") + (tools ? JSON.stringify(tools) : "");
    const bytes = Buffer.byteLength(sent);
    const answer = Math.min(limit, answerTokens);
    sum += priced(model, bytes, 0, answer);
    const { judge } = question.task.scorer;
    if (judge)
      sum += priced(judge.model, bytes + judge.promptBytes, answer, Math.min(judge.maxTokens, answerTokens));
  }
  return Number.isNaN(sum) ? null : sum;
}

const UNPRICED = { promptUsd: Number.NaN, completionUsd: Number.NaN };

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
    readonly plan: Plan,
    readonly prices: Prices,
  ) {}

  /** US dollars reserved; "wait": only the questions in flight stand in the way; "spent": nothing more can be asked. */
  begin(question: Question): number | "wait" | "spent" {
    if (this.plan.budgetUsd === null) return 0;
    const listedUsd = costOf(this.plan, [question], this.prices, "most");
    const reservedUsd = listedUsd ?? this.#dearestUsd;
    const left = this.plan.budgetUsd - this.#spentUsd - this.#reservedUsd;
    // A free model may still be asked when everything is spent.
    if (reservedUsd > left || (left <= 0 && listedUsd !== 0)) return this.#inFlight > 0 ? "wait" : "spent";
    this.#reservedUsd += reservedUsd;
    this.#inFlight++;
    return reservedUsd;
  }

  /**
   * Books what a question took, its judging included.
   *
   * @returns false when a limit is set and nobody says what that cost.
   */
  settle(question: Question, answer: Answer, judgings: readonly Judging[], reservedUsd: number): boolean {
    if (this.plan.budgetUsd === null) return true;
    this.#inFlight--;
    // Set to nothing where nothing is in flight, so that rounding does not add up.
    this.#reservedUsd = this.#inFlight === 0 ? 0 : Math.max(0, this.#reservedUsd - reservedUsd);
    const own = this.#billed(question.spec.id, { costUsd: null, ...answer }) ?? (answer.ok ? null : 0);
    const bills = [own, ...judgings.map((judging) => this.#billed(judging.model, judging))];
    // Without a figure of anybody's: the most it can have been.
    const cost = bills.includes(null)
      ? costOf(this.plan, [question], this.prices, "most")
      : bills.reduce<number>((sum, bill) => sum + (bill ?? 0), 0);
    this.#spentUsd += cost ?? 0;
    this.#dearestUsd = Math.max(this.#dearestUsd, cost ?? 0);
    return cost !== null;
  }

  /** The provider's own figure, else the tokens at the listed price; null where either is not told. */
  #billed(model: string, { costUsd, usage }: Pick<Judging, "costUsd" | "usage">): number | null {
    const price = this.prices.get(model);
    const { promptTokens = null, completionTokens = null } = usage ?? {};
    if (costUsd !== null || !price || promptTokens === null || completionTokens === null) return costUsd;
    return promptTokens * price.promptUsd + completionTokens * price.completionUsd;
  }
}
