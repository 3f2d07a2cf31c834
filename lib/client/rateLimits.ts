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
}

type Grant = (slot: Slot) => void;
/** Those who wait, by model, in the order of their turns. */
type Ring = Map<string, Grant[]>;

/**
 * Who may send a request now: the one scheduler. At most `concurrency` slots are out at once; models take turns, a retry
 * goes before a first try, and a model that asked for a pause gets none until it is over. Then it gets one request at
 * first and twice as many after each success, or those who wait would all run into its limit again.
 */
export class RateLimits {
  readonly #models = new Map<string, ModelLimits>();
  readonly #retries: Ring = new Map();
  readonly #firsts: Ring = new Map();
  #inFlight = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(readonly concurrency: number) {}

  /**
   * A slot for a request to the model, as soon as there is one.
   *
   * @throws the signal's reason, as soon as it ends.
   */
  slot(model: string, signal: AbortSignal, isRetry = false): Promise<Slot> {
    const ring = isRetry ? this.#retries : this.#firsts;
    return new Promise((resolve, reject) => {
      const end = (): void => {
        const waiting = ring.get(model)?.filter((other) => other !== grant) ?? [];
        if (waiting.length > 0) ring.set(model, waiting);
        else ring.delete(model);
        reject(signal.reason as Error);
        this.#grant();
      };
      const grant: Grant = (slot) => {
        signal.removeEventListener("abort", end);
        resolve(slot);
      };
      if (signal.aborted) return end();
      // Everyone in the queue listens to the caller's one signal: that many listeners are no leak, and no warning.
      setMaxListeners(0, signal);
      signal.addEventListener("abort", end, { once: true });
      const waiting = ring.get(model);
      if (waiting) waiting.push(grant);
      else ring.set(model, [grant]);
      this.#grant();
    });
  }

  /** No request to the model begins for `ms`. */
  pause(model: string, ms: number): void {
    const limits = this.#of(model);
    limits.pausedUntil = Math.max(limits.pausedUntil, performance.now() + ms);
    limits.most = 1;
  }

  /** Gives out what slots there are. */
  #grant(): void {
    clearTimeout(this.#timer);
    while (this.#inFlight < this.concurrency) {
      const grant = this.#next();
      if (!grant) return;
      grant();
    }
  }

  /** Takes the next in turn whose model may be asked; null when all must wait, with a timer for the first pause to end. */
  #next(): (() => void) | null {
    const now = performance.now();
    let wake = Infinity;
    for (const ring of [this.#retries, this.#firsts])
      for (const [model, waiting] of ring) {
        const limits = this.#of(model);
        if (limits.pausedUntil > now) wake = Math.min(wake, limits.pausedUntil);
        else if (limits.inFlight < limits.most) {
          const first = waiting.shift();
          // Deleted and set again, the model goes to the end of the round.
          ring.delete(model);
          if (waiting.length > 0) ring.set(model, waiting);
          return () => first?.(this.#slotOf(limits));
        }
      }
    // Somebody waits for it, so that it may keep the process alive.
    if (wake < Infinity) this.#timer = setTimeout(() => this.#grant(), wake - now);
    return null;
  }

  #slotOf(limits: ModelLimits): Slot {
    let isHeld = true;
    this.#inFlight++;
    limits.inFlight++;
    return {
      get isHeld() {
        return isHeld;
      },
      release: (succeeded = false) => {
        if (!isHeld) return;
        isHeld = false;
        this.#inFlight--;
        limits.inFlight--;
        if (succeeded) limits.most = Math.min(this.concurrency, limits.most * 2);
        // Later, so that whoever gave it back takes note first of what came: what it cost, that the model fails.
        setImmediate(() => this.#grant());
      },
    };
  }

  #of(model: string): ModelLimits {
    const known = this.#models.get(model) ?? { inFlight: 0, most: this.concurrency, pausedUntil: 0 };
    this.#models.set(model, known);
    return known;
  }
}
