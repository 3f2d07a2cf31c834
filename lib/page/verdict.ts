import { formatValue } from "../shared/text.js";
import type { Row } from "../shared/types.js";

/** What an answer can come to, in a reader's words; its place is the class of its mark ("fb-0"). */
export const VERDICTS = ["full score", "part score", "zero", "unscored", "failed"] as const;

/** How an answer was judged, for tables and cards. */
export function verdictOf({ score, outcome, reason, explanation }: Row) {
  const kind = score === null ? (outcome === "failed" ? 4 : 3) : score >= 1 ? 0 : score <= 0 ? 2 : 1;
  return {
    /** A place in `VERDICTS`. */
    kind,
    /** The score, or why there is none, in a word. */
    text: score === null ? outcome : formatValue(score),
    /** The scorer's line; "" where it said nothing. */
    why: [reason ?? "", explanation].filter((part) => part !== "").join(": "),
  };
}
