// What is asked, and of whom
export {
  FACETS,
  MODEL_SPECS,
  TASKS,
  auditScorers,
  PYTHON_CHECKS,
  editTask,
  loadLabelled,
  task,
  toolTasks,
  withItems,
  withSeedScorers,
} from "./tasks/index.js";
export { answerCache, askModel, memoryCache, openRouter } from "./client/index.js";
export { simulatedPanel } from "./simulate/index.js";
// Ask
export { compareRuns, evaluateModels, loadRows, progressBar, saveRows } from "./eval/index.js";
// Score
export { scoreReasoning, scoreInstruction, scoreCoding, scoreToolUse, seedScorers } from "./scorers/index.js";
export { DEFAULT_FACETS, exportRows, loadExternalEvals } from "./external/index.js";
// Aggregate
export {
  combineScores,
  facetCorrelations,
  facetMeans,
  missingPoints,
  pairedDifferences,
  pointsOf,
  toRecords,
  wideTable,
  withComposite,
} from "./table/index.js";
export { isSimulated } from "./shared/provenance.js";
// Say
export { comparisonNote, externalTable, facetReliability, summaryLines } from "./report/index.js";
// Fit
export { LAWS, compareLaws, fitSurface, testInteraction } from "./spline/index.js";
// Look
export {
  contourFigure,
  correlationFigure,
  effectsFigure,
  facetBars,
  lawTable,
  reviewTable,
  setUpFigures,
  showFigure,
  showTable,
  surfaceFigure,
  surfaceViews,
} from "./plot/index.js";
// In the notebook
export { describeSetup } from "./notebook/cells/describeSetup.js";
export { interruptSignal } from "./notebook/kernel/interrupt.js";
export { reloadLibrary } from "./notebook/kernel/reload.js";

export type { EvalRun, EvaluateOptions, Progress, RunUsage } from "./eval/index.js";
export type { AskModelOptions, ClearableCache, OpenRouterOptions } from "./client/index.js";
export type { AuditRow, LabelledAnswer, ScoredLabel } from "./tasks/index.js";
export type { SimulatedPanel } from "./simulate/index.js";
export type { ExternalEvals, ExternalFile, ExternalOptions, ModelMatch, Skipped } from "./external/index.js";
export type {
  CombinedScores,
  CompositeRow,
  FacetCorrelation,
  FacetMean,
  Frame,
  PairedDifference,
  WideRow,
} from "./table/index.js";
export type { FitOptions, Law, LawComparison, LawName } from "./spline/index.js";
export type { SurfaceLabels } from "./report/index.js";
export type { RunSummary } from "./report/index.js";
export type * from "./shared/types.js";
export type * from "./scorers/types.js";
export type * from "./tasks/types.js";
export type * from "./client/types.js";
export type * from "./spline/types.js";
export type * from "./plot/types.js";
