import { describe, expect, it } from "vitest";

import { surfaceFigure } from "../../lib/plot/index.js";
import { fakeSurface } from "./fakeSurface.js";

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

  it("has its exact height wherever it is shown, up to the border of the support, and gaps beyond", () => {
    const trace = surfaceFigure(fakeSurface(), LABELS).data[0] as {
      x: number[];
      y: number[][];
      z: (number | null)[][];
    };
    const nodes = trace.z.flatMap((row, iy) =>
      row.map((z, ix) => ({ z, x: trace.x[ix] ?? NaN, y: trace.y[iy]?.[ix] ?? NaN })),
    );
    const shown = nodes.filter((node) => node.z !== null);
    expect(nodes.length - shown.length).toBeGreaterThan(100);
    expect(
      Math.max(...shown.map((node) => Math.abs((node.z ?? NaN) - Math.min(node.x, node.y)))),
    ).toBeLessThan(1e-3);
    // The support is |x - y| < 0.4: all of it, and nothing else.
    const reach = shown.map((node) => Math.abs(node.x - node.y));
    expect(Math.max(...reach)).toBeCloseTo(0.4, 3);
    expect(reach.filter((distance) => distance > 0.399).length).toBeGreaterThan(30);
  });

  it("is in one piece where the support is narrower than a cell of the grid", () => {
    const narrow = fakeSurface({ reach: 0.008 });
    const trace = surfaceFigure(narrow, LABELS).data[0] as { z: (number | null)[][] };
    const columns = trace.z[0]?.map((_, ix) => trace.z.some((row) => row[ix] !== null)) ?? [];
    const from = columns.indexOf(true);
    expect(columns.slice(from, columns.lastIndexOf(true) + 1)).not.toContain(false);
    expect(columns.filter(Boolean).length).toBeGreaterThan(30);
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

  it.each([
    ["everywhere", 9],
    ["along the diagonal", 0.3],
  ])("weighs less than 150 KB as HTML with its picture, with support %s", (_, reach) => {
    const { data, layout, svg } = surfaceFigure(fakeSurface({ reach }), LABELS);
    // Script, style and captions take 7 KB.
    expect(JSON.stringify([data, layout]).length + (svg.length * 4) / 3).toBeLessThan(143_000);
  });
});
