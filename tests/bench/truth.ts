import { fitSurface } from "../../lib/spline/index.js";
import type { Surface } from "../../lib/spline/types.js";
import { type Law, type Models, simulateModels } from "../spline/simulateModels.js";

/**
 * What a reader is told, and what is true: seeded simulations of models with logit-normal abilities (correlation .7)
 * that answer m questions a facet. Surfaces over abilities, surfaces over scores taken as exact, and the seed's method
 * (a smoothing spline with no error of the axes and no band: here the thin plate through every point) side by side.
 *
 * `npm run bench -- truth --rounds=200 --law=plane`: rounds a row (default 20), and one law alone.
 */
const LAWS: Readonly<Record<string, Law>> = {
  plane: (x, y) => 0.1 + 0.4 * x + 0.4 * y,
  "x y": (x, y) => x * y,
  min: Math.min,
  saddle: (x, y) => 0.5 + 2 * (x - 0.5) * (y - 0.5),
  saturating: (x, y) => 0.5 * (1 - Math.exp(-3 * x)) + 0.45 * (1 - Math.exp(-3 * y)),
};
const SIZES = [24, 60, 130];
const ITEMS = [3, 12, 30];
/** The rise is asked for between these two abilities, on both axes. */
const [FOOT, TOP] = [0.3, 0.7];

/** Sums over rounds of what one way of fitting says. */
class Tally {
  private shown = 0;
  private inside = 0;
  private square = 0;
  private width = 0;
  private rises: number[] = [];
  private found = 0;
  private rounds = 0;

  add(surface: Surface, { u, v }: Models, law: Law): void {
    const { z, low, high, supported } = surface.predict(u, v);
    for (const [i, isShown] of supported.entries()) {
      if (isShown === 0) continue;
      const truth = law(u[i]!, v[i]!);
      this.shown += 1;
      this.inside += Number(low[i]! <= truth && truth <= high[i]!);
      this.square += (z[i]! - truth) ** 2;
      this.width += high[i]! - low[i]!;
    }
    const rise = surface.contrast({ x: [TOP, FOOT], y: [TOP, FOOT] }, [1, -1]).value;
    if (!Number.isNaN(rise)) this.rises.push(rise);
    this.found += Number((surface.interaction.p ?? 1) < 0.05);
    this.rounds += 1;
  }

  /** rise, RMSE, coverage and width of the band, share of rounds in which the facets "interact". */
  text(): string {
    const rise = this.rises.reduce((sum, value) => sum + value, 0) / this.rises.length;
    const [rmse, cover] = [Math.sqrt(this.square / this.shown), this.inside / this.shown];
    const width = this.width / this.shown;
    const numbers = [rise, rmse, cover, width, this.found / this.rounds];
    return numbers.map((value) => (Number.isNaN(value) ? "   –" : value.toFixed(3).padStart(6))).join(" ");
  }
}

function benchTruth(rounds: number, only: string | undefined): void {
  const heads = "  rise   RMSE  cover  width interact";
  console.log(
    `law         n  m  true | abilities ${heads} | scores ${heads} | seed's method ${heads} | s a fit`,
  );
  for (const [name, law] of Object.entries(LAWS)) {
    if (only !== undefined && name !== only) continue;
    for (const n of SIZES)
      for (const m of ITEMS) {
        const [ability, score, seeds] = [new Tally(), new Tally(), new Tally()];
        let seconds = 0;
        for (let round = 0; round < rounds; round++) {
          const panel = simulateModels(law, n, m, 9000 + round);
          const start = process.cpuUsage().user;
          const surface = fitSurface(panel.points, { seed: round + 1 });
          seconds += (process.cpuUsage().user - start) / 1e6 / rounds;
          ability.add(surface, panel, law);
          score.add(fitSurface({ ...panel.points, items: {} }), panel, law);
          seeds.add(fitSurface({ ...panel.points, items: {} }, { method: "thin-plate" }), panel, law);
        }
        const rise = (law(TOP, TOP) - law(FOOT, FOOT)).toFixed(2).padStart(5);
        const row = [ability, score, seeds].map((tally) => tally.text()).join(" | ");
        console.log(
          `${name.padEnd(10)} ${String(n).padStart(3)} ${String(m).padStart(2)} ${rise} | ${row} | ${seconds.toFixed(2)}`,
        );
      }
  }
}

const option = (name: string): string | undefined =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
benchTruth(Number(option("rounds") ?? 20), option("law"));
