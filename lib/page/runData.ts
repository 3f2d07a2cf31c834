import { gzipSync } from "node:zlib";
import { jsonForScript } from "../shared/escape.js";
import type { Row } from "../shared/types.js";
import type { FacetMean, Frame, ScoreColumn, WideData } from "../table/index.js";
import { meanFinder, toRecords } from "../table/index.js";

/** What a page carries of its run, once: `browser/runData.ts` reads it, with the answers. */
export interface RunFacts extends WideData {
  /** As in a wide table, with the ends of the 95 % interval, one a model: empty where none is known. */
  readonly columns: readonly RunColumn[];
  /** How the run was set up, by the settings' own names. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** What a right answer looks like, by the task's name. */
  readonly expected: readonly (readonly [task: string, expected: object])[];
  /** The day, as in 2026-11-26. */
  readonly made: string;
}

export interface RunColumn extends ScoreColumn {
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** The facts, with the intervals that the means have. */
export function runFacts(
  data: WideData,
  means: Frame<FacetMean> | undefined,
  settings: Readonly<Record<string, unknown>>,
  tasks: readonly { readonly name: string; readonly expected: object }[] = [],
): RunFacts {
  const meanOf = meanFinder(means === undefined ? [] : toRecords(means));
  const columns = data.columns.map((column) => {
    const ofModels = data.models.map(({ name }) => meanOf(name, column.name));
    const hasInterval = ofModels.some((mean) => typeof mean?.low === "number");
    const ends = (end: "low" | "high"): (number | null)[] =>
      hasInterval ? ofModels.map((mean) => mean?.[end] ?? null) : [];
    return { ...column, low: ends("low"), high: ends("high") };
  });
  const expected = tasks.map((task) => [task.name, task.expected] as const);
  return { ...data, columns, settings, expected, made: new Date().toISOString().slice(0, 10) };
}

/** Both as script elements that run nothing: the facts as JSON, the answers as JSON in gzip in base64. */
export function runDataHtml(facts: RunFacts, rows: readonly Row[]): string {
  const packed = gzipSync(JSON.stringify(rows)).toString("base64");
  return (
    `<script type="application/json" class="fb-run">${jsonForScript(facts)}</script>` +
    `<script type="application/octet-stream" class="fb-rows">${packed}</script>`
  );
}
