import { type Domain, type Range, toUnit } from "../basis/axis.js";
import type { Places } from "../basis/cells.js";

/** How far the hull is widened, as a share of the box's diagonal. */
const DILATION = 0.02 * Math.SQRT2;
/** Corners that stand for a full circle about a corner of the hull: within 1e-4 of the box's width of it. */
const CIRCLE_CORNERS = 48;

/** A place. */
export type Corner = readonly [x: number, y: number];

/**
 * Where a surface may be shown: the convex hull of the points, dilated by 2 % of the box's diagonal and cut at the
 * box. Distances are measured in the unit box, so that the axes' units do not matter.
 *
 * @returns The border as a convex polygon in data units, anticlockwise, not closed; empty without points.
 */
export function supportOf({ x, y }: Places, domain: Domain): readonly Corner[] {
  const points = Array.from(x, (at, i): Corner => [toUnit(domain.x, at), toUnit(domain.y, y[i]!)]);
  let border = dilate(convexHull(points));
  for (const axis of [0, 1] as const) border = cutAt(cutAt(border, axis, 0, 1), axis, 1, -1);
  return border.map(([u, v]) => [fromUnit(domain.x, u), fromUnit(domain.y, v)]);
}

/**
 * The stretch of a convex polygon that a line at x meets.
 *
 * @returns The interval of y; null where the line misses it.
 */
export function sectionAt(polygon: readonly Corner[], x: number): Range | null {
  let lo = Infinity;
  let hi = -Infinity;
  let [fromX, fromY] = polygon.at(-1) ?? [NaN, NaN];
  for (const [toX, toY] of polygon) {
    if (fromX === x || toX === x) {
      const [a, b] = [fromX === x ? fromY : toY, toX === x ? toY : fromY];
      lo = Math.min(lo, a, b);
      hi = Math.max(hi, a, b);
    } else if (fromX < x !== toX < x) {
      const at = fromY + ((x - fromX) / (toX - fromX)) * (toY - fromY);
      lo = Math.min(lo, at);
      hi = Math.max(hi, at);
    }
    [fromX, fromY] = [toX, toY];
  }
  return lo <= hi ? [lo, hi] : null;
}

/** The box's own edges are met exactly, or rounding could hide the points that define them. */
function fromUnit([lo, hi]: Range, unit: number): number {
  return unit >= 1 ? hi : lo + unit * (hi - lo);
}

/** A convex polygon grown by the dilation: the hull of a circle about each of its corners. */
function dilate(hull: readonly Corner[]): readonly Corner[] {
  return convexHull(
    hull.flatMap(([u, v]) =>
      Array.from({ length: CIRCLE_CORNERS }, (_, part): Corner => {
        const angle = (2 * Math.PI * part) / CIRCLE_CORNERS;
        return [u + DILATION * Math.cos(angle), v + DILATION * Math.sin(angle)];
      }),
    ),
  );
}

/** The part of a convex polygon where sign * (coordinate - bound) >= 0 (Sutherland & Hodgman 1974). */
function cutAt(polygon: readonly Corner[], axis: 0 | 1, bound: number, sign: 1 | -1): readonly Corner[] {
  return polygon.flatMap((to, i) => {
    const from = polygon.at(i - 1)!;
    const [before, now] = [sign * (from[axis] - bound), sign * (to[axis] - bound)];
    const inside: Corner[] = now >= 0 ? [to] : [];
    if (before >= 0 === now >= 0) return inside;
    const share = before / (before - now);
    const at = from[1 - axis]! + share * (to[1 - axis]! - from[1 - axis]!);
    return [axis === 0 ? ([bound, at] as const) : ([at, bound] as const), ...inside];
  });
}

/**
 * Corners of the convex hull, anticlockwise (Andrew's monotone chain); two for points on a line, one for one point.
 *
 * @see Andrew 1979, doi:10.1016/0020-0190(79)90072-3.
 */
export function convexHull(points: readonly Corner[]): readonly Corner[] {
  const sorted = points.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
  const lower = hullSide(sorted);
  const upper = hullSide(sorted.toReversed());
  const corners = [...lower.slice(0, -1), ...upper.slice(0, -1)];
  return corners.length > 0 ? corners : lower.slice(0, 1);
}

/** One side of the hull: points in order, less those at which the path would turn clockwise. */
function hullSide(ordered: readonly Corner[]): Corner[] {
  const out: Corner[] = [];
  for (const p of ordered) {
    while (out.length > 1 && turn(out[out.length - 2]!, out[out.length - 1]!, p) <= 0) out.pop();
    out.push(p);
  }
  return out;
}

/** Twice the area of the triangle o, a, b: positive where the path turns left. */
function turn(o: Corner, a: Corner, b: Corner): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}
