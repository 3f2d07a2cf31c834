/** Speed of the figures: `npx tsx tests/bench/plot.ts`. Medians after warm-up on one core, beside the fit's own time. */
import { surfaceViews } from "../../lib/plot/index.js";
import { fitSurface } from "../../lib/spline/index.js";
import { franke, simulate } from "../spline/random.js";
import { median } from "./median.js";

const LABELS = { x: "reasoning", y: "instruction", z: "coding" };

console.log("\nFranke + noise 0.1         fit, ms   three views, ms    limit     KB with pictures");
for (const [n, limit] of [
  [24, 15],
  [60, 15],
  [1000, 60],
] as const) {
  const data = simulate(franke, n, 0.1, n);
  const fit = median(() => fitSurface(data), 21);
  const surface = fitSurface(data);
  const views = median(() => surfaceViews(surface, LABELS), 21);
  const size = JSON.stringify(surfaceViews(surface, LABELS)).length / 1000;
  const numbers = [fit.toFixed(2).padStart(18), views.toFixed(2).padStart(17), String(limit).padStart(8)];
  console.log(`n = ${String(n).padEnd(5)}${numbers.join("")}${size.toFixed(0).padStart(21)}`);
}
