import { isSimulated } from "../shared/provenance.js";
import type { Row } from "../shared/types.js";

/** How one facet moved between two runs, in answers that both runs have. */
export interface FacetChange {
  readonly facet: string;
  /** Tasks whose prompt is another one now. */
  readonly edited: string;
  /** Answers that went from wrong to right, and from right to wrong. */
  readonly better: number;
  readonly worse: number;
  /** Mean score over the answers scored in both runs; null when there is none. */
  readonly before: number | null;
  readonly after: number | null;
  /** Answers scored in both runs. */
  readonly n: number;
  /** Present when simulated models answered. */
  readonly simulated?: true;
}

/** One answer whose score is another one now. */
export interface Flip {
  readonly model: string;
  readonly task: string;
  readonly epoch: number;
  readonly before: string;
  readonly after: string;
  readonly response: string;
  /** Present when a simulated model answered. */
  readonly simulated?: true;
}

export interface RunComparison {
  readonly facets: readonly FacetChange[];
  readonly flips: readonly Flip[];
}

/**
 * What an edit changed: prompts, scores and facet means, answer by answer. Both means are over the answers that were
 * scored both times, so that a refusal more or less is not taken for a change of skill; it shows among the flips.
 */
export function compareRuns(before: readonly Row[], after: readonly Row[]): RunComparison {
  const was = new Map(before.map((row) => [keyOf(row), row]));
  const pairs = after.flatMap((now) => {
    const earlier = was.get(keyOf(now));
    return earlier === undefined ? [] : [{ earlier, now }];
  });
  const facets = [...new Set(pairs.map(({ now }) => now.facet))];
  const flipped = pairs.filter(({ earlier, now }) => verdict(earlier) !== verdict(now));
  return {
    facets: facets.map((facet) =>
      facetChange(
        facet,
        pairs.filter(({ now }) => now.facet === facet),
      ),
    ),
    flips: flipped.map(({ earlier, now }) => ({
      model: now.model,
      task: now.task,
      epoch: now.epoch,
      before: verdict(earlier),
      after: verdict(now),
      response: now.response,
      ...signed([earlier, now]),
    })),
  };
}

/** One answer in both runs. */
interface Pair {
  readonly earlier: Row;
  readonly now: Row;
}

function facetChange(facet: string, pairs: readonly Pair[]): FacetChange {
  const scored = pairs.flatMap(({ earlier, now }) =>
    earlier.score === null || now.score === null ? [] : [{ before: earlier.score, after: now.score }],
  );
  const mean = (of: (pair: { before: number; after: number }) => number) =>
    scored.length === 0 ? null : scored.reduce((sum, pair) => sum + of(pair), 0) / scored.length;
  const edited = pairs.filter(({ earlier, now }) => earlier.prompt !== now.prompt).map(({ now }) => now.task);
  return {
    facet,
    edited: [...new Set(edited)].join(", "),
    better: scored.filter((pair) => pair.after > pair.before).length,
    worse: scored.filter((pair) => pair.after < pair.before).length,
    before: mean((pair) => pair.before),
    after: mean((pair) => pair.after),
    n: scored.length,
    ...signed(pairs.flatMap(({ earlier, now }) => [earlier, now])),
  };
}

function signed(rows: readonly Row[]): { readonly simulated?: true } {
  return isSimulated(rows) ? { simulated: true } : {};
}

function verdict(row: Row): string {
  return row.score === null ? `${row.outcome}: ${row.reason ?? ""}` : String(row.score);
}

function keyOf(row: Row): string {
  return JSON.stringify([row.model, row.facet, row.task, row.epoch]);
}
