import type { Domain } from "../basis/axis.js";
import { formatP } from "../../shared/text.js";
import { foundText, LEVEL, scoreTest, sharesOver } from "../questions/testInteraction.js";
import type { Sample } from "../smoothing/sample.js";
import type { InteractionTest, Sight } from "../types.js";
import { calibrate, type Population } from "./calibrate.js";
import { sightOf } from "./design.js";
import { estimatesAt, meanSquare } from "./posterior.js";
import type { Counts } from "./likelihood.js";
import type { Draws } from "./sampler.js";

/**
 * The score test on calibrated abilities: x and y are replaced by what their counts tell of the abilities, and a
 * point's variance is z's own plus what x and y leave unknown. The prior has no say in it: bends along an axis and an
 * interaction explain each other, and a prior would decide between them.
 *
 * @param population The abilities that the scores are calibrated to.
 */
export function abilityInteraction(
  sample: Sample,
  counts: Counts,
  draws: Draws,
  population: Population,
  domain: Domain,
): InteractionTest {
  const known = calibrate(counts, population);
  const places = { x: known.x, y: known.y };
  const f = estimatesAt(draws, places).z;
  const slope = (dx: number, dy: number): Float64Array => {
    const ahead = estimatesAt(draws, {
      x: known.x.map((value) => clamp(value + dx)),
      y: known.y.map((value) => clamp(value + dy)),
    }).z;
    return ahead.map((value, i) => (value - f[i]!) / (dx + dy));
  };
  const [gx, gy] = [slope(STEP, 0), slope(0, STEP)];
  const [relative, shared] = [meanSquare(draws.scatter), meanSquare(draws.familyScatter)];
  const size = familySizes(sample);
  const weight = f.map((value, i) => {
    const p = Math.min(1 - FAR, Math.max(FAR, value));
    const own = p * (1 - p) * (1 / counts.items.z[i]! + relative);
    const axes = gx[i]! ** 2 * known.xx[i]! + 2 * gx[i]! * gy[i]! * known.xy[i]! + gy[i]! ** 2 * known.yy[i]!;
    // Members of a family that share all of their scatter count as one point.
    return 1 / (own + Math.max(0, axes) + size[i]! * shared);
  });
  const { z } = sample;
  const test = scoreTest({ ...places, z, weight }, {}, sample.family === null ? 0 : 1);
  const shares = sharesOver(domain, (nodes) => estimatesAt(draws, nodes).z);
  if (!test.testable || test.p === null) return { ...test, shares };
  const { x, y, z: zItems } = counts.items;
  const items = { x: typical(x), y: typical(y), z: typical(zItems) };
  const { family } = sample;
  const n =
    family === null ? { count: sample.n, noun: "models" } : { count: new Set(family).size, noun: "families" };
  const sight = sightOf({ ...population, items, scatter: Math.sqrt(relative) }, n.count);
  return { ...test, shares, sight, note: sentence(test.p, shares, n, sight, items.z) };
}

const STEP = 0.02;
const FAR = 0.01;
const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Members of each point's family. */
function familySizes({ family, n }: Sample): Float64Array {
  const sizes = new Map<number, number>();
  family?.forEach((own) => sizes.set(own, (sizes.get(own) ?? 0) + 1));
  return Float64Array.from({ length: n }, (_, i) => (family === null ? 1 : sizes.get(family[i]!)!));
}

/** More models than this are only said to be more. */
const MANY = 10_000;

/**
 * The finding, and beside one that is no finding what the design could have shown at best.
 *
 * @param n Models, or families where models of one are not independent.
 */
function sentence(
  p: number,
  shares: InteractionTest["shares"],
  n: { readonly count: number; readonly noun: string },
  sight: Sight,
  items: number,
): string {
  if (p < LEVEL) return foundText(p, shares, `${n.count} ${n.noun}`);
  const each = items === Infinity ? "" : ` of ${Math.round(items)} items a score`;
  const strength =
    sight.detectable > 4
      ? "cannot show even the strongest"
      : `can at best show one ${sight.detectable.toFixed(1)} times as strong as the product of the two`;
  const wanted = sight.models > MANY ? `more than ${MANY.toLocaleString("en")}` : sight.models;
  const more =
    items === Infinity
      ? ""
      : sight.items === null
        ? "; no number of items would do"
        : `, or ${sight.items} items a score`;
  return (
    `No interaction was found (${formatP(p)}), which says little: ${n.count} ${n.noun}${each} ${strength} in 80 of 100 ` +
    `runs. To show one as strong as the product takes ${wanted} ${n.noun}${more}.`
  );
}

/** Harmonic mean of the items that are known, by which errors average; Infinity where none is. */
function typical(items: Float64Array): number {
  const known = items.filter(Number.isFinite);
  return known.length === 0 ? Infinity : known.length / known.reduce((sum, count) => sum + 1 / count, 0);
}
