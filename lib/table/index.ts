/** Tables: means with intervals, the wide table, comparisons; danfojs DataFrames, and plain records of them. */
export { axesWithScores } from "./axesWithScores.js";
export { combineScores } from "./combineScores.js";
export { facetCorrelations } from "./facetCorrelations.js";
export { facetMeans } from "./facetMeans.js";
export { toRecords } from "./frame.js";
export { pairedDifferences } from "./pairedDifferences.js";
export { holmAdjusted } from "./statistics/holm.js";
export { pointsOf } from "./pointsOf.js";
export { wideTable } from "./wideTable.js";
export { withComposite } from "./withComposite.js";
export type { CombinedScores } from "./combineScores.js";
export type { FacetCorrelation } from "./facetCorrelations.js";
export type { FacetMean } from "./facetMeans.js";
export type { AnyFrame, Frame, Series, TableRecord } from "./types.js";
export type { AnyRow } from "./observations.js";
export type { PairedDifference } from "./pairedDifferences.js";
export type { WideRow } from "./wideTable.js";
export type { CompositeRow } from "./withComposite.js";
