import { basename } from "node:path";
import { kindOf } from "../readers/fileReport.js";
import type { ExternalFile, Skipped } from "../types.js";
import { NO_FACET } from "./facets.js";

/** Reasons that ask nothing of the reader, and are told last. */
const HARMLESS = /^(?:the same r|one score a task|part of a |a smoke run, and )/;

/**
 * What was skipped, a sentence for each reason with its count and the first names: tasks without a facet first, with
 * what to type, and last what loses nothing.
 */
export function skippedNotes(skipped: readonly Skipped[], files: readonly ExternalFile[]): readonly string[] {
  const groups = new Map<string, { readonly why: string; readonly names: Set<string>; count: number }>();
  for (const { file, what, why, count = 1 } of skipped) {
    const kind = kindOf(why).replace(/ (?:is|are) taken from .*/, "");
    const group = groups.get(kind) ?? { why, names: new Set<string>(), count: 0 };
    groups.set(kind, group);
    group.names.add(what === "file" ? basename(file) : what);
    group.count += count;
  }
  const lines = [...groups.values()]
    .toSorted((a, b) => rank(a.why) - rank(b.why) || b.count - a.count)
    .map(({ why, names, count }) => {
      if (why === NO_FACET) return facetNote(names);
      const [first] = names;
      return count === 1 ? `Skipped ${first}: ${why}.` : `Skipped ${count}: ${why} (${namesOf(names, 5)}).`;
    });
  const isEmpty = files.length + skipped.length > 0 && !files.some(({ rows }) => rows > 0);
  return isEmpty ? ["No score could be taken.", ...lines] : lines;
}

/** What the reader can mend comes first, what loses nothing last. */
const rank = (why: string): number => (why === NO_FACET ? 0 : HARMLESS.test(why) ? 2 : 1);

/** How many a name in a list stands for: "448 more like these" for so many. */
const sizeOf = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + Number(/^(\d+) more like these$/.exec(name)?.[1] ?? 1), 0);

/** The first names, and how many more there are. */
function namesOf(names: ReadonlySet<string>, most: number): string {
  const more = sizeOf([...names].slice(most));
  return [...names].slice(0, most).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function facetNote(tasks: ReadonlySet<string>): string {
  const [first = "", second] = tasks;
  const typed = /^[\w.:-]+$/.test(first) ? first : JSON.stringify(first);
  return (
    `No facet is known for ${second === undefined ? "this task" : `these ${sizeOf(tasks)} tasks`}: ${namesOf(tasks, 20)}. ` +
    `Give each one: --facet ${typed}=reasoning on the command line, ` +
    `or { facetOf: { ${JSON.stringify(first)}: "reasoning" } } in the notebook.`
  );
}
