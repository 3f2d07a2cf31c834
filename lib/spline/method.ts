import type { SurfaceMethod } from "./types.js";
import type { CheckedOptions } from "./options.js";
import type { Sample } from "./sample.js";
import type { Shape } from "./shape.js";

/** The method that the data can carry, and, where it is less than a P-spline, the reason in words. */
export interface Choice {
  readonly method: SurfaceMethod;
  readonly why: string;
}

/** Most places for which thin-plate interpolation is solved: its cost grows with their cube. */
export const THIN_PLATE_LIMIT = 1000;

/**
 * The ladder: each rung is the most that the data below it can support. An asked-for method is taken where it
 * can stand. "exact_bilinear" is found later, by fitting.
 */
export function chooseMethod(sample: Sample, shape: Shape, asked: CheckedOptions["method"]): Choice {
  const { n } = sample;
  const places = shape.distinctPoints;
  const spans = n >= 3 && shape.rankPlane === 3;
  if (asked === "thin-plate" && spans && n <= THIN_PLATE_LIMIT) return { method: "thin-plate", why: "" };
  if (n === 0) return { method: "empty", why: "There is no point to show." };
  if (n < 4 || places < 4) return { method: "points_only", why: fewPoints(n, places) };
  if (!spans) return { method: "curve_1d", why: lineReason(shape) };
  if (asked === "plane") return { method: "plane", why: "" };
  if (shape.tss <= 1e-20 * shape.zz)
    return { method: "constant", why: `All ${n} points have the same value.` };
  if (asked === "pspline" && n >= 5 && places >= 5) return { method: "pspline", why: "" };
  if (n < 8) return { method: "plane", why: `${n} points are too few to show a curve.` };
  if (places < 6)
    return { method: "plane", why: `${n} points at ${places} distinct places cannot show a curve.` };
  if (shape.rankBilinear < 4) {
    return {
      method: "plane",
      why: "The points lie on a cross or a conic, where a curved surface is not determined.",
    };
  }
  return { method: "pspline", why: "" };
}

function fewPoints(n: number, places: number): string {
  if (n === 1) return "One point is a point: a surface needs at least four, at different places.";
  if (places < n) return `${n} points at only ${count(places, "place")}: too few for a surface.`;
  return `${n} points are too few for a surface: at least four are needed.`;
}

function lineReason(shape: Shape): string {
  if (shape.distinctX === 1) return "All points share one x, so that only a curve along y can be fitted.";
  if (shape.distinctY === 1) return "All points share one y, so that only a curve along x can be fitted.";
  return "All points lie on one straight line, so that only a curve along it can be fitted.";
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
