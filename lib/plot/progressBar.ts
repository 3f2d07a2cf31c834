import type { Display } from "../types.js";
import { asset } from "./browser/assets.js";
import { escapeHtml, shortText } from "./escape/index.js";

/** How far an evaluation has come, as `onProgress` of `evaluateModels` tells it. Unknown parts are left out or null and then not shown. */
export interface ShownProgress {
  /** Answers so far, cached and failed ones included. */
  readonly done: number;
  /** Default: the total given to `progressBar`. */
  readonly total?: number;
  readonly cached?: number;
  readonly failed?: number;
  /** US dollars so far. */
  readonly costUsd?: number | null;
  /** What the answers can cost at most, in US dollars. */
  readonly estimateUsd?: number | null;
  /** Milliseconds since the start. Default: since `progressBar` was called. */
  readonly elapsedMs?: number;
  /** Milliseconds to go. Default: estimated from the pace of the answers that were not cached. */
  readonly remainingMs?: number | null;
  /** The model in hand. */
  readonly model?: string | null;
  /** Why it ended before its time. */
  readonly stopped?: "budget" | "interrupted" | null;
}

/** A line that is rewritten in place. */
export interface ProgressBar {
  update(progress: ShownProgress): void;
  /** The last state stays as it is; later updates are ignored. */
  done(progress?: Partial<ShownProgress>): void;
}

/** A notebook need not redraw faster than the eye reads. */
const REDRAW_MS = 100;

/**
 * One line that shows how far an evaluation has come: bar, done of total, cached, failed, cost, time left, model.
 *
 * @param display The result of tslab's `newDisplay()`: each update replaces the one before.
 * @param total Answers expected; 0 when nothing is to be asked.
 * @throws RangeError when `total` is negative or not finite.
 */
export function progressBar(
  display: Display,
  total: number,
  options: { readonly now?: () => number } = {},
): ProgressBar {
  if (!Number.isFinite(total) || total < 0) {
    throw new RangeError(`progressBar: total is ${total}; give the number of answers expected, 0 or more.`);
  }
  const now = options.now ?? ((): number => performance.now());
  const started = now();
  let last: ShownProgress = { done: 0, total };
  let drawnAt = -Infinity;
  let isOver = false;
  const draw = (): void => {
    drawnAt = now();
    display.html(progressHtml(last, { total, elapsedMs: now() - started, isOver }));
  };
  draw();
  return {
    update(progress) {
      if (isOver) return;
      last = progress;
      // `done` draws whatever the pace held back.
      if (now() - drawnAt >= REDRAW_MS) draw();
    },
    done(progress = {}) {
      if (isOver) return;
      last = { ...last, ...progress };
      isOver = true;
      draw();
    },
  };
}

interface State {
  readonly total: number;
  readonly elapsedMs: number;
  readonly isOver: boolean;
}

function progressHtml(progress: ShownProgress, state: State): string {
  const total = progress.total ?? state.total;
  const text = progressText(progress, state);
  // Always with a value: a bar without one is animated for ever in a saved page.
  return (
    `<div class="fb-progress"><style>${asset("progress.css")}</style>` +
    `<progress max="${Math.max(1, total)}" value="${total === 0 ? 1 : Math.min(progress.done, total)}" aria-label="Answers"></progress>` +
    `<span>${escapeHtml(text)}</span></div>`
  );
}

/** The same line as plain text, with the model's name cut short and its unseen characters written out. */
export function progressText(progress: ShownProgress, state: State): string {
  const total = progress.total ?? state.total;
  const {
    done,
    cached = 0,
    failed = 0,
    costUsd = null,
    estimateUsd = null,
    model = null,
    stopped = null,
  } = progress;
  const elapsedMs = progress.elapsedMs ?? state.elapsedMs;
  const asked = done - cached;
  const remaining =
    progress.remainingMs ?? (asked > 0 ? (elapsedMs / asked) * Math.max(0, total - done) : null);
  const ending =
    stopped === null ? (state.isOver ? `finished in ${duration(elapsedMs)}` : null) : STOPPED[stopped];
  return [
    `${done.toLocaleString("en")} of ${total.toLocaleString("en")} answers`,
    ...(cached > 0 ? [`${cached.toLocaleString("en")} from the cache`] : []),
    ...(failed > 0 ? [`${failed.toLocaleString("en")} failed`] : []),
    ...costText(costUsd, ending === null ? estimateUsd : null),
    ...(ending === null && remaining !== null && done < total ? [`${duration(remaining)} left`] : []),
    ...(ending === null && model !== null ? [shortText(model, 40)] : []),
    ...(ending === null ? [] : [ending]),
  ].join(" · ");
}

function costText(costUsd: number | null, estimateUsd: number | null): readonly string[] {
  if (costUsd === null) return estimateUsd === null ? [] : [`at most ${formatUsd(estimateUsd)}`];
  return [formatUsd(costUsd) + (estimateUsd === null ? "" : ` of at most ${formatUsd(estimateUsd)}`)];
}

const STOPPED = { budget: "stopped: the budget is spent", interrupted: "interrupted" } as const;

/** US dollars; cents and less keep two significant digits. */
export function formatUsd(usd: number): string {
  if (usd === 0 || usd >= 0.1) return `$${usd.toFixed(2)}`;
  return `$${usd.toFixed(Math.min(8, 1 - Math.floor(Math.log10(usd))))}`;
}

function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}
