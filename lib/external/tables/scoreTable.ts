import { shortText } from "../../shared/escape.js";
import { listed } from "../../shared/text.js";
import { words } from "../merge/facets.js";
import { FileReport, type ReportedScore } from "../readers/fileReport.js";
import { chooseMetric } from "../readers/chooseMetric.js";
import { settleRuns, type RunRow } from "./settleRuns.js";
import type { ExternalFormat, ExternalOptions } from "../types.js";
import { isKnown, ONE_RUN, type RowRun } from "./heads.js";
import { countCell, scoreCell } from "./scoreCell.js";
import { fromPercent, ScaleGroup, scalesOf, type Reading, type Unit } from "./scales.js";

/** What the reader may settle of a table. */
export type TableOptions = Pick<ExternalOptions, "facetOf" | "scaleOf">;

/** One score's cells, as text. */
export interface ScoreCells {
  readonly model: string;
  /** The facet where `isFacet`, otherwise the task. */
  readonly task: string;
  readonly isFacet: boolean;
  /** The task that this one is a part of. */
  readonly partOf?: string;
  readonly score: string;
  /** Items behind the score; "" where the table does not tell. */
  readonly n?: string;
  /** Which of the task's metrics this is, as "acc" or "acc,none"; "" where the table does not tell. */
  readonly metric?: string;
  /** What tells the row's run from others. */
  readonly run?: RowRun;
  /** See `ScoreRow`. */
  readonly repeats?: number;
  readonly simulated?: boolean;
  /** What the column's head says of its numbers. */
  readonly unit?: Unit | undefined;
}

/** What takes the scores from a row of a table with these columns, under that text; null for a table of another kind. */
export type RowReader = (
  columns: readonly string[],
  preamble: string,
) => ((cells: readonly string[]) => readonly ScoreCells[]) | null;

/** A row whose score is as written until its scale is known. */
interface TableScore extends ReportedScore, RunRow {
  score: number;
  readonly n: number | null;
  settings: RowRun["settings"];
  repeats: number;
  identities: readonly string[] | undefined;
  readonly scale: "bare" | "percent" | "fraction";
  /** The row's number in its file, from 1. */
  readonly record: number;
}

/** Rows whose columns that are known for nothing are kept. */
const MOST_KEPT = 200_000;

/** Names of rows that sum up the others: averages, spreads, quantiles, differences. */
const SUMMARY = new RegExp(
  String.raw`^[\s*_]*(?:(?:(?:macro|micro|global|overall|total|average|avg|mean|median|sum|count|min(?:imum)?|` +
    String.raw`max(?:imum)?|stderr|sem|std(?:[.\s]*dev)?|stdev|standard[\s_]*(?:error|deviation)|\d+%)[\s*_.-]*)+` +
    String.raw`(?:scores?|of\s\d+|\(.*\))?[\s*_]*|Δ.*|(?:delta|diff(?:erence)?|improvement|p-value)s?\s*(?:(?:[(:]|vs|over|to).*)?)$`,
  "i",
);

/** Gathers a table's scores, and then judges it as a whole: its scales, its metrics, and whether equal rows are repeats. */
export class ScoreTable {
  readonly report: FileReport;
  readonly #rows: TableScore[] = [];
  readonly #names = new Map<string, Name>();
  readonly #groups = new Map<string, ScaleGroup>();
  readonly #runs = new Map<string, number>();
  #hasItems = false;

  /** @param decimalComma Whether "0,500" is one half. */
  constructor(
    format: ExternalFormat,
    readonly options: TableOptions = {},
    readonly decimalComma = false,
  ) {
    this.report = new FileReport(format);
  }

  /** @param record The row's number in its file, from 1. */
  add(record: number, cells: ScoreCells): void {
    const [ofModel, ofTask] = [this.#own(cells.model), this.#own(cells.task)];
    const [model, task] = [ofModel.name, ofTask.name];
    const { isFacet, partOf, simulated = false, repeats = 1 } = cells;
    const { variant = "", settings, seed = "", item = "", rest } = cells.run ?? ONE_RUN;
    const written = scoreCell(cells.score, this.decimalComma);
    const of = isFacet ? "facet" : "task";
    const empty = model === "" ? "no model in its row" : task === "" ? `no ${of}` : "";
    const fault = empty || ofModel.fault || ofTask.fault;
    if (fault !== "") return this.#skip({ record, model, task }, fault);
    const group = this.#groups.get(task) ?? new ScaleGroup(cells.unit);
    this.#groups.set(task, group);
    if ("why" in written) {
      if (written.outside !== undefined) group.add(written.outside);
      return this.#skip({ record, model, task }, written.why);
    }
    const { value: score, scale } = written;
    const n = countCell(cells.n ?? "", this.decimalComma) ?? written.n ?? null;
    const metric = this.#own(cells.metric || "score").name;
    const isPlain = settings === undefined && variant === "" && item === "";
    const unit = isPlain ? ofModel.id : this.#runId(JSON.stringify([model, variant, settings, item]));
    this.#hasItems ||= item !== "";
    // One literal: a spread would make each row of a large table slow.
    this.#rows.push({
      model,
      task,
      isFacet,
      metric,
      score,
      n,
      repeats,
      simulated,
      variant,
      settings,
      partOf,
      identities: undefined,
      scale,
      record,
      of: ofTask.id,
      unit,
      run: seed === "" ? unit : this.#runId(`${unit} ${seed}`),
      rest: this.#rows.length < MOST_KEPT ? rest : undefined,
    });
  }

  /** What the table's scores are, in [0, 1], and what was not taken and why. */
  judged(): FileReport {
    const { report } = this;
    const unread = this.#otherMetrics();
    for (const row of this.#rows)
      if (row.scale === "bare" && unread(row) === null) this.#groups.get(row.task)!.add(row.score);
    const { readings, scale, notes } = scalesOf(this.#groups, this.options.scaleOf ?? {});
    const signs = this.#rows.filter((row) => row.scale === "percent").length;
    const isAllSigns = signs > 0 && signs === this.#rows.length;
    report.scale = isAllSigns ? "percent" : scale;
    report.notes.push(...notes);
    if (signs > 0 && !isAllSigns && scale === "fraction")
      report.notes.push(`Scores with a % sign beside fractions: ${signs}.`);
    for (const [task, reading] of readings)
      if (typeof reading === "string" && this.#groups.get(task)!.count > 0)
        report.skip(task, reading, this.#groups.get(task)!.count);
    const rows = this.#rows.filter((row) => {
      const read = unread(row) ?? scored(row, readings.get(row.task)!);
      if (typeof read === "number") row.score = read;
      else if (read !== "") this.#skip(row, read);
      return typeof read === "number";
    });
    const isWide = report.format === "wide table";
    const { notes: told, isAgain } = settleRuns(rows, { hasItems: this.#hasItems, isWide });
    report.notes.push(...told);
    for (const [i, row] of rows.entries())
      if (isAgain(i)) this.#skip(row, "the same model, facet and score stand above");
      else report.add(row);
    const overlaps = overlapping(new Set(report.scores.map(({ task }) => task)));
    if (overlaps.length > 0)
      report.notes.push(`Taken each, although they may overlap: ${listed(overlaps, 6)}.`);
    const uncounted = report.scores.filter(({ n }) => n === null).length;
    if (uncounted > 0 && uncounted < report.scores.length)
      report.notes.push(`Scores without n: ${uncounted}, each weighed as one item.`);
    return report;
  }

  /** Below 0, as models that are told no more of have the numbers of their names. */
  #runId(told: string): number {
    const id = this.#runs.get(told) ?? -1 - this.#runs.size;
    if (id < -this.#runs.size) this.#runs.set(told, id);
    return id;
  }

  /** Tells rows that are of another metric than the one that is taken of their task's, with the reason. */
  #otherMetrics(): (row: TableScore) => string | null {
    const metrics = new Map<string, Record<string, number>>();
    for (const { task, metric } of this.#rows)
      if (metric !== "score") metrics.set(task, { ...metrics.get(task), [metric]: 0 });
    const chosen = new Map([...metrics].map(([task, names]) => [task, chooseMetric(names)] as const));
    return ({ task, metric }) => {
      const choice = metric === "score" ? undefined : chosen.get(task);
      if (choice === undefined) return null;
      if ("why" in choice) return choice.why;
      return metric === choice.key
        ? null
        : `one score a task is taken: ${choice.metric}, not ${shortText(metric, 40)}`;
    };
  }

  #skip({ record, model, task }: Pick<TableScore, "record" | "model" | "task">, why: string): void {
    this.report.skip(`row ${record} (${shortText(model, 60)}, ${shortText(task, 60)})`, why);
  }

  /** A name's own copy: a cell is a slice of the chunk it was cut from, and would keep all of that in memory. */
  #own(name: string): Name {
    let own = this.#names.get(name);
    if (own === undefined) {
      const fault = isFormula(name)
        ? "a spreadsheet formula where a name should be"
        : SUMMARY.test(name)
          ? "a summary of the others"
          : "";
      own = { name: Buffer.from(name).toString(), id: this.#names.size, fault };
      this.#names.set(own.name, own);
    }
    return own;
  }
}

/** Tasks that go on from another's name, as "GPQA Diamond" from "GPQA", with that. */
function overlapping(tasks: ReadonlySet<string>): readonly string[] {
  const named = new Map(
    [...tasks].filter(isKnown).map((task) => [words(task.replaceAll("+", " plus ")), task]),
  );
  return [...named].flatMap(([key, task]) => {
    const above = key.split("_").map((_, i, all) => named.get(all.slice(0, i).join("_")));
    return above.filter((one) => one !== undefined).map((one) => `${task} and ${one}`);
  });
}

interface Name {
  readonly name: string;
  readonly id: number;
  /** Why it names nothing; "" where it does. */
  readonly fault: string;
}

/** A row's score in [0, 1], or why it is not taken; "" where that is told of all its group. */
function scored({ score, scale }: TableScore, reading: Reading): number | string {
  if (scale !== "bare") return scale === "percent" ? fromPercent(score) : score;
  return typeof reading === "string" ? "" : reading(score);
}

/** What a spreadsheet would run: "=cmd…", or a sign followed by something that is called. "@cf/meta/llama" is a name. */
const isFormula = (name: string): boolean => /^=|^[+\-@\t\r].*[(|!]/s.test(name);
