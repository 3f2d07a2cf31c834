/** The findings in words: titles, captions, verdicts and the run's summary; plain text, not yet escaped for any place. */
export { externalTable } from "./externalTable.js";
export { areScores } from "./extremes.js";
export { facetReliability } from "./facetReliability.js";
export { GREY_FROM, ignorance, isGreyedSomewhere } from "./ignorance.js";
export { heldText, slicesAlong } from "./slicesAlong.js";
export { summaryLines } from "./summaryLines.js";
export { pointName, surfaceCaption, withNames } from "./surfaceCaption.js";
export { comparisonNote, leadersText, meanOf } from "./verdicts.js";
export type { Slice } from "./slicesAlong.js";
export type { RunSummary } from "./summaryLines.js";
export type { AxisNames, SurfaceLabels, SurfaceWords } from "./surfaceCaption.js";
