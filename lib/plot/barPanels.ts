import { INK } from "./colours.js";
import { escapePlotly } from "../shared/escape.js";
import type { Bars } from "./facetDots.js";

/** Height of one model's line in px. */
const ROW_HEIGHT = 19;
/** Room under a row of panels for their ticks and the next row's names. */
const GAP = 62;
/** Room over the first row for its names. */
const NAMES_HEIGHT = 26;
const BOTTOM = 30;
/** Panels beside each other where there is room; more facets go into further rows. */
export const PANELS_A_ROW = 4;

const NO_AXES = { xaxis: { visible: false }, yaxis: { visible: false } } as const;

/** The panels of facet means, one a facet, with the room that they take; a title comes on top of it. */
export interface BarPanels {
  readonly height: number;
  readonly margin: Readonly<Record<"l" | "r" | "t" | "b", number>>;
  /** Axes and the facets' names, as Plotly's layout has them. */
  readonly layout: Readonly<Record<string, unknown>>;
}

/**
 * Lays the panels out, `across` beside each other, all from 0 to 1 with one line a model.
 *
 * @param names The models' names on the axis, in the order of `bars.models`.
 */
export function barPanels({ models, facets }: Bars, names: readonly string[], across: number): BarPanels {
  const columns = Math.max(1, Math.min(across, facets.length));
  const rows = Math.max(1, Math.ceil(facets.length / columns));
  const panelHeight = Math.max(3, models.length) * ROW_HEIGHT;
  const inner = rows * panelHeight + (rows - 1) * GAP;
  const axes: Record<string, unknown> = {};
  const annotations = facets.map((facet, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const left = column / columns;
    const above = 1 - (row * (panelHeight + GAP)) / inner;
    axes[`xaxis${i + 1}`] = {
      range: [-0.03, 1.03],
      domain: [left, left + 1 / columns - 0.025],
      anchor: `y${i + 1}`,
      tickvals: [0, 0.5, 1],
      gridcolor: "#eceef1",
      zeroline: false,
    };
    axes[`yaxis${i + 1}`] = {
      range: [models.length - 0.5, -0.5],
      domain: [Math.max(0, above - panelHeight / inner), above],
      anchor: `x${i + 1}`,
      tickmode: "array",
      tickvals: column === 0 ? models.map((_, k) => k) : [],
      ticktext: column === 0 ? names.map((name) => escapePlotly(name)) : [],
      tickfont: { size: 11 },
      // Letters differ in width: the margin below is a guess.
      automargin: column === 0,
      // A dot at 0 stands half outside its panel.
      ticklabelstandoff: 4,
      gridcolor: "#f3f4f6",
      zeroline: false,
    };
    return {
      text: `<b>${escapePlotly(facet, 16)}</b>`,
      x: left,
      y: above,
      xref: "paper",
      yref: "paper",
      xanchor: "left",
      yanchor: "bottom",
      showarrow: false,
      font: { color: INK, size: 11 },
    };
  });
  const longest = Math.max(8, ...names.map((name) => name.length));
  return {
    height: inner + NAMES_HEIGHT + BOTTOM,
    margin: { l: 26 + longest * 6.1, r: 12, t: NAMES_HEIGHT, b: BOTTOM },
    // Without a facet Plotly would draw axes of its own, with nothing on them.
    layout: facets.length === 0 ? NO_AXES : { ...axes, annotations },
  };
}
