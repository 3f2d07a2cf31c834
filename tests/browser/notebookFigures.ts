/** The axes of the notebook's surfaces, in their order: those of its cell SURFACES. */
export const SURFACE_AXES = [
  ["reasoning", "instruction", "coding"],
  ["reasoning", "coding", "tool_use"],
  ["instruction", "tool_use", "reasoning"],
] as const;

/** In 3-D, from above, and facet by facet. */
export const VIEWS = 3;

/** What the explorer shows first: the table's first three facets. */
export const EXPLORED_AXES = ["reasoning", "instruction", "coding"] as const;

/** Facet means, correlations, and the views of each surface and of the explorer. */
export const FIGURES = 2 + VIEWS * SURFACE_AXES.length + VIEWS;
