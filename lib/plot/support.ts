import type { Surface } from "../spline/types.js";
import type { Range } from "./axes.js";

/** A place in data units. */
export type Place = readonly [x: number, y: number];

/** Halvings until a border is known to a hundred-thousandth of the axis. */
const HALVINGS = 17;
/** Parts into which an axis is cut at most in search of a place inside: the support is dilated by 2 % of the box. */
const MOST_PARTS = 512;
/** Sections along each axis that together trace the outline. */
const SECTIONS = 60;

/**
 * The stretch of the support that a line meets which holds one axis at a value: the support is convex.
 *
 * @param held The axis that is held: "x" gives the interval of y at this x.
 * @returns In data units; null where the line meets no support.
 */
export function sectionAt(surface: Surface, held: "x" | "y", value: number): Range | null {
  if (surface.domain === null) return null;
  const isInside = (other: number): boolean =>
    (held === "x" ? surface.predict(value, other) : surface.predict(other, value)).supported;
  const [low, high] = surface.domain[held === "x" ? "y" : "x"];
  const start = searchInside(isInside, low, high);
  return start === null ? null : [borderOf(isInside, start, low), borderOf(isInside, start, high)];
}

/**
 * The border of the support as a closed polygon, anticlockwise: it lies within the support and misses no more of it
 * than a chord between neighbouring sections does.
 *
 * @returns Empty where there is no support.
 */
export function supportOutline(surface: Surface): readonly Place[] {
  const { domain } = surface;
  if (domain === null) return [];
  const [width, height] = [domain.x[1] - domain.x[0] || 1, domain.y[1] - domain.y[0] || 1];
  const border: Place[] = [
    ...evenly(domain.x).flatMap((x) => (sectionAt(surface, "x", x) ?? []).map((y): Place => [x, y])),
    ...evenly(domain.y).flatMap((y) => (sectionAt(surface, "y", y) ?? []).map((x): Place => [x, y])),
  ];
  const middle = (axis: 0 | 1): number => border.reduce((sum, place) => sum + place[axis], 0) / border.length;
  const [x, y] = [middle(0), middle(1)];
  const angle = (place: Place): number => Math.atan2((place[1] - y) / height, (place[0] - x) / width);
  return border.toSorted((a, b) => angle(a) - angle(b));
}

/** Places along an axis, its two ends among them to the last bit: a hair beyond them there is nothing. */
function evenly([low, high]: Range): readonly number[] {
  return Array.from({ length: SECTIONS + 1 }, (_, i) =>
    i === SECTIONS ? high : low + ((high - low) * i) / SECTIONS,
  );
}

/** Tries the middle, the quarters, the eighths and so on. Places that are not supported are cheap to ask for. */
function searchInside(isInside: (value: number) => boolean, low: number, high: number): number | null {
  for (let parts = 2; parts <= MOST_PARTS; parts *= 2) {
    for (let i = 1; i < parts; i += 2) {
      const value = low + ((high - low) * i) / parts;
      if (isInside(value)) return value;
    }
  }
  return [low, high].find(isInside) ?? null;
}

/** The last supported value on the way from `from`, which is supported, to `to`. */
function borderOf(isInside: (value: number) => boolean, from: number, to: number): number {
  if (isInside(to)) return to;
  let [inside, outside] = [from, to];
  for (let i = 0; i < HALVINGS; i++) {
    const between = (inside + outside) / 2;
    if (isInside(between)) inside = between;
    else outside = between;
  }
  return inside;
}
