/** Nouns that several rooms share: types only. In TypeScript 5.0's language, since tslab checks cells with it. */

/** What one answer came to. Only `scored` enters a mean; the other two are counted beside it. */
export type Outcome =
  | { readonly kind: "scored"; readonly value: number; readonly explanation: string }
  | { readonly kind: "unscored"; readonly reason: UnscoredReason; readonly explanation: string }
  | { readonly kind: "failed"; readonly message: string };

export type UnscoredReason = "no-answer" | "refused" | "cut-off" | "review";

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
  /** The model that judged the answer, where one did. */
  readonly judge?: string;
}

/** One score from somewhere else: a facet mean or a single item of an external eval. */
export interface ScoreRow {
  readonly model: string;
  readonly facet: string;
  /** In [0, 1]. */
  readonly score: number;
  /** Items behind the score, where the source tells. */
  readonly n?: number;
  /** Runs over the same items that stand in rows of their own, this one among them: n counts the items of each. */
  readonly repeats?: number;
  /** File and, where it has several, the task: where the number came from. */
  readonly source: string;
  /** The model is one of the simulated panel's: an export of such a run, loaded again. */
  readonly simulated?: true;
}

/** Where a cell shows things: tslab's `display`, or the result of its `newDisplay()`, handed in from the cell. */
export interface Display {
  html(html: string): void;
  text(text: string): void;
}
