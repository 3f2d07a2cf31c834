import { isSimulated } from "../shared/provenance.js";
import { count } from "../shared/text.js";
import type { Row, ScoreRow } from "../shared/types.js";
import { isOwnRow, type AnyRow } from "./observations.js";

/** Scores ready to aggregate. */
export interface CombinedScores {
  readonly rows: readonly AnyRow[];
  /** What was left out and why, for the reader; null when nothing was. */
  readonly note: string | null;
}

/** There is nothing to aggregate; its message is for the reader, and says what to do. */
class NoScores extends RangeError {
  override name = "NoScores";
  constructor(why: readonly string[]) {
    super(why.join("\n") || "No results to aggregate. Run the cells above or load external evals.");
  }
}

/**
 * Our own rows and external scores in one list, as the seed's `concat`, never mixing simulated numbers with real
 * ones: as soon as one real score is there, the simulated rows are left out and the note says how many.
 *
 * A row that nobody answered names no provider; it is simulated when the same model was answered by the panel.
 *
 * @param why Why there may be no scores, for the error: the notes of `loadExternalEvals`.
 * @throws NoScores when both lists are empty.
 */
export function combineScores(
  rows: readonly Row[],
  external: readonly ScoreRow[] = [],
  why: readonly string[] = [],
): CombinedScores {
  if (rows.length + external.length === 0) throw new NoScores(why);
  const all: readonly AnyRow[] = [...rows, ...external];
  const simulatedModels = new Set(all.filter((row) => isSimulated(row)).map((row) => row.model));
  const isSimulatedRow = (row: AnyRow): boolean =>
    isSimulated(row) || (isOwnRow(row) && row.provider === null && simulatedModels.has(row.model));
  const real = all.filter((row) => !isSimulatedRow(row));
  if (simulatedModels.size === 0 || !real.some(isAnswered)) return { rows: all, note: null };
  const leftOut = all.length - real.length;
  const answers = `${count(leftOut, "simulated answer")} of ${count(simulatedModels.size, "model")}`;
  return { rows: real, note: `${answers} left out: real scores are there, and the two are never mixed.` };
}

const isAnswered = (row: AnyRow): boolean => !isOwnRow(row) || row.provider !== null;
