import { TASKS } from "../tasks/index.js";
import type { ModelSpec, Task } from "../tasks/types.js";
import { truth } from "./models.js";
import { Panel } from "./panel.js";
import { startServer } from "./server.js";

/** Options of `simulatedPanel`. */
export interface SimulatedPanelOptions {
  /** How many models, 1 to 500. Default 24. */
  readonly models?: number;
  /** Settles every ability and every answer; a whole number. Default 1, the first: no seed was sought that shows more. */
  readonly seed?: number;
  /** Questions that the models may be asked: their `expected` is what a right answer says. Default the twelve `TASKS`. */
  readonly tasks?: readonly Task[];
  /** Mean time to an answer, 0 to 60000; each takes from half to one and a half times as long. Default 8. */
  readonly latencyMs?: number;
}

/** Simulated models behind a server of their own, to be asked as any others are. */
export interface SimulatedPanel {
  readonly specs: readonly ModelSpec[];
  /** For `openRouter({ baseURL, apiKey })`. */
  readonly baseURL: string;
  /** Opens nothing: any key will do, none will not. */
  readonly apiKey: string;
  /** What is simulated, by which law and from which seed, and which of the tasks the panel cannot answer. */
  readonly note: string;
  /** Hands over the tasks that will be asked next, edited ones among them. It still knows those of before. */
  learn(tasks: readonly Task[]): void;
  /** The law that gives tool use from reasoning and coding; all in [0, 1]. */
  truth(reasoning: number, coding: number): number;
  close(): Promise<void>;
}

/**
 * Simulated models that answer over HTTP on 127.0.0.1 as OpenRouter would, for runs without a key: the same client, the
 * same scorers and tables. Their abilities are drawn from the seed and correlate; tool use follows from reasoning and
 * coding by `truth`. They answer as models that able do, right and wrong, refuse or fall silent now and then, and cost
 * nothing. Every answer is signed by `SIMULATED_PANEL` as its provider.
 *
 * They give the task's `examples`, or answers made from its `expected`: `answer`, `exact`, `includes`, `choice`, an object as
 * `json`, `python` with inputs or a value, `call`. Any other task they decline in words, which stays unscored, and `note` names
 * it; so it is with a prompt that is none of the tasks'. The server does not keep the process alive.
 *
 * @throws RangeError when an option is out of range.
 */
export async function simulatedPanel(options: SimulatedPanelOptions = {}): Promise<SimulatedPanel> {
  const { models = 24, seed = 1, tasks = TASKS, latencyMs = 8 } = options;
  whole("models", models, 1, 500);
  whole("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (!(latencyMs >= 0 && latencyMs <= 60_000))
    throw new RangeError(`simulatedPanel: latencyMs must be a number from 0 to 60000, got ${latencyMs}.`);

  const panel = new Panel(seed, models, latencyMs);
  panel.learn(tasks);
  const server = await startServer(panel);
  return {
    specs: panel.models.map(({ id, alias }) => ({ id, alias })),
    baseURL: `http://127.0.0.1:${server.port}/v1`,
    apiKey: "simulated-panel-needs-no-key",
    get note() {
      const law =
        `Simulated: ${models} invented models, whose tool use follows from reasoning r and coding c as ` +
        `0.06 + 0.9 s(r) s(c), s(a) = 1 / (1 + exp(-9 (a - 0.42))), so that it takes both; the seed is simply ${seed}.`;
      return [law, ...panel.declines()].join("\n");
    },
    learn: (more) => panel.learn(more),
    truth,
    close: () => server.close(),
  };
}

function whole(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `simulatedPanel: ${name} must be a whole number from ${least} to ${most}, got ${value}.`,
  );
}
