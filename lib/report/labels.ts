import type { InteractionTest } from "../spline/types.js";

/** What the axes of a surface are called, and what is known about it beyond the fit. */
export interface SurfaceLabels {
  /** Name of the x axis: a facet. */
  readonly x: string;
  readonly y: string;
  /** What the surface's height is: a facet or a composite. */
  readonly z: string;
  /** The finding in the title's first line. Default: what the interaction test and the surface say. */
  readonly title?: string;
  /** True: the title says "Simulated" and the caption that no real model was asked. False: the caption says real. */
  readonly simulated?: boolean;
  /** From `testInteraction`: its p goes into title and caption. */
  readonly interaction?: InteractionTest;
  /** What one point is, in the plural. Default "models". */
  readonly unit?: string;
}

/** The name of one point where the data give none. */
export function pointName(label: string | undefined, index: number): string {
  return label !== undefined && label.trim() !== "" ? label : `point ${index + 1}`;
}
