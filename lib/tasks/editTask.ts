import type { Task } from "./types.js";
import { nearestName } from "./nearestName.js";

/** What may change in a task; its name and facet may, too. */
export type TaskChanges = Partial<Task>;

/**
 * The tasks with one of them changed. The list handed in stays as it was.
 *
 * `expected` is replaced whole, not merged: a changed prompt seldom keeps half of its right answer.
 *
 * @param name The task to change.
 * @param changes Fields that take the place of the task's own.
 * @throws RangeError when no task has that name (the message names the nearest), or when the new name is taken.
 */
export function editTask(tasks: readonly Task[], name: string, changes: TaskChanges): Task[] {
  if (!tasks.some((task) => task.name === name)) {
    throw new RangeError(`editTask: no task is named "${name}"${nearestName(name, tasks)}`);
  }
  const renamed = changes.name ?? name;
  if (renamed !== name && tasks.some((task) => task.name === renamed)) {
    throw new RangeError(`editTask: "${name}" cannot become "${renamed}": another task has that name.`);
  }
  return tasks.map((task) => (task.name === name ? { ...task, ...changes } : task));
}
