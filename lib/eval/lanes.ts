/** The questions of one model. */
export interface Lane<Cell> {
  /** Takes the next cell, in order; null when there is none. */
  readonly next: () => Cell | null;
}

/** How a cell that was begun goes on. */
export interface Handle {
  /** The ask waits without a slot, or goes on. `isLimit`: the model said that it gets too much, and is left alone meanwhile. */
  waits(waiting: boolean, isLimit: boolean): void;
  /** The model has answered: it may have as many questions in flight as there is room for. */
  proves(): void;
  /** Nothing more of this model is begun. */
  closes(): void;
}

/** Starts a cell, resolving when it is settled. "later": not yet; "stop": nothing is begun any more. */
export type Begin<Cell> = (cell: Cell, handle: Handle) => Promise<void> | "later" | "stop";

/** Questions to a model that has not answered yet: enough to see that it fails, few enough to fail cheaply. */
const UNPROVEN = 4;

interface LaneState<Cell> extends Lane<Cell> {
  begun: number;
  held: number;
  proven: boolean;
  closed: boolean;
}

interface Taken<Cell> {
  readonly lane: LaneState<Cell>;
  readonly cell: Cell;
}

/**
 * Begins cells in turn over the models, at most `inFlight` at once, until none is left, `begin` says "stop" or `signal`
 * ends. A lane whose model is left alone is passed over, so that the others go on; an ask that waits takes no place.
 *
 * @returns once everything begun is settled, or at once when `signal` ends.
 * @throws what `begin` or the promise it gave throws: a caller's fault, such as a callback that throws.
 */
export function runLanes<Cell>(
  lanes: readonly Lane<Cell>[],
  inFlight: number,
  begin: Begin<Cell>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const runner = new Runner(lanes, inFlight, begin);
    const end = (): void => {
      runner.stop();
      resolve();
    };
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) return end();
    runner
      .run()
      .finally(() => signal.removeEventListener("abort", end))
      .then(resolve, reject);
  });
}

class Runner<Cell> {
  readonly #lanes: LaneState<Cell>[];
  #turn = 0;
  #active = 0;
  /** Of those active, how many wait without a place. */
  #waiting = 0;
  #stopped = false;
  #later: Taken<Cell> | null = null;
  #settle: { readonly resolve: () => void; readonly reject: (error: unknown) => void } | null = null;

  constructor(
    lanes: readonly Lane<Cell>[],
    readonly inFlight: number,
    readonly begin: Begin<Cell>,
  ) {
    this.#lanes = lanes.map((lane) => ({ ...lane, begun: 0, held: 0, proven: false, closed: false }));
  }

  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#pump();
    });
  }

  stop(): void {
    this.#stopped = true;
  }

  #pump(): void {
    try {
      while (!this.#stopped && this.#active - this.#waiting < this.inFlight) {
        const taken = this.#later ?? this.#take();
        this.#later = null;
        if (taken === null) break;
        if (taken.lane.closed) continue;
        if (!this.#start(taken)) break;
      }
      if (this.#active === 0) this.#settle?.resolve();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** The next cell in turn. A lane that ran out or was closed is taken off the round. */
  #take(): Taken<Cell> | null {
    const lanes = this.#lanes;
    for (let passed = 0; passed < lanes.length;) {
      this.#turn %= lanes.length;
      const lane = lanes[this.#turn];
      if (!lane) return null;
      if (!lane.closed && !isOpen(lane)) {
        this.#turn++;
        passed++;
        continue;
      }
      const cell = lane.closed ? null : lane.next();
      if (cell === null) {
        lanes.splice(this.#turn, 1);
        continue;
      }
      this.#turn++;
      return { lane, cell };
    }
    return null;
  }

  #handleOf(lane: LaneState<Cell>): Handle {
    let waiting = false;
    let limited = false;
    return {
      waits: (now, isLimit) => {
        if (now === waiting) return;
        waiting = now;
        this.#waiting += now ? 1 : -1;
        if (now) limited = isLimit;
        if (limited) lane.held += now ? 1 : -1;
        this.#pump();
      },
      proves: () => void (lane.proven = true),
      closes: () => void (lane.closed = true),
    };
  }

  /** @returns false when nothing more is to be started now. */
  #start(taken: Taken<Cell>): boolean {
    const { lane, cell } = taken;
    const handle = this.#handleOf(lane);
    // Counted before it begins, since a client may say at once that the ask waits.
    lane.begun++;
    this.#active++;
    const begun = this.begin(cell, handle);
    if (typeof begun === "string") {
      lane.begun--;
      this.#active--;
      if (begun === "later") this.#later = taken;
      else this.#stopped = true;
      return false;
    }
    begun
      .finally(() => {
        handle.waits(false, false);
        this.#active--;
      })
      .then(() => this.#pump())
      .catch((error: unknown) => this.#fail(error));
    return true;
  }

  #fail(error: unknown): void {
    this.#stopped = true;
    this.#settle?.reject(error);
  }
}

function isOpen(lane: LaneState<unknown>): boolean {
  return lane.held === 0 && (lane.proven || lane.begun < UNPROVEN);
}
