/** The questions of one model, and how they fare. */
export interface Lane {
  readonly model: number;
  /** Cells still to begin, in order. */
  readonly next: () => number | null;
}

interface LaneState extends Lane {
  active: number;
  /** Asks that wait after a 429 before they try again. */
  paused: number;
  proven: boolean;
  closed: boolean;
}

/** How a cell that was begun goes on. */
export interface Handle {
  /** The ask waits without a slot, or goes on. `paused` closes the model's lane meanwhile. */
  waits(waiting: boolean, paused: boolean): void;
  /** The model has answered: it may have as many questions in flight as there is room for. */
  proves(): void;
  /** Nothing more of this model is begun. */
  closesLane(): void;
}

/** Questions in flight to a model that has not answered yet: enough to see that it fails, few enough to fail cheaply. */
const UNPROVEN_IN_FLIGHT = 4;

function isOpen(lane: LaneState): boolean {
  return !lane.closed && lane.paused === 0 && (lane.proven || lane.active < UNPROVEN_IN_FLIGHT);
}

/**
 * Begins cells in turn over the models, at most `inFlight` at once, until none is left or `signal` ends. A lane whose
 * model asked for a pause is passed over, so that the others go on; an ask that waits holds no place.
 *
 * @param begin Starts a cell; resolves when it is settled. "wait" leaves the cell for later, "stop" ends everything.
 */
export function runLanes(
  lanes: readonly Lane[],
  inFlight: number,
  begin: (cell: number, handle: Handle) => Promise<void> | "wait" | "stop",
  signal: AbortSignal,
): Promise<void> {
  const states: LaneState[] = lanes.map((lane) => ({
    ...lane,
    active: 0,
    paused: 0,
    proven: false,
    closed: false,
  }));
  let turn = 0;
  let busy = 0;
  let active = 0;
  let stopped = false;
  let held: { readonly lane: LaneState; readonly cell: number } | null = null;

  return new Promise((resolve, reject) => {
    const end = (): void => {
      stopped = true;
      resolve();
    };
    if (signal.aborted) return end();
    signal.addEventListener("abort", end, { once: true });

    /** The next cell in turn; lanes that ran out are taken off the list. */
    const take = (): { readonly lane: LaneState; readonly cell: number } | null => {
      for (let seen = 0; seen < states.length;) {
        const lane = states[turn % states.length];
        if (!lane) return null;
        if (!isOpen(lane) && !lane.closed) {
          turn = (turn + 1) % states.length;
          seen++;
          continue;
        }
        const cell = lane.closed ? null : lane.next();
        if (cell !== null) {
          turn = (turn + 1) % states.length;
          return { lane, cell };
        }
        states.splice(turn % states.length, 1);
        turn = states.length === 0 ? 0 : turn % states.length;
      }
      return null;
    };

    const pump = (): void => {
      while (!stopped && busy < inFlight) {
        const taken = held ?? take();
        held = null;
        if (taken === null || taken.lane.closed) {
          if (taken !== null) continue;
          break;
        }
        const { lane, cell } = taken;
        let waiting = false;
        const handle: Handle = {
          waits(nowWaiting, paused) {
            if (waiting === nowWaiting) return;
            waiting = nowWaiting;
            busy += waiting ? -1 : 1;
            if (paused) lane.paused += waiting ? 1 : -1;
            pump();
          },
          proves: () => void (lane.proven = true),
          closesLane: () => void (lane.closed = true),
        };
        const begun = begin(cell, handle);
        if (begun === "stop") {
          stopped = true;
          break;
        }
        if (begun === "wait") {
          held = taken;
          break;
        }
        lane.active++;
        active++;
        busy++;
        const settled = (): void => {
          lane.active--;
          active--;
          if (!waiting) busy--;
          pump();
        };
        begun.then(settled).catch(reject);
      }
      if (active === 0) {
        signal.removeEventListener("abort", end);
        resolve();
      }
    };
    pump();
  });
}
