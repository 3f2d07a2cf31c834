import type { AnyFrame } from "./types.js";

/** What is known of a column of scores beside its numbers. */
export interface ColumnFacts {
  /** Effective number of items behind each score, NaN where unknown, shape (rows,); absent where none is known. */
  readonly items?: Float64Array;
  /** Of a composite: the columns that it was computed from. */
  readonly parts?: ReadonlySet<string>;
}

/** Beside the frames and not in them, so that a wide table has a column a facet and no others. */
const FACTS = new WeakMap<AnyFrame, ReadonlyMap<string, ColumnFacts>>();

/** Frames that danfojs derives (`query`, `sortValues`) know nothing: their scores count as exact. */
export function factsOf(frame: AnyFrame, column: string): ColumnFacts {
  return FACTS.get(frame)?.get(column) ?? {};
}

/** The frame, with what is known of its columns; and, where it was made from another, what was known there. */
export function withFacts<F extends AnyFrame>(
  frame: F,
  facts: Iterable<readonly [column: string, facts: ColumnFacts]>,
  from?: AnyFrame,
): F {
  const known = from && FACTS.get(from);
  FACTS.set(frame, new Map([...(known ?? []), ...facts]));
  return frame;
}

/** As facts: nothing where no item is known. */
export function countedItems(items: Float64Array): ColumnFacts {
  return items.every(Number.isNaN) ? {} : { items };
}
