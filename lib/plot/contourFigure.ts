import type { PlotlyFigure } from "./types.js";
import type { Surface } from "../spline/types.js";
import { carriedGrid } from "./carriedGrid.js";
import { contourTraces } from "./contourTraces.js";
import { INK } from "./colours.js";
import type { SurfaceWords } from "../report/index.js";
import { describeSurface } from "../report/index.js";
import { escapePlotly } from "../shared/escape.js";
import { heightColours } from "./heightColours.js";
import { ignorance, isGreyedSomewhere } from "../report/index.js";
import type { SurfaceLabels } from "../report/index.js";
import { spots } from "./points.js";
import { pointTrace } from "./pointTrace.js";
import { supportOutline } from "./support.js";
import { surfaceRanges } from "./surfaceRanges.js";
import { drawContour } from "./svg/contourPicture.js";
import { BASE_CONFIG, baseLayout, titleHeight, titleLines } from "./title.js";

/**
 * The surface from above: bands of equal height, the models as red points, hill and trough marked, and the regions
 * greyed where the fit knows little. Most people read this view better than the one in 3-D.
 *
 * White is where there is no support: no model is near, and nothing is said. The border between is the support's own.
 *
 * @returns Plain data. Names are escaped for Plotly and for SVG already; `alt` and `caption` are plain text.
 */
export function contourFigure(surface: Surface, labels: SurfaceLabels): PlotlyFigure {
  const grid = surface.grid(40);
  const words = describeSurface(surface, grid, labels);
  const ranges = surfaceRanges(surface, grid);
  const isGreyed = isGreyedSomewhere(ignorance(surface, grid));
  const places = spots(surface.points, "xy");
  const top = Math.round(titleHeight(titleLines(words.title)));
  const outline = surface.method === "curve_1d" ? [] : supportOutline(surface);
  const carried = outline.length === 0 ? null : carriedGrid(surface, 40);
  // The picture has no smoothing of its own.
  const fine = outline.length === 0 ? null : carriedGrid(surface, 64);
  const legend = { orientation: "h", x: 0.5, xanchor: "center", y: -0.14, yanchor: "top" };
  return {
    data: [
      ...(carried === null
        ? []
        : contourTraces({ surface, grid, carried, outline, ranges, labels, isGreyed })),
      pointTrace(places, labels),
      ...extremeTraces(words),
    ],
    layout: {
      ...baseLayout(words.title, top + 510),
      margin: { l: 60, r: 20, t: top + 4, b: 95 },
      xaxis: flatAxis(labels.x, ranges.x),
      // One panel as wide as it is high, whatever the units and the page's width.
      yaxis: {
        ...flatAxis(labels.y, ranges.y),
        scaleanchor: "x",
        scaleratio: (ranges.x[1] - ranges.x[0]) / (ranges.y[1] - ranges.y[0]),
      },
      coloraxis: heightColours(ranges.colour, labels.z, { len: 0.85 }),
      showlegend: true,
      legend,
      hovermode: "closest",
    },
    narrow: {
      height: 430,
      margin: { l: 50, r: 4, t: 26, b: 100 },
      coloraxis: heightColours(ranges.colour, labels.z, { len: 0.85, isNarrow: true }),
      legend: { ...legend, y: -0.22, font: { size: 11 } },
    },
    config: BASE_CONFIG,
    svg: drawContour({
      title: words.title,
      alt: words.alt,
      axes: labels,
      ranges,
      grid: fine,
      little: fine !== null && isGreyed ? ignorance(surface, fine) : null,
      outline,
      spots: places,
      hill: words.hill,
      trough: words.trough,
    }),
    alt: `Seen from above. ${words.alt}`,
    title: words.title,
    caption: words.caption,
    ...(isGreyed ? { note: GREY_NOTE } : {}),
  };
}

const GREY_NOTE =
  "Greyed where the standard error is more than half the scatter of the single points: little is known there.";

function flatAxis(name: string, range: readonly [number, number]): Readonly<Record<string, unknown>> {
  return {
    title: { text: escapePlotly(name, 40) },
    range,
    constrain: "domain",
    zeroline: false,
    gridcolor: "#eceef1",
    linecolor: INK,
    ticks: "outside",
    mirror: true,
    nticks: 7,
  };
}

function extremeTraces(words: SurfaceWords): readonly Readonly<Record<string, unknown>>[] {
  return (["hill", "trough"] as const).flatMap((kind) => {
    const place = words[kind];
    if (place === null) return [];
    const name = `${kind} ${place.height}`;
    return [
      {
        type: "scatter",
        mode: "markers",
        name,
        x: [place.x],
        y: [place.y],
        marker: {
          symbol: kind === "hill" ? "triangle-up" : "triangle-down",
          size: 13,
          color: "#ffffff",
          line: { color: INK, width: 1.6 },
        },
        hovertemplate: `${name}<extra></extra>`,
        cliponaxis: false,
      },
    ];
  });
}
