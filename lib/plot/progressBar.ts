import type { Progress } from "../eval/index.js";
import { progressText } from "../eval/index.js";
import type { Display } from "../shared/types.js";
import { asset } from "./browser/assets.js";
import { escapeHtml, shortText } from "../shared/escape.js";

/** A line that is rewritten in place. */
export interface ProgressBar {
  update(progress: Progress): void;
  /** The last state stays as it is; later updates are ignored. */
  done(changes?: Partial<Progress>): void;
}

const UNBEGUN: Progress = {
  done: 0,
  total: 0,
  cached: 0,
  failed: 0,
  costUsd: null,
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
export function progressBar(
  display: Display,
  total: number,
  options: { readonly now?: () => number } = {},
): ProgressBar {
  if (!Number.isFinite(total) || total < 0) {
    throw new RangeError(`progressBar: total is ${total}; give the number of answers expected, 0 or more.`);
  }
  const now = options.now ?? ((): number => performance.now());
  let last: Progress = { ...UNBEGUN, total };
  let drawnAt = -Infinity;
  let isOver = false;
  const draw = (): void => {
    drawnAt = now();
    display.html(progressHtml(last));
  };
  draw();
  return {
    update(progress) {
      if (isOver) return;
      last = progress;
      // `done` draws whatever the pace held back.
      if (now() - drawnAt >= REDRAW_MS) draw();
    },
    done(changes = {}) {
      if (isOver) return;
      last = { ...last, ...changes };
      isOver = true;
      draw();
    },
  };
}

function progressHtml(progress: Progress): string {
  const { done, total, model } = progress;
  const text = progressText({ ...progress, model: model === null ? null : shortText(model, 40) });
  // Always with a value: a bar without one is animated for ever in a saved page.
  return (
    `<div class="fb-progress"><style>${asset("progress.css")}</style>` +
    `<progress max="${Math.max(1, total)}" value="${total === 0 ? 1 : Math.min(done, total)}" aria-label="Answers"></progress>` +
    `<span>${escapeHtml(text)}</span></div>`
  );
}
