import type { Scale } from "./types.js";

/** Cells that say "no score here". */
const MISSING = new Set(["", "n/a", "na", "nan", "null", "none", "-", "--", "?", "inf", "-inf", "+inf"]);
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A score cell: a number as written, with a percent sign or without; or why it is none. */
export type Cell =
  | { readonly kind: "number"; readonly value: number; readonly marked: boolean }
  | { readonly kind: "missing" }
  | { readonly kind: "not-a-number" };

/** @param decimalComma Read "0,5" as one half, as tables split by semicolons write it. */
export function scoreCell(text: string, decimalComma = false): Cell {
  const trimmed = text.trim();
  if (MISSING.has(trimmed.toLowerCase())) return { kind: "missing" };
  const marked = trimmed.endsWith("%");
  const digits = marked ? trimmed.slice(0, -1).trimEnd() : trimmed;
  const plain = decimalComma ? digits.replace(",", ".") : digits;
  return NUMBER.test(plain) ? { kind: "number", value: Number(plain), marked } : { kind: "not-a-number" };
}

/** A percentage as a fraction, exactly as written: 77.47 becomes 0.7747, which dividing by 100 misses. */
export function fromPercent(percent: number): number {
  const shifted = Number(`${percent}e-2`);
  return Number.isNaN(shifted) ? percent / 100 : shifted;
}

/** The scale of a file's unmarked numbers, decided once for the file. */
export interface ScaleDecision {
  readonly scale: Scale;
  /** More than one in twenty of a percent file's numbers lie in (0, 1], where a fraction may be meant. */
  readonly mixed: boolean;
  readonly note: string | null;
}

/** Counts what `decideScale` needs, number by number. */
export class ScaleCensus {
  #bare = 0;
  #marked = 0;
  #aboveOne = 0;
  #small = 0;

  add(value: number, marked: boolean): void {
    if (marked) {
      this.#marked += 1;
      return;
    }
    this.#bare += 1;
    if (value > 1 && value <= 100) this.#aboveOne += 1;
    else if (value > 0 && value <= 1) this.#small += 1;
  }

  /** Numbers all within [0, 1] are fractions; one of them in (1, 100] makes the file percent. "64.5%" is always 0.645. */
  decide(): ScaleDecision {
    if (this.#bare === 0)
      return { scale: this.#marked > 0 ? "percent" : "fraction", mixed: false, note: null };
    if (this.#aboveOne === 0) {
      const note = this.#marked > 0 ? `Scores with a % sign beside fractions: ${this.#marked}.` : null;
      return { scale: "fraction", mixed: false, note };
    }
    const mixed = this.#small > 0.05 * this.#bare;
    if (mixed)
      return {
        scale: "percent",
        mixed,
        note: "Mixed scales: read as percent, and numbers in (0, 1] left out.",
      };
    const note = this.#small > 0 ? `Read as percent, although numbers lie in (0, 1]: ${this.#small}.` : null;
    return { scale: "percent", mixed, note };
  }
}
