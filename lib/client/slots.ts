import PQueue from "p-queue";

const PAUSED = Symbol("paused");

/** How a request waits for its slot. */
export interface SlotOptions {
  readonly signal: AbortSignal;
  /** Greater goes first: a retry before a first try. */
  readonly priority: number;
  /** Called with true when the model's limits hold the request back, and with false when they no longer do. */
  readonly onHeld: (held: boolean) => void;
}

/**
 * At most `concurrency` requests in flight, none to a model that asked for a pause. After a pause a model gets one
 * request at first, then twice as many after each success, or those who wait would all run into its limit again.
 */
export class Slots {
  readonly #all: PQueue;
  readonly #models = new Map<string, ModelSlots>();

  constructor(readonly concurrency: number) {
    this.#all = new PQueue({ concurrency });
  }

  /** No request to the model begins for `ms`. */
  pause(model: string, ms: number): void {
    this.#of(model).pause(ms);
  }

  /** Runs `request` once there is a slot for it. Rejects as soon as the signal ends. */
  async run<T>(model: string, request: () => Promise<T>, options: SlotOptions): Promise<T> {
    const { signal, priority, onHeld } = options;
    const own = this.#of(model);
    for (;;) {
      const held = own.isHolding;
      if (held) onHeld(true);
      let waits = held;
      const goOn = (): void => {
        if (waits) onHeld(false);
        waits = false;
      };
      try {
        const result = await own.queue.add(
          () => {
            goOn();
            // A pause may begin while this waits for its turn among all models: then it gives the turn back.
            return this.#all.add(async () => (own.queue.isPaused ? PAUSED : request()), { signal, priority });
          },
          { signal, priority },
        );
        if (result === PAUSED) continue;
        own.widen(this.concurrency);
        return result;
      } finally {
        goOn();
      }
    }
  }

  #of(model: string): ModelSlots {
    const known = this.#models.get(model) ?? new ModelSlots(this.concurrency);
    this.#models.set(model, known);
    return known;
  }
}

class ModelSlots {
  readonly queue: PQueue;
  #pausedUntil = 0;
  #isNarrow = false;

  constructor(concurrency: number) {
    this.queue = new PQueue({ concurrency });
  }

  get isHolding(): boolean {
    return this.queue.isPaused || (this.#isNarrow && this.queue.pending >= this.queue.concurrency);
  }

  pause(ms: number): void {
    const until = performance.now() + ms;
    if (until <= this.#pausedUntil) return;
    this.#pausedUntil = until;
    this.#isNarrow = true;
    this.queue.concurrency = 1;
    this.queue.pause();
    // Whoever waits has a timer of its own that keeps the process alive; this one must not.
    setTimeout(() => {
      if (this.#pausedUntil === until) this.queue.start();
    }, ms).unref();
  }

  widen(most: number): void {
    if (!this.#isNarrow) return;
    this.queue.concurrency = Math.min(most, this.queue.concurrency * 2);
    this.#isNarrow = this.queue.concurrency < most;
  }
}
