import type { Task } from "../../lib/tasks/types.js";

/** Tasks whose prompt is "prompt i" and whose scorer wants to read just that back. */
export function someTasks(count: number): readonly Task[] {
  return Array.from({ length: count }, (_, i): Task => ({
    facet: i % 2 === 0 ? "even" : "odd",
    name: `task_${i}`,
    prompt: `prompt ${i}`,
    expected: { exact: `prompt ${i}` },
    scorer: (output, expected) => ({
      kind: "scored",
      value: output === expected.exact ? 1 : 0,
      explanation: output,
    }),
  }));
}
