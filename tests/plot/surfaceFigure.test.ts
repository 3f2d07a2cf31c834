import { describe, expect, it } from "vitest";

import { surfaceFigure } from "../../lib/plot/index.js";
import { fakeSurface } from "./fakeSurface.js";

const LABELS = { x: "reasoning", y: "instruction", z: "coding" } as const;

function areaOf(polygon: readonly (readonly [number, number])[]): number {
  return polygon.reduce((sum, [x, y], i) => {
    const [nx, ny] = polygon[(i + 1) % polygon.length]!;
    return sum + (x * ny - nx * y) / 2;
  }, 0);
}

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

  it("has its exact height wherever it is shown, fills the support to its border, and shows nothing beyond", () => {
    const trace = surfaceFigure(fakeSurface(), LABELS).data[0] as {
      x: number[];
      y: number[][];
      z: number[][];
    };
    const nodes = trace.z.flatMap((row, iy) =>
      row.map((z, ix) => ({ z, x: trace.x[ix] ?? NaN, y: trace.y[iy]?.[ix] ?? NaN })),
    );
    expect(Math.max(...nodes.map((node) => Math.abs(node.z - Math.min(node.x, node.y))))).toBeLessThan(1e-3);
    // The support is |x - y| < 0.4: all of it, and nothing else.
    const reach = nodes.map((node) => Math.abs(node.x - node.y));
    expect(Math.max(...reach)).toBeCloseTo(0.4, 3);
    expect(reach.filter((distance) => distance > 0.399).length).toBeGreaterThan(20);
    const area = trace.x.slice(1).reduce((sum, x, i) => {
      const [low, high] = [0, 1].map((k) => trace.y.at(-1)![i + k]! - trace.y[0]![i + k]!) as [
        number,
        number,
      ];
      return sum + ((x - trace.x[i]!) * (low + high)) / 2;
    }, 0);
    expect(area / areaOf(fakeSurface().support)).toBeCloseTo(1, 2);
  });

  it("is in one piece where the support is narrower than a cell of any grid", () => {
    const narrow = fakeSurface({ reach: 0.008 });
    const trace = surfaceFigure(narrow, LABELS).data[0] as { x: number[]; z: (number | null)[][] };
    expect(trace.z.flat()).not.toContain(null);
    const xs = narrow.support.map(([x]) => x);
    expect([trace.x[0], trace.x.at(-1)]).toEqual(
      [Math.min(...xs), Math.max(...xs)].map((end) => expect.closeTo(end, 3)),
    );
  });

  it("names the axes, the method, edf, n and that it is simulated", () => {
    const { layout, caption } = surfaceFigure({ ...fakeSurface(), simulated: true }, LABELS);
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
