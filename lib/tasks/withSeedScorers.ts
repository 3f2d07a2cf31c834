import { seedScorers } from "../scorers/index.js";
import type { Scorer } from "../scorers/types.js";
import type { Task } from "./types.js";

/** The tasks with the original notebook's heuristics as their scorers; a task of another facet keeps its own. */
export function withSeedScorers(tasks: readonly Task[]): Task[] {
  const byFacet: Readonly<Record<string, Scorer>> = seedScorers;
  return tasks.map((task) => ({
    ...task,
    scorer: Object.hasOwn(byFacet, task.facet) ? byFacet[task.facet]! : task.scorer,
  }));
}
