import type { Points } from "../spline/types.js";
import type { Axes } from "./axesWithScores.js";

/** A wide table as plain data, such as a page carries: no frame, and null where something is missing. */
export interface WideData {
  readonly simulated: boolean;
  /** As a frame's: which facets a model judged, and which model. */
  readonly judged?: string;
  readonly models: readonly { readonly name: string; readonly family: string }[];
  /** The facets and composites. */
  readonly columns: readonly ScoreColumn[];
}

/** One facet or composite: an entry a model. */
export interface ScoreColumn {
  readonly name: string;
  /** Of a composite: the columns that it was computed from. */
  readonly contains: readonly string[];
  readonly scores: readonly (number | null)[];
  /** Effective number of items behind each score; empty where none is known. */
  readonly items: readonly (number | null)[];
}

/**
 * The models that have all three scores as points of a surface, as `pointsOf` has them.
 *
 * @param isLeftOut Says which models shall not count, by their place in `models`.
 * @returns Null when a column is missing or no model has all three.
 */
export function pointsAmong(
  { models, columns, simulated, judged }: WideData,
  axes: Axes,
  isLeftOut: (model: number) => boolean = () => false,
): Points | null {
  const [x, y, z] = axes.map((axis) => columns.find(({ name }) => name === axis));
  if (x === undefined || y === undefined || z === undefined) return null;
  const isComplete = (i: number): boolean => [x, y, z].every(({ scores }) => scores[i] != null);
  const complete = [...models.keys()].filter((i) => isComplete(i) && !isLeftOut(i));
  if (complete.length === 0) return null;
  const pick = (values: readonly (number | null)[]): Float64Array =>
    Float64Array.from(complete, (i) => values[i] ?? NaN);
  const known = Object.entries({ x, y, z }).filter(([, { items }]) => items.length > 0);
  const items = Object.fromEntries(known.map(([axis, column]) => [axis, pick(column.items)]));
  const contains = (["x", "y"] as const).filter((axis) => {
    const { name } = axis === "x" ? x : y;
    return name === z.name || z.contains.includes(name);
  });
  return {
    x: pick(x.scores),
    y: pick(y.scores),
    z: pick(z.scores),
    label: complete.map((i) => models[i]!.name),
    family: complete.map((i) => models[i]!.family),
    simulated,
    ...(judged === undefined ? {} : { judged }),
    ...(known.length > 0 ? { items } : {}),
    ...(contains.length > 0 ? { contains } : {}),
  };
}
