import type { Surface } from "../types.js";

/** One node of the drawn surface; z and se are NaN where nothing is shown, se also where the method has none. */
export interface MeshNode {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly se: number;
}

/** Where the support begins and ends in one column of the grid, and the rows just outside it. */
interface Section {
  readonly low: number;
  readonly high: number;
  readonly below: number;
  readonly above: number;
}

/** Halvings until a border is known to a hundred-thousandth of the axis. */
const HALVINGS = 17;
/** Places tried in a column that shows no node: the support is dilated by 2 % of the box, so these find it. */
const SEARCHED = 400;

/**
 * The surface on a grid whose outermost nodes are moved along y onto the border of the support, so that the drawn
 * edge is smooth and a narrow support, usual among correlated scores, does not fall apart into squares.
 *
 * Every node that is shown lies within the support and has the fit's own value there. All others are NaN.
 *
 * @returns One array for each x, from the lowest y to the highest.
 */
export function surfaceMesh(surface: Surface, size: number): readonly (readonly MeshNode[])[] {
  const grid = surface.grid(size);
  const [ys, ny] = [Array.from(grid.y), grid.y.length];
  const isInside = (ix: number, iy: number): boolean => Number.isFinite(grid.z[ix * ny + iy] ?? NaN);
  const sections: (Section | null)[] = [];
  for (const [ix, x] of grid.x.entries()) {
    const inside = ys.filter((_, iy) => isInside(ix, iy));
    const start = inside[Math.floor(inside.length / 2)] ?? searchColumn(surface, x, ys);
    sections.push(start === null ? null : sectionAt(surface, x, start, ys));
  }
  return Array.from(grid.x, (x, ix) => {
    const own = sections[ix] ?? null;
    const near = [sections[ix - 1], own, sections[ix + 1]].filter((one) => one !== null && one !== undefined);
    // As far as the neighbours reach, so that no triangle is missing between two columns' borders.
    const [from, to] = [Math.min(...near.map((one) => one.below)), Math.max(...near.map((one) => one.above))];
    return ys.map((y, iy) => {
      if (own !== null && iy > own.below && iy < own.above) {
        const at = ix * ny + iy;
        return { x, y, z: grid.z[at] ?? NaN, se: grid.se[at] ?? NaN };
      }
      if (own === null || iy < from || iy > to) return { x, y, z: NaN, se: NaN };
      const border = iy <= own.below ? own.low : own.high;
      const { z, se } = surface.predict(x, border);
      return { x, y: border, z: z ?? NaN, se: se ?? NaN };
    });
  });
}

/** A narrow support may pass between two nodes of a column. Places that are not supported are cheap to ask for. */
function searchColumn(surface: Surface, x: number, ys: readonly number[]): number | null {
  const [low, high] = [ys[0] ?? 0, ys.at(-1) ?? 0];
  for (let i = 1; i < SEARCHED; i++) {
    const y = low + ((high - low) * i) / SEARCHED;
    if (surface.predict(x, y).z !== null) return y;
  }
  return null;
}

function sectionAt(surface: Surface, x: number, start: number, ys: readonly number[]): Section {
  const low = borderOf(surface, x, start, ys[0] ?? start);
  const high = borderOf(surface, x, start, ys.at(-1) ?? start);
  const above = ys.findIndex((y) => y > high);
  return { low, high, below: ys.findLastIndex((y) => y < low), above: above < 0 ? ys.length : above };
}

/** The last supported y on the way from `from`, which is supported, to `to`. */
function borderOf(surface: Surface, x: number, from: number, to: number): number {
  if (surface.predict(x, to).z !== null) return to;
  let [inside, outside] = [from, to];
  for (let i = 0; i < HALVINGS; i++) {
    const between = (inside + outside) / 2;
    if (surface.predict(x, between).z === null) outside = between;
    else inside = between;
  }
  return inside;
}
