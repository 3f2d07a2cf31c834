const WORD = /[\p{L}\p{N}_$]+/gu;

/**
 * The line of a cell that a line of its compiled form came from. tslab gives no source map, but keeps statements in
 * their order, so the line sharing the most words is taken; of equals, the one nearest to the same relative place.
 *
 * @param compiledLine Line in the compiled text, from 1; 0 when unknown.
 * @returns The line, from 1, with its text; null when nothing matches.
 */
export function sourceLine(
  source: string,
  compiled: string,
  compiledLine: number,
): { readonly number: number; readonly text: string } | null {
  const compiledLines = compiled.split("\n");
  const wanted = words(compiledLines[compiledLine - 1] ?? "");
  if (wanted.size === 0) return null;
  const lines = source.split("\n");
  const place = (compiledLine / compiledLines.length) * lines.length;
  let best: { number: number; text: string } | null = null;
  let bestScore = 0.3;
  for (const [index, text] of lines.entries()) {
    const found = words(text);
    const common = [...wanted].filter((word) => found.has(word)).length;
    const likeness = common / Math.max(1, wanted.size + found.size - common);
    const score = likeness - (1e-3 * Math.abs(index + 1 - place)) / lines.length;
    if (score > bestScore) {
      bestScore = score;
      best = { number: index + 1, text };
    }
  }
  return best;
}

/** Words that the compiler adds or drops say nothing about where a line came from. */
function words(line: string): Set<string> {
  const skipped = new Set(["exports", "const", "let", "var", "await", "async", "void"]);
  return new Set((line.replace(/\/\/.*$/, "").match(WORD) ?? []).filter((word) => !skipped.has(word)));
}
