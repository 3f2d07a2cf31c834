import type { PlotlyFigure } from "../../plot/types.js";
import type { FigureSpec } from "../figureSpec.js";
import { linkFigure } from "./linking/linkFigure.js";
import { meshOf } from "./meshOf.js";
import { plotly } from "./plotly.js";
import type { Plotly } from "./plotly.js";
import { themed, themedLayout, whenThemeChanges } from "./theme.js";

export const FIGURE = ".fb-figure";

/** A figure in the page, and where in it Plotly draws. */
interface Entry {
  readonly figure: HTMLElement;
  readonly stage: HTMLElement;
  spec: FigureSpec;
  width: number;
  library?: Plotly;
  later?: number;
}
const entries = new WeakMap<HTMLElement, Entry>();
/** Seen before there was anything to draw in them, as where no surface can be fitted. */
const empty = new WeakSet<HTMLElement>();

function entryOf(figure: HTMLElement, spec?: FigureSpec): Entry {
  const stage = figure.querySelector<HTMLElement>(".fb-stage")!;
  const text = (): string => figure.querySelector(".fb-spec")!.textContent;
  const entry = entries.get(figure) ?? {
    figure,
    stage,
    spec: spec ?? (JSON.parse(text()) as FigureSpec),
    width: 0,
  };
  entries.set(figure, entry);
  return entry;
}

/** Puts another figure into the place of one; what the reader did to the view stays as `uirevision` says. */
export function redraw(
  figure: HTMLElement,
  next: FigureSpec & Pick<PlotlyFigure, "alt">,
  picture: () => string,
): void {
  const entry = entryOf(figure, next);
  entry.spec = next;
  if (empty.delete(figure)) mountFigure(figure);
  if (figure.classList.contains("fb-drawn"))
    void entry.library?.react(entry.stage, ...fitted(next, entry.width));
  // Its still picture is wanted on paper and where Plotly is not: not before the reader's eyes, so it may come later.
  clearTimeout(entry.later);
  entry.later = window.setTimeout(() => {
    const image = figure.querySelector<HTMLImageElement>(".fb-picture")!;
    image.alt = next.alt;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture())}`;
    entry.stage.setAttribute("aria-label", next.alt);
  }, 400);
}

/** Browsers keep 16 WebGL contexts and drop the oldest without a word, and each takes memory: we give up our own. */
const MOST_SCENES = 4;
let live: Entry[] = [];

/** Draws the figure of an element that `showFigure` made, once the reader comes near it. */
export function mountFigure(figure: HTMLElement): void {
  if (!entries.has(figure) && figure.querySelector(".fb-spec") === null) empty.add(figure);
  else drawInView(entryOf(figure));
}

async function draw(entry: Entry, library: Plotly): Promise<void> {
  const { figure, stage } = entry;
  figure.classList.add("fb-drawn");
  // What Plotly draws says nothing to a screen reader; its buttons do.
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", figure.querySelector<HTMLImageElement>(".fb-picture")!.alt);
  entry.width = figure.clientWidth;
  try {
    await library.newPlot(stage, ...fitted(entry.spec, entry.width));
    linkFigure(stage);
    if (entry.library === undefined) followPage(entry, library);
    entry.library = library;
    figure.dispatchEvent(new Event("fb-drawn"));
  } catch (error) {
    // A browser without WebGL keeps the picture.
    figure.classList.remove("fb-drawn");
    console.warn("facet-bench: this figure could not be drawn; its picture is shown instead.", error);
  }
}

/** Draws anew where the figure gets more or less room, and where the page turns dark or light. */
function followPage(entry: Entry, library: Plotly): void {
  const drawAgain = (): void => {
    if (!entry.figure.classList.contains("fb-drawn")) return;
    void library.react(entry.stage, ...fitted(entry.spec, entry.width));
  };
  new ResizeObserver(() => {
    const width = entry.figure.clientWidth;
    // Small changes Plotly follows by itself, and a reader's own turn of the view stays.
    if (width === 0 || Math.abs(width - entry.width) < 40) return;
    entry.width = width;
    drawAgain();
  }).observe(entry.figure);
  whenThemeChanges(drawAgain);
}

/** Until then its still picture stands there. A scene takes the place of one that is out of sight. */
function drawInView(entry: Entry): void {
  const { figure, spec } = entry;
  const look = async (seen: readonly IntersectionObserverEntry[]): Promise<void> => {
    if (!seen.some((one) => one.isIntersecting)) return;
    const library = await plotly();
    if (library === null) {
      figure.classList.add("fb-still");
      return observer.disconnect();
    }
    const isScene = "scene" in spec.layout;
    // Seen again while Plotly started, it may have been drawn.
    if (figure.classList.contains("fb-drawn") || (isScene && !makeRoom(library))) return;
    observer.disconnect();
    if (isScene) live.push(entry);
    await draw(entry, library);
  };
  const observer = new IntersectionObserver((seen) => void look(seen), { rootMargin: "50% 0px" });
  observer.observe(figure);
}

/** Scenes that a notebook has put others in the place of hold no context any more. */
function letGo(library: Plotly): void {
  for (const { stage } of live) if (!stage.isConnected) library.purge(stage);
  live = live.filter(({ stage }) => stage.isConnected);
}

/** False when there is no room for another scene: none is taken from before the reader's eyes. */
function makeRoom(library: Plotly): boolean {
  letGo(library);
  if (live.length < MOST_SCENES) return true;
  const far = live.reduce((a, b) => (distanceFromView(b) > distanceFromView(a) ? b : a));
  if (distanceFromView(far) < 0) return false;
  live = live.filter((entry) => entry !== far);
  // Its picture comes back, and it is drawn anew when the reader scrolls to it.
  library.purge(far.stage);
  far.figure.classList.remove("fb-drawn");
  drawInView(far);
  return true;
}

function distanceFromView({ figure }: Entry): number {
  const { top, bottom } = figure.getBoundingClientRect();
  return Math.max(top - window.innerHeight, -bottom);
}

/** Below this width a figure takes its narrow layout: two views beside each other, or an open list of files. */
const NARROW_PX = 520;

/** Of Plotly's layout, what depends on the room there is. */
interface Layout {
  height: number;
  readonly margin: Partial<Record<"l" | "r" | "t" | "b", number>>;
  readonly coloraxis?: { readonly showscale?: boolean };
  readonly scene?: { readonly camera: { readonly eye: Record<"x" | "y" | "z", number> } };
  readonly yaxis?: { readonly scaleanchor?: string };
}

/** The figure for its own width: a page knows it only now, and beside an open list of files it is small. */
export function fitted(
  spec: FigureSpec,
  width: number,
): [FigureSpec["data"], FigureSpec["layout"], FigureSpec["config"]] {
  // Plotly writes into what it is given, and a second drawing needs the original.
  const { data, layout: wide, narrow, config } = structuredClone(spec);
  const isNarrow = width < NARROW_PX;
  const whole = isNarrow ? { ...wide, ...narrow } : wide;
  const layout = whole as unknown as Layout;
  const { l = 0, r = 0, t = 0, b = 0 } = layout.margin;
  const bar = layout.coloraxis?.showscale === false ? 0 : isNarrow ? 50 : 65;
  const across = Math.max(100, width - l - r - bar);
  if (layout.scene) {
    // Plotly fits a scene to its height alone, and its texts keep their size, which takes about 95 px of the width.
    const away = Math.max(1, (0.9 * (layout.height - t - b)) / Math.max(60, across - 95));
    for (const axis of ["x", "y", "z"] as const) layout.scene.camera.eye[axis] *= away;
  } else if (layout.yaxis?.scaleanchor) {
    // A square panel, and its bar of colours beside it wherever there is more room.
    const side = Math.min(across, layout.height - t - b);
    layout.height = side + t + b;
    layout.margin.r = width - l - side;
  }
  // Plotly's own are always 2 x 2 pixels a point: nobody sees them, and without a graphics card they take their time.
  const plotGlPixelRatio = Math.min(2, Math.max(1, window.devicePixelRatio));
  return [themed(data.map(meshOf)), themedLayout(whole), { ...config, plotGlPixelRatio }];
}
