import { shortName } from "../shared/escape.js";
import { formatValue } from "../shared/text.js";

/** More names than this are counted. */
const MOST_NAMES = 3;

/** Mean over facets; -1 without any score, so that such a model stands last. */
export function meanOf(scores: readonly number[]): number {
  return scores.length === 0 ? -1 : scores.reduce((a, b) => a + b) / scores.length;
}

/**
 * Who has the highest mean over the facets, in a sentence; all who share the first place. Models that lack a facet
 * are left out of account, unless every model lacks one.
 *
 * @param scores Each model's means, one a facet that it has.
 */
export function leadersText(scores: ReadonlyMap<string, readonly number[]>, facets: number): string {
  const complete = [...scores].filter(([, own]) => own.length === facets && facets > 0);
  const pool = complete.length > 0 ? complete : [...scores].filter(([, own]) => own.length > 0);
  if (pool.length === 0) return "No facet means";
  const best = Math.max(...pool.map(([, own]) => meanOf(own)));
  const leaders = pool.filter(([, own]) => meanOf(own) > best - 1e-9).map(([model]) => shortName(model, 32));
  const over = complete.length > 0 ? "over all facets" : "over the facets that it has";
  if (leaders.length === 1) return `${leaders[0]} scores highest ${over}: ${formatValue(best)}`;
  const named = leaders.slice(0, MOST_NAMES);
  const last = leaders.length > MOST_NAMES ? `${leaders.length - MOST_NAMES} more` : (named.pop() ?? "");
  return `${named.join(", ")} and ${last} score highest ${over.replace("it has", "they have")}: ${formatValue(best)}`;
}
