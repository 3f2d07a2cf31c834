import type { Scorer } from "../scorers/types.js";
import type { Outcome } from "../shared/types.js";
import { shownValue } from "../shared/json.js";
import { taskNamed } from "./editTask.js";
import { BadRecord, readingAt, readRecords, type FileRecord } from "./files/readRecords.js";
import { dataFile, TASKS } from "./tasks.js";
import type { Task } from "./types.js";
import { withScorers } from "./withSeedScorers.js";

/** An answer with a person's verdict on it. */
export interface LabelledAnswer {
  readonly id?: string;
  /** Name of the task it answers. */
  readonly task: string;
  readonly response: string;
  /** Does it meet what the prompt asks? */
  readonly correct: boolean;
  readonly reason?: string;
  /** People would argue about it: left out of an audit. */
  readonly debatable?: boolean;
}

/** A labelled answer with what the scorer says of it. */
export interface ScoredLabel extends LabelledAnswer {
  readonly facet: string;
  readonly outcome: Outcome;
  /** Do scorer and person agree? Null where the scorer gives no score. */
  readonly agrees: boolean | null;
}

export interface AuditOptions {
  /** The tasks that the answers belong to, with the scorers to judge. Default the twelve. */
  readonly tasks?: readonly Task[];
  /** Other scorers by facet, to be set beside the tasks' own, such as `seedScorers`. */
  readonly beside?: Readonly<Partial<Record<string, Scorer>>>;
}

/** How far scorers agree with people. A score of at least 1/2 counts as a pass. Ratios are null where nothing is to divide. */
interface Agreement {
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

/** The scorers' agreement over a task ("all" in rows for a whole facet) and a facet ("all" in the last row). */
export interface AuditRow extends Agreement {
  readonly facet: string;
  readonly task: string;
  /** The same of the scorers given as `beside`, over the answers that they score; null when none are given. */
  readonly besideAccuracy: number | null;
  readonly besideBias: number | null;
}

const KINDS = { task: "string", response: "string", correct: "boolean" } as const;
const OPTIONAL = { id: "string", reason: "string", debatable: "boolean" } as const;

/**
 * Reads labelled answers, one JSON object a line; empty lines are skipped. A reader adds a row by adding a line.
 *
 * @param path The project's own `data/labelled_answers.jsonl` when absent.
 * @throws TypeError for a line that is not such an object, naming the file, the line and the field.
 */
export async function loadLabelled(
  path = dataFile("labelled_answers.jsonl"),
): Promise<readonly LabelledAnswer[]> {
  const labelled = ({ fields, line }: FileRecord): LabelledAnswer => {
    for (const [field, kind] of Object.entries({ ...KINDS, ...OPTIONAL })) {
      const value = fields[field];
      if (typeof value === kind || (value === undefined && field in OPTIONAL)) continue;
      throw new BadRecord(`"${field}" is ${shownValue(value)}; it must be a ${kind}.`, line);
    }
    return fields as unknown as LabelledAnswer;
  };
  return readingAt("loadLabelled", path, null, () => readRecords(path).map(labelled));
}

/**
 * Scores labelled answers, in their order, debatable ones left out.
 *
 * @throws RangeError for an answer to a task that is not in `tasks`, naming the nearest.
 */
export async function scoreLabelled(
  labelled: readonly LabelledAnswer[],
  { tasks = TASKS }: Pick<AuditOptions, "tasks"> = {},
): Promise<readonly ScoredLabel[]> {
  const counted = labelled.filter((answer) => answer.debatable !== true);
  return Promise.all(
    counted.map(async (answer) => {
      const { facet, prompt, scorer, expected } = taskNamed(answer.task, tasks, "scoreLabelled");
      const outcome = await scorer(answer.response, expected, { prompt });
      const agrees = outcome.kind === "scored" ? outcome.value >= 0.5 === answer.correct : null;
      return { ...answer, facet, outcome, agrees };
    }),
  );
}

/**
 * How far the scorers agree with people: one row a task, then one a facet, then one for all, tasks in the order in which they
 * first occur. With `beside`, each row also holds how far those other scorers agree on the same answers.
 *
 * @param answers Labelled answers, or the path of a file of them; default the project's own.
 * @throws RangeError for an answer to a task that is not in `tasks`.
 */
export async function auditScorers(
  answers?: string | readonly LabelledAnswer[],
  { tasks = TASKS, beside }: AuditOptions = {},
): Promise<readonly AuditRow[]> {
  const labelled = Array.isArray(answers) ? answers : await loadLabelled(answers as string | undefined);
  const [own, others] = await Promise.all([
    scoreLabelled(labelled, { tasks }),
    beside ? scoreLabelled(labelled, { tasks: withScorers(tasks, beside) }) : [],
  ]);
  const row = (facet: string, task: string): AuditRow => {
    const belongs = (label: ScoredLabel): boolean =>
      (facet === "all" || label.facet === facet) && (task === "all" || label.task === task);
    const { accuracy, bias } = agreement(others.filter(belongs));
    return { facet, task, ...agreement(own.filter(belongs)), besideAccuracy: accuracy, besideBias: bias };
  };
  const facets = [...new Set(own.map(({ facet }) => facet))];
  const facetOf = new Map(own.map(({ facet, task }) => [task, facet]));
  return [
    ...[...facetOf].map(([task, facet]) => row(facet, task)),
    ...facets.map((facet) => row(facet, "all")),
    row("all", "all"),
  ];
}

function agreement(labels: readonly ScoredLabel[]): Agreement {
  const scored = labels.flatMap(({ outcome, correct }) =>
    outcome.kind === "scored" ? [{ value: outcome.value, passes: outcome.value >= 0.5, correct }] : [],
  );
  return {
    n: scored.length,
    unscored: labels.length - scored.length,
    precision: mean(scored.filter(({ passes }) => passes).map(({ correct }) => Number(correct))),
    recall: mean(scored.filter(({ correct }) => correct).map(({ passes }) => Number(passes))),
    accuracy: mean(scored.map(({ passes, correct }) => Number(passes === correct))),
    bias: mean(scored.map(({ value, correct }) => value - Number(correct))),
  };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
