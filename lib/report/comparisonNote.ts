import type { Frame, PairedDifference } from "../table/index.js";
import { toRecords } from "../table/index.js";

/** The level at which a pair counts as different. */
const LEVEL = 0.05;

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
  const facets = new Map<string, Comparison>();
  for (const pair of toRecords(differences)) {
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
  return [...sentences]
    .map(([sentence, names]) => (sentences.size === 1 ? sentence : `${names.join(", ")}: ${sentence}`))
    .join(" ");
}

interface Comparison {
  readonly items: number;
  readonly pairs: number;
  readonly found: number;
}

function sentenceOf({ items, pairs, found }: Comparison): string {
  const smallest = 2 ** -items;
  const among = pairs === 1 ? "1 pair" : `${pairs} pairs`;
  const count = items === 1 ? "1 item" : `${items} items`;
  if (smallest > LEVEL)
    return (
      `With ${count} a facet no two models can be told apart: even right on all ${items} against wrong on all ` +
      `${items} has p = ${short(smallest)}.`
    );
  if (pairs * smallest > LEVEL)
    return (
      `With ${count} a facet no two models can be told apart: ${short(smallest)} is the smallest p there is, and ` +
      `Holm's correction for ${among} asks for ${short(LEVEL / pairs)}. ` +
      `${Math.ceil(Math.log2(pairs / LEVEL))} items would do.`
    );
  const verb = found === 1 ? "differs" : "differ";
  return `With ${count} a facet, ${found} of ${among} ${verb} (McNemar's mid-p with Holm's correction, 5 %).`;
}

/** Three significant digits, without zeros at the end. */
const short = (p: number): string => String(Number(p.toPrecision(3)));
