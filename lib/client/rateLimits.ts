import { setMaxListeners } from "node:events";

/** The right to one request in flight. */
export interface Slot {
  readonly isHeld: boolean;
  /** Gives it back, once. `succeeded`: an answer came, so that a model that was held may get more. */
  release(succeeded?: boolean): void;
}

/** What one model may get. */
interface ModelLimits {
  inFlight: number;
  /** Requests at once: all there are or, after a pause, one and then twice as many after each success. */
  most: number;
  /** performance.now() until which no request begins. */
  pausedUntil: number;
  /** Number of its last turn. */
  turn: number;
}

interface Waiting {
  readonly model: ModelLimits;
  readonly isRetry: boolean;
  readonly grant: () => void;
}

/**
 * Who may send a request now: the one scheduler. At most `concurrency` slots are out at once; models take turns, a retry
 * goes before a first try, and a model that asked for a pause gets none until it is over. Then it gets one request at
 * first and twice as many after each success, or those who wait would all run into its limit again.
 */
export class RateLimits {
  readonly #models = new Map<string, ModelLimits>();
  readonly #waiting = new Set<Waiting>();
  #inFlight = 0;
  #turns = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly concurrency: number) {}

  /**
   * A slot for a request to the model, as soon as there is one.
   *
   * @throws the signal's reason, as soon as it ends.
   */
  slot(name: string, signal: AbortSignal, isRetry = false): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const model = this.#of(name);
      const grant = (): void => {
        signal.removeEventListener("abort", end);
        resolve(this.#slotOf(model));
      };
      const waiting: Waiting = { model, isRetry, grant };
      const end = (): void => {
        this.#waiting.delete(waiting);
        reject(signal.reason as Error);
        this.#grant();
      };
      if (signal.aborted) return end();
      // Everyone in the queue listens to the caller's one signal: that many listeners are no leak, and no warning.
      setMaxListeners(0, signal);
      signal.addEventListener("abort", end, { once: true });
      this.#waiting.add(waiting);
      this.#grant();
    });
  }

  /** No request to the model begins for `ms`. */
  pause(name: string, ms: number): void {
    const model = this.#of(name);
    model.pausedUntil = Math.max(model.pausedUntil, performance.now() + ms);
    model.most = 1;
  }

  /** Gives out what slots there are. Where all must wait, a timer wakes it when the first pause ends. */
  #grant(): void {
    clearTimeout(this.#timer);
    while (this.#inFlight < this.concurrency) {
      const now = performance.now();
      let next: Waiting | null = null;
      let wake = Infinity;
      for (const one of this.#waiting)
        if (one.model.pausedUntil > now) wake = Math.min(wake, one.model.pausedUntil);
        else if (one.model.inFlight < one.model.most && (!next || goesBefore(one, next))) next = one;
      if (!next) {
        // Somebody waits for it, so that it may keep the process alive.
        if (wake < Infinity) this.#timer = setTimeout(() => this.#grant(), wake - now);
        return;
      }
      this.#waiting.delete(next);
      next.grant();
    }
  }

  #slotOf(model: ModelLimits): Slot {
    let isHeld = true;
    this.#inFlight++;
    model.inFlight++;
    model.turn = ++this.#turns;
    return {
      get isHeld() {
        return isHeld;
      },
      release: (succeeded = false) => {
        if (!isHeld) return;
        isHeld = false;
        this.#inFlight--;
        model.inFlight--;
        if (succeeded) model.most = Math.min(this.concurrency, model.most * 2);
        // Later, so that whoever gave it back takes note first of what came: what it cost, that the model fails.
        setImmediate(() => this.#grant());
      },
    };
  }

  #of(name: string): ModelLimits {
    const known = this.#models.get(name) ?? { inFlight: 0, most: this.concurrency, pausedUntil: 0, turn: 0 };
    this.#models.set(name, known);
    return known;
  }
}

/** Of two that may go, the retry or else the one whose model had its turn longer ago. */
function goesBefore(one: Waiting, other: Waiting): boolean {
  return one.isRetry === other.isRetry ? one.model.turn < other.model.turn : one.isRetry;
}
