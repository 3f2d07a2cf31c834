import { scorerFor } from "../scorers/index.js";
import type { Task } from "./types.js";
import { nearestName } from "../shared/nearestName.js";

/**
 * The tasks with one of them changed. The list handed in stays as it was.
 *
 * `expected` is replaced whole, not merged: a changed prompt seldom keeps half of its right answer. A task that its
 * `expected` chose the scorer of gets the scorer of the new one.
 *
 * @param name The task to change.
 * @param changes Fields that take the place of the task's own; its name and facet may change, too.
 * @example
 * const edited = editTask(TASKS, "math_apples", { prompt: "Sarah has 30 apples and eats 2. How many are left?", expected: { answer: 28 } });
 * [edited.length, edited[0].expected.answer] // [12, 28]
 * @throws RangeError when no task has that name (the message names the nearest), or when the new name is taken.
 */
export function editTask(tasks: readonly Task[], name: string, changes: Partial<Task>): Task[] {
  taskNamed(name, tasks, "editTask");
  const renamed = changes.name ?? name;
  if (renamed !== name && tasks.some((task) => task.name === renamed)) {
    throw new RangeError(`editTask: "${name}" cannot become "${renamed}": another task has that name.`);
  }
  return tasks.map((task) =>
    task.name === name ? { ...task, ...scorerAfter(task, changes), ...changes } : task,
  );
}

/** The scorer of what is expected now, where the task was judged by that of what it expected before. */
function scorerAfter({ expected, scorer }: Task, changes: Partial<Task>): Partial<Task> {
  const next = scorerFor(changes.expected ?? expected);
  return next !== null && scorer === scorerFor(expected) ? { scorer: next } : {};
}

/**
 * The task of that name.
 *
 * @param caller Begins the error's message.
 * @throws RangeError when there is none; the message names the nearest.
 */
export function taskNamed(name: string, tasks: readonly Task[], caller: string): Task {
  const found = tasks.find((task) => task.name === name);
  if (found) return found;
  const names = tasks.map((task) => task.name);
  const nearest = nearestName(name, names);
  const advice = nearest === null ? "the list is empty." : `did you mean "${nearest}"?`;
  throw new RangeError(`${caller}: no task is named "${name}"; ${advice}`);
}
