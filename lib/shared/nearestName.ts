/** The known name nearest to an unknown one, however far; null when none is known. */
export function nearestName(name: string, known: readonly string[]): string | null {
  return byDistance(name, known)[0]?.candidate ?? null;
}

/** The known names nearest to an unknown one, at most three, best first; only names that share most of their letters. */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  return byDistance(name, known)
    .filter(({ distance }) => distance <= FARTHEST)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

const MOST = 3;
/** Edits per letter. */
const FARTHEST = 0.5;

/** By edits over the whole name or, since a model's maker is easily forgotten, over the part after the slash. In any case. */
function byDistance(name: string, known: readonly string[]): { candidate: string; distance: number }[] {
  const distanceTo = (candidate: string): number => {
    const whole = editsPerLetter(name, candidate);
    // A little more than the whole name's, so that the same maker goes first.
    return Math.min(whole, 0.05 + editsPerLetter(afterSlash(name), afterSlash(candidate)));
  };
  return known
    .map((candidate) => ({ candidate, distance: distanceTo(candidate) }))
    .toSorted((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
}

const afterSlash = (name: string): string => name.slice(name.indexOf("/") + 1);

function editsPerLetter(a: string, b: string): number {
  return editDistance(a.toLowerCase(), b.toLowerCase()) / Math.max(a.length, b.length, 1);
}

/** Insertions, deletions and substitutions that turn a into b (Levenshtein 1966), one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
