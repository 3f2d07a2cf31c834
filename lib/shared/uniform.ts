/**
 * Uniform numbers in [0, 1) that a 32-bit seed fixes, the same on every machine (Mulberry32, by Tommy Ettinger).
 *
 * @returns A function that gives the next one.
 */
export function uniformFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
