import { shortText } from "../shared/escape.js";
import { formatValue, listed } from "../shared/text.js";
import { facetCorrelations, type AnyFrame, type FacetCorrelation } from "../table/index.js";

/** What one facet says of another. */
interface Predictor {
  readonly facet: string;
  readonly pair: FacetCorrelation & { readonly r: number };
}

/** More facets than this are counted. */
const MOST_FACETS = 8;

/**
 * Which facet says most about each: "coding: best by reasoning (r 0.71, 95 % 0.43 to 0.87)", and for which of them the
 * best is clearly ahead of the next.
 *
 * @param wide The wide table: a column a facet.
 * @returns "" where no two facets can be correlated.
 */
export function bestPredictors(wide: AnyFrame): string {
  const pairs = facetCorrelations(wide);
  const facets = [...new Set(pairs.flatMap(({ x, y }) => [x, y]))];
  const known = facets.flatMap((facet) => {
    const [best, next] = predictorsOf(facet, pairs);
    if (best === undefined) return [];
    const between = next && pairs.find(({ x, y }) => isPair(x, y, best.facet, next.facet))?.r;
    const isClear = next !== undefined && typeof between === "number" && isAhead(best, next, between);
    return [{ facet, best, next, isClear }];
  });
  if (known.length === 0) return "";
  const said = known.slice(0, MOST_FACETS).map(({ facet, best }) => {
    const { r, low, high } = best.pair;
    const interval =
      low === null || high === null ? "" : `, 95 % ${formatValue(low)} to ${formatValue(high)}`;
    const isSure = low !== null && high !== null && low * high > 0;
    const how = isSure ? "best by" : "by none for sure, perhaps";
    return `${shortText(facet, 32)}: ${how} ${shortText(best.facet, 32)} (r ${formatValue(r)}${interval})`;
  });
  if (known.length > said.length) said.push(`${known.length - said.length} more`);
  if (!known.some(({ next }) => next !== undefined)) return `${said.join("; ")}.`;
  const clear = known.filter((one) => one.isClear).map(({ facet }) => shortText(facet, 32));
  const sure =
    clear.length === 0
      ? "For no facet is the best clearly ahead of the next best"
      : clear.length === known.length
        ? "For each the best is clearly ahead of the next best"
        : `The best is clearly ahead of the next best for ${listed(clear, MOST_FACETS)} alone`;
  return `${said.join("; ")}. ${sure} (Meng's test, 5 %).`;
}

/** The other facets that are correlated with this one, the strongest first. */
function predictorsOf(facet: string, pairs: readonly FacetCorrelation[]): readonly Predictor[] {
  const own = pairs.flatMap((pair): Predictor[] => {
    const { x, y, r } = pair;
    return r === null || (x !== facet && y !== facet)
      ? []
      : [{ facet: x === facet ? y : x, pair: { ...pair, r } }];
  });
  return own.toSorted((a, b) => Math.abs(b.pair.r) - Math.abs(a.pair.r));
}

function isPair(x: string, y: string, a: string, b: string): boolean {
  return (x === a && y === b) || (x === b && y === a);
}

const Z95 = 1.959964;

/**
 * Whether one facet is correlated with a third more strongly than another is, both measured on the same models.
 *
 * @param between The correlation of the two with each other.
 * @see Meng, Rosenthal & Rubin 1992, Comparing correlated correlation coefficients, Psychological Bulletin 111, 172-175.
 */
function isAhead(best: Predictor, next: Predictor, between: number): boolean {
  const n = Math.min(best.pair.n ?? 0, next.pair.n ?? 0);
  const [a, b] = [Math.abs(best.pair.r), Math.abs(next.pair.r)];
  // Turned so that both correlations are positive.
  const r = between * Math.sign(best.pair.r) * Math.sign(next.pair.r);
  const mean = (a ** 2 + b ** 2) / 2;
  if (n <= 3 || a >= 1 || r >= 1 || mean >= 1) return false;
  const f = Math.min(1, (1 - r) / (2 * (1 - mean)));
  const h = (1 - f * mean) / (1 - mean);
  const z = (Math.atanh(a) - Math.atanh(b)) * Math.sqrt((n - 3) / (2 * (1 - r) * h));
  return z > Z95;
}
