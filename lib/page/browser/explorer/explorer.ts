import { surfaceCaption, withNames } from "../../../report/index.js";
import type { AxisNames } from "../../../report/index.js";
import type { Cross, SurfaceDrawing } from "../../../plot/index.js";
import { shortText } from "../../../shared/escape.js";
import { count, formatValue } from "../../../shared/text.js";
import type { Surface } from "../../../spline/types.js";
import { pointsAmong } from "../../../table/index.js";
import { factsIn } from "../runData.js";
import { axisChoice, containedWords, crossSliders, scaleChoice, type Scale } from "./controls.js";
import { fitBoth, PENDING, type Fits } from "./fits.js";
import { element } from "../element.js";
import { modelList } from "./modelList.js";
import { crossedViews } from "./views.js";
import { changesBetween, readingAt, scaleWords } from "./words.js";

/**
 * What `explore` put into the page becomes an explorer, where there are scores at all. Its element says which scale is
 * shown (`data-scale`), and tells a listener of "fb-fitted" the surface (`detail`) whenever another one is shown.
 */
export function mountExplorer(explorer: HTMLElement): void {
  const facts = factsIn(explorer.querySelector(".fb-run")!);
  const { columns, models } = facts;
  if (columns.length === 0 || models.length === 0) return;

  const chosen = { x: 0, y: 1 % columns.length, z: 2 % columns.length };
  const left = new Set<number>();
  let wanted: Scale = "ability";
  let cross: Cross | null = null;
  let fitting = new AbortController();
  let fits: Fits | null = null;
  /** By axes, the fits of all models: what leaving some out changes is said against them. */
  const whole = new Map<string, Fits>();
  let shown: { readonly surface: Surface; readonly drawing: SurfaceDrawing } | null = null;

  const [status, reading, changes] = [0, 1, 2].map(() =>
    element("output", { "aria-live": "polite" }),
  ) as Outputs;
  const progress = element("progress", { "aria-label": "the fit over abilities" });
  const [caption, contains, laws] = [0, 1, 2].map(() => element("p")) as Paragraphs;
  const finding = element("p.fb-finding", {});
  const scale = scaleChoice(
    (to) => {
      wanted = to;
      show();
    },
    status,
    progress,
  );
  const sliders = crossSliders((axis, value) => moveCross({ ...cross!, [axis]: value }), reading);
  const views = crossedViews(explorer, moveCross);
  const grid = element("div.fb-grid", {}, ...views.figures, element("div", {}, caption, contains, laws));
  explorer.replaceChildren(
    ...explorer.querySelectorAll("script"),
    axisChoice(columns, chosen, () => {
      cross = null;
      fit();
    }),
    scale,
    modelList(facts, left, fit),
    finding,
    changes,
    sliders.element,
    grid,
  );
  fit();

  function names(): AxisNames {
    return { x: columns[chosen.x]!.name, y: columns[chosen.y]!.name, z: columns[chosen.z]!.name };
  }

  function pointsOf(isLeftOut: (model: number) => boolean) {
    const { x, y, z } = names();
    return pointsAmong(facts, [x, y, z], isLeftOut);
  }

  function fit(): void {
    fitting.abort();
    fitting = new AbortController();
    const { signal } = fitting;
    const points = pointsOf((i) => left.has(i));
    fits = null;
    grid.hidden = sliders.element.hidden = points === null;
    contains.textContent = containedWords(columns, chosen);
    if (points === null) return sayNothing();
    const key = JSON.stringify(chosen);
    const before = whole.get(key);
    fitBoth(points, signal, (news) => {
      fits = news;
      if (left.size === 0) whole.set(key, news);
      else if (news.progress === 1 && before?.progress !== 1)
        fitBoth(
          pointsOf(() => false)!,
          signal,
          (all) => {
            // What was known of them stays until more is.
            if (all.progress === 1 || !whole.has(key)) whole.set(key, all);
            sayChanges();
          },
        );
      show();
    });
  }

  function show(): void {
    if (fits === null) return;
    const { score, ability, progress: share } = fits;
    const surface = wanted === "ability" ? (ability ?? score) : score;
    const isWaiting = wanted === "ability" && share < 1;
    status.textContent = scaleWords(surface, isWaiting);
    progress.hidden = !isWaiting;
    progress.value = share;
    laws.textContent = fits.laws === "" ? "" : withNames(fits.laws, names());
    if (surface === shown?.surface) return;
    // The test's result alone is new: the same surface, in other words.
    const isDrawn = shown !== null && surface.predict === shown.surface.predict;
    shown = { surface, drawing: isDrawn ? shown!.drawing : views.surface(surface, labelsFor(surface)) };
    say(shown);
    explorer.dataset["scale"] = surface === ability ? "ability" : "score";
    explorer.dispatchEvent(new CustomEvent("fb-fitted", { bubbles: true, detail: surface }));
    if (isDrawn) return sayChanges();
    const { x, y } = surface.points;
    cross ??= { x: middle(x), y: middle(y) };
    showCross();
  }

  function labelsFor({ interaction }: Surface) {
    const { x, y, z } = names();
    const title = `${shortText(z, 32)} over ${shortText(x, 32)} and ${shortText(y, 32)}`;
    return interaction === PENDING ? { x, y, z, title } : { x, y, z };
  }

  function say({ surface, drawing }: NonNullable<typeof shown>): void {
    const words = surfaceCaption(surface, drawing.grid, labelsFor(surface));
    const [first = "", ...others] = words.title;
    finding.replaceChildren(element("strong", {}, first), ...others.flatMap((line) => [element("br"), line]));
    caption.textContent = words.caption;
  }

  function sayNothing(): void {
    shown = null;
    status.textContent = "No model that counts has all three scores: there is nothing to fit.";
    progress.hidden = true;
    finding.textContent = changes.textContent = "";
  }

  let frame = 0;
  function moveCross(to: Cross): void {
    cross = to;
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(showCross);
  }

  function showCross(): void {
    if (shown === null || cross === null) return;
    const { x, y, z } = names();
    sliders.place(shown.surface, { x, y }, cross);
    const place = `${shortText(x, 32)} ${formatValue(cross.x)}, ${shortText(y, 32)} ${formatValue(cross.y)}`;
    reading.textContent = `At ${place}: ${shortText(z, 32)} ${readingAt(shown.surface, cross)}.`;
    sayChanges();
    views.cross(cross);
  }

  function sayChanges(): void {
    const all = whole.get(JSON.stringify(chosen));
    if (shown === null || cross === null || left.size === 0 || all === undefined) {
      changes.textContent = "";
      return;
    }
    const before = explorer.dataset["scale"] === "ability" ? all.ability : all.score;
    const out = `${left.size} of ${count(models.length, "model")}`;
    changes.textContent = before === null ? "" : changesBetween(before, shown.surface, cross, out);
  }
}

type Outputs = [HTMLOutputElement, HTMLOutputElement, HTMLOutputElement];
type Paragraphs = [HTMLParagraphElement, HTMLParagraphElement, HTMLParagraphElement];

function middle(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)]!;
}
