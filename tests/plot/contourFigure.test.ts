import { describe, expect, it } from "vitest";

import { contourFigure } from "../../lib/plot/index.js";
import { fitSurface } from "../../lib/spline/index.js";
import { FAKE_POINTS, fakeSurface } from "./fakeSurface.js";

const LABELS = { x: "reasoning", y: "instruction", z: "coding" } as const;
const POINTS = {
  x: FAKE_POINTS.map((point) => point[0]),
  y: FAKE_POINTS.map((point) => point[1]),
  z: FAKE_POINTS.map((point) => point[2]),
};
const FITTED = fitSurface(POINTS);

interface Cover {
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly fillcolor: string;
}
interface Grid {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly z: readonly (readonly (number | null)[])[];
}

/** The corners of what is left uncovered. */
function holeOf({ x, y }: Cover): (readonly (number | null | undefined)[])[] {
  const from = x.indexOf(null) + 1;
  return x.slice(from).map((value, i) => [value, y[from + i]]);
}

describe("the flat view's edge", () => {
  const { data, svg } = contourFigure(FITTED, LABELS);
  const named = (name: string, of = data) => of.find((one) => one["name"] === name) as unknown;

  it("is the support's border: all else is covered with white, under the points", () => {
    const cover = named("no model near") as Cover;
    const hole = holeOf(cover);
    expect(hole.slice(0, -1)).toEqual(
      FITTED.support.map((place) => place.map((value) => expect.closeTo(value, 3))),
    );
    expect(hole.at(-1)).toEqual(hole[0]);
    expect(cover.fillcolor).toBe("#ffffff");
    const order = ["surface", "no model near", "models"].map((name) =>
      data.findIndex((one) => one["name"] === name),
    );
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it.each([
    { what: "the box of its points", surface: FITTED },
    { what: "a wider box", surface: fitSurface(POINTS, { domain: { x: [-0.5, 1.5], y: [-0.2, 1.3] } }) },
    { what: "less than a cell", surface: fakeSurface({ reach: 0.008 }) },
  ])("is met by the bands from inside: they have no gap at all, in $what", ({ surface }) => {
    const { x, y, z } = named("surface", contourFigure(surface, LABELS).data) as Grid;
    expect(z.flat()).not.toContain(null);
    for (const [px, py] of surface.support) {
      expect(px).toBeGreaterThanOrEqual(x[0]! - 1e-3);
      expect(px).toBeLessThanOrEqual(x.at(-1)! + 1e-3);
      expect(py).toBeGreaterThanOrEqual(y[0]! - 1e-3);
      expect(py).toBeLessThanOrEqual(y.at(-1)! + 1e-3);
    }
  });

  it("has no value beyond it that a reader can point at", () => {
    const silent = data.filter((one) => one["hoverinfo"] === "skip").map((one) => one["name"]);
    expect(silent).toEqual(expect.arrayContaining(["surface", "no model near"]));
    const { x, y, z } = named("height") as Grid;
    const shown = z.flatMap((row, iy) => row.map((value, ix) => ({ value, x: x[ix]!, y: y[iy]! })));
    const wrong = shown.filter((node) => (node.value !== null) !== FITTED.predict(node.x, node.y).supported);
    // Coordinates are rounded: a node on the very border may fall to either side.
    expect(wrong.length).toBeLessThan(5);
    expect(shown.filter((node) => node.value === null).length).toBeGreaterThan(100);
  });

  it("is the same in the picture: bands in the panel, the cover over them, the points on top", () => {
    const inPanel = /<clipPath id="x">.*?<g clip-path="url\(#x\)">(.*?)<\/g>(.*)/s.exec(svg);
    const [, ground = "", above = ""] = inPanel ?? [];
    expect(ground.match(/<path fill="#[0-9a-f]{6}"[^>]*stroke-opacity/g)?.length).toBeGreaterThan(5);
    expect(ground).toMatch(/<path fill-rule="evenodd" fill="#ffffff" d="M[^"]{200,}z"\/>$/);
    expect(above.match(/<circle/g)).toHaveLength(24);
  });
});

/** Area of all that is as high as each level, from the lowest on, in px². */
function areas(svg: string): readonly number[] {
  return [...svg.matchAll(/<path fill="#[0-9a-f]{6}" stroke="#fff"[^>]* d="([^"]*)"/g)].map(([, d = ""]) => {
    const loops = d.split("M").filter((loop) => loop !== "");
    const signed = loops.map((loop) => {
      const places = loop
        .replace("z", "")
        .split("L")
        .map((place) => place.split(" ").map(Number) as [number, number]);
      return places.reduce((sum, [x, y], i) => {
        const [nx, ny] = places[(i + 1) % places.length]!;
        return sum + (x * ny - nx * y) / 2;
      }, 0);
    });
    return Math.abs(signed.reduce((a, b) => a + b, 0));
  });
}

describe("the picture's bands", () => {
  it("are half-planes for a plane: each smaller than the last by the same strip", () => {
    const plane = fakeSurface({
      f: (x) => x,
      reach: 9,
      points: [0, 0.5, 1].flatMap(
        (x) =>
          [
            [x, 0, x],
            [x, 1, x],
          ] as const,
      ),
    });
    const found = areas(contourFigure(plane, LABELS).svg);
    const strips = found.slice(1).map((area, i) => found[i]! - area);
    expect(strips.length).toBeGreaterThan(4);
    for (const strip of strips) expect(strip / strips[0]!).toBeCloseTo(1, 1);
  });

  it("leave a hole where the values dip", () => {
    const crater = fakeSurface({ f: (x, y) => Math.hypot(x - 0.5, y - 0.5), reach: 9 });
    const svg = contourFigure(crater, LABELS).svg;
    expect(/<path fill="#[0-9a-f]{6}"[^>]* d="M[^"]*zM[^"]*z"/.test(svg)).toBe(true);
    const found = areas(svg);
    expect(found).toEqual(found.toSorted((a, b) => b - a));
  });
});
