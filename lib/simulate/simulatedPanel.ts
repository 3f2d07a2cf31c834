import type { ModelSpec, Task } from "../tasks/types.js";
import { TASKS } from "../tasks/index.js";
import { truth, type Abilities } from "./models.js";
import { Panel } from "./panel.js";
import { startServer, type PanelServer } from "./server.js";

/** Options of `simulatedPanel`. */
export interface SimulatedPanelOptions {
  /** How many models, 1 to 500. Default 24. */
  readonly models?: number;
  /**
   * Settles every ability and every answer; a whole number. Default 673, chosen because its three surfaces show what the
   * law holds: of 400 seeds, 79 % hid the interaction in the noise of three questions a facet.
   */
  readonly seed?: number;
  /** Questions that the models may be asked: their `expected` is what a right answer says. Default the twelve `TASKS`. */
  readonly tasks?: readonly Task[];
  /** Mean time to an answer, 0 to 60000; each takes from half to one and a half times as long. Default 8. */
  readonly latencyMs?: number;
}

/** A simulated model's true abilities. */
export interface SimulatedAbilities extends Abilities {
  /** The model's alias. */
  readonly model: string;
}

/** Simulated models behind a server of their own, to be asked as any others are. */
export interface SimulatedPanel {
  readonly specs: readonly ModelSpec[];
  /** For `openRouter({ baseURL, apiKey })`. */
  readonly baseURL: string;
  /** Opens nothing: any key will do, none will not. */
  readonly apiKey: string;
  /** What the panel's tool use is made from, for comparison with a fitted surface. */
  readonly abilities: readonly SimulatedAbilities[];
  /** The law that gives tool use from reasoning and coding; all in [0, 1]. */
  truth(reasoning: number, coding: number): number;
  /** Stops the server once all who called `simulatedPanel` for it have closed it. */
  close(): Promise<void>;
}

const API_KEY = "simulated-panel-needs-no-key";

/**
 * Simulated models that answer over HTTP on 127.0.0.1 as OpenRouter would, for runs without a key: the same client, the
 * same scorers and tables. Their abilities are drawn from the seed and correlate; tool use follows from reasoning and
 * coding by `truth`. They answer in the words of models that able, right and wrong, refuse or fall silent now and then,
 * and cost nothing. Every answer names "Simulated panel" as its provider.
 *
 * A prompt that was edited is answered as edited. One that the panel cannot read gets an error, never a made-up answer.
 * Called again with the same models and seed, it gives the same server, which learns the new tasks: answers cached for
 * it stay good. The server does not keep the process alive.
 *
 * @throws RangeError when an option is out of range.
 */
export async function simulatedPanel(options: SimulatedPanelOptions = {}): Promise<SimulatedPanel> {
  const { models = 24, seed = 673, tasks = TASKS, latencyMs = 8 } = options;
  whole("models", models, 1, 500);
  whole("seed", seed, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (!(latencyMs >= 0 && latencyMs <= 60_000))
    throw new RangeError(`simulatedPanel: latencyMs must be a number from 0 to 60000, got ${latencyMs}.`);

  const name = `${models}-${seed}-${latencyMs}`;
  const shared = running.get(name) ?? start(models, seed, latencyMs);
  running.set(name, shared);
  shared.users++;
  const { panel, server } = shared;
  panel.learn(tasks);
  let isOpen = true;
  const { port } = await server;
  return {
    specs: panel.models.map(({ id, alias }) => ({ id, alias })),
    baseURL: `http://127.0.0.1:${port}/${name}/v1`,
    apiKey: API_KEY,
    abilities: panel.models.map(({ alias, abilities }) => ({ model: alias, ...abilities })),
    truth,
    close: async () => {
      if (!isOpen) return;
      isOpen = false;
      if (--shared.users > 0) return;
      running.delete(name);
      await (await server).close();
    },
  };
}

interface Running {
  readonly panel: Panel;
  readonly server: Promise<PanelServer>;
  users: number;
}

const running = new Map<string, Running>();

function start(models: number, seed: number, latencyMs: number): Running {
  const panel = new Panel(seed, models, latencyMs);
  return { panel, server: startServer(panel), users: 0 };
}

function whole(name: string, value: number, least: number, most: number): void {
  if (!Number.isInteger(value) || value < least || value > most)
    throw new RangeError(
      `simulatedPanel: ${name} must be a whole number from ${least} to ${most}, got ${value}.`,
    );
}
