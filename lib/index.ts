// What is asked, and of whom
export { FACETS, PYTHON_CHECKS, TASKS, editTask, task, toolTasks, withItems } from "./tasks/index.js";
export { itemStatistics, loadTasks, questionBank } from "./tasks/index.js";
export { MODEL_SPECS, auditScorers, judge, withSeedScorers } from "./tasks/index.js";
export { answerCache, askModel, openRouter } from "./client/index.js";
export { simulatedPanel } from "./simulate/index.js";
// Ask
export { compareRuns, evaluateModels, loadRows, progressBar, saveRows } from "./eval/index.js";
// Score
export {
  scoreCoding,
  scoreInstruction,
  scoreReasoning,
  scoreToolUse,
  scorers,
  seedScorers,
} from "./scorers/index.js";
export { exportRows, loadExternalEvals } from "./external/index.js";
// Aggregate
export { axesWithScores, combineScores, facetMeans, pairedDifferences, pointsOf } from "./table/index.js";
export { wideTable, withComposite } from "./table/index.js";
// Say
export { comparisonNote, facetReliability, summaryLines } from "./report/index.js";
// Fit
export { compareLaws, fitSurface, fitSurfaceAside, testInteraction } from "./spline/index.js";
// Look
export { explore, setUpFigures, show, showFigure, showTable } from "./page/index.js";
export { contourFigure, correlationFigure, facetBars, surfaceFigure } from "./plot/index.js";
// In the notebook
export { describeSetup, interruptSignal, reloadLibrary } from "./notebook/index.js";

export type { EvalRun, EvaluateOptions, Progress, RunUsage } from "./eval/index.js";
export type { AskModelOptions, ClearableCache, OpenRouterOptions } from "./client/index.js";
export type {
  AuditRow,
  ItemStatistics,
  JudgeOptions,
  LabelledAnswer,
  LoadTasksOptions,
} from "./tasks/index.js";
export type { QuestionBankOptions, ScoredLabel } from "./tasks/index.js";
export type { SimulatedPanel } from "./simulate/index.js";
export type { ExternalEvals, ExternalFile, ExternalOptions, Skipped } from "./external/index.js";
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
export type { ExploreOptions } from "./page/index.js";
export type { SurfaceLabels } from "./report/index.js";
export type { RunSummary } from "./report/index.js";
export type * from "./shared/types.js";
export type * from "./scorers/types.js";
export type * from "./tasks/types.js";
export type * from "./client/types.js";
export type * from "./spline/types.js";
export type * from "./plot/types.js";
