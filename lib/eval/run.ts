import type { Row } from "../shared/types.js";

/** What an evaluation took. */
export interface RunUsage {
  /** Requests sent, failed tries included. */
  readonly requests: number;
  /** Answers that were known before: from the cache or the rows file. */
  readonly cached: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
  /** US dollars, the sum of the provider's own figures; 0 when nothing was asked, null when no answer named a cost. */
  readonly costUsd: number | null;
}

/** What came of an evaluation. */
export interface EvalRun {
  /** By model, then task, then epoch, each in the order given. Without the cells that a stopped run did not reach. */
  readonly rows: readonly Row[];
  readonly usage: RunUsage;
  readonly stopped: null | "budget" | "interrupted";
  readonly elapsedMs: number;
  /** What the reader should know, a line each: models that were skipped and why, a budget that was spent. */
  readonly notes: readonly string[];
}
