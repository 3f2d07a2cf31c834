import type { ScoreRow } from "../shared/types.js";

/** What the reader may settle that a file cannot. */
export interface ExternalOptions {
  /**
   * The facet of a task, before the default map is asked. As a record: name of a task, of a group that it is one of, or of
   * a facet → facet, null leaves it out.
   * As a function: `null` leaves the task out, `undefined` asks the default map; a facet that the file itself names, as
   * plain tables do, stands unless another is given.
   */
  readonly facetOf?:
    Readonly<Record<string, string | null>> | ((task: string, metric: string) => string | null | undefined);
  /** Names that mean one model: name as it stands in a file → name to use. Nothing is merged without it. */
  readonly sameModel?: Readonly<Record<string, string>>;
  /**
   * What counts as 1 in a table's facet or column, by its name in the file, where its numbers do not tell: { chat: 10 } for
   * a judge's 0–10, 100 for percent, 1 for fractions.
   */
  readonly scaleOf?: Readonly<Record<string, number>>;
  /** Ends the loading, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

type Results = "lm-eval" | "lighteval" | "promptfoo" | "Evalchemy" | "EvalPlus" | "SWE-bench";
type OwnTable = "lm-eval" | "promptfoo" | "BFCL" | "LiveBench" | "Inspect evals" | "Inspect samples";
type Plain = "CSV" | "JSON lines" | "JSON rows" | "Markdown table" | "Excel sheet" | "wide table";
type Run =
  "lm-eval samples" | "Inspect log" | "HELM run" | "HELM groups" | "bigcode harness" | "OpenAI evals";
/** What a file is read as: a plain table, or what a tool writes. */
export type ExternalFormat =
  | Plain
  | `${OwnTable} table`
  | `${Results} results`
  | Run
  | "Every Eval Ever"
  | "Every Eval Ever samples"
  | "OpenCompass";

/** Something that was not taken: a file, a task, a row. */
export interface Skipped {
  readonly file: string;
  /** "file", or the task, row or sample. */
  readonly what: string;
  readonly why: string;
  /** How many it stands for, where more than one. */
  readonly count?: number;
}

/** Where one file's numbers went: a line of the notebook's table. */
export interface ExternalFile {
  readonly file: string;
  readonly format: ExternalFormat;
  /** The writing tool's version as the file tells it; null where it does not. */
  readonly version: string | null;
  /** Every model in the file, under the name it has in the rows. */
  readonly models: readonly string[];
  /** Tasks taken, with the facet each went to. */
  readonly tasks: readonly { readonly task: string; readonly facet: string }[];
  /** Rows taken. */
  readonly rows: number;
  /** Rows, tasks and samples not taken. */
  readonly skipped: number;
  /** How the file's numbers were read: as fractions of 1, or as percent (and divided by 100). */
  readonly scale: Scale;
  /** Warnings, in sentences, about numbers that were taken: a smoke run, a mixed scale. */
  readonly notes: readonly string[];
}

export type Scale = "fraction" | "percent";

export interface ExternalEvals {
  readonly rows: readonly ScoreRow[];
  readonly skipped: readonly Skipped[];
  readonly files: readonly ExternalFile[];
  /** What a reader should know of the whole, in sentences: runs that are averaged, and what was skipped for which reason. */
  readonly notes: readonly string[];
}
