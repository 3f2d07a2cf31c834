import { describe, expect, it } from "vitest";

import { surfaceFigure } from "../../lib/plot/index.js";
import { fakeSurface } from "./fake-surface.js";

const LABELS = { x: "reasoning", y: "instruction", z: "coding", simulated: true } as const;

describe("surfaceFigure", () => {
  it("draws surface, points, stems and the two sheets of the band, hidden until asked for", () => {
    const { data } = surfaceFigure(fakeSurface(), LABELS);
    expect(data.map((trace) => [trace["type"], trace["visible"] ?? true])).toEqual([
      ["surface", true],
      ["scatter3d", true],
      ["scatter3d", true],
      ["surface", "legendonly"],
      ["surface", "legendonly"],
    ]);
  });

  it("has a gap where the fit has no support, and its exact height elsewhere", () => {
    const surface = fakeSurface();
    const trace = surfaceFigure(surface, LABELS).data[0] as {
      x: number[];
      y: number[];
      z: (number | null)[][];
    };
    const cells = trace.z.flatMap((row, iy) =>
      row.map((z, ix) => ({ z, truth: surface.predict(trace.x[ix] ?? NaN, trace.y[iy] ?? NaN).z })),
    );
    const shown = cells.filter((cell) => cell.z !== null);
    expect(shown.length).toBeGreaterThan(800);
    expect(cells.length - shown.length).toBeGreaterThan(100);
    expect(Math.max(...shown.map((cell) => Math.abs((cell.z ?? NaN) - (cell.truth ?? NaN))))).toBeLessThan(
      1e-3,
    );
  });

  it("names the axes, the method, edf, n and that it is simulated", () => {
    const { layout, caption } = surfaceFigure(fakeSurface(), LABELS);
    const { title, scene } = layout as {
      title: { text: string };
      scene: Record<"xaxis" | "yaxis" | "zaxis", { title: { text: string }; range: number[] }>;
    };
    expect([scene.xaxis, scene.yaxis, scene.zaxis].map((axis) => axis.title.text)).toEqual([
      "reasoning",
      "instruction",
      "coding",
    ]);
    expect(title.text).toMatch(/Simulated.*P-spline.*edf 7\.3.*24 models/);
    expect(caption).toMatch(/Simulated/);
  });

  it("weighs less than 150 KB as HTML with its picture", () => {
    const { data, layout, svg } = surfaceFigure(fakeSurface({ isSupported: () => true }), LABELS);
    expect(JSON.stringify([data, layout]).length + (svg.length * 4) / 3).toBeLessThan(140_000);
  });
});
