import type { Task } from "../tasks/types.js";
import { chance } from "./chance.js";
import { abilityIn, type SimulatedModel } from "./models.js";
import type { Understood } from "./understand.js";

/** How sharply luck is bounded by ability: a question this much easier than the ability is got right 73 % of the time. */
const SHARPNESS = 0.08;

/**
 * Does a model get a prompt right at an epoch?
 *
 * A facet's questions have difficulties spread evenly over [0, 1] (stratified, in an order that differs between
 * models), and the model is right where its ability exceeds the difficulty. So even three questions measure an ability
 * to a third, where independent luck would leave ± .29. Repeats are drawn around that: easy questions stay right, hard
 * ones wrong, those at the edge of the ability vary.
 */
export function isRight(
  model: SimulatedModel,
  prompt: string,
  epoch: number,
  { facet, task }: Understood,
  tasks: readonly Task[],
): boolean {
  const margin = abilityIn(model, facet) - difficulty(model, prompt, task, tasks);
  if (epoch === 0) return margin > 0;
  return chance(model.luck, prompt, epoch, "luck") < 1 / (1 + Math.exp(-margin / SHARPNESS));
}

function difficulty(
  model: SimulatedModel,
  prompt: string,
  task: Task | null,
  tasks: readonly Task[],
): number {
  const within = chance(model.luck, prompt, "difficulty");
  if (task === null) return within;
  // By name: an edited prompt takes the place of the one it was, and moves no other question.
  const others = tasks.filter(({ facet, name }) => facet === task.facet && name !== task.name);
  const own = hardness(model, task);
  const rank = others.filter((other) => hardness(model, other) < own).length;
  return (rank + within) / (others.length + 1);
}

/** Some tasks are harder for most models; the order is not the same for all. */
function hardness(model: SimulatedModel, task: Task): number {
  return chance(task.name, "hardness") + chance(model.luck, task.name, "hardness");
}
