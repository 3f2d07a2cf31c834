import { escapeHtml, shortText } from "../shared/escape.js";
import type { Display } from "../shared/types.js";

/** How far an evaluation is. */
export interface Progress {
  /** Questions with a row, however it came out. */
  readonly done: number;
  readonly total: number;
  /** Of those done, how many answers were known before: from the cache. */
  readonly cached: number;
  readonly failed: number;
  /** So far, in US dollars; null while no answer has named a cost. */
  readonly costUsd: number | null;
  /** What the questions to be asked are likely to cost, by the provider's listed prices; null without prices. */
  readonly likelyUsd: number | null;
  /** What they can cost at most. */
  readonly estimateUsd: number | null;
  readonly elapsedMs: number;
  /** Time left at the pace so far; null until an answer came. */
  readonly remainingMs: number | null;
  /** Alias of the model whose answer came last; null before the first. */
  readonly model: string | null;
  /** Why it ended before its time; null while it goes on and when it is complete. */
  readonly stopped: "budget" | "interrupted" | null;
}

/** A line that is rewritten in place. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** The last state stays as it is; later updates are ignored. */
  done(changes?: Partial<Progress>): void;
}

/** The progress of an evaluation that has not begun. */
export const UNBEGUN: Progress = {
  done: 0,
  total: 0,
  cached: 0,
  failed: 0,
  costUsd: null,
  likelyUsd: null,
  estimateUsd: null,
  elapsedMs: 0,
  remainingMs: null,
  model: null,
  stopped: null,
};

/** A notebook need not redraw faster than the eye reads. */
const REDRAW_MS = 100;

/**
 * One line that shows how far an evaluation has come: bar, done of total, cached, failed, cost, time left, model.
 *
 * @param display The result of tslab's `newDisplay()`: each update replaces the one before.
 * @param total Answers expected; 0 when nothing is to be asked.
 * @throws RangeError when `total` is negative or not finite.
 */
export function progressBar(display: Display, total: number): ProgressBar {
  if (!Number.isFinite(total) || total < 0)
    throw new RangeError(`progressBar: total is ${total}; give the number of answers expected, 0 or more.`);
  let last: Progress = { ...UNBEGUN, total };
  let drawnAt = -Infinity;
  let isOver = false;
  const draw = (): void => {
    drawnAt = performance.now();
    display.html(progressHtml(last));
  };
  draw();
  return {
    update(progress) {
      if (isOver) return;
      last = progress;
      // `done` draws whatever the pace held back.
      if (performance.now() - drawnAt >= REDRAW_MS) draw();
    },
    done(changes = {}) {
      if (isOver) return;
      last = { ...last, ...changes };
      isOver = true;
      draw();
    },
  };
}

/** Inline, since a saved page may hold the line alone. */
const LINE_STYLE =
  "font:13px/1.4 system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif;color:var(--fb-ink,#1f2430);background:var(--fb-ground,#fff)";
const BAR_STYLE =
  "width:16em;max-width:40%;height:0.9em;vertical-align:middle;margin-right:0.7em;accent-color:var(--fb-accent,#0072b2);animation:none";

function progressHtml(progress: Progress): string {
  const { done, total, model } = progress;
  const text = progressText({ ...progress, model: model === null ? null : shortText(model, 40) });
  // Always with a value: a bar without one is animated for ever in a saved page.
  return (
    `<div class="fb-progress" style="${LINE_STYLE}">` +
    `<progress max="${Math.max(1, total)}" value="${total === 0 ? 1 : Math.min(done, total)}" aria-label="Answers" style="${BAR_STYLE}"></progress>` +
    `<span>${escapeHtml(text)}</span></div>`
  );
}

const STOPPED = { budget: "stopped: the budget is spent", interrupted: "interrupted" } as const;

/** How far it is in words: done of total, cached, failed, cost so far and at most, time left, the model in hand. */
function progressText(progress: Progress): string {
  const { done, total, cached, failed, elapsedMs, remainingMs, model, stopped } = progress;
  const isOver = done >= total || stopped !== null;
  return [
    `${count(done)} of ${count(total)} answer${total === 1 ? "" : "s"}`,
    cached > 0 ? `${count(cached)} from the cache` : null,
    failed > 0 ? `${count(failed)} failed` : null,
    costText(progress, isOver),
    isOver || remainingMs === null ? null : `${duration(remainingMs)} left`,
    isOver ? null : model,
    stopped === null ? null : STOPPED[stopped],
    isOver ? `${duration(elapsedMs)} in all` : null,
  ]
    .filter((part) => part !== null)
    .join(" · ");
}

function costText({ costUsd, likelyUsd, estimateUsd }: Progress, isOver: boolean): string | null {
  const spent = costUsd === null ? null : usd(costUsd);
  if (estimateUsd === null || isOver) return spent;
  const likely = likelyUsd === null ? "" : `about ${usd(likelyUsd)}, `;
  return `${spent === null ? "" : `${spent} of `}${likely}at most ${usd(estimateUsd)}`;
}

function count(n: number): string {
  return n.toLocaleString("en");
}

/** Dollars with as many digits as a small sum needs. */
export function usd(amount: number): string {
  if (amount === 0) return "$0";
  return `$${amount >= 1 ? amount.toFixed(2) : amount.toLocaleString("en", { maximumSignificantDigits: 2 })}`;
}

function duration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const total = Math.round(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}
