import type { Surface } from "../spline/types.js";
import { formatValue } from "../shared/text.js";

/** The surface along one axis while the other facet is held at one value. Arrays have equal lengths. */
export interface Slice {
  /** The value at which the other facet is held; null: it goes along, since all points lie on one line. */
  readonly held: number | null;
  /** Where that value stands among the points: "median" is the slice that carries the band, and a curve's only one. */
  readonly level: "low" | "median" | "high";
  readonly at: readonly number[];
  readonly z: readonly number[];
  /** Ends of the 95 % band; NaN where the method has none. */
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Where the other facet is held: a low, a middle and a high value, the quintile borders and the median. */
const SHARES = [0.2, 0.5, 0.8] as const;
const STEPS = 60;

/**
 * The marginal effects of one facet: how the surface goes along it where the other is low, middling and high among
 * the points. Parallel slices mean that the effects add up; slices that fan out or cross are an interaction.
 *
 * @param at Where the other facet is held instead: one slice, with the band.
 * @returns Up to three slices, lowest held value first; only supported stretches of them, and none without a surface.
 */
export function slicesAlong(surface: Surface, axis: "x" | "y", at?: number): readonly Slice[] {
  const { domain, points } = surface;
  if (domain === null) return [];
  if (surface.curve !== undefined) return curveAlong(surface.curve, surface.tQuantile, axis);
  const others = (axis === "x" ? points.y : points.x).toSorted();
  const median = at ?? quantile(others, 0.5);
  const held = at === undefined ? [...new Set(SHARES.map((share) => quantile(others, share)))] : [at];
  const along = stepsAlong(domain[axis], STEPS);
  return held.flatMap((value) => {
    const across = along.map(() => value);
    const found = axis === "x" ? surface.predict(along, across) : surface.predict(across, along);
    const shown = (values: ArrayLike<number>): readonly number[] =>
      Array.from(values).filter((_, i) => found.supported[i] === 1);
    const level = value === median ? "median" : value < median ? "low" : "high";
    const [low, high] = [shown(found.low), shown(found.high)];
    const slice: Slice = { held: value, level, at: shown(along), z: shown(found.z), low, high };
    return slice.at.length < 2 ? [] : [slice];
  });
}

/** Evenly from end to end. The last is the border itself: a rounding error beyond it there is nothing. */
export function stepsAlong([low, high]: readonly [number, number], steps: number): number[] {
  return Array.from({ length: steps + 1 }, (_, i) => (i === steps ? high : low + ((high - low) * i) / steps));
}

/** The held value in words. */
export function heldText(slice: Slice): string {
  return slice.held === null ? "along the line" : formatValue(slice.held);
}

/** Points on one line: the curve along it is all there is to follow, unless it runs straight across the axis. */
function curveAlong(
  curve: NonNullable<Surface["curve"]>,
  tQuantile: number | null,
  axis: "x" | "y",
): readonly Slice[] {
  const at = Array.from(curve[axis]);
  if (at.every((value) => value === at[0])) return [];
  const end = (sign: 1 | -1): readonly number[] =>
    Array.from(curve.z, (z, i) => z + sign * (tQuantile ?? NaN) * curve.se[i]!);
  return [{ held: null, level: "median", at, z: Array.from(curve.z), low: end(-1), high: end(1) }];
}

/** By linear interpolation. */
function quantile(sorted: Float64Array, share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [sorted[Math.floor(place)] ?? NaN, sorted[Math.ceil(place)] ?? NaN];
  return low + (high - low) * (place - Math.floor(place));
}
