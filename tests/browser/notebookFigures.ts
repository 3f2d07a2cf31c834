/** The axes of the notebook's surfaces, in their order: those of its cell SURFACES. */
export const SURFACE_AXES = [
  ["reasoning", "instruction", "coding"],
  ["reasoning", "coding", "tool_use"],
  ["instruction", "tool_use", "reasoning"],
] as const;

/** Facet means, correlations, and two views of each surface. */
export const FIGURES = 2 + 2 * SURFACE_AXES.length;
