import type { Task } from "../types.js";

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
    const nearest = nearestName(name, tasks);
    throw new RangeError(
      `editTask: no task is named "${name}"` +
        (nearest === null ? "; the list is empty." : `; did you mean "${nearest}"?`),
    );
  }
  const renamed = changes.name ?? name;
  if (renamed !== name && tasks.some((task) => task.name === renamed)) {
    throw new RangeError(`editTask: "${name}" cannot become "${renamed}": another task has that name.`);
  }
  return tasks.map((task) => (task.name === name ? { ...task, ...changes } : task));
}

function nearestName(name: string, tasks: readonly Task[]): string | null {
  let best: string | null = null;
  let fewest = Infinity;
  for (const task of tasks) {
    const edits = editDistance(name.toLowerCase(), task.name.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = task.name;
    }
  }
  return best;
}

/** Levenshtein distance, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, substituted));
    }
    row = next;
  }
  return row[b.length]!;
}
