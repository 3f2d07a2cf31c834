/** A point on a grid, in units of cells: x from 0 to columns - 1, y from 0 to rows - 1. */
export type GridPoint = readonly [x: number, y: number];

/**
 * The region where the values are at least `level`, as closed loops to be filled by the even-odd rule.
 *
 * Marching squares: each cell of four nodes adds its stretch of the border, by linear interpolation; saddles are
 * decided by the cell's mean. A node that is not finite counts as lowest of all, and the border runs through the
 * finite node beside it: nothing is drawn where nothing is known.
 *
 * @param values Index ix * ny + iy, as a SurfaceGrid has them.
 */
export function regionAbove(
  values: Float64Array,
  nx: number,
  ny: number,
  level: number,
): readonly (readonly GridPoint[])[] {
  // One ring of outside nodes around the grid closes every loop.
  const value = (ix: number, iy: number): number => {
    const z = ix < 0 || iy < 0 || ix >= nx || iy >= ny ? NaN : (values[ix * ny + iy] ?? NaN);
    return Number.isFinite(z) ? z : -Infinity;
  };
  const next = new Map<string, { readonly to: string; readonly point: GridPoint }[]>();
  for (let ix = -1; ix < nx; ix++) {
    for (let iy = -1; iy < ny; iy++) {
      for (const [from, to] of cellBorders(value, ix, iy, level)) {
        const steps = next.get(from.key) ?? [];
        steps.push({ to: to.key, point: from.point });
        next.set(from.key, steps);
      }
    }
  }
  return chain(next);
}

interface Crossing {
  /** The grid edge that is crossed: the same for both of its cells. */
  readonly key: string;
  readonly point: GridPoint;
}

/** The border's stretches in one cell, each with the region on its left. */
function cellBorders(
  value: (ix: number, iy: number) => number,
  ix: number,
  iy: number,
  level: number,
): readonly (readonly [Crossing, Crossing])[] {
  const corners = [
    [ix, iy],
    [ix + 1, iy],
    [ix + 1, iy + 1],
    [ix, iy + 1],
  ] as const;
  const z = corners.map(([a, b]) => value(a, b));
  const inside = z.map((height) => height >= level);
  if (inside.every(Boolean) || !inside.some(Boolean)) return [];
  // Round the cell: where the border leaves the region and where it comes back.
  const exits: Crossing[] = [];
  const entries: Crossing[] = [];
  for (let side = 0; side < 4; side++) {
    const other = (side + 1) % 4;
    if (inside[side] === inside[other]) continue;
    const crossing = crossingOf(
      corners[side] ?? [0, 0],
      corners[other] ?? [0, 0],
      z[side] ?? 0,
      z[other] ?? 0,
      level,
    );
    (inside[side] === true ? exits : entries).push(crossing);
  }
  if (exits.length === 1) return [[exits[0]!, entries[0]!]];
  // A saddle: two corners opposite each other are inside. Their mean says whether they are joined.
  const isJoined = z.reduce((a, b) => a + b) / 4 >= level;
  const startsInside = inside[0] === true;
  const swap = isJoined === startsInside;
  return swap
    ? [
        [exits[0]!, entries[0]!],
        [exits[1]!, entries[1]!],
      ]
    : [
        [exits[0]!, entries[1]!],
        [exits[1]!, entries[0]!],
      ];
}

function crossingOf(a: GridPoint, b: GridPoint, za: number, zb: number, level: number): Crossing {
  const key = [a, b]
    .map(([x, y]) => `${x},${y}`)
    .toSorted()
    .join(" ");
  if (za === -Infinity) return { key, point: b };
  if (zb === -Infinity) return { key, point: a };
  const t = (level - za) / (zb - za);
  return { key, point: [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])] };
}

function chain(
  next: Map<string, { readonly to: string; readonly point: GridPoint }[]>,
): readonly (readonly GridPoint[])[] {
  const loops: GridPoint[][] = [];
  for (const start of next.keys()) {
    let key = start;
    const loop: GridPoint[] = [];
    for (;;) {
      const step = next.get(key)?.pop();
      if (step === undefined) break;
      loop.push(step.point);
      key = step.to;
    }
    if (loop.length > 2) loops.push(loop);
  }
  return loops;
}
