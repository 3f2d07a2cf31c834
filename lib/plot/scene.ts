import { cubeTicks, tickTexts } from "./axes.js";
import type { Range } from "./axes.js";
import { GRID_GREY } from "./colours.js";
import { escapePlotly } from "../shared/escape.js";
import type { AxisNames } from "../report/index.js";
import type { SurfaceRanges } from "./surfaceRanges.js";
import { ASPECT, CAMERA } from "./svg/camera.js";

/** Plotly's scene of a surface: axes, camera and proportions. A narrow one has smaller texts. */
export function sceneOf(
  names: AxisNames,
  ranges: SurfaceRanges,
  { isNarrow = false }: { readonly isNarrow?: boolean } = {},
): Readonly<Record<string, unknown>> {
  return {
    xaxis: sceneAxis(names.x, ranges.x, isNarrow),
    yaxis: sceneAxis(names.y, ranges.y, isNarrow),
    zaxis: sceneAxis(names.z, ranges.z, isNarrow),
    camera: CAMERA,
    aspectmode: "manual",
    aspectratio: ASPECT,
    // The legend stands below, in two rows where there is little room.
    domain: { x: [0, 1], y: [isNarrow ? 0.15 : 0.07, 1] },
  };
}

function sceneAxis(name: string, range: Range, isNarrow: boolean): Readonly<Record<string, unknown>> {
  const values = cubeTicks(range);
  return {
    title: { text: escapePlotly(name, isNarrow ? 18 : 40), ...(isNarrow ? { font: { size: 11 } } : {}) },
    range,
    autorange: false,
    tickmode: "array",
    tickvals: values,
    ticktext: tickTexts(values),
    ...(isNarrow ? { tickfont: { size: 9 } } : {}),
    gridcolor: GRID_GREY,
    zeroline: false,
    showspikes: false,
  };
}
