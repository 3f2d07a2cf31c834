/**
 * The known ids nearest to an unknown one, best first: by edit distance over the whole id or, since the maker's name is
 * easily forgotten, over the part after the slash. Only ids that share most of their letters are named.
 *
 * @param most How many to name at most, default 3.
 */
export function nearestIds(id: string, known: readonly string[], most = 3): readonly string[] {
  return known
    .map((candidate) => ({ candidate, distance: distanceBetween(id.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= FARTHEST)
    .toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/** Edits per letter. */
const FARTHEST = 0.5;

function distanceBetween(a: string, b: string): number {
  const whole = editDistance(a, b) / Math.max(a.length, b.length, 1);
  const [nameA, nameB] = [nameOf(a), nameOf(b)];
  // A little more than the whole id's, so that the same maker goes first.
  const names = 0.05 + editDistance(nameA, nameB) / Math.max(nameA.length, nameB.length, 1);
  return Math.min(whole, names);
}

function nameOf(id: string): string {
  return id.slice(id.indexOf("/") + 1);
}

/** Insertions, deletions and substitutions that turn a into b (Levenshtein 1966), one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
