import type { ModelMatch } from "./types.js";

/** Names that differ only in case, separators or the provider before the "/". Proposed, never merged. */
export function proposeMatches(names: readonly string[]): readonly ModelMatch[] {
  const groups = new Map<string, Set<string>>();
  for (const name of names) {
    const key = name
      .slice(name.lastIndexOf("/") + 1)
      .toLowerCase()
      .replace(/[\s_.]+/g, "-");
    const group = groups.get(key) ?? new Set();
    groups.set(key, group.add(name));
  }
  return [...groups.values()]
    .filter((group) => group.size > 1)
    .map((group) => ({ names: [...group], why: "the same name but for case, separators and provider" }));
}
