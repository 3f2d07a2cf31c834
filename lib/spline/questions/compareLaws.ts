import type { Places } from "../basis/cells.js";
import { countsOf } from "../abilities/abilitySurface.js";
import { calibrate, populationOf } from "../abilities/calibrate.js";
import { incompleteBeta } from "../linear/distributions.js";
import { makeSurface, NO_FIT } from "../methods/surface.js";
import { weighByItems } from "../methods/weighByItems.js";
import { cleanSample, describeSample, isScore, type Sample, type Shape } from "../smoothing/sample.js";
import { count } from "../../shared/text.js";
import type { Points, Surface } from "../types.js";
import { fitLaws, type LawFit, type LawName } from "./laws.js";
import { testInteraction } from "./testInteraction.js";

/** One law's fit. */
export interface Law {
  readonly name: LawName;
  /** Leave-one-out root mean squared error, in z's units. */
  readonly looRmse: number;
  /** Effective degrees of freedom. */
  readonly edf: number;
  /**
   * Mean squared leave-one-out error above the best law's, and the standard error of that difference over the
   * points, or over their families: within 2.5 standard errors the two are not told apart.
   */
  readonly excess: number;
  readonly excessStderr: number;
  /** The law as a surface, to be drawn; without a band. */
  readonly surface: Surface;
  /** What the law foretells. */
  readonly predict: Surface["predict"];
}

/** Which law the points follow, as far as they tell. */
export interface LawComparison {
  readonly n: number;
  /** Empty when there are too few points to compare. */
  readonly laws: readonly Law[];
  /** The one law that the points single out; null when they do not. */
  readonly law: LawName | null;
  /** The laws that are not told apart from the best, simplest first; one of them when a law is singled out. */
  readonly together: readonly LawName[];
  /** The law singled out, or the mean of those not told apart, weighted by how well each foretells; null for too few points. */
  readonly surface: Surface | null;
  /** The finding in words. */
  readonly verdict: string;
  /** The points are the simulated panel's: whatever shows the comparison says so. */
  readonly simulated: boolean;
}

/** Fewer points, or distinct places, than this cannot tell a law. */
const MIN_POINTS = 12;
const MIN_PLACES = 8;
const GRID_SIZE = 40;

/**
 * Which law do the data follow: a constant; a plane; the weakest link, a rising function of min(x, y); one ability, a
 * curve of one mixture of x and y; effects that add up, f(x) + g(y); or a surface with interaction? Judged by the
 * error on points left out, one at a time, at each law's own smoothness. Laws within 2.5 standard errors of the best
 * are not told apart.
 *
 * Where the points tell their items, x and y are first calibrated to the abilities behind them, and points of many
 * items count more.
 *
 * @throws RangeError for arrays of different lengths, weights that are not positive, and x and y on different scales:
 *   the weakest link compares them.
 */
export function compareLaws(points: Points): LawComparison {
  const given = cleanSample(points);
  checkScales(given);
  const { sample, shape } = prepared(given);
  const { n, simulated } = sample;
  const few =
    n < MIN_POINTS || shape.distinctPoints < MIN_PLACES || shape.rankBilinear < 4 || shape.isConstant;
  if (few)
    return { n, laws: [], law: null, together: [], surface: null, verdict: tooFew(sample, shape), simulated };
  const fits = fitLaws(sample, shape);
  const errors = fits.map(({ left }) => meanSquare(left));
  const best = errors.indexOf(Math.min(...errors));
  const surfaceOf = ({ at, edf, left }: Omit<LawFit, "rss">, note: string): Surface =>
    makeSurface(
      {
        ...NO_FIT,
        method: "law",
        note,
        domain: shape.domain,
        edf,
        looRmse: Math.sqrt(meanSquare(left)),
        evaluate: (places) => ({ z: at(places), se: null }),
      },
      sample,
      GRID_SIZE,
      () => testInteraction(points),
    );
  const laws = fits.map((fit, i): Law => {
    const { name, edf, left } = fit;
    const gaps = left.map((value, at) => value * value - fits[best]!.left[at]! ** 2);
    const excess = errors[i]! - errors[best]!;
    const excessStderr = clusteredError(gaps, excess, sample.family);
    const surface = surfaceOf(fit, `The law "${name}", without a band.`);
    const looRmse = Math.sqrt(errors[i]!);
    return { name, edf, looRmse, excess, excessStderr, surface, predict: surface.predict };
  });
  const isPlaneSeen = planeP(sample, shape, fits) < LEVEL;
  const isGood = ({ name, excess, excessStderr }: Law): boolean =>
    excess <= DOUBT * excessStderr && !(isPlaneSeen && name === "constant");
  const together = laws.filter(isGood).map(({ name }) => name);
  const law = together.length === 1 ? together[0]! : null;
  const alike = fits.filter(({ name }) => together.includes(name));
  // The likelihood ratio of a normal difference: 1 for the best, .14 at two standard errors.
  const raw = laws
    .filter(isGood)
    .map(({ excess, excessStderr }) => (excess > 0 ? Math.exp(-0.5 * (excess / excessStderr) ** 2) : 1));
  const total = raw.reduce((sum, value) => sum + value, 0);
  const mean = (parts: readonly Float64Array[]): Float64Array =>
    parts[0]!.map((_, i) => parts.reduce((sum, part, at) => sum + (raw[at]! / total) * part[i]!, 0));
  const merged = {
    edf: mean(alike.map(({ edf }) => Float64Array.of(edf)))[0]!,
    left: mean(alike.map(({ left }) => left)),
    at: (places: Places) => mean(alike.map(({ at }) => at(places))),
  };
  const note =
    law === null ? `The mean of ${listOf(together)}, by how well each foretells.` : `The law "${law}".`;
  const verdict = verdictOf(laws, together, n);
  return { n, laws, law, together, surface: surfaceOf(merged, note), verdict, simulated };
}

const meanSquare = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0) / values.length;

/** The sample as the laws see it: abilities in place of scores, weights by items. */
function prepared(given: Sample): { readonly sample: Sample; readonly shape: Shape } {
  const counts = given.items === null ? null : countsOf(given);
  if (counts === null) return { sample: given, shape: describeSample(given) };
  const { x, y } = calibrate(counts, populationOf(counts));
  const sample = { ...given, x, y };
  const shape = describeSample(sample);
  if (shape.rankBilinear < 4 || !counts.items.z.some(Number.isFinite)) return { sample, shape };
  const weighted = weighByItems(sample, shape, shape.domain).sample;
  return { sample: weighted, shape: describeSample(weighted) };
}

/** Scales of x and y, not both 0 to 1, that differ by more than this are no scores of one kind. */
const SCALE_RATIO = 5;

function checkScales({ x, y, n }: Sample): void {
  if (n < MIN_POINTS || (x.every(isScore) && y.every(isScore))) return;
  const [a, b] = [x, y].map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0));
  if (!(a! > 0 && b! > 0) || Math.max(a! / b!, b! / a!) <= SCALE_RATIO) return;
  throw new RangeError(
    `compareLaws: x goes up to ${a} and y to ${b}, which are different scales; the weakest link compares them. Bring both to one scale, such as 0 to 1.`,
  );
}

function tooFew(sample: Sample, shape: Shape): string {
  if (sample.n >= MIN_POINTS && shape.isConstant) return "All points have the same value: any law fits.";
  if (sample.n >= MIN_POINTS && shape.rankBilinear < 4)
    return "The points lie on a line or a cross: no law can be told.";
  const { distinctPoints: m } = shape;
  const places = m < Math.min(MIN_PLACES, sample.n) ? ` at ${count(m, "place")}` : "";
  return (
    `Too few models to tell: ${sample.n}${places}; at least ${MIN_POINTS} at ${MIN_PLACES} different places ` +
    "are needed to compare laws."
  );
}

/** Standard error of a mean over points, or over families where points of one are not independent. */
function clusteredError(gaps: Float64Array, mean: number, family: Int32Array | null): number {
  const n = gaps.length;
  const sums = new Map<number, number>();
  gaps.forEach((gap, i) => {
    const own = family?.[i] ?? i;
    sums.set(own, (sums.get(own) ?? 0) + gap - mean);
  });
  const groups = sums.size;
  const square = [...sums.values()].reduce((sum, value) => sum + value * value, 0);
  return groups > 1 ? Math.sqrt((square * groups) / (groups - 1)) / n : Infinity;
}

/** p of the F test of the plane against a constant. */
function planeP(
  { n }: Sample,
  { tss }: Shape,
  fits: readonly { readonly name: LawName; readonly rss: number }[],
): number {
  const { rss } = fits.find(({ name }) => name === "plane")!;
  const f = (tss - rss) / 2 / (rss / (n - 3));
  return rss > 0 ? incompleteBeta((n - 3) / (n - 3 + 2 * f), (n - 3) / 2, 1) : 0;
}

const LEVEL = 0.05;
/** Standard errors of a difference below which two laws are not told apart: the best of six is best partly by luck. */
const DOUBT = 2.5;

/** What each law says of z, in words. */
const WORDS: Readonly<Record<LawName, string>> = {
  constant: "a constant (z does not depend on x and y)",
  plane: "a flat plane",
  "weakest-link": "the weakest link (z follows the lower of x and y)",
  "one-ability": "one ability (z is a curve of one mixture of x and y)",
  additive: "two effects that add up",
  interaction: "a surface on which x and y interact",
};

function verdictOf(laws: readonly Law[], together: readonly LawName[], n: number): string {
  const error = (name: LawName): string => laws.find((law) => law.name === name)!.looRmse.toPrecision(2);
  if (together.length === 1) {
    const [law] = together as [LawName];
    return `The ${n} points follow ${WORDS[law]}: its leave-one-out error, ${error(law)}, is clearly the lowest.`;
  }
  const named = together.map((name) => `${WORDS[name]} (${error(name)})`);
  const out = laws.filter(({ name }) => !together.includes(name)).map(({ name }) => WORDS[name]);
  const not = out.length === 0 ? "" : ` Ruled out: ${listOf(out)}.`;
  return (
    `Not told apart by their error on left-out points, from the simplest: ${listOf(named)}.${not} ` +
    `More models, or more items a score, could tell them apart.`
  );
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)!}`;
}
