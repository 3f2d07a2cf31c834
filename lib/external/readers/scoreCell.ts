import { shortText } from "../../shared/escape.js";
import { numberOf } from "../../shared/json.js";
import type { Scale } from "../types.js";

/** Cells that say "no score here". */
const MISSING = new Set(["", "n/a", "na", "nan", "null", "none", "-", "--", "?", "inf", "-inf", "+inf"]);

/** A score as written, from 0 to 100, with a percent sign (`marked`) or without; or why it is none. */
export type ScoreCell = { readonly value: number; readonly marked: boolean } | { readonly why: string };

/** @param decimalComma Read "0,5" as one half, as tables split by semicolons write it. */
export function scoreCell(text: string, decimalComma = false): ScoreCell {
  const trimmed = text.trim();
  if (MISSING.has(trimmed.toLowerCase())) return { why: `no score: "${shortText(text, 60)}"` };
  const marked = trimmed.endsWith("%");
  const digits = marked ? trimmed.slice(0, -1) : trimmed;
  const value = numberOf(decimalComma ? digits.replace(",", ".") : digits);
  if (value === null) return { why: `the score is not a number: "${shortText(text, 60)}"` };
  if (value < 0 || value > 100) return { why: `score ${shortText(text, 60)} lies outside 0 to 100` };
  return { value, marked };
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

/** Counts what `decide` needs, number by number. */
export class ScaleCensus {
  #bare = 0;
  #marked = 0;
  #aboveOne = 0;
  #small = 0;

  add(value: number, marked: boolean): void {
    if (marked) this.#marked += 1;
    else this.#bare += 1;
    if (!marked && value > 1) this.#aboveOne += 1;
    else if (!marked && value > 0) this.#small += 1;
  }

  /** Numbers all within [0, 1] are fractions; one of them in (1, 100] makes the file percent. "64.5%" is always 0.645. */
  decide(): ScaleDecision {
    if (this.#aboveOne === 0) {
      const scale = this.#bare === 0 && this.#marked > 0 ? "percent" : "fraction";
      const isBoth = this.#bare > 0 && this.#marked > 0;
      const note = isBoth ? `Scores with a % sign beside fractions: ${this.#marked}.` : null;
      return { scale, mixed: false, note };
    }
    const mixed = this.#small > 0.05 * this.#bare;
    const few = this.#small > 0 ? `Read as percent, although numbers lie in (0, 1]: ${this.#small}.` : null;
    const note = mixed ? "Mixed scales: read as percent, and numbers in (0, 1] left out." : few;
    return { scale: "percent", mixed, note };
  }
}
