/** What to do with a value: take it whole, pass it over as what no plan names, or go inside and choose again. */
export type Plan = "whole" | "none" | Inside;

export interface Inside {
  /** By key of an object. */
  readonly fields?: Readonly<Record<string, Plan>>;
  /** The object's other keys. */
  readonly otherFields?: Plan;
  /** Every element of an array. */
  readonly elements?: Plan;
  /** Told each key of an object as it comes. */
  readonly onKey?: (key: string) => void;
  /** Takes the value when it is complete; its parent then goes without, so that memory holds one at a time. */
  readonly each?: (value: unknown) => void;
}

/** Fields that are taken whole. */
export function whole(...keys: readonly string[]): Readonly<Record<string, "whole">> {
  return Object.fromEntries(keys.map((key) => [key, "whole"] as const));
}
