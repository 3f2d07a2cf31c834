import type { Scorer } from "../scorers/types.js";
import type { Outcome } from "../shared/types.js";
import type { Task } from "./types.js";
import type { LabelledAnswer } from "./labelled.js";
import { taskNamed } from "./editTask.js";
import { TASKS } from "./tasks.js";

export interface AuditOptions {
  /** The tasks that the answers belong to. */
  readonly tasks?: readonly Task[];
  /** Scorers by facet in place of the tasks' own, such as `seedScorers`. */
  readonly scorers?: Readonly<Record<string, Scorer>>;
  /** Count the debatable answers, too. */
  readonly debatable?: boolean;
}

/** How far a scorer agrees with people. A score of at least 1/2 counts as a pass. Ratios are null where nothing is to divide. */
export interface AuditRow {
  /** "all" in the last row. */
  readonly facet: string;
  /** "all" in the rows for a whole facet. */
  readonly task: string;
  /** Answers scored; the ratios are over these. */
  readonly n: number;
  /** Answers that the scorer left to a reader or found empty, refused or cut off, or could not score. */
  readonly unscored: number;
  /** Of those passed, the share that people call correct. */
  readonly precision: number | null;
  /** Of those that people call correct, the share passed. */
  readonly recall: number | null;
  /** Share on which scorer and people agree. */
  readonly accuracy: number | null;
  /** Mean score minus the share that people call correct. */
  readonly bias: number | null;
}

/** A labelled answer with what the scorer says of it. */
export interface ScoredLabel extends LabelledAnswer {
  readonly facet: string;
  readonly outcome: Outcome;
  /** Do scorer and person agree? Null where the scorer gives no score. */
  readonly agrees: boolean | null;
}

/**
 * Scores labelled answers, in their order, debatable ones left out unless asked for.
 *
 * @throws RangeError for an answer to a task that is not in `tasks`, naming the nearest.
 */
export async function scoreLabelled(
  labelled: readonly LabelledAnswer[],
  { tasks = TASKS, scorers = {}, debatable = false }: AuditOptions = {},
): Promise<readonly ScoredLabel[]> {
  const counted = labelled.filter((answer) => debatable || answer.debatable !== true);
  return Promise.all(
    counted.map(async (answer) => {
      const task = taskNamed(answer.task, tasks, "scoreLabelled");
      const scorer = Object.hasOwn(scorers, task.facet) ? scorers[task.facet]! : task.scorer;
      const outcome = await scorer(answer.response, task.expected);
      const agrees = outcome.kind === "scored" ? passes(outcome) === answer.correct : null;
      return { ...answer, facet: task.facet, outcome, agrees };
    }),
  );
}

const passes = (outcome: Outcome): boolean => outcome.kind === "scored" && outcome.value >= 0.5;

/**
 * How far the scorers agree with people: one row a task, then one a facet, then one for all, tasks in the order in which they
 * first occur.
 *
 * @throws RangeError for an answer to a task that is not in `tasks`.
 */
export async function auditScorers(
  labelled: readonly LabelledAnswer[],
  options: AuditOptions = {},
): Promise<readonly AuditRow[]> {
  const scored = await scoreLabelled(labelled, options);
  const ofTask = (name: string): readonly ScoredLabel[] => scored.filter(({ task }) => task === name);
  const ofFacet = (name: string): readonly ScoredLabel[] => scored.filter(({ facet }) => facet === name);
  return [
    ...distinct(scored.map(({ task }) => task)).map((task) =>
      auditRow(ofTask(task)[0]!.facet, task, ofTask(task)),
    ),
    ...distinct(scored.map(({ facet }) => facet)).map((facet) => auditRow(facet, "all", ofFacet(facet))),
    auditRow("all", "all", scored),
  ];
}

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

function auditRow(facet: string, task: string, rows: readonly ScoredLabel[]): AuditRow {
  const scored = rows.filter(({ agrees }) => agrees !== null);
  const n = scored.length;
  const passed = scored.filter(({ outcome }) => passes(outcome));
  const correct = scored.filter((row) => row.correct);
  const both = passed.filter((row) => row.correct).length;
  const total = scored.reduce((sum, { outcome }) => sum + (outcome.kind === "scored" ? outcome.value : 0), 0);
  return {
    facet,
    task,
    n,
    unscored: rows.length - n,
    precision: ratio(both, passed.length),
    recall: ratio(both, correct.length),
    accuracy: ratio(scored.filter(({ agrees }) => agrees).length, n),
    bias: ratio(total - correct.length, n),
  };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
