import type { Task } from "./types.js";
import { editTask } from "./editTask.js";

/**
 * The tasks with the prompts given here, by task name; those that are not named keep theirs.
 *
 * @throws RangeError when a name is no task's; the message names the nearest.
 */
export function withPrompts(
  tasks: readonly Task[],
  prompts: Readonly<Record<string, string>>,
): readonly Task[] {
  return Object.entries(prompts).reduce(
    (edited, [name, prompt]) => editTask(edited, name, { prompt }),
    tasks,
  );
}
