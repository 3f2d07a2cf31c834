import { shortName, shortText } from "../shared/escape.js";
import type { TableData } from "./frame.js";
import { leadersText, meanOf } from "../report/index.js";
import { readColumns } from "./records.js";

/** One model's mean on one facet. */
export interface Dot {
  readonly model: string;
  readonly facet: string;
  readonly score: number;
  /** 95 % interval; null where there is none. */
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number | null;
  readonly unscored: number;
  readonly failed: number;
}

/** Facet means made ready for drawing, with their words. */
export interface Bars {
  readonly title: readonly string[];
  readonly alt: string;
  readonly caption: string;
  /** Best mean over facets first. */
  readonly models: readonly string[];
  /** The same, short enough for the axis. */
  readonly names: readonly string[];
  readonly facets: readonly string[];
  readonly dots: readonly Dot[];
}

interface BarsOptions {
  readonly title?: string;
  readonly simulated?: boolean;
  readonly facets?: readonly string[];
  readonly maxModels?: number;
}

/** Dots of the models that are drawn, in the order in which they are drawn. */
export function collectBars(means: TableData, options: BarsOptions): Bars {
  const { maxModels = 60, simulated } = options;
  const read = readColumns(means, ["model", "facet", "score"], "facetBars");
  const all: Dot[] = [];
  const models = new Map<string, number[]>();
  const found = new Set<string>();
  const left = { unscored: 0, failed: 0 };
  for (let row = 0; row < read.length; row++) {
    const [model, facet, score] = [
      read.text(row, "model"),
      read.text(row, "facet"),
      read.number(row, "score"),
    ];
    found.add(facet);
    const scores = models.get(model) ?? [];
    models.set(model, scores);
    left.unscored += read.number(row, "unscored") ?? 0;
    left.failed += read.number(row, "failed") ?? 0;
    if (score === null) continue;
    scores.push(score);
    all.push({
      model,
      facet,
      score,
      low: read.number(row, "low"),
      high: read.number(row, "high"),
      n: read.number(row, "n"),
      unscored: read.number(row, "unscored") ?? 0,
      failed: read.number(row, "failed") ?? 0,
    });
  }
  const ranked = [...models].toSorted(([a, x], [b, y]) => meanOf(y) - meanOf(x) || (a < b ? -1 : 1));
  const shown = ranked.slice(0, maxModels).map(([model]) => model);
  const facets = (options.facets ?? [...found]).filter((facet) => found.has(facet));
  const isShown = new Set(shown);
  const dots = all.filter((dot) => isShown.has(dot.model) && facets.includes(dot.facet));
  const count = `${models.size} ${models.size === 1 ? "model" : "models"}, ${facets.length} ${facets.length === 1 ? "facet" : "facets"}`;
  const finding = options.title ?? leadersText(models, found.size);
  const how = [...(simulated === true ? ["Simulated"] : []), "facet means with 95 % intervals", count].join(
    " · ",
  );
  return {
    title: [finding, how],
    models: shown,
    names: shown.map((model) => shortName(model, 34)),
    facets,
    dots,
    alt: `Facet means of ${count}, each a dot with its 95 % interval. ${finding}.${simulated === true ? " Simulated." : ""}`,
    caption: captionOf(
      dots,
      left,
      ranked.length - shown.length,
      ranked.filter(([, scores]) => scores.length === 0),
      simulated,
    ),
  };
}

function captionOf(
  dots: readonly Dot[],
  left: { readonly unscored: number; readonly failed: number },
  leftOut: number,
  empty: readonly (readonly [string, readonly number[]])[],
  simulated: boolean | undefined,
): string {
  const items = dots.map((dot) => dot.n).filter((n) => n !== null);
  const [least, most] = [Math.min(...items), Math.max(...items)];
  const each =
    items.length === 0
      ? "How many items are behind a dot is not told."
      : `Each dot stands for ${least === most ? least : `${least} to ${most}`} ${most === 1 ? "item" : "items"}.`;
  return [
    ...(dots.length === 0
      ? []
      : [each, "Best mean first; where intervals overlap widely, the order may be chance."]),
    ...(left.unscored + left.failed > 0
      ? [`${left.unscored} unscored and ${left.failed} failed answers are left out, not counted as 0.`]
      : []),
    ...(empty.length > 0
      ? [
          `Without any score: ${empty
            .slice(0, 8)
            .map(([model]) => shortText(model, 32))
            .join(", ")}${empty.length > 8 ? ` and ${empty.length - 8} more` : ""}.`,
        ]
      : []),
    ...(leftOut > 0 ? [`The ${leftOut} lowest models are not drawn.`] : []),
    ...(simulated === true ? ["Simulated: no real model was asked."] : []),
  ].join(" ");
}
