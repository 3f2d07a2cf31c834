import { describe, expect, it } from "vitest";

import { contourFigure } from "../../lib/plot/index.js";
import { sectionAt, supportOutline } from "../../lib/plot/support.js";
import { fitSurface } from "../../lib/spline/index.js";
import { FAKE_POINTS, fakeSurface } from "./fakeSurface.js";

const LABELS = { x: "reasoning", y: "instruction", z: "coding" } as const;
const POINTS = {
  x: FAKE_POINTS.map((point) => point[0]),
  y: FAKE_POINTS.map((point) => point[1]),
  z: FAKE_POINTS.map((point) => point[2]),
};
const FITTED = fitSurface(POINTS);

/** How far beyond its ends the fit still speaks, along the line through the middle. */
function isOnBorder([x, y]: readonly [number, number], surface = FITTED): boolean {
  const [mx, my] = [0.55, 0.5];
  const isInside = surface.predict(x + (mx - x) * 1e-4, y + (my - y) * 1e-4).supported;
  const isBeyond = surface.predict(x - (mx - x) * 1e-3, y - (my - y) * 1e-3).supported;
  return isInside && !isBeyond;
}

/** The cell of an axis that holds a value. */
function cell(axis: readonly number[], value: number): number {
  const index = axis.findLastIndex((one) => one <= value + 1e-9);
  return Math.max(0, Math.min(axis.length - 2, index));
}

describe("the outline of the support", () => {
  it("runs along the support's own border, once round", () => {
    const outline = supportOutline(FITTED);
    expect(outline.length).toBeGreaterThan(100);
    expect(outline.filter((place) => !isOnBorder(place))).toEqual([]);
    const turns = outline.map(([x, y]) => Math.atan2(y - 0.5, x - 0.55));
    expect(
      turns.filter((turn, i) => i > 0 && turn < (turns[i - 1] ?? NaN) - 1e-9).length,
    ).toBeLessThanOrEqual(1);
  });

  it("encloses every point of the data", () => {
    for (const [x, y] of FAKE_POINTS) {
      const [low, high] = sectionAt(FITTED, "x", x) ?? [NaN, NaN];
      expect(y).toBeGreaterThanOrEqual(low);
      expect(y).toBeLessThanOrEqual(high);
    }
  });

  it("is found where the support is narrower than any grid, and is empty where there is none", () => {
    const narrow = supportOutline(fakeSurface({ reach: 0.008 }));
    expect(narrow.length).toBeGreaterThan(100);
    expect(Math.max(...narrow.map(([x, y]) => Math.abs(x - y)))).toBeLessThan(0.008);
    expect(supportOutline(fakeSurface({ method: "points_only" }))).toEqual([]);
  });
});

describe("the flat view's edge", () => {
  const { data, svg } = contourFigure(FITTED, LABELS);
  const named = (name: string) => data.find((one) => one["name"] === name) as Record<string, unknown>;
  const outline = supportOutline(FITTED);

  it("is the support's border: all else is covered with white, under the points", () => {
    const cover = named("no model near") as { x: (number | null)[]; y: (number | null)[]; fillcolor: string };
    const hole = cover.x
      .slice(cover.x.indexOf(null) + 1)
      .map((x, i) => [x, cover.y[i + cover.x.indexOf(null) + 1]]);
    expect(hole.slice(0, -1)).toEqual(outline.map((place) => place.map((value) => expect.closeTo(value, 3))));
    expect(hole.at(-1)).toEqual(hole[0]);
    expect(cover.fillcolor).toBe("#ffffff");
    expect(data.indexOf(named("no model near"))).toBeLessThan(data.indexOf(named("models")));
  });

  it.each([
    { what: "the box of its points", surface: FITTED },
    { what: "a wider box", surface: fitSurface(POINTS, { domain: { x: [-0.5, 1.5], y: [-0.2, 1.3] } }) },
    { what: "less than a cell", surface: fakeSurface({ reach: 0.008 }) },
  ])("is met by the bands from inside: no cell that it runs through has a gap, in $what", ({ surface }) => {
    const bands = contourFigure(surface, LABELS).data.find((one) => one["name"] === "surface");
    const { x, y, z } = bands as unknown as { x: number[]; y: number[]; z: (number | null)[][] };
    const gaps = supportOutline(surface).filter(([px, py]) => {
      const [ix, iy] = [cell(x, px), cell(y, py)];
      return [z[iy], z[iy + 1]].some((row) => row?.[ix] === null || row?.[ix + 1] === null);
    });
    expect(gaps).toEqual([]);
  });

  it("has no value beyond it that a reader can point at", () => {
    const silent = data.filter((one) => one["hoverinfo"] === "skip").map((one) => one["name"]);
    expect(silent).toEqual(expect.arrayContaining(["surface", "no model near"]));
    const { x, y, z } = named("height") as { x: number[]; y: number[]; z: (number | null)[][] };
    const shown = z.flatMap((row, iy) =>
      row.map((value, ix) => ({ value, x: x[ix] ?? NaN, y: y[iy] ?? NaN })),
    );
    const wrong = shown.filter((node) => (node.value !== null) !== FITTED.predict(node.x, node.y).supported);
    // Coordinates are rounded: a node on the very border may fall to either side.
    expect(wrong.length).toBeLessThan(5);
    expect(shown.filter((node) => node.value === null).length).toBeGreaterThan(100);
  });

  it("is cut along the same border in the picture", () => {
    expect(svg).toMatch(
      /<clipPath id="support"><path d="M[^"]{500,}z"\/><\/clipPath><g clip-path="url\(#support\)">/,
    );
  });
});
