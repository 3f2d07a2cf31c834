import { describe, expect, it } from "vitest";

import { contourFigure, facetBars, surfaceFigure, surfaceViews } from "../../lib/plot/index.js";
import { correlationMatrix } from "../../lib/plot/figures/correlationFigure.js";
import { fitSurface } from "../../lib/spline/index.js";
import type { PlotlyFigure } from "../../lib/plot/types.js";
import type { Points, SurfaceMethod } from "../../lib/spline/types.js";
import { withNames } from "../../lib/report/index.js";
import { effectsFigure, fakeSurface } from "./fakeSurface.js";

type Trace = Readonly<Record<string, unknown>> & {
  readonly x: number[];
  readonly y: number[];
  readonly z: number[];
};

const LABELS = { x: "reasoning", y: "instruction", z: "coding" } as const;

function trace(figure: PlotlyFigure, name: string): Trace {
  const found = figure.data.find((one) => one["name"] === name);
  if (found === undefined)
    throw new Error(`no trace "${name}" in ${figure.data.map((one) => one["name"]).join()}`);
  return found as Trace;
}

function titleOf(figure: PlotlyFigure): string {
  return (figure.layout["title"] as { text: string }).text
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll(/\s+/g, " ");
}

/** Texts of the picture, in the order in which they are drawn. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map((match) => match[1] ?? "");
}

/** Whether title, text alternative, caption and picture have the word. */
function saysSimulated({ title, alt, caption, svg }: PlotlyFigure): boolean[] {
  return [title.join(" "), alt, caption, textsOf(svg).join(" ")].map((text) => text.includes("Simulated"));
}

describe("the words of a surface", () => {
  const interaction = { testable: true, shares: { x: 0.5, y: 0.3, xy: 0.2 }, note: "The note." };

  it.each([
    [{ ...interaction, p: 0.0004 }, /coding: reasoning and instruction interact \(p < 0\.001\)/],
    [{ ...interaction, p: 0.0312 }, /coding: reasoning and instruction interact \(p = 0\.031\)/],
    [{ ...interaction, p: 0.41 }, /no sign that reasoning and instruction interact \(p = 0\.41\)/],
    [
      { ...interaction, testable: false, p: null },
      /coding over reasoning and instruction: interaction not testable/,
    ],
  ])("say in the title whether the facets interact", (test, title) => {
    const figure = surfaceFigure({ ...fakeSurface(), interaction: test }, LABELS);
    expect(titleOf(figure)).toMatch(title);
    expect(figure.caption).toMatch(/The note\./);
    expect(textsOf(figure.svg).join(" ")).toMatch(/interact/);
  });

  it("name hill and trough with their places, in title and text alternative", () => {
    const figure = surfaceFigure(fakeSurface({ f: (x, y) => 0.9 - (x - 0.5) ** 2 - (y - 0.4) ** 2 }), LABELS);
    expect(titleOf(figure)).toMatch(/hill 0\.90 at \(0\.[45]\d, 0\.[34]\d\), trough 0\.\d\d at/);
    expect(figure.alt).toMatch(/hill 0\.90/);
  });

  it("say whether the scores are simulated, as the data know it", () => {
    for (const simulated of [true, false]) {
      const surface = { ...fakeSurface(), simulated };
      for (const figure of surfaceViews(surface, LABELS)) {
        const places = [titleOf(figure), textsOf(figure.svg).join(" "), figure.alt];
        expect(places.map((text) => text.includes("Simulated"))).toEqual(places.map(() => simulated));
        expect(figure.caption).toMatch(simulated ? /Simulated: no real model/ : /Real scores, not simulated/);
      }
    }
  });

  it("give method, edf and n in the title, R² and the error on left-out models in the caption", () => {
    const { title, caption } = surfaceFigure(fakeSurface(), LABELS);
    for (const fact of ["P-spline", "edf 7.3", "24 models"]) expect(title.at(-1)).toContain(fact);
    for (const fact of ["A note about the fit.", "74 %", "R² 0.74; 0.81", "0.07"])
      expect(caption).toContain(fact);
  });

  it("name the facets where the fit's own notes say x and y", () => {
    const points = { ...SCATTERED, z: [0.1, 0.2, 0.3, 0.9, 0.3, 0.8, 0.4, 1] };
    const names = { x: "y", y: "instruction <x>", z: "x" };
    const { caption } = surfaceFigure(fitSurface(points), names);
    expect(caption).toMatch(/goes with y alone, \d+ % with instruction <x> alone and/);
    expect(withNames("All share one x: a + bx + dxy. Without x, y or z.", names)).toBe(
      "All share one y: a + bx + dxy. Without y, instruction <x> or x.",
    );
    expect(withNames('z without "phi-x" and y', names)).toBe('x without "phi-x" and instruction <x>');
  });

  it("call what leaves the range of scores no score, and say that the drawing is cut off there", () => {
    const over = fakeSurface({ f: (x, y) => 1.3 * Math.max(x, y) - 0.2 });
    const [surface, contour] = [surfaceFigure(over, LABELS), contourFigure(over, LABELS)];
    expect(surface.title[1]).toMatch(/^hill above 1 at .*, trough below 0 at/);
    expect(surface.caption).toMatch(
      /rises above 1 \(to 1\.0\d\) and falls below 0 \(to −0\.0\d\).*cut off there/,
    );
    expect(contour.data.map((one) => one["name"])).toEqual(
      expect.arrayContaining(["hill above 1", "trough below 0"]),
    );
    expect(textsOf(contour.svg)).toEqual(expect.arrayContaining(["hill above 1", "trough below 0"]));
    expect(surfaceFigure(fakeSurface(), LABELS).caption).not.toMatch(/cut off/);
  });

  it("do not find a hill on a surface that is flat but for rounding", () => {
    const figure = surfaceFigure(fakeSurface({ f: (x) => 0.66 + x * 1e-14 }), LABELS);
    expect(titleOf(figure)).not.toMatch(/hill/);
  });
});

describe("surfaceFigure", () => {
  it("lists all models that stand on one spot in one label", () => {
    const surface = fakeSurface({
      points: [
        [0.5, 0.5, 0.6, "first"],
        [0.5, 0.5, 0.6, "second <b>"],
        [0.5, 0.5, 0.7, "third"],
        [0.1, 0.1, 0.1, "alone"],
      ],
    });
    expect(trace(surfaceFigure(surface, LABELS), "models")["text"]).toEqual([
      expect.stringMatching(/^2 models here:<br><b>first<\/b><br><b>second &lt;b&gt;<\/b><br>/),
      expect.stringMatching(/^<b>third<\/b><br>reasoning 0\.50<br>instruction 0\.50<br>coding 0\.70$/),
      expect.stringMatching(/^<b>alone<\/b>/),
    ]);
    expect(trace(contourFigure(surface, LABELS), "models")["text"]).toEqual([
      expect.stringMatching(/^3 models here:<br><b>first<\/b> 0\.60<br>.*<b>third<\/b> 0\.70/),
      expect.stringMatching(/^<b>alone<\/b>/),
    ]);
  });

  it("draws its stems from each point to the surface, and none where it is hidden", () => {
    const surface = fakeSurface({
      points: [
        [0.5, 0.6, 0.9, "in"],
        [0, 0, 0.1, "low"],
        [1, 0, 0.5, "hidden"],
        [1, 1, 1, "top"],
      ],
    });
    const stems = trace(surfaceFigure(surface, LABELS), "distance to the surface");
    expect(stems.z).toEqual([0.9, 0.5, null, 0.1, 0, null, 1, 1, null]);
  });

  it("shows the sheets at the fit's own t quantile, in one legend entry", () => {
    const bands = surfaceFigure(fakeSurface(), LABELS).data.filter(
      (one) => one["legendgroup"] === "band",
    ) as Trace[];
    const [upper, lower] = bands as unknown as [{ z: number[][] }, { z: number[][] }];
    const { x, y } = trace(surfaceFigure(fakeSurface(), LABELS), "surface") as unknown as {
      x: number[];
      y: number[][];
    };
    const { se } = fakeSurface().predict(x[20] ?? NaN, y[14]?.[20] ?? NaN);
    expect((upper.z[14]?.[20] ?? 0) - (lower.z[14]?.[20] ?? 0)).toBeCloseTo(2 * 2.11 * se, 2);
    expect(bands.map((one) => [one["name"], one["showlegend"]])).toEqual([
      ["± 2.11 SE (95 % band)", true],
      ["± 2.11 SE (95 % band)", false],
    ]);
  });

  it("has no sheets where the method has no standard error", () => {
    const figure = surfaceFigure(fakeSurface({ method: "thin-plate", se: null }), LABELS);
    expect(figure.data.map((one) => one["name"])).toEqual(["surface", "distance to the surface", "models"]);
  });

  it("keeps the axes of scores within 0 and 1, whatever the surface does", () => {
    const figure = surfaceFigure(fakeSurface({ f: (x, y) => 1.3 * Math.max(x, y) }), LABELS);
    const scene = figure.layout["scene"] as Record<string, { range: [number, number] }>;
    for (const axis of ["xaxis", "yaxis", "zaxis"]) {
      expect(scene[axis]?.range[0]).toBeGreaterThanOrEqual(0);
      expect(scene[axis]?.range[1]).toBeLessThanOrEqual(1);
    }
  });

  it("gives other quantities the axes that hold them", () => {
    const points = [
      [0, -5, 1000],
      [10, 5, 3000],
      [4, 2, 2500],
      [7, -3, 1500],
    ] as const;
    const figure = surfaceFigure(fakeSurface({ points, f: (x) => 1000 + 200 * x, reach: 9 }), LABELS);
    const scene = figure.layout["scene"] as Record<string, { range: [number, number] }>;
    expect(scene["zaxis"]?.range[0]).toBeLessThan(1000);
    expect(scene["zaxis"]?.range[1]).toBeGreaterThan(3000);
  });
});

/** So slow that two decimals would draw it in steps. */
function slowRise(x: number): number {
  return 0.5 + 0.05 * (x - 0.5);
}

describe("contourFigure", () => {
  it("greys what the fit knows little of, and only that", () => {
    const sigma = Math.sqrt(fakeSurface().sigma2 ?? NaN);
    const ignorant = contourFigure(fakeSurface({ se: (x) => (x > 0.6 ? 0.8 * sigma : 0.1 * sigma) }), LABELS);
    const grey = trace(ignorant, "little known") as unknown as {
      x: number[];
      z: (number | null)[][];
      contours: { start: number };
    };
    const greyed = grey.z.flatMap((row) =>
      row.flatMap((value, i) => (value !== null && value >= grey.contours.start ? [grey.x[i] ?? NaN] : [])),
    );
    expect(Math.min(...greyed)).toBeGreaterThan(0.6);
    // Plotly passes over a scale that does not rise from 0 to 1, and draws in colours of its own.
    const scales = [grey as object, ignorant.layout["coloraxis"]].map((one) =>
      (one as { colorscale: [number, string][] }).colorscale.map(([share]) => share),
    );
    for (const shares of scales) {
      expect(shares).toEqual(shares.toSorted((a, b) => a - b));
      expect([shares[0], shares.at(-1)]).toEqual([0, 1]);
    }
    expect(textsOf(ignorant.svg)).toContain("little known");
    expect(ignorant.note).toMatch(/Greyed where/);
    const sure = contourFigure(fakeSurface({ se: () => 0.1 * sigma }), LABELS);
    expect(sure.data.some((one) => one["name"] === "little known")).toBe(false);
    expect(sure.note).toBeUndefined();
  });

  it("greys along a smooth line: what is drawn is as fine as what is known", () => {
    const sigma = Math.sqrt(fakeSurface().sigma2 ?? NaN);
    const figure = contourFigure(fakeSurface({ se: (x) => slowRise(x) * sigma }), LABELS);
    const grey = trace(figure, "little known") as unknown as { x: number[]; z: (number | null)[][] };
    const gaps = grey.z.flatMap((row) =>
      row.map((value, i) => (value === null ? 0 : Math.abs(value - slowRise(grey.x[i] ?? NaN)))),
    );
    expect(Math.max(...gaps)).toBeLessThan(2e-4);
  });

  it("marks hill and trough", () => {
    const names = contourFigure(fakeSurface(), LABELS).data.map((one) => one["name"]);
    expect(names).toContain("hill 0.93");
    expect(names).toContain("trough 0.05");
  });
});

describe("effectsFigure", () => {
  it("draws parallel lines where the effects add up", () => {
    const figure = effectsFigure(fakeSurface({ f: (x, y) => (x + y) / 2, reach: 9 }), LABELS);
    const lines = figure.data.filter((one) => one["legend"] === "legend") as Trace[];
    expect(lines).toHaveLength(3);
    const gaps = lines.slice(1).map((line, i) => line.y.map((y, k) => y - (lines[i]?.y[k] ?? NaN)));
    for (const gap of gaps) expect(Math.max(...gap) - Math.min(...gap)).toBeLessThan(1e-5);
  });

  it("gives the band to the solid line at the median, also where tied scores leave two lines", () => {
    const points = [0.1, 0.2, 0.3, 0.9, 0.9].map(
      (x, i) => [x, [0.5, 0.5, 0.5, 0.5, 0.8][i] ?? 0, x] as const,
    );
    const figure = effectsFigure(fakeSurface({ points, reach: 9 }), LABELS);
    const left = figure.data.filter((one) => one["xaxis"] === "x") as unknown as {
      fill?: string;
      name?: string;
      y: number[];
      line: { dash: string };
    }[];
    const [band, ...lines] = left;
    expect(lines.map((one) => [one.name, one.line.dash])).toEqual([
      ["0.50", "solid"],
      ["0.56", "dash"],
    ]);
    const middle = band?.y.map((y, i, all) => (y + (all[all.length - 1 - i] ?? NaN)) / 2);
    expect(middle?.[0]).toBeCloseTo(lines[0]?.y[0] ?? NaN, 5);
  });

  it("ends each line where the support ends", () => {
    const figure = effectsFigure(fakeSurface({ reach: 0.1 }), LABELS);
    const lines = figure.data.filter((one) => one["legend"] === "legend") as Trace[];
    for (const line of lines) expect(Math.max(...line.x) - Math.min(...line.x)).toBeLessThanOrEqual(0.2);
  });
});

describe.each([
  [
    "facetBars",
    (marked: object) => facetBars([{ model: "a", facet: "f", score: 0.5, low: 0.2, high: 0.8, ...marked }]),
  ],
  [
    "correlationFigure",
    (marked: object) => correlationMatrix([{ x: "a", y: "b", r: 0.5, low: 0.2, high: 0.8, n: 9, ...marked }]),
  ],
])("%s", (_, make) => {
  it("says that its numbers are simulated wherever the data say so, and nowhere else", () => {
    expect(saysSimulated(make({ simulated: true }))).toEqual([true, true, true, true]);
    expect(saysSimulated(make({}))).toEqual([false, false, false, false]);
  });
});

describe("surfaceViews", () => {
  it("shows a surface in 3-D, from above and facet by facet, under one title and over one caption", () => {
    const views = surfaceViews(fakeSurface(), LABELS);
    expect(views.map((view) => view.layout["scene"] !== undefined)).toEqual([true, false, false]);
    expect(new Set(views.map((view) => view.caption)).size).toBe(1);
    expect(new Set(views.map((view) => view.title.join())).size).toBe(1);
  });

  it("leaves out effects where there are none to see", () => {
    expect(surfaceViews(fakeSurface({ method: "points_only" }), LABELS)).toHaveLength(2);
  });
});

describe("the narrow layout", () => {
  type Axes = Readonly<Record<string, { readonly domain: readonly [number, number] }>>;
  const means = ["a", "b", "c", "d"].map((facet) => ({ model: "m".repeat(60), facet, score: 0.5 }));

  it("puts the panels of the effects below each other", () => {
    const { layout, narrow } = effectsFigure(fakeSurface(), LABELS) as { layout: Axes; narrow: Axes };
    expect([layout["yaxis"]?.domain, layout["yaxis2"]?.domain]).toEqual([
      [0, 1],
      [0, 1],
    ]);
    expect(narrow["yaxis2"]?.domain[1]).toBeLessThan(narrow["yaxis"]?.domain[0] ?? 0);
    expect([narrow["xaxis"]?.domain, narrow["xaxis2"]?.domain]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("has two facets in a row and shorter names of models", () => {
    const { layout, narrow } = facetBars(means) as { layout: Axes; narrow: Axes };
    const rows = (axes: Axes) => new Set([1, 2, 3, 4].map((i) => axes[`yaxis${i}`]?.domain[0])).size;
    expect([rows(layout), rows(narrow)]).toEqual([1, 2]);
    const margin = narrow["margin"] as unknown as { l: number };
    expect(margin.l).toBeLessThan(150);
  });

  it("needs no bar of colours where each cell has its number", () => {
    const pairs = [{ x: "a", y: "b", r: 0.9, low: 0.7, high: 0.97, n: 12 }];
    expect(correlationMatrix(pairs).narrow?.["coloraxis"]).toMatchObject({ showscale: false });
  });
});

interface Tiny {
  readonly method: SurfaceMethod;
  readonly points: Points;
  /** Default "auto". */
  readonly asked?: "thin-plate";
}

const SCATTERED = { x: [0, 0.2, 0.3, 0.9, 0.6, 0.8, 0.9, 1], y: [0, 0.5, 0.3, 0.5, 0.1, 0.8, 0.2, 1] };
const TINY: readonly Tiny[] = [
  { method: "empty", points: { x: [], y: [], z: [] } },
  { method: "points_only", points: { x: [0.5], y: [0.5], z: [0.7], label: ["only"] } },
  { method: "points_only", points: { x: [0.5, 0.5, 0.5], y: [0.5, 0.5, 0.5], z: [0.7, 0.7, 0.2] } },
  {
    method: "curve_1d",
    points: { x: [0, 0.2, 0.5, 0.6, 1], y: [0, 0.2, 0.5, 0.6, 1], z: [0, 0.1, 0.2, 0.6, 0.7] },
  },
  {
    method: "curve_1d",
    points: { x: Array(5).fill(0.5), y: [0, 0.2, 0.5, 0.6, 1], z: [0, 0.1, 0.2, 0.6, 0.7] },
  },
  { method: "constant", points: { ...SCATTERED, z: Array(8).fill(0.66) } },
  {
    method: "plane",
    points: { x: [0, 0.2, 0.3, 0.9, 0.6], y: [0, 0.5, 0.3, 0.5, 0.1], z: [0.1, 0.2, 0.4, 0.6, 0.5] },
  },
  {
    method: "exact_bilinear",
    points: { ...SCATTERED, z: SCATTERED.x.map((x, i) => x * (SCATTERED.y[i] ?? NaN)) },
  },
  {
    method: "thin-plate",
    points: { ...SCATTERED, z: [0.1, 0.2, 0.3, 0.9, 0.3, 0.8, 0.4, 1] },
    asked: "thin-plate",
  },
];

describe.each(TINY)("figures of tiny data ($method)", ({ method, points, asked }) => {
  const surface = fitSurface(points, asked === undefined ? {} : { method: asked });
  const figures = [surfaceFigure, contourFigure, effectsFigure].map((make) => make(surface, LABELS));

  it("are drawn with finite numbers only, and say what was done", () => {
    expect(surface.method).toBe(method);
    for (const figure of figures) {
      expect(JSON.stringify([figure.data, figure.layout])).not.toMatch(/NaN|Infinity|undefined/);
      expect(figure.svg).not.toMatch(/NaN|Infinity|undefined/);
      expect(figure.caption).toContain(withNames(surface.note, LABELS));
      expect(figure.alt).not.toMatch(/NaN|undefined/);
      expect(figure.data.flatMap((one) => Object.values(one).filter((value) => value === undefined))).toEqual(
        [],
      );
    }
  });

  it("show every point there is", () => {
    for (const figure of figures.slice(0, 2)) {
      const names = trace(figure, "models")["text"] as string[];
      expect(names.length).toBeGreaterThanOrEqual(Math.min(1, surface.n));
      expect(figure.svg.match(/<circle/g)?.length ?? 0).toBe(names.length);
    }
  });
});

describe("facetBars", () => {
  const means = [
    { model: "low", facet: "coding", score: 0.2, low: 0.1, high: 0.5, n: 3, unscored: 1, failed: 0 },
    { model: "high", facet: "coding", score: 0.9, low: 0.6, high: 1, n: 3, unscored: 0, failed: 0 },
    { model: "high", facet: "tool_use", score: null, low: null, high: null, n: 0, unscored: 2, failed: 1 },
    { model: "none", facet: "coding", score: null, low: null, high: null, n: 0, unscored: 3, failed: 0 },
  ];

  it("puts the best model on top, and no dot where there is no score", () => {
    const figure = facetBars(means);
    expect(titleOf(figure)).toMatch(/high scores highest over the facets that it has: 0\.90/);
    expect((figure.layout["yaxis1"] as { ticktext: string[] }).ticktext).toEqual(["high", "low", "none"]);
    expect(trace(figure, "coding").x).toEqual([0.2, 0.9]);
    expect(trace(figure, "tool_use").x).toEqual([]);
    expect(figure.svg.match(/<circle/g)).toHaveLength(2);
  });

  it("gives each dot its interval, and counts what is not scored", () => {
    const figure = facetBars(means);
    expect(trace(figure, "coding")["error_x"] as { array: number[]; arrayminus: number[] }).toMatchObject({
      array: [0.3, 0.1],
      arrayminus: [0.1, 0.3],
    });
    expect(figure.caption).toMatch(/6 unscored and 1 failed answers are left out, not counted as 0/);
    expect(figure.caption).toMatch(/Without any score: none\./);
  });

  it("keeps two models apart whose names are long and differ at the end", () => {
    const name = "a-rather-long-family-name-2025-11-01-thinking";
    const figure = facetBars(["high", "low"].map((effort) => ({ ...means[0], model: `${name}-${effort}` })));
    expect(new Set((figure.layout["yaxis1"] as { ticktext: string[] }).ticktext).size).toBe(2);
  });

  it("draws the best forty of many models and says how many are left out", () => {
    const figure = facetBars(
      Array.from({ length: 100 }, (_, i) => ({ model: `m${i}`, facet: "f", score: i / 100 })),
    );
    expect(trace(figure, "f").x).toHaveLength(40);
    expect(figure.caption).toMatch(/The 60 lowest models are not drawn/);
  });

  it("refuses a table without scores, naming its columns", () => {
    expect(() => facetBars([{ model: "a", facet: "b" }])).toThrow(
      /facetBars: no column score; the columns are model, facet/,
    );
  });

  it("draws no means at all without a complaint", () => {
    const figure = facetBars([]);
    expect(titleOf(figure)).toMatch(/No facet means/);
    expect(figure.layout["xaxis"]).toEqual({ visible: false });
    expect(figure.caption).toBe("");
  });
});

describe("correlationFigure", () => {
  const pairs = [
    { x: "a", y: "b", r: 0.9, low: 0.7, high: 0.97, n: 12 },
    { x: "a", y: "c", r: -0.3, low: -0.7, high: 0.3, n: 10 },
    { x: "b", y: "c", r: null, low: null, high: null, n: 2 },
  ];

  it("is symmetric with nothing on the diagonal, and leaves a gap where r cannot be told", () => {
    const figure = correlationMatrix(pairs);
    expect(figure.data[0]?.["z"]).toEqual([
      [null, 0.9, -0.3],
      [0.9, null, null],
      [-0.3, null, null],
    ]);
    expect(titleOf(figure)).toMatch(/a and b \(0\.90\).*a and c \(−0\.30\).*n = 10–12 models/s);
    expect(textsOf(figure.svg)).toContain("n 2");
  });

  it("says that it takes more models where no pair has an r", () => {
    expect(titleOf(correlationMatrix(pairs.slice(2)))).toMatch(/Too few models to correlate/);
  });

  it("draws the first facets of very many, and counts the others", () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      x: "f",
      y: `f${i}`,
      r: i / 60,
      low: null,
      high: null,
      n: 9,
    }));
    const figure = correlationMatrix(many);
    expect((figure.data[0] as { readonly z: readonly unknown[] }).z).toHaveLength(20);
    expect(figure.caption).toContain("41 more facets are not shown");
    expect(correlationMatrix(many.slice(0, 5)).caption).not.toContain("not shown");
    // In so many cells there is room for r alone; how many models stand behind it is told on hover.
    expect(textsOf(figure.svg)).not.toContain("n 9");
    expect(textsOf(correlationMatrix(many.slice(0, 5)).svg)).toContain("n 9");
  });
});
