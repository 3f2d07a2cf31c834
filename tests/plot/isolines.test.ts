import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { regionAbove } from "../../lib/plot/isolines.js";
import type { GridPoint } from "../../lib/plot/isolines.js";

/** Signed area by the shoelace formula; loops of one region that turn the other way are its holes. */
function area(loop: readonly GridPoint[]): number {
  return (
    loop.reduce((sum, [x, y], i) => {
      const [nextX, nextY] = loop[(i + 1) % loop.length] ?? [0, 0];
      return sum + x * nextY - nextX * y;
    }, 0) / 2
  );
}

const totalArea = (loops: readonly (readonly GridPoint[])[]): number =>
  Math.abs(loops.reduce((sum, loop) => sum + area(loop), 0));

function grid(nx: number, ny: number, f: (ix: number, iy: number) => number): Float64Array {
  return Float64Array.from({ length: nx * ny }, (_, i) => f(Math.floor(i / ny), i % ny));
}

describe("regionAbove", () => {
  it("is the half-plane of a tilted plane, exactly", () => {
    const loops = regionAbove(
      grid(11, 6, (ix) => ix),
      11,
      6,
      3.25,
    );
    expect(loops).toHaveLength(1);
    expect(totalArea(loops)).toBeCloseTo((10 - 3.25) * 5, 12);
    expect(Math.min(...(loops[0] ?? []).map(([x]) => x))).toBeCloseTo(3.25, 12);
  });

  it("is the disc of a paraboloid, to the grid's accuracy", () => {
    const n = 81;
    const values = grid(n, n, (ix, iy) => -((ix - 40) ** 2 + (iy - 40) ** 2));
    expect(totalArea(regionAbove(values, n, n, -900)) / (Math.PI * 900)).toBeCloseTo(1, 2);
  });

  it("has a hole where the values dip, turning the other way", () => {
    const values = grid(9, 9, (ix, iy) => (Math.hypot(ix - 4, iy - 4) < 1.5 ? 0 : 1));
    const loops = regionAbove(values, 9, 9, 0.5);
    expect(loops).toHaveLength(2);
    expect(loops.map((loop) => Math.sign(area(loop))).toSorted()).toEqual([-1, 1]);
  });

  it("ends at the last node that is known", () => {
    const values = grid(6, 6, (ix) => (ix > 3 ? NaN : 1));
    expect(totalArea(regionAbove(values, 6, 6, 0))).toBeCloseTo(15, 12);
  });

  it.each([
    ["nothing reaches the level", 2],
    ["nothing is known", NaN],
  ])("is empty where %s", (_, level) => {
    const value = Number.isNaN(level) ? NaN : 1;
    expect(
      regionAbove(
        grid(4, 4, () => value),
        4,
        4,
        2,
      ),
    ).toEqual([]);
  });

  it("shrinks as the level rises, and loops close, for any values", () => {
    const cell = fc.oneof(
      { weight: 5, arbitrary: fc.integer({ min: 0, max: 9 }) },
      { weight: 1, arbitrary: fc.constant(NaN) },
    );
    fc.assert(
      fc.property(fc.array(cell, { minLength: 30, maxLength: 30 }), (cells) => {
        const areas = [1.5, 4.5, 7.5].map((level) =>
          totalArea(regionAbove(Float64Array.from(cells), 5, 6, level)),
        );
        expect(areas[0]).toBeGreaterThanOrEqual((areas[1] ?? NaN) - 1e-9);
        expect(areas[1]).toBeGreaterThanOrEqual((areas[2] ?? NaN) - 1e-9);
      }),
    );
  });
});
