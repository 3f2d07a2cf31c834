import { shortText } from "../../shared/escape.js";
import { numberOf } from "../../shared/json.js";
import { plainText } from "./heads.js";

/** Cells that say "no score here". */
const MISSING = new Set("n/a na nan null none - -- — – ? inf -inf +inf infinity".split(" ").concat(""));
/** What a pass and a failure are written as. */
const FALSE = "false fail failed incorrect wrong no ✗ ✘ ❌".split(" ");
const TRUE = "true pass passed correct yes ✓ ✔ ✅".split(" ");
const VERDICTS = new Map([FALSE, TRUE].flatMap((all, value) => all.map((word) => [word, value] as const)));
/** What adding up may leave: 100.00000000000001 is 100. */
const NOISE = 1e-9;
/** Marks that stand about a number and do not change it: bold, footnotes, arrows, medals. */
const MARKS = /^[\s*_`†‡§↑↓🥇🥈🥉]+|[\s*_`†‡§↑↓¹²³⁴-⁹🥇🥈🥉]+$/gu;
/** A number, or how many of how many, then a spread or a remark: "85.3 ± 1.2", "0.86 (12/14)", "12/14", "0.5 [.4, .6]". */
const CELL =
  /^([+-]?[\d.,]+(?:e[+-]?\d+)?)\s*(%)?(?:\s*\/\s*([\d.,]+))?\s*(?:(?:±|\+\/?-)\s*[\d.,]+\s*%?|\+[\d.]+\s*\/\s*-[\d.]+)?\s*(\([^()]*\)|\[[^[\]]*\])?$/i;

/**
 * A score as written. `scale` is how it is to be read where the cell itself says so: "percent" by a sign, "fraction" by a
 * count or, as `isVerdict` tells, by a word such as "pass"; "bare" is left to the column. `n`: items that a count is of.
 * `outside`: a number beyond 0 to 100.
 */
export type ScoreCell =
  | {
      readonly value: number;
      readonly scale: "bare" | "percent" | "fraction";
      readonly n?: number;
      readonly isVerdict?: true;
    }
  | { readonly why: string; readonly outside?: number };

/** @param decimalComma Read "0,500" as one half, as tables split by semicolons write it. */
export function scoreCell(text: string, decimalComma = false): ScoreCell {
  const quick = Number(text);
  if (quick > 0 && quick <= 100 && /^[\d.]+$/.test(text)) return { value: quick, scale: "bare" };
  const quoted = `"${shortText(text, 60)}"`;
  // No number is so long; on longer text the patterns would be slow.
  const bare = text.length > 80 ? "too long" : plainText(text).replaceAll(MARKS, "");
  const plain = bare.replace(/^\(([^()]*)\)$/, "$1");
  if (MISSING.has(plain.toLowerCase())) return { why: `no score: ${quoted}` };
  const verdict = VERDICTS.get(plain.toLowerCase());
  if (verdict !== undefined) return { value: verdict, scale: "fraction", isVerdict: true };
  const [, first = "", sign, of, remark = ""] = CELL.exec(plain) ?? [];
  const value = decimal(first, decimalComma);
  if (value === null) return { why: `the score is not a number: ${quoted}` };
  const [, some = "", all = ""] = /^\((\d+)\s*\/\s*(\d+)\)$/.exec(remark) ?? [];
  if (of !== undefined) {
    const whole = decimal(of, decimalComma) ?? 0;
    if (value < 0 || value > whole || whole === 0) return { why: `no part of a whole: ${quoted}` };
    const isCount = Number.isInteger(value) && Number.isInteger(whole);
    return { value: value / whole, scale: "fraction", ...(isCount ? { n: whole } : {}) };
  }
  if (value < -NOISE || value > 100 + NOISE)
    return { why: `score ${shortText(text, 60)} lies outside 0 to 100`, outside: value };
  // The count that a number comes with tells its scale.
  const fits = [1, 100].filter((one) => Math.abs(Number(some) / Number(all) - value / one) < 0.011);
  const isPercent = sign !== undefined || (fits.length === 1 && fits[0] === 100);
  const scale = isPercent ? "percent" : fits.length === 1 ? "fraction" : "bare";
  const isOther = some !== "" && fits.length === 0;
  if (isOther || (scale === "bare" && /^\([\d.,\s]+%\s*\)$/.test(remark)))
    return { why: `says two things: ${quoted}` };
  const n = countCell(all || (/^\(n\s*=\s*(\d+)\)$/i.exec(remark)?.[1] ?? ""));
  return { value: Math.min(Math.max(value, 0), 100), scale, ...(n === null ? {} : { n }) };
}

/** "0.5", and "0,5" unless it may be thousands as "1,319" is; null for neither. */
function decimal(text: string, decimalComma: boolean): number | null {
  const isThousands = !decimalComma && /^[+-]?[1-9]\d{0,2}(?:,\d{3})+$/.test(text);
  return isThousands ? null : numberOf(text.includes(".") ? text : text.replace(",", "."));
}

/**
 * How many items, written "1319", "1,319", "1 319" or, where commas are decimal, "1.319"; null for anything else, and
 * where there are none.
 */
export function countCell(text: string, decimalComma = false): number | null {
  const isThousands =
    /^\d{1,3}(?:[.,' \u00a0\u202f]\d{3})+$/.test(text) && !text.includes(decimalComma ? "," : ".");
  const n = numberOf(isThousands ? text.replaceAll(/\D/g, "") : text);
  return n !== null && Number.isInteger(n) && n > 0 ? n : null;
}
