import { CATEGORIES, INK } from "../colours.js";
import { shortText } from "../../shared/escape.js";
import type { Bars } from "../facetDots.js";
import { px, svgDocument, svgLine, svgText, svgTitle } from "./svg.js";

const WIDTH = 860;
const ROW = 17;
const PANELS = 4;

/** Dots and whiskers, one panel a facet, four panels beside each other. */
export function drawBars(bars: Bars): string {
  const title = svgTitle(bars.title);
  const { models, facets } = bars;
  const labels = 28 + Math.max(8, ...bars.names.map((name) => name.length)) * 6.1;
  const across = Math.max(1, Math.min(PANELS, facets.length));
  const width = (WIDTH - labels - 20) / across;
  const height = Math.max(3, models.length) * ROW;
  const rowOf = new Map(models.map((model, i) => [model, i]));
  const parts = facets.flatMap((facet, i) => {
    const [column, row] = [i % PANELS, Math.floor(i / PANELS)];
    const left = labels + column * width;
    const top = title.height + 26 + row * (height + 56);
    const inner = width - 22;
    const x = (score: number): number => left + score * inner;
    const y = (model: string): number => top + ((rowOf.get(model) ?? 0) + 0.5) * ROW;
    const colour = CATEGORIES[i % CATEGORIES.length] ?? INK;
    return [
      svgText(left, top - 7, shortText(facet, 20), { size: 12, colour: INK, weight: "bold" }),
      ...[0, 0.5, 1].flatMap((value) => [
        svgLine([x(value), top], [x(value), top + height], "#e3e6ea"),
        svgText(x(value), top + height + 15, String(value), { size: 11, anchor: "middle" }),
      ]),
      ...(column === 0
        ? models.map((model, k) =>
            svgText(labels - 12, y(model) + 4, bars.names[k] ?? "", { size: 11, anchor: "end" }),
          )
        : []),
      ...bars.dots
        .filter((dot) => dot.facet === facet)
        .flatMap((dot) => [
          ...(dot.low === null || dot.high === null
            ? []
            : [svgLine([x(dot.low), y(dot.model)], [x(dot.high), y(dot.model)], colour, 1.6)]),
          `<circle cx="${px(x(dot.score))}" cy="${px(y(dot.model))}" r="3.6" fill="${colour}"/>`,
        ]),
    ];
  });
  const rows = Math.max(1, Math.ceil(facets.length / PANELS));
  return svgDocument(WIDTH, title.height + 26 + rows * (height + 56), bars.alt, title.svg + parts.join(""));
}
