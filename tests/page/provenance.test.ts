import { describe, expect, it } from "vitest";

import { correlationFigure, facetBars, surfaceViews } from "../../lib/plot/index.js";
import { lawTable, reviewTable, show, showTable } from "../../lib/page/index.js";
import type { PlotlyFigure } from "../../lib/plot/types.js";
import { SIMULATED_PANEL } from "../../lib/shared/provenance.js";
import type { Row } from "../../lib/shared/types.js";
import { compareLaws, fitSurface } from "../../lib/spline/index.js";
import {
  facetCorrelations,
  facetMeans,
  pairedDifferences,
  pointsOf,
  toRecords,
  wideTable,
  withComposite,
} from "../../lib/table/index.js";
import { collector } from "./collect.js";

const FACETS = ["reasoning", "instruction", "coding"] as const;

/** Sixteen models' answers to four questions a facet, by who answered. */
function rowsOf(provider: string): readonly Row[] {
  return Array.from({ length: 16 }, (_, m) => m).flatMap((m) =>
    FACETS.flatMap((facet, f) =>
      [0, 1, 2, 3].map((q) => ({
        model: `model ${m}`,
        facet,
        task: `${facet} ${q}`,
        epoch: 0,
        prompt: "?",
        response: "!",
        score: (m * (f + 3) + q * 5) % 11 > 4 ? 1 : 0,
        outcome: "scored" as const,
        reason: null,
        explanation: "",
        finish: "stop",
        cached: false,
        costUsd: null,
        latencyMs: 1,
        provider,
      })),
    ),
  );
}

/** Where a figure says what it is. */
function textsOf({ title, caption, alt, svg, layout }: PlotlyFigure): readonly (readonly [string, string])[] {
  return [
    ["title", title.join(" ")],
    ["caption", caption],
    ["alt", alt],
    ["picture", svg.replace(/<title>.*?<\/title>/s, "")],
    ["layout", JSON.stringify(layout["title"])],
  ];
}

/** Every figure and every table that a notebook makes of answers, by what it is. */
function everything(provider: string): readonly (readonly [string, string])[] {
  const rows = rowsOf(provider);
  const means = facetMeans(rows);
  const wide = wideTable(means);
  const points = pointsOf(wide, ...FACETS);
  if (points === null) throw new Error("the rows give no points");
  const [x, y, z] = FACETS;
  const surface = fitSurface(points);
  const figures = [
    facetBars(means),
    facetBars(toRecords(means)),
    correlationFigure(wide),
    ...surfaceViews(surface, { x, y, z }),
  ].flatMap((figure, i) => textsOf(figure).map(([part, said]) => [`figure ${i}, ${part}`, said] as const));
  const tables = {
    means: shown((display) => show(display, means)),
    records: shown((display) => show(display, toRecords(means))),
    wide: shown((display) => showTable(display, wide)),
    composite: shown((display) =>
      showTable(
        display,
        withComposite(wide, "mean", () => 0.5),
      ),
    ),
    correlations: shown((display) => show(display, facetCorrelations(wide))),
    pairs: shown((display) => show(display, pairedDifferences(rows))),
    answers: shown((display) => reviewTable(display, rows)),
    laws: shown((display) =>
      lawTable(display, { ...compareLaws(points), simulated: surface.simulated }, { x, y, z }),
    ),
  };
  return [...figures, ...Object.entries(tables)];
}

/** The caption of the one table that is shown. */
function shown(use: (display: ReturnType<typeof collector>) => void): string {
  const display = collector();
  use(display);
  return /<caption>.*?<\/caption>|<p class="fb-more">.*?<\/p>/s.exec(display.shown[0] ?? "")?.[0] ?? "";
}

describe("what is made of answers", () => {
  it("says that they are simulated, every figure and every table, with nobody passing it on", () => {
    const silent = everything(SIMULATED_PANEL).filter(([, said]) => !said.includes("Simulated"));
    expect(silent).toEqual([]);
  });

  it("does not say so of real models", () => {
    const wrong = everything("Mistral").filter(([, said]) => said.includes("Simulated"));
    expect(wrong).toEqual([]);
  });
});
