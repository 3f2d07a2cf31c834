import { describe, expect, it, vi } from "vitest";

import type { PlotlyFigure } from "../../lib/plot/types.js";
import { collector } from "./collect.js";

const FIGURE: PlotlyFigure = {
  data: [{ type: "scatter", x: [1], y: [2], text: ["</script><script>alert(1)</script>"] }],
  layout: { title: { text: "T" } },
  svg: "<svg xmlns='http://www.w3.org/2000/svg'><text>ü</text></svg>",
  alt: 'a "quoted" <b>alt</b>',
  title: ["a <finding>", "and how"],
  caption: "a caption & more",
};

/** The library as a kernel has it: what was shown before is kept with the process, so each trial needs its own. */
async function freshKernel() {
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("facet-bench.plot.shown")];
  vi.resetModules();
  return import("../../lib/page/index.js");
}

const count = (html: string, text: string): number => html.split(text).length - 1;
const bringsSetUp = (html: string | undefined): boolean => html?.includes("<style>") ?? false;

describe("showFigure", () => {
  it("brings what makes it live with the first figure of a display, and never again", async () => {
    const { showFigure } = await freshKernel();
    const display = collector();
    for (let i = 0; i < 3; i++) showFigure(display, FIGURE);
    expect(display.shown.map(bringsSetUp)).toEqual([true, false, false]);
    const other = collector();
    showFigure(other, FIGURE);
    expect(other.shown.map(bringsSetUp)).toEqual([true]);
  });

  it("never brings it where the set-up cell has brought it, also after the library was reloaded", async () => {
    const { setUpFigures, showFigure } = await freshKernel();
    const display = collector();
    setUpFigures(display);
    showFigure(display, FIGURE);
    vi.resetModules();
    const reloaded = await import("../../lib/page/index.js");
    reloaded.showFigure(display, FIGURE);
    reloaded.showFigure(collector(), FIGURE);
    expect(display.shown.map(bringsSetUp)).toEqual([true, false, false]);
  });

  it("brings it again when the set-up cell is run again, so that the saved notebook has it", async () => {
    const { setUpFigures } = await freshKernel();
    const display = collector();
    setUpFigures(display);
    setUpFigures(display);
    expect(display.shown.map(bringsSetUp)).toEqual([true, true]);
  });

  it("carries picture, text alternative and caption for readers without scripts", async () => {
    const { setUpFigures, showFigure } = await freshKernel();
    setUpFigures(collector());
    const display = collector();
    showFigure(display, FIGURE);
    const html = display.shown[0] ?? "";
    const picture = /src="data:image\/svg\+xml;base64,([^"]*)"/.exec(html)?.[1] ?? "";
    expect(Buffer.from(picture, "base64").toString("utf8")).toBe(FIGURE.svg);
    expect(html).toContain('alt="a &quot;quoted&quot; &lt;b&gt;alt&lt;/b&gt;"');
    expect(html).toContain("<figcaption>a caption &amp; more</figcaption>");
  });

  it("says what several views have in common once, and what each has of its own at it", async () => {
    const { setUpFigures, showFigure } = await freshKernel();
    setUpFigures(collector());
    const display = collector();
    const notes = ["seen from here", "seen from there"];
    const views = notes.map((note) => ({ ...FIGURE, note }));
    showFigure(display, views);
    showFigure(display, [...views, { ...FIGURE, title: ["another"], caption: "of its own" }]);
    const [alike = "", unlike = ""] = display.shown;
    expect([alike, unlike].map((html) => count(html, "a &lt;finding&gt;</b><br>and how"))).toEqual([1, 2]);
    expect([alike, unlike].map((html) => count(html, "a caption &amp; more"))).toEqual([1, 2]);
    for (const note of notes) expect(alike).toContain(`<figcaption>${note}</figcaption>`);
    expect(unlike).toContain("<figcaption>a caption &amp; more seen from here</figcaption>");
  });

  it("ends its script where it means to, whatever the data hold", async () => {
    const { setUpFigures, showFigure } = await freshKernel();
    setUpFigures(collector());
    const display = collector();
    showFigure(display, FIGURE);
    expect(display.shown[0]?.match(/<\/script/gi)).toHaveLength(1);
    expect(display.shown[0]).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  it("is what show does with a figure, or several views of one thing", async () => {
    const { setUpFigures, show } = await freshKernel();
    setUpFigures(collector());
    const display = collector();
    show(display, FIGURE);
    show(display, [FIGURE, FIGURE]);
    expect(display.shown.map((html) => count(html, '<figure class="fb-figure'))).toEqual([1, 2]);
    expect(() => show(display, null as never)).toThrow(TypeError);
  });
});
