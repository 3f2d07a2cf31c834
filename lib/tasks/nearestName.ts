import type { Task } from "./types.js";

/** The end of an error's sentence about a task that is not there: `; did you mean "calc_tool"?` */
export function nearestName(name: string, tasks: readonly Task[]): string {
  let nearest: string | null = null;
  let fewest = Infinity;
  for (const task of tasks) {
    const edits = editDistance(name.toLowerCase(), task.name.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      nearest = task.name;
    }
  }
  return nearest === null ? "; the list is empty." : `; did you mean "${nearest}"?`;
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
