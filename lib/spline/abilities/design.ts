import { inverse, Matrix } from "ml-matrix";
import type { Sight } from "../types.js";
import { exp, logistic } from "../linear/elementary.js";

/** Who is asked and how much: what an interaction can be seen with. */
export interface Design {
  /** Mean and covariance (xx, xy, yy) of the abilities, in logits. */
  readonly mu: readonly [number, number];
  readonly sigma: readonly [number, number, number];
  /** Items behind a score; Infinity where scores are exact. */
  readonly items: { readonly x: number; readonly y: number; readonly z: number };
  /** Scatter of true scores about the surface, relative to sqrt(p (1 - p)). */
  readonly scatter: number;
}

/** Nodes of the population along each axis, in standard deviations. */
const NODES = Array.from({ length: 13 }, (_, i) => (i - 6) / 2);
/** (1.96 + 0.84)^2: the information at which a test at 5 % finds an effect of size 1 in 80 of 100 runs. */
const FOR_POWER_80 = (1.959964 + 0.841621) ** 2;

/** Variance of a score's logit about its ability. */
function errorOf(items: number, mean: number): number {
  const p = logistic(mean);
  return items === Infinity ? 0 : 1 / (items * p * (1 - p));
}

/**
 * What one model tells of the product x y, beside any two curved effects that add up: the Fisher information of its
 * coefficient, 1 at x y itself. Scores are calibrated to their abilities (Carroll et al. 2006, ch. 4), and what x and
 * y leave unknown is added to the variance of z.
 */
function informationPerModel({ mu, sigma, items, scatter }: Design): number {
  const [xx, xy, yy] = sigma;
  const spread = new Matrix([
    [xx, xy],
    [xy, yy],
  ]);
  const noisy = Matrix.add(spread, Matrix.diag([errorOf(items.x, mu[0]), errorOf(items.y, mu[1])]));
  const known = spread.mmul(inverse(noisy)).mmul(spread);
  const unknown = Matrix.sub(spread, known);
  const l0 = Math.sqrt(known.get(0, 0));
  const l1 = known.get(0, 1) / l0;
  const l2 = Math.sqrt(Math.max(0, known.get(1, 1) - l1 * l1));
  const rows: number[][] = [];
  const targets: number[][] = [];
  for (const a of NODES)
    for (const b of NODES) {
      const u = logistic(mu[0] + l0 * a);
      const v = logistic(mu[1] + l1 * a + l2 * b);
      const f = u * v;
      const [du, dv] = [v * u * (1 - u), u * v * (1 - v)];
      const fromAxes =
        du * du * unknown.get(0, 0) + 2 * du * dv * unknown.get(0, 1) + dv * dv * unknown.get(1, 1);
      const own = f * (1 - f) * (1 / items.z + scatter ** 2);
      const root = Math.sqrt(exp(-0.5 * (a * a + b * b)) / (2 * Math.PI) / 4 / (own + fromAxes + 1e-6));
      rows.push([1, u, v, u * u, v * v].map((value) => root * value));
      targets.push([root * f]);
    }
  const design = new Matrix(rows);
  const target = new Matrix(targets);
  const normal = design.transpose().mmul(design);
  for (let i = 0; i < normal.rows; i++) normal.set(i, i, normal.get(i, i) * (1 + 1e-10));
  const fit = design.mmul(inverse(normal).mmul(design.transpose().mmul(target)));
  return Matrix.sub(target, fit).norm() ** 2;
}

/** What n models of a design can see, and what would be needed to see x y. */
export function sightOf(design: Design, n: number): Sight {
  const each = informationPerModel(design);
  const { x, y, z } = design.items;
  const scaled = (factor: number): number =>
    n * informationPerModel({ ...design, items: { x: x * factor, y: y * factor, z: z * factor } });
  let items: number | null = null;
  if (z !== Infinity) {
    let [lo, hi] = [1, 1000];
    if (scaled(1) >= FOR_POWER_80) items = z;
    else if (scaled(hi) >= FOR_POWER_80) {
      while (hi / lo > 1.02) {
        const middle = Math.sqrt(lo * hi);
        if (scaled(middle) >= FOR_POWER_80) hi = middle;
        else lo = middle;
      }
      items = Math.ceil(z * hi);
    }
  }
  return {
    detectable: Math.sqrt(FOR_POWER_80 / (n * each)),
    models: Math.ceil(FOR_POWER_80 / each),
    items,
  };
}
