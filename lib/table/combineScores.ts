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

/**
 * Our own rows and external scores in one list, as the seed's `concat`, never mixing simulated numbers with real
 * ones: as soon as one real score is there, the simulated rows are left out and the note says how many.
 *
 * A row that nobody answered names no provider; it is simulated when the same model was answered by the panel.
 *
 * @throws RangeError when both lists are empty.
 */
export function combineScores(rows: readonly Row[], external: readonly ScoreRow[] = []): CombinedScores {
  if (rows.length + external.length === 0)
    throw new RangeError("No results to aggregate. Run the cells above or load external evals.");
  const all: readonly AnyRow[] = [...rows, ...external];
  const simulatedModels = new Set(all.filter((row) => isSimulated(row)).map((row) => row.model));
  const isSimulatedRow = (row: AnyRow): boolean =>
    isSimulated(row) || (isOwnRow(row) && row.provider === null && simulatedModels.has(row.model));
  const real = all.filter((row) => !isSimulatedRow(row));
  if (simulatedModels.size === 0 || !real.some(isAnswered)) return { rows: all, note: null };
  const leftOut = all.length - real.length;
  const answers = `${count(leftOut, "simulated answer")} of ${count(simulatedModels.size, "model")}`;
  return {
    rows: real,
    note: `${answers} left out: real scores are there, and the two are never mixed.`,
  };
}

const isAnswered = (row: AnyRow): boolean => !isOwnRow(row) || row.provider !== null;
