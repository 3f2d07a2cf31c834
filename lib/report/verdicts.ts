import { shortName } from "../shared/escape.js";
import { isSimulated } from "../shared/provenance.js";
import { count, formatP, formatValue } from "../shared/text.js";
import type { InteractionTest } from "../spline/types.js";
import { toRecords, type Frame, type PairedDifference } from "../table/index.js";

/** The level at which a difference or an interaction counts as found. */
export const LEVEL = 0.05;

/** "reasoning and coding interact (p = 0.012)", or that there is no sign of it; "" where it could not be tested. */
export function interactionVerdict({ testable, p }: InteractionTest, both = "the two"): string {
  if (!testable || p === null) return "";
  return `${p < LEVEL ? "" : "no sign that "}${both} interact (${formatP(p)})`;
}

/**
 * What the comparison of pairs can show at all, and what it shows, in words for the reader: "With 3 items a facet no
 * two models can be told apart: …" where that is so.
 *
 * With m items the smallest p that any outcome can have is 2^-m, one model right and the other wrong every time;
 * Holm's correction multiplies it by the number of pairs.
 *
 * @param differences What `pairedDifferences` gives.
 */
export function comparisonNote(differences: Frame<PairedDifference>): string {
  const pairs = toRecords(differences);
  const facets = new Map<string, Comparison>();
  for (const pair of pairs) {
    if (pair.n === 0) continue;
    const seen = facets.get(pair.facet) ?? { items: 0, pairs: 0, found: 0 };
    facets.set(pair.facet, {
      items: Math.max(seen.items, pair.n),
      pairs: seen.pairs + 1,
      found: seen.found + Number((pair.p ?? 1) <= LEVEL),
    });
  }
  if (facets.size === 0) return "No two models were scored on the same items: there is nothing to compare.";
  const sentences = new Map<string, string[]>();
  for (const [facet, comparison] of facets) {
    const sentence = sentenceOf(comparison);
    sentences.set(sentence, [...(sentences.get(sentence) ?? []), facet]);
  }
  const text = [...sentences]
    .map(([sentence, names]) => (sentences.size === 1 ? sentence : `${names.join(", ")}: ${sentence}`))
    .join(" ");
  return isSimulated(pairs) ? `Simulated models: ${text}` : text;
}

/** The pairs of one facet: items that the luckiest pair shares, pairs, and pairs that differ. */
type Comparison = Readonly<Record<"items" | "pairs" | "found", number>>;

/** What pairs on so many items can show, and what they do. */
function sentenceOf({ items, pairs, found }: Comparison): string {
  const smallest = 2 ** -items;
  const among = count(pairs, "pair");
  const asked = `With ${count(items, "item")} a facet`;
  if (smallest > LEVEL)
    return `${asked} no two models can be told apart: even all right against all wrong has p = ${short(smallest)}.`;
  if (pairs * smallest > LEVEL)
    return (
      `${asked} no two models can be told apart: ${short(smallest)} is the smallest p there is, and ` +
      `Holm's correction for ${among} asks for ${short(LEVEL / pairs)}. ` +
      `${Math.ceil(Math.log2(pairs / LEVEL))} items would do.`
    );
  const verb = found === 1 || pairs === 1 ? "differs" : "differ";
  return `${asked}, ${found} of ${among} ${verb} (McNemar's mid-p with Holm's correction, 5 %).`;
}

/** Three significant digits, without zeros at the end. */
const short = (p: number): string => String(Number(p.toPrecision(3)));

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
  const best = pool.reduce((highest, [, own]) => Math.max(highest, meanOf(own)), -1);
  const leaders = pool.filter(([, own]) => meanOf(own) > best - 1e-9).map(([model]) => shortName(model, 32));
  const over = complete.length > 0 ? "over all facets" : "over the facets that it has";
  if (leaders.length === 1) return `${leaders[0]} scores highest ${over}: ${formatValue(best)}`;
  const named = leaders.slice(0, MOST_NAMES);
  const last = leaders.length > MOST_NAMES ? `${leaders.length - MOST_NAMES} more` : (named.pop() ?? "");
  return `${named.join(", ")} and ${last} score highest ${over.replace("it has", "they have")}: ${formatValue(best)}`;
}
