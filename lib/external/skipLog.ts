/** One thing not taken, or the rest of its kind with how many they are. */
export interface Skip {
  readonly what: string;
  readonly why: string;
  readonly count?: number;
}

/** The most entries of one kind that are listed singly. */
const LISTED = 50;

/** Lists what a file's reader does not take; past fifty of a kind the others are counted, so that the list stays short. */
export class SkipLog {
  readonly #listed: Skip[] = [];
  readonly #counts = new Map<string, number>();

  /** @param kind What the entry is counted under: by default the reason without what it quotes. */
  add(what: string, why: string, kind = why.replace(/".*"|[\d.]+/g, "…")): void {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    if (count <= LISTED) this.#listed.push({ what, why });
  }

  entries(): readonly Skip[] {
    const rest = [...this.#counts].filter(([, count]) => count > LISTED);
    return [
      ...this.#listed,
      ...rest.map(([why, count]) => ({
        what: `${count - LISTED} more like these`,
        why,
        count: count - LISTED,
      })),
    ];
  }
}
