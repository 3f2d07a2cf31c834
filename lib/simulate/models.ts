import type { Facet } from "../tasks/index.js";
import type { Task } from "../tasks/types.js";
import { chance, normalChance } from "./chance.js";

/** A simulated model: a name nobody sells, and how able it is in each facet. */
export interface SimulatedModel {
  readonly id: string;
  readonly alias: string;
  /** Names its luck: models of one name in panels of other seeds answer otherwise. */
  readonly luck: string;
  /** The share of each facet's questions that it gets right, in [0, 1]. */
  readonly abilities: Readonly<Record<Facet, number>>;
}

/** Birds, so that no name can be taken for a real model's; with the prefix in every table and figure. */
const NAMES = (
  "avocet bittern curlew dunlin egret fulmar godwit hoopoe ibis jacana kittiwake lapwing moorhen " +
  "nightjar ouzel plover quail redshank siskin teal umbrellabird veery wryneck yellowhammer"
).split(" ");

/** Correlation of the three free abilities: facets of real models go together, and do not coincide. */
const CORRELATION = 0.5;
const LOWEST = 0.04;
const HIGHEST = 0.98;

/**
 * The law of the panel: tool use from reasoning and coding, all in [0, 1]. It takes both: either alone gives little,
 * so the two interact, and the surface is a flank that rises to a plateau where both are high.
 */
export function truth(reasoning: number, coding: number): number {
  return 0.06 + 0.9 * rise(reasoning) * rise(coding);
}

const rise = (ability: number): number => 1 / (1 + Math.exp(-9 * (ability - 0.42)));

/**
 * The panel's models. Reasoning, instruction and coding are drawn together and spread evenly over the range, so that a
 * panel of any size covers the square that a surface is drawn over; tool use follows from `truth`.
 */
export function simulatedModels(count: number, seed: number): readonly SimulatedModel[] {
  const [reasoning, instruction, coding] = ["reasoning", "instruction", "coding"].map((facet) =>
    spread(count, seed, facet),
  ) as [number[], number[], number[]];
  return reasoning.map((r, m) => {
    const flock = Math.floor(m / NAMES.length);
    const name = `${NAMES[m % NAMES.length]}${flock === 0 ? "" : `-${flock + 1}`}`;
    const c = coding[m]!;
    return {
      id: `simulated/${name}`,
      alias: `sim-${name}`,
      luck: `${seed}/${name}`,
      abilities: { reasoning: r, instruction: instruction[m]!, coding: c, tool_use: truth(r, c) },
    };
  });
}

/** Abilities by rank of a latent one with a part common to all facets, evenly spread from lowest to highest. */
function spread(count: number, seed: number, facet: string): number[] {
  const latent = Array.from(
    { length: count },
    (_, m) =>
      Math.sqrt(CORRELATION) * normalChance(seed, m, "common") +
      Math.sqrt(1 - CORRELATION) * normalChance(seed, m, facet),
  );
  return latent.map((value) => {
    const rank = latent.filter((other) => other < value).length;
    return LOWEST + ((HIGHEST - LOWEST) * (rank + 0.5)) / count;
  });
}

/** A model's ability in any facet; one that the panel does not know is near its mean over those it does. */
export function abilityIn({ luck, abilities }: SimulatedModel, facet: string): number {
  if (Object.hasOwn(abilities, facet)) return abilities[facet as Facet];
  const known = Object.values<number>({ ...abilities });
  const mean = known.reduce((sum, ability) => sum + ability, 0) / known.length;
  return 0.6 * mean + 0.4 * chance(luck, facet);
}

/** How sharply luck is bounded by ability: a question this much easier than the ability is got right 73 % of the time. */
const SHARPNESS = 0.08;

/**
 * Does a model get a task right at an epoch? An item response model in its latent form: the chance of a right answer rises with
 * the model's ability minus the question's difficulty.
 *
 * A facet's questions have difficulties spread evenly over [0, 1] (stratified, in an order that differs between
 * models), and the model is right where its ability exceeds the difficulty. So even three questions measure an ability
 * to a third, where independent luck would leave ± .29. Repeats are drawn around that: easy questions stay right, hard
 * ones wrong, those at the edge of the ability vary.
 *
 * @param tasks The tasks that are asked, over which the difficulties are spread.
 */
export function isRight(model: SimulatedModel, task: Task, epoch: number, tasks: readonly Task[]): boolean {
  const margin = abilityIn(model, task.facet) - difficulty(model, task, tasks);
  if (epoch === 0) return margin > 0;
  return chance(model.luck, task.prompt, epoch, "luck") < 1 / (1 + Math.exp(-margin / SHARPNESS));
}

function difficulty(model: SimulatedModel, task: Task, tasks: readonly Task[]): number {
  // By name: an edited prompt takes the place of the one it was, and moves no other question.
  const others = tasks.filter(({ facet, name }) => facet === task.facet && name !== task.name);
  const own = hardness(model, task);
  const rank = others.filter((other) => hardness(model, other) < own).length;
  return (rank + chance(model.luck, task.prompt, "difficulty")) / (others.length + 1);
}

/** Some tasks are harder for most models, those of a higher grade above all; the order is not the same for all. */
function hardness(model: SimulatedModel, { name, difficulty = 2 }: Task): number {
  const key = `${model.luck}\n${name}`;
  const own = HARDNESS.get(key) ?? chance(name, "hardness") + chance(model.luck, name, "hardness");
  HARDNESS.set(key, own);
  return own + GRADE * (difficulty - 2);
}

/** What a grade of difficulty adds to a hardness in [0, 2], whose standard deviation over tasks is 0.4. */
const GRADE = 0.5;
/** Worked out once for each model and task. */
const HARDNESS = new Map<string, number>();
