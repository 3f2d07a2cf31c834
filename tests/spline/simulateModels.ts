import { randomOf } from "../../lib/spline/abilities/random.js";
import type { Points } from "../../lib/spline/types.js";

/** z = law(x, y), all in [0, 1]. */
export type Law = (x: number, y: number) => number;

/** What is seen of the models, and their abilities on x and y, which are not. */
export interface Models {
  readonly points: Points & { readonly items: NonNullable<Points["items"]> };
  readonly u: Float64Array;
  readonly v: Float64Array;
}

const logistic = (t: number): number => 1 / (1 + Math.exp(-t));

/** Models of logit-normal abilities that answer m questions a facet; z scatters by .05 about the law. */
export function simulateModels(law: Law, n: number, m: number, seed: number, correlation = 0.7): Models {
  const random = randomOf(seed);
  const score = (chance: number): number => {
    let right = 0;
    for (let i = 0; i < m; i++) right += Number(random.unit() < chance);
    return right / m;
  };
  const array = (): Float64Array => new Float64Array(n);
  const [u, v, x, y, z, items] = [array(), array(), array(), array(), array(), array().fill(m)];
  for (let i = 0; i < n; i++) {
    const a = random.normal();
    u[i] = logistic(a);
    v[i] = logistic(correlation * a + Math.sqrt(1 - correlation ** 2) * random.normal());
    x[i] = score(u[i]!);
    y[i] = score(v[i]!);
    z[i] = score(Math.min(1, Math.max(0, law(u[i]!, v[i]!) + 0.05 * random.normal())));
  }
  return { points: { x, y, z, items: { x: items, y: items, z: items } }, u, v };
}
