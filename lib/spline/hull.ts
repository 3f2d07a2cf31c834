import { type Domain, rangeOf, toUnit } from "./range.js";

/** Where a surface may be shown: the convex hull of the points, a little widened, in unit-box coordinates. */
export interface Support {
  /** Interval of y inside the support at this x, in data units; null where there is none. */
  at(x: number): readonly [number, number] | null;
}

/** How far the hull is widened, as a share of the box's diagonal. */
const DILATION = 0.02;

/**
 * Support of a set of points: their convex hull dilated by 2 % of the box's diagonal, cut at the box.
 * Distances are measured in the unit box, so that the axes' units do not matter.
 */
export function makeSupport(x: Float64Array, y: Float64Array, domain: Domain): Support {
  const points: Corner[] = [];
  for (const i of outerPoints(x, y)) points.push([toUnit(domain.x, x[i]!), toUnit(domain.y, y[i]!)]);
  const hull = convexHull(points);
  const reach = DILATION * Math.SQRT2;
  const [ylo, yhi] = domain.y;
  return {
    at(value) {
      if (!(value >= domain.x[0] && value <= domain.x[1])) return null;
      const section = crossSection(hull, toUnit(domain.x, value), reach);
      if (section === null) return null;
      const [lo, hi] = section;
      // The box's own edges are given exactly, or rounding could hide the points that define them.
      return [lo <= 0 ? ylo : ylo + lo * (yhi - ylo), hi >= 1 ? yhi : ylo + hi * (yhi - ylo)];
    },
  };
}

/** Directions whose extreme points span a polygon inside the hull. */
const DIRECTIONS: readonly Corner[] = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
];

/**
 * Points that can be corners of the hull: all but those well inside the polygon of the extreme points in eight
 * directions (Akl & Toussaint 1978, doi:10.1016/0020-0190(78)90003-0). What is left is soon sorted.
 */
function outerPoints(x: Float64Array, y: Float64Array): Iterable<number> {
  if (x.length < 64) return x.keys();
  const [unitX, unitY] = [x, y].map((values) => {
    const [lo, hi] = rangeOf(values);
    return 1 / (hi - lo || 1);
  }) as [number, number];
  const extremes = DIRECTIONS.map(([dx, dy]) => {
    let best = 0;
    let most = -Infinity;
    for (let i = 0; i < x.length; i++) {
      const reach = dx * x[i]! * unitX + dy * y[i]! * unitY;
      if (reach > most) {
        most = reach;
        best = i;
      }
    }
    return best;
  });
  const sides = extremes.map((from, t) => {
    const to = extremes[(t + 1) % extremes.length]!;
    const nx = (y[to]! - y[from]!) * unitY;
    const ny = -(x[to]! - x[from]!) * unitX;
    return { nx: nx * unitX, ny: ny * unitY, edge: nx * unitX * x[from]! + ny * unitY * y[from]! };
  });
  const out: number[] = [];
  for (let i = 0; i < x.length; i++) {
    if (sides.some(({ nx, ny, edge }) => nx * x[i]! + ny * y[i]! >= edge - 1e-9)) out.push(i);
  }
  return out;
}

type Corner = readonly [number, number];

/** Corners of the convex hull, anticlockwise (Andrew's monotone chain). */
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

function turn(
  o: readonly [number, number],
  a: readonly [number, number],
  b: readonly [number, number],
): number {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

/** The dilated hull is convex, so that a vertical line meets it in one interval. */
function crossSection(
  hull: readonly (readonly [number, number])[],
  x: number,
  reach: number,
): [number, number] | null {
  let lo = Infinity;
  let hi = -Infinity;
  const include = (a: number, b: number): void => {
    lo = Math.min(lo, a);
    hi = Math.max(hi, b);
  };
  for (let i = 0; i < hull.length; i++) {
    const a = hull[i]!;
    const b = hull[(i + 1) % hull.length]!;
    // The disc about each corner.
    const across = reach * reach - (x - a[0]) ** 2;
    if (across >= 0) include(a[1] - Math.sqrt(across), a[1] + Math.sqrt(across));
    // The edge moved outwards, to both sides: the inner one lies inside the dilated hull anyway.
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const length = Math.hypot(dx, dy);
    if (length === 0) continue;
    for (const side of [reach, -reach]) {
      const from = a[0] + (side * dy) / length;
      const t = dx === 0 ? NaN : (x - from) / dx;
      if (t >= 0 && t <= 1) {
        const at = a[1] - (side * dx) / length + t * dy;
        include(at, at);
      }
    }
  }
  return lo <= hi ? [lo, hi] : null;
}
