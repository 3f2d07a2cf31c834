import PQueue from "p-queue";
import { sleep } from "./limits.js";

const PAUSED = Symbol("paused");

/** At most `concurrency` requests in flight, none to a model that asked for a pause. */
export class Slots {
  readonly #queue: PQueue;
  /** Model → performance.now() at which its pause is over. */
  readonly #pauses = new Map<string, number>();

  constructor(concurrency: number) {
    this.#queue = new PQueue({ concurrency });
  }

  /** No request to the model begins for `ms`. */
  pause(model: string, ms: number): void {
    this.#pauses.set(model, Math.max(this.#pauses.get(model) ?? 0, performance.now() + ms));
  }

  /**
   * Runs `request` once a slot is free and the model's pause, if any, is over. Rejects as soon as the signal ends.
   *
   * @param priority Greater goes first: a retry before a first try.
   */
  async run<T>(
    model: string,
    request: () => Promise<T>,
    { signal, priority }: { readonly signal: AbortSignal; readonly priority: number },
  ): Promise<T> {
    for (;;) {
      const wait = this.#pauseLeft(model);
      if (wait > 0) await sleep(wait, signal);
      // A pause may have begun while this waited for its slot: then it gives the slot back.
      const result = await this.#queue.add(async () => (this.#pauseLeft(model) > 0 ? PAUSED : request()), {
        signal,
        priority,
      });
      if (result !== PAUSED) return result;
    }
  }

  #pauseLeft(model: string): number {
    const end = this.#pauses.get(model);
    if (end === undefined) return 0;
    const left = end - performance.now();
    if (left <= 0) this.#pauses.delete(model);
    return Math.max(0, left);
  }
}
