/** The findings in words: titles, captions, verdicts and the run's summary; plain text, not yet escaped for any place. */
export { comparisonNote } from "./comparisonNote.js";
export { describeSurface, methodName } from "./describeSurface.js";
export { areScores, cutOffSentence, extremesOf, scoreText } from "./heights.js";
export { GREY_FROM, ignorance, isGreyedSomewhere } from "./knowledge.js";
export { pointName } from "./labels.js";
export { leadersText, meanOf } from "./leaders.js";
export { shortNames, withNames } from "./names.js";
export { heldText, slicesAlong } from "./slices.js";
export { summaryLines } from "./summaryLines.js";
export { trendsText } from "./trends.js";
export type { SurfaceWords } from "./describeSurface.js";
export type { Extreme, Extremes } from "./heights.js";
export type { SurfaceLabels } from "./labels.js";
export type { AxisNames } from "./names.js";
export type { Slice } from "./slices.js";
export type { RunSummary } from "./summaryLines.js";
