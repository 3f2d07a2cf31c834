import { type Domain, linspace, makeAxes } from "../basis/axis.js";
import type { Places } from "../basis/cells.js";
import { formatP } from "../../shared/text.js";
import { dot } from "../linear/cholesky.js";
import { checkOptions, type FitOptions } from "../methods/options.js";
import { crossings } from "../methods/surface.js";
import { minimise, SMOOTHEST } from "../smoothing/minimise.js";
import { cleanSample, describeSample, type Sample, type Shape } from "../smoothing/sample.js";
import { solveTensor } from "../smoothing/tensorFit.js";
import { tensorBasis, tensorSystem } from "../smoothing/tensorSystem.js";
import type { InteractionTest, Points } from "../types.js";
import { testAdditive } from "./scoreTest.js";

/** Points along each axis of the grid on which the surface is split into effects. */
const SHARE_GRID = 15;
/** The level at which the finding is worded. */
export const LEVEL = 0.05;

type Shares = NonNullable<InteractionTest["shares"]>;

/**
 * Do the effects of x and y on z interact, or do they just add up?
 *
 * The p-value is of a score test whose null hypothesis is z = f(x) + g(y), both smooth: by a formula, or, where x and y
 * are correlated by more than .5, by a seeded bootstrap of at most 399 simulations (about a second). The shares split the
 * P-spline surface at its REML smoothness, over the whole box, into what x alone, y alone and only both
 * together explain. They sum to 1.
 *
 * Not testable with fewer than 8 points or 6 distinct places, with points on one line, or with nothing left to
 * explain; `note` then says why.
 *
 * @example
 * const at = Array.from({ length: 25 }, (_, i) => [i % 5, Math.floor(i / 5)]);
 * const points = { x: at.map(([x]) => x), y: at.map(([, y]) => y), z: at.map(([x, y], i) => x * y + (i % 3) / 10) };
 * testInteraction(points).p < 0.05 // true
 * @throws RangeError as `fitSurface` does.
 */
export function testInteraction(
  points: Points,
  options: Pick<FitOptions, "basisSize" | "domain"> = {},
): InteractionTest {
  return scoreTest(points, options, null);
}

/** Correlation of x and y, either way, beyond which the formula's p is too high, and a bootstrap's is taken. */
const TOGETHER = 0.5;

/**
 * The test, for known variances too.
 *
 * @param leastVariance Of a point of weight 1: 1 where the weights are inverse variances that are known; null of exact
 *   scores, where the residuals alone tell it.
 */
export function scoreTest(
  points: Points,
  options: Pick<FitOptions, "basisSize" | "domain">,
  leastVariance: number | null,
): InteractionTest {
  const { basisSize, domain: box } = checkOptions(options);
  const sample = cleanSample(points);
  const shape = describeSample(sample);
  const obstacle = obstacleTo(sample, shape);
  if (obstacle !== null) return notTestable(obstacle);
  const domain = box ?? shape.domain;
  const basis = tensorBasis(sample, shape.mean, makeAxes(domain, ...basisSize));
  const isTimid = leastVariance === null && Math.abs(correlation(sample)) > TOGETHER;
  const found = testAdditive(basis, shape.exactLimit, (leastVariance ?? 0) / sample.weightScale, isTimid);
  if (found === null) {
    return notTestable(
      "the points lie exactly on a sum of two effects, and nothing is left over to test with",
    );
  }
  const system = tensorSystem(basis);
  // An exactly bilinear surface leaves nothing to choose the smoothness from: it is as smooth as can be.
  const isExact = system.problem.y2 <= shape.exactLimit;
  const rho = isExact ? SMOOTHEST : minimise(system.problem).rho;
  const shares = sharesOver(domain, (nodes) => solveTensor(system, rho).evaluate(nodes).z);
  const how = found.isBootstrap ? " The p is of a bootstrap, since x and y go together." : "";
  return { testable: true, p: found.p, shares, note: sentence(found.p, shares, `${sample.n} points`) + how };
}

function obstacleTo(sample: Sample, shape: Shape): string | null {
  if (sample.n < 8)
    return `at least 8 points are needed, and there ${sample.n === 1 ? "is 1" : `are ${sample.n}`}`;
  if (shape.rankPlane < 3) return "all points lie on one line";
  if (shape.distinctPoints < 6) {
    return `the points lie at only ${shape.distinctPoints} distinct places: at least 6 are needed`;
  }
  if (shape.rankBilinear < 4)
    return "at these places an interaction cannot be told from the effects of x and y";
  if (shape.isConstant) return "all points have the same value";
  return null;
}

function notTestable(why: string): InteractionTest {
  return { testable: false, p: null, shares: null, note: `Interaction not testable: ${why}.` };
}

/** The shares of a surface over a box. */
export function sharesOver(domain: Domain, valuesAt: (nodes: Places) => Float64Array): Shares | null {
  const nodes = crossings(linspace(domain.x, SHARE_GRID), linspace(domain.y, SHARE_GRID));
  return splitShares(valuesAt(nodes), SHARE_GRID);
}

/**
 * Splits a square grid of values into row effects, column effects and the rest, by double centring.
 *
 * @param f Values, shape (m, m), index ix * m + iy.
 * @returns Their shares of the variation about the mean; null when there is none.
 * @see Lee, Durban & Eilers 2013, doi:10.1016/j.csda.2012.11.013 (PS-ANOVA).
 */
export function splitShares(f: Float64Array, m: number): Shares | null {
  const mean = f.reduce((sum, value) => sum + value, 0) / f.length;
  const row = new Float64Array(m);
  const column = new Float64Array(m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      row[i]! += (f[i * m + j]! - mean) / m;
      column[j]! += (f[i * m + j]! - mean) / m;
    }
  let [x, y, xy] = [0, 0, 0];
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) {
      x += row[i]! ** 2;
      y += column[j]! ** 2;
      xy += (f[i * m + j]! - mean - row[i]! - column[j]!) ** 2;
    }
  const total = x + y + xy;
  return total > 0 ? { x: x / total, y: y / total, xy: xy / total } : null;
}

/** @param n Points, in words. */
export function foundText(p: number, shares: Shares | null, n: string): string {
  const found = `The two facets interact (${formatP(p)}, ${n}).`;
  return shares === null ? found : `${found} ${sharesText(shares)}`;
}

function sharesText({ x, y, xy }: Shares): string {
  return (
    `Of the surface's variation ${percent(x)} goes with x alone, ${percent(y)} with y ` +
    `alone and ${percent(xy)} only with both together.`
  );
}

function sentence(p: number, shares: Shares | null, n: string): string {
  if (p < LEVEL) return foundText(p, shares, n);
  const finding = `No interaction was found (${formatP(p)}, ${n}): the two effects may just add up.`;
  return shares === null ? finding : `${finding} ${sharesText(shares)}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.0095 ? 1 : 0)} %`;
}

/** Pearson's correlation of x and y; 0 of values that do not vary. */
function correlation({ n, x, y }: Sample): number {
  const centred = (values: Float64Array): Float64Array => {
    const mean = values.reduce((sum, value) => sum + value / n, 0);
    return values.map((value) => value - mean);
  };
  const [u, v] = [centred(x), centred(y)];
  return dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v)) || 0;
}
