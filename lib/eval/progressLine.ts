/** How far an evaluation is. */
export interface Progress {
  /** Questions with a row, however it came out. */
  readonly done: number;
  readonly total: number;
  /** Of those done, how many answers were known before: from the cache or the rows file. */
  readonly cached: number;
  readonly failed: number;
  /** So far, in US dollars; null while no answer has named a cost. */
  readonly costUsd: number | null;
  /** What the questions to be asked can cost at most, by the provider's listed prices; null without prices. */
  readonly estimateUsd: number | null;
  readonly elapsedMs: number;
  /** Time left at the pace so far; null until an answer came. */
  readonly remainingMs: number | null;
  /** Alias of the model whose answer came last; null before the first. */
  readonly model: string | null;
  /** Why it ended before its time; null while it goes on and when it is complete. */
  readonly stopped: "budget" | "interrupted" | null;
}

const STOPPED = { budget: "stopped: the budget is spent", interrupted: "interrupted" } as const;

/** How far it is in words: done of total, cached, failed, cost so far and at most, time left, the model in hand. */
export function progressText(progress: Progress): string {
  const { done, total, cached, failed, elapsedMs, remainingMs, model, stopped } = progress;
  const isOver = done >= total || stopped !== null;
  return [
    `${count(done)} of ${count(total)} answers`,
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

/**
 * The same for a terminal, with a bar of text before it.
 *
 * @param width Characters of the bar, default 20.
 */
export function progressLine(progress: Progress, width = 20): string {
  const { done, total } = progress;
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const full = Math.floor(share * width);
  return `${"█".repeat(full)}${"░".repeat(width - full)} ${progressText(progress)}`;
}

function costText({ costUsd, estimateUsd }: Progress, isOver: boolean): string | null {
  const most = estimateUsd === null || isOver ? null : `at most ${usd(estimateUsd)}`;
  if (costUsd === null) return most;
  return most === null ? usd(costUsd) : `${usd(costUsd)} of ${most}`;
}

function count(n: number): string {
  return n.toLocaleString("en");
}

/** Dollars with as many digits as a small sum needs. */
export function usd(amount: number): string {
  if (amount === 0) return "$0";
  return amount >= 1 ? `$${amount.toFixed(2)}` : `$${Number(amount.toPrecision(2))}`;
}

function duration(ms: number): string {
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  const total = Math.round(ms / 1000);
  const [hours, minutes, rest] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${rest} s` : `${rest} s`;
}
