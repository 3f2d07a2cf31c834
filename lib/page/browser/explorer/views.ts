import {
  effectsView,
  flatCross,
  flatView,
  spaceCross,
  spaceView,
  surfaceDrawing,
} from "../../../plot/index.js";
import type { Cross, SurfaceDrawing } from "../../../plot/index.js";
import type { PlotlyFigure, Trace } from "../../../plot/types.js";
import type { AxisNames } from "../../../report/index.js";
import type { Surface } from "../../../spline/types.js";
import { figureSpec } from "../../figureSpec.js";
import { redraw } from "../figures.js";

/** A scene takes several times as long as the other views: it waits until the cross has rested for so long. */
const REST_MS = 60;

/** The plot room's views of a surface, with a cross in them. */
export interface Views {
  readonly figures: readonly HTMLElement[];
  /** Makes a surface ready; `cross` draws it: flat first, then the slower scene, which follows once a cross rests. */
  surface(surface: Surface, names: AxisNames): SurfaceDrawing;
  cross(at: Cross): void;
}

/**
 * @param explorer Has the figures: in 3-D, from above, facet by facet.
 * @param onClick Told where in the view from above the reader clicked: on the surface, or on a model.
 */
export function crossedViews(explorer: HTMLElement, onClick: (at: Cross) => void): Views {
  const figures = [...explorer.querySelectorAll<HTMLElement>("[data-view]")];
  figures[1]!.addEventListener("fb-drawn", () => {
    const stage = figures[1]!.querySelector(".fb-stage") as unknown as {
      on(name: string, listener: (event: { points: readonly Cross[] }) => void): void;
    };
    stage.on("plotly_click", ({ points: [point] }) => {
      if (point !== undefined) onClick({ x: point.x, y: point.y });
    });
  });
  let resting: number | undefined;
  let isNew = false;
  let drawing: SurfaceDrawing | undefined;
  let views: readonly PlotlyFigure[] = [];
  return {
    figures,
    surface(surface, names) {
      drawing = surfaceDrawing(surface, names);
      isNew = true;
      // Too few models for a surface have no effects.
      figures[2]!.hidden = drawing.whole === null;
      views = [spaceView(drawing), flatView(drawing)];
      return drawing;
    },
    cross(at) {
      const [space, flat] = views;
      const crossed: readonly (readonly [PlotlyFigure, readonly Trace[]])[] = [
        [space!, spaceCross(drawing!, at)],
        [flat!, flatCross(drawing!, at)],
        ...(drawing!.whole === null ? [] : [[effectsView(drawing!, at), []] as const]),
      ];
      const axes = JSON.stringify(drawing!.labels);
      clearTimeout(resting);
      crossed.forEach(([figure, layers], i) => {
        const { data, layout, ...spec } = figureSpec(figure);
        // The reader's turn of the view stays, and as long as the axes do, zoom and legend, too.
        const kept: Record<string, unknown> = { ...layout, uirevision: i === 0 ? "explorer" : axes };
        // The view beside it has the same bar of colours, which takes long to draw.
        if (i === 0) kept["coloraxis"] = { ...(layout["coloraxis"] as object), showscale: false };
        const next = { ...spec, data: [...data, ...layers], layout: kept, alt: figure.alt };
        const drawIt = (): void => redraw(figures[i]!, next, () => figure.svg);
        if (i > 0 || !figures[0]!.classList.contains("fb-drawn")) drawIt();
        else resting = window.setTimeout(drawIt, isNew ? 0 : REST_MS);
      });
      isNew = false;
    },
  };
}
