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
    facets: facets.map((name) => facetChange(pairs.filter(({ now }) => now.facet === name))),
    flips: flipped.map(({ earlier, now: { model, task, epoch, response, ...now } }) => ({
      model,
      task,
      epoch,
      before: verdict(earlier),
      after: verdict(now),
      response,
      ...signed([earlier, now]),
    })),
  };
}

/** The answers of one facet in both runs; at least one. */
function facetChange(pairs: readonly { readonly earlier: Row; readonly now: Row }[]): FacetChange {
  const scored = pairs.flatMap(({ earlier, now }) =>
    earlier.score === null || now.score === null ? [] : [{ before: earlier.score, after: now.score }],
  );
  const mean = (which: "before" | "after"): number | null =>
    scored.length === 0 ? null : scored.reduce((sum, pair) => sum + pair[which], 0) / scored.length;
  const edited = pairs.filter(({ earlier, now }) => earlier.prompt !== now.prompt).map(({ now }) => now.task);
  return {
    facet: pairs[0]?.now.facet ?? "",
    edited: [...new Set(edited)].join(", "),
    better: scored.filter((pair) => pair.after > pair.before).length,
    worse: scored.filter((pair) => pair.after < pair.before).length,
    before: mean("before"),
    after: mean("after"),
    n: scored.length,
    ...signed(pairs.flatMap(({ earlier, now }) => [earlier, now])),
  };
}

function signed(rows: readonly Pick<Row, "provider">[]): { readonly simulated?: true } {
  return isSimulated(rows) ? { simulated: true } : {};
}

function verdict({ score, outcome, reason }: Pick<Row, "score" | "outcome" | "reason">): string {
  return score === null ? `${outcome}: ${reason ?? ""}` : String(score);
}

function keyOf({ model, facet, task, epoch }: Row): string {
  return JSON.stringify([model, facet, task, epoch]);
}
