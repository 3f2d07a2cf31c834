/**
 * Speed, memory and calibration of the spline engine: `npx tsx tests/bench/spline.ts [--quick]`.
 * Times are medians after warm-up on one core, beside a dense reference in the same run.
 */
import { spawnSync } from "node:child_process";
import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { compareLaws, fitSurface, testInteraction } from "../../lib/spline/index.js";
import { denseDesign, densePenalty, systemOf } from "../spline/dense.js";
import { franke, simulate } from "../spline/random.js";
import { median } from "./median.js";
import {
  bandCoverage,
  frankeError,
  interactionPower,
  interactionSize,
  type Rate,
} from "../spline/simulations.js";

const quick = process.argv.includes("--quick");
if (process.argv.includes("--memory")) reportMemory();
else {
  speed();
  memory();
  simulations();
}

/** REML on the same 81 pairs of lambdas by the book: dense design, dense normal equations, ml-matrix's Cholesky. */
function denseSearch(points: ReturnType<typeof simulate>): number {
  const system = systemOf(points);
  const design = denseDesign(system);
  const gram = design.transpose().mmul(design);
  const right = design.transpose().mmul(Matrix.columnVector(Array.from(points.z)));
  let best = Infinity;
  for (let i = 0; i < 9; i++)
    for (let j = 0; j < 9; j++) {
      const lambda = [10 ** (-5 + 1.25 * i), 10 ** (-5 + 1.25 * j)] as const;
      const a = Matrix.add(gram, densePenalty(system, lambda)).add(Matrix.eye(100).mul(1e-9));
      const half = Matrix.add(a, a.transpose()).mul(0.5);
      const cholesky = new CholeskyDecomposition(half);
      const beta = cholesky.solve(right);
      best = Math.min(best, -right.transpose().mmul(beta).get(0, 0));
    }
  return best;
}

function speed(): void {
  console.log("\nfit, Franke + noise 0.1            ms    limit   dense reference / fit");
  const limits: readonly (readonly [number, number])[] = [
    [12, 1.6],
    [24, 1.6],
    [30, 6],
    [60, 6],
    [200, 10],
    [1000, 10],
    [3000, 10],
    [100_000, 25],
  ];
  for (const [n, limit] of limits) {
    const data = simulate(franke, n, 0.1, n);
    const repeats = n > 10_000 ? 11 : quick ? 15 : 41;
    const ms = median(() => fitSurface(data), repeats);
    const dense = n <= 3000 ? median(() => denseSearch(data), 1, 0) : NaN;
    const ratio = Number.isNaN(dense) ? "      -" : `${(dense / ms).toFixed(0).padStart(7)} x`;
    console.log(
      `n = ${String(n).padEnd(8)} ${ms.toFixed(2).padStart(20)} ${String(limit).padStart(8)} ${ratio}`,
    );
  }
  const surface = fitSurface(simulate(franke, 60, 0.1, 60));
  console.log("\ngrid with standard errors          ms    limit");
  for (const [size, limit] of [
    [40, 0.5],
    [100, 2.5],
  ] as const) {
    const ms = median(() => surface.grid(size), 101);
    console.log(
      `${size} x ${size}`.padEnd(12) + `${ms.toFixed(3).padStart(20)} ${String(limit).padStart(8)}`,
    );
  }
  const means = simulate(franke, 24, 0.1, 24);
  const z = means.z.map((value) => Math.min(1, Math.max(0, value)));
  const items = z.map((_, i) => 20 + ((37 * i) % 180));
  const weighed = median(() => fitSurface({ ...means, z, items: { z: items } }, { scale: "score" }), 41);
  console.log(`items, n = 24`.padEnd(14) + `${weighed.toFixed(1).padStart(18)} ${"20".padStart(8)}`);
  const places = simulate(franke, 1600, 0, 2);
  const scattered = median(() => surface.predict(places.x, places.y), 101);
  console.log(`1600 places`.padEnd(12) + `${scattered.toFixed(3).padStart(20)} ${"1.5".padStart(8)}`);
  const pair = simulate(franke, 30, 0.1, 1);
  console.log(
    `interaction test, n = 30 ${median(() => testInteraction(pair), 21)
      .toFixed(1)
      .padStart(9)}`,
  );
  console.log(
    `laws, n = 30 ${median(() => compareLaws(pair), 21)
      .toFixed(1)
      .padStart(21)}`,
  );
}

/** A million points in a process of its own, so that nothing else counts. */
function memory(): void {
  const file = process.argv[1]!;
  const child = spawnSync(process.execPath, [...process.execArgv, file, "--memory"], { encoding: "utf8" });
  process.stdout.write(child.status === 0 ? child.stdout : `memory: ${child.stderr}`);
}

function reportMemory(): void {
  const data = simulate(franke, 1_000_000, 0.1, 1);
  const before = process.memoryUsage().rss;
  const start = performance.now();
  const { edf } = fitSurface(data);
  const seconds = (performance.now() - start) / 1000;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `\nn = 1,000,000: ${seconds.toFixed(2)} s, edf ${edf!.toFixed(1)}; process with its data ${megabytes(before)}, ` +
      `peak ${megabytes(peak)} (limit 300 MB)`,
  );
}

function simulations(): void {
  const rounds = quick ? 60 : 1000;
  console.log(`\nsimulations, fixed seeds           n   rounds    rate   wanted`);
  for (const n of [16, 20, 30, 60])
    for (const levels of [0, 4]) print(interactionSize(n, levels, rounds, 1e6 * n + levels), "0.03-0.07");
  for (const n of [16, 20, 30, 60])
    for (const levels of [0, 4])
      print(interactionSize(n, levels, rounds / 4, 2e6 * n + levels, true), "0.02-0.08");
  for (const n of [16, 20, 30, 60]) print(interactionPower(n, 0.1, rounds / 4, 5), "high");
  for (const truth of ["plane", "product", "saddle", "franke"] as const)
    for (const n of [12, 16, 20, 30, 60]) {
      print(bandCoverage(truth, n, rounds / 5, 9), truth === "franke" ? "0.95, misses bumps" : "0.95");
    }
  console.log(`\nRMSE against Franke's function, n = 1000, noise 0.1: ${frankeError(1000, 1).toFixed(4)}`);
}

function print({ what, n, rounds, rate }: Rate, wanted: string): void {
  const numbers = `${String(n).padStart(7)} ${String(rounds).padStart(8)} ${rate.toFixed(3).padStart(7)}`;
  console.log(`${what.padEnd(28)} ${numbers}   ${wanted}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MB`;
}
