import { colourAt, DIVERGING, GRID_GREY } from "../colours.js";
import type { Pair } from "../correlationFigure.js";
import { shortText } from "../../shared/escape.js";
import { colourBar } from "./colourBar.js";
import { px, svgDocument, svgText, svgTitle } from "./svg.js";

/** What the picture of the correlations is made of. */
export interface MatrixPicture {
  readonly title: readonly string[];
  readonly alt: string;
  readonly facets: readonly string[];
  readonly cells: readonly (readonly (Pair | null)[])[];
}

const LEFT = 170;
const CELL = 72;

/** A square of coloured cells, each with r and n. */
export function drawMatrix(picture: MatrixPicture): string {
  const title = svgTitle(picture.title);
  const { facets } = picture;
  const top = title.height + 12;
  const side = facets.length * CELL;
  const cells = picture.cells.flatMap((line, i) =>
    line.flatMap((cell, j) => {
      const [x, y] = [LEFT + j * CELL, top + i * CELL];
      const fill =
        cell === null ? "#ffffff" : cell.r === null ? GRID_GREY : colourAt(DIVERGING, (cell.r + 1) / 2);
      const box = `<rect x="${px(x + 1.5)}" y="${px(y + 1.5)}" width="${CELL - 3}" height="${CELL - 3}" fill="${fill}"/>`;
      if (cell === null) return [box];
      const ink = cell.r !== null && Math.abs(cell.r) > 0.75 ? "#ffffff" : "#1f2430";
      const middle = { anchor: "middle", colour: ink } as const;
      const r = cell.r === null ? "–" : cell.r.toFixed(2).replace("-", "−");
      return [
        box,
        svgText(x + CELL / 2, y + CELL / 2, r, { size: 14, weight: "bold", ...middle }),
        svgText(x + CELL / 2, y + CELL / 2 + 17, `n ${cell.n ?? "–"}`, { size: 11, ...middle }),
      ];
    }),
  );
  const names = facets.flatMap((facet, i) => [
    svgText(LEFT - 10, top + (i + 0.5) * CELL + 4, shortText(facet, 22), { size: 12, anchor: "end" }),
    svgText(LEFT + (i + 0.5) * CELL, top + side + 18 + (i % 2) * 15, shortText(facet, 20), {
      size: 12,
      anchor: "middle",
    }),
  ]);
  const bar = colourBar({
    x: LEFT + side + 30,
    y: top + 24,
    height: Math.max(140, side - 40),
    range: [-1, 1],
    name: "r",
    scale: DIVERGING,
  });
  return svgDocument(
    Math.max(720, LEFT + side + 110),
    top + Math.max(side, 170) + 50,
    picture.alt,
    title.svg + cells.join("") + names.join("") + bar,
  );
}
