/** What the notebook's runner takes and tells: types only. */

/** What the command line asks of a run. Paths are absolute. */
export interface RunnerOptions {
  readonly command: "start" | "lab" | "export";
  /** Rows of an earlier run (JSONL): nothing is asked. */
  readonly results: string | null;
  /** Scores from elsewhere: files, folders or globs. */
  readonly external: readonly string[];
  /** Facets of tasks in those files, null leaving a task out; and names in them that mean one model. */
  readonly facetOf: Readonly<Record<string, string | null>>;
  readonly sameModel: Readonly<Record<string, string>>;
  /** What counts as 1 in those files, by the facet's or column's name. */
  readonly scaleOf: Readonly<Record<string, number>>;
  /** Model ids to ask in place of the notebook's; "all": every one that the server lists; null: the notebook's. */
  readonly models: readonly string[] | "all" | null;
  /** Address of an OpenAI-style server to ask; null: OPENROUTER_BASE_URL, else OpenRouter. */
  readonly baseUrl: string | null;
  /** Times each task is asked; null: the notebook's. */
  readonly epochs: number | null;
  /** Questions a facet; null: the notebook's. */
  readonly items: number | null;
  /** Files of questions; none: the notebook's. */
  readonly tasks: readonly string[];
}

/** Live progress on a terminal: one line rewritten in place; elsewhere a plain line every five seconds. */
export interface Terminal {
  /** A line that stays. */
  say(line: string): void;
  /** The line that is rewritten; the next one takes its place. */
  status(line: string): void;
  /** Takes the rewritten line away. */
  clear(): void;
}
