import { isSimulated } from "../shared/provenance.js";
import { listed } from "../shared/text.js";
import { facetMeans, toRecords, type AnyRow } from "../table/index.js";
import type { AuditRow } from "../tasks/index.js";
import { fileOf } from "./externalTable.js";

/** One facet over all models, and who scored it. A missing number is null, never 0. */
export interface FacetReliability {
  readonly facet: string;
  /** Our scorers, or the files that the scores came from. A facet with both has a row for each. */
  readonly scoredBy: string;
  /** Models with a score. */
  readonly models: number;
  /** Mean of the models' means. */
  readonly mean: number | null;
  /** Answers here that have no score; files tell of none, and have none of what follows. */
  readonly unscored?: number;
  readonly failed?: number;
  /** Our scorer's agreement with people on labelled answers; null for a facet that the audit does not know. */
  readonly scorerAccuracy?: number | null;
  /** Our scorer's mean score minus the share that people call correct. */
  readonly scorerBias?: number | null;
  /** There, and true, for simulated models. */
  readonly simulated?: true;
}

/** Files named; the others are counted. */
const MOST_FILES = 3;

/**
 * The facets' means over the models, in order of first appearance. How far a scorer agrees with people stands only
 * beside scores that this scorer gave: what came from files was scored by somebody else.
 *
 * @param rows Answers scored here, external scores, or both: what `combineScores` gives.
 * @param audit What `auditScorers` gives.
 */
export function facetReliability(
  rows: readonly AnyRow[],
  audit: readonly AuditRow[],
): readonly FacetReliability[] {
  const facets = [...new Set(rows.map((row) => row.facet))];
  return facets.flatMap((facet) =>
    [true, false].flatMap((isOwn) => {
      const scored = rows.filter((row) => row.facet === facet && "outcome" in row === isOwn);
      if (scored.length === 0) return [];
      const means = toRecords(facetMeans(scored));
      const scores = means.flatMap(({ score }) => (score === null ? [] : [score]));
      const files = new Set(scored.flatMap((row) => ("source" in row ? [fileOf(row)] : [])));
      const audited = audit.find((row) => row.facet === facet && row.task === "all");
      const ofScorer = { scorerAccuracy: audited?.accuracy ?? null, scorerBias: audited?.bias ?? null };
      const [unscored, failed] = [sum(means.map((one) => one.unscored)), sum(means.map((one) => one.failed))];
      const mean = scores.length === 0 ? null : sum(scores) / scores.length;
      const scoredBy = isOwn ? "the scorers here" : listed(files, MOST_FILES);
      const source = isSimulated(scored) ? ({ simulated: true } as const) : {};
      const summary = { facet, scoredBy, models: scores.length, mean };
      return [{ ...summary, ...(isOwn ? { unscored, failed, ...ofScorer } : {}), ...source }];
    }),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
