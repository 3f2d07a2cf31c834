import type { AuditRow } from "../tasks/index.js";
import { isSimulated } from "../shared/provenance.js";
import type { FacetMean } from "../table/index.js";

/** One facet over all models, with how far its scorer is to be trusted. Missing numbers are null, never 0. */
export interface FacetReliability {
  readonly facet: string;
  /** Models with a score. */
  readonly models: number;
  /** Mean of the models' means. */
  readonly mean: number | null;
  readonly unscored: number;
  readonly failed: number;
  /** The scorer's agreement with people on labelled answers; null for a facet that the audit does not know. */
  readonly scorerAccuracy: number | null;
  /** The scorer's mean score minus the share that people call correct. */
  readonly scorerBias: number | null;
  /** There, and true, for simulated models. */
  readonly simulated?: true;
}

/** The facets' means beside their scorers' reliability, in the order of the means. */
export function facetReliability(
  means: readonly FacetMean[],
  audit: readonly AuditRow[],
): readonly FacetReliability[] {
  return [...new Set(means.map((row) => row.facet))].map((facet) => {
    const rows = means.filter((row) => row.facet === facet);
    const scores = rows.flatMap((row) => (row.score === null ? [] : [row.score]));
    const audited = audit.find((row) => row.facet === facet && row.task === "all");
    return {
      facet,
      models: scores.length,
      mean: scores.length === 0 ? null : scores.reduce((sum, score) => sum + score, 0) / scores.length,
      unscored: rows.reduce((sum, row) => sum + row.unscored, 0),
      failed: rows.reduce((sum, row) => sum + row.failed, 0),
      scorerAccuracy: audited?.accuracy ?? null,
      scorerBias: audited?.bias ?? null,
      ...(isSimulated(rows) ? { simulated: true } : {}),
    };
  });
}
