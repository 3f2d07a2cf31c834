/** Draws that a seed fixes. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
  /** `count` different items, in any order. */
  several<T>(items: readonly T[], count: number): T[];
}

/**
 * Draws from a 32-bit generator (Mulberry32, by Tommy Ettinger), seeded by a number and a text through FNV-1a, so that each
 * text has a sequence of its own. Good for varying prompts, not for statistics.
 */
export function randomFrom(seed: number, text: string): Random {
  let state = 0x811c9dc5;
  for (const character of `${seed}/${text}`) {
    state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  }
  const unit = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (low: number, high: number): number => low + Math.floor(unit() * (high - low + 1));
  return {
    whole,
    pick: (items) => items[whole(0, items.length - 1)]!,
    several: (items, count) => {
      const rest = [...items];
      return Array.from({ length: count }, () => rest.splice(whole(0, rest.length - 1), 1)[0]!);
    },
  };
}
