import { element } from "../element.js";
import { choose, modelsOf, onPoint, point, pointedAt } from "./linking.js";

/** Of Plotly's axes and scenes, what tells where in the picture a point stands. */
interface Axis {
  readonly _offset: number;
  readonly _length: number;
  d2p(value: number): number;
}
type Matrix = readonly number[];
interface Scene {
  readonly container: HTMLElement;
  readonly dataScale: readonly number[];
  readonly glplot: { readonly cameraParams: Readonly<Record<"projection" | "view" | "model", Matrix>> };
}
type Place = readonly [left: number, top: number];

interface Trace extends Readonly<Record<"x" | "y" | "z", readonly number[] | undefined>> {
  readonly customdata?: readonly unknown[];
  readonly xaxis?: string;
  readonly yaxis?: string;
}

/** An element in which Plotly has drawn. */
interface Stage extends HTMLElement {
  readonly data: readonly Trace[];
  readonly _fullLayout: Readonly<Record<string, unknown>>;
  on(event: string, listener: (event: { points?: readonly Point[] }) => void): void;
}
interface Point {
  readonly data: Trace;
  readonly pointNumber: unknown;
}

let stages: readonly Stage[] = [];
/** The one that the pointer was last seen in. */
let over: Stage | null = null;

/** Whoever points at a model's dot here points at it everywhere, and the other way round. After Plotly's first drawing. */
export function linkFigure(element: HTMLElement): void {
  const stage = element as Stage;
  if (stages.length === 0) {
    onPoint(markAll);
    addEventListener("scroll", markAll, { capture: true, passive: true });
  }
  stages = [...stages.filter((one) => one.isConnected && one !== stage), stage];
  stage.on("plotly_hover", ({ points }) => {
    over = stage;
    point(modelsAt(points));
  });
  // A scene tells late that it was left, when another figure may be pointed at already.
  stage.on("plotly_unhover", () => {
    if (over === stage) point(null);
  });
  stage.on("plotly_click", ({ points }) => {
    const [model] = modelsAt(points) ?? [];
    if (model !== undefined) choose(model);
  });
  for (const event of ["plotly_relayouting", "plotly_relayout", "plotly_afterplot"])
    stage.on(event, () => mark(stage));
}

function modelsAt(points: readonly Point[] = []): readonly string[] | null {
  return (
    points.map(({ data, pointNumber }) => modelsOf(data, pointNumber)).find((names) => names !== null) ?? null
  );
}

function markAll(): void {
  for (const stage of stages) mark(stage);
}

/** Rings over the picture: to have Plotly draw one takes a tenth of a second, and the pointer does not wait. */
function mark(stage: Stage): void {
  for (const ring of stage.querySelectorAll(".fb-ring")) ring.remove();
  const names = pointedAt();
  const { top, bottom } = stage.getBoundingClientRect();
  if (names.length === 0 || bottom < 0 || top > window.innerHeight) return;
  for (const trace of stage.data)
    trace.customdata?.forEach((_, i) => {
      if (modelsOf(trace, i)?.some((name) => names.includes(name)) !== true) return;
      const place = placeOf(stage, trace, i);
      if (place === null) return;
      const ring = element("div.fb-ring");
      [ring.style.left, ring.style.top] = place.map((at) => `${at}px`) as [string, string];
      stage.append(ring);
    });
}

/** In px from the stage's corner. Null where this Plotly keeps its axes otherwise. */
function placeOf({ _fullLayout }: Stage, trace: Trace, i: number): Place | null {
  const at = (["x", "y", "z"] as const).map((key) => trace[key]?.[i] ?? 0);
  const [x = 0, y = 0] = at;
  if (trace.z !== undefined) {
    const { _scene: scene } = _fullLayout["scene"] as { _scene?: Scene };
    return scene === undefined ? null : placeInScene(scene, at);
  }
  const axis = (name: string): Axis | undefined =>
    _fullLayout[name.replace(/^./, "$&axis")] as Axis | undefined;
  const [across, down] = [axis(trace.xaxis ?? "x"), axis(trace.yaxis ?? "y")];
  if (across === undefined || down === undefined) return null;
  const [left, top] = [across.d2p(x), down.d2p(y)];
  const { _offset: fromLeft, _length: width } = across;
  const { _offset: fromTop, _length: height } = down;
  const isInside = left >= 0 && top >= 0 && left <= width && top <= height;
  return isInside ? [fromLeft + left, fromTop + top] : null;
}

function placeInScene({ container, dataScale, glplot }: Scene, at: readonly number[]): Place {
  const { projection, view, model } = glplot.cameraParams;
  const scaled = [...at.map((value, k) => value * (dataScale[k] ?? 1)), 1];
  const [x = 0, y = 0, , w = 1] = [model, view, projection].reduce(times, scaled);
  const { offsetLeft, offsetTop, clientWidth, clientHeight } = container;
  return [offsetLeft + (clientWidth * (1 + x / w)) / 2, offsetTop + (clientHeight * (1 - y / w)) / 2];
}

/** Column by column, as WebGL keeps its matrices. */
function times(vector: readonly number[], matrix: Matrix): readonly number[] {
  return vector.map((_, row) =>
    vector.reduce((sum, value, k) => sum + value * (matrix[4 * k + row] ?? 0), 0),
  );
}
