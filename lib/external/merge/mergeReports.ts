import { basename } from "node:path";
import { listed } from "../../shared/text.js";
import type { ScoreRow } from "../../shared/types.js";
import type { FileReport, ReportedScore } from "../readers/fileReport.js";
import type { ExternalEvals, ExternalFile, ExternalOptions, Skipped } from "../types.js";
import { facetChooser } from "./facets.js";
import { isRun, ModelNames, Runs, taskKey, type KeptScore } from "./runs.js";
import { skippedNotes } from "./skippedNotes.js";

/** A file and what its reader made of it. */
export interface ReadFile {
  readonly file: string;
  readonly report: FileReport;
}

/** A file on its way: what of its scores is kept, and what is not. */
interface Sifted extends ReadFile {
  readonly kept: KeptScore[];
  /** By task and reason, each once. */
  readonly refused: Map<string, Skipped>;
}

/** Formats that say again what a summary says of the same run: they come after it, in this order. */
const LATE = "Inspect evals table|lm-eval samples|Every Eval Ever samples|Inspect samples table".split("|");

/**
 * The rows of all files together: results that were met before left out, facets settled, names agreed, runs told apart.
 *
 * @param unread Paths that could not be read, for the list of what was skipped.
 */
export function mergeReports(
  read: readonly ReadFile[],
  unread: readonly Skipped[],
  { facetOf, sameModel }: ExternalOptions,
): ExternalEvals {
  const files = siftScores(read, facetChooser(facetOf));
  const names = new ModelNames(
    files.flatMap(({ kept }) => kept.map(({ result }) => result)),
    sameModel,
  );
  refuseParts(files, names);
  refuseTwice(files, names);
  const runs = new Runs(
    files.flatMap(({ kept }) => kept),
    names,
  );
  const rows: ScoreRow[] = [];
  const skipped: Skipped[] = [...unread];
  const told = files.map((one): ExternalFile => {
    const { file, report, refused } = one;
    const { format, version, scale, scores } = report;
    // A simulated number says so wherever it appears.
    const simulated = scores.filter((score) => score.simulated).length;
    const marked = simulated > 0 ? [`Simulated: ${simulated} of ${scores.length} scores.`] : [];
    const scored = new Set(scores.map(({ model }) => model));
    // An eval without a score has its model's plain name; a variant's name is told by its scores.
    const models = new Set(report.evals.map(({ model }) => model).filter((model) => !scored.has(model)));
    for (const result of scores) models.add(names.nameOf(result));
    models.delete("");
    const tasks = new Map<string, string>();
    const before = rows.length;
    for (const score of one.kept) {
      const { facet, result } = score;
      const whole = runs.smokeBeside(score);
      if (whole !== undefined) {
        refuse(one, result.task, `a smoke run, and a whole run is taken from ${whole.file}`);
        continue;
      }
      const [model, plain] = [runs.modelOf(score), names.nameOf(result)];
      if (model !== plain) models.delete(plain);
      models.add(model);
      rows.push(scoreRow(score, model, runs.repeatsOf(score)));
      tasks.set(result.task, facet);
    }
    for (const part of refused.values()) skipped.push(part);
    for (const part of report.skipped()) skipped.push({ file, ...part });
    return {
      file,
      format,
      version,
      scale,
      notes: [...report.notes, ...marked],
      models: [...models],
      tasks: [...tasks].map(([task, facet]) => ({ task, facet })),
      rows: rows.length - before,
      skipped: scores.length - (rows.length - before) + report.skippedCount,
    };
  });
  skipped.push(...names.unused());
  return {
    rows,
    skipped,
    files: told,
    notes: [...runs.notes(), ...weightNotes(rows), ...skippedNotes(skipped, told)],
  };
}

const pairOf = ({ model, facet }: ScoreRow): string => `${model}\0${facet}`;

/** How scores that tell no number of items are weighed beside those of their model and facet that do. */
function weightNotes(rows: readonly ScoreRow[]): readonly string[] {
  const counted = new Set(rows.filter(({ n }) => n !== undefined).map(pairOf));
  const untold = rows.filter((row) => row.n === undefined && counted.has(pairOf(row)));
  if (untold.length === 0) return [];
  const sources = listed(new Set(untold.map(({ source }) => basename(source.split(" · ")[0]!))), 5);
  return [`Weighed as one item each, beside scores of many, since their files tell no n: ${sources}.`];
}

/** Keeps what was not met before, names its model and has a facet. */
function siftScores(read: readonly ReadFile[], chooseFacet: ReturnType<typeof facetChooser>): Sifted[] {
  const evals = new Map(read.flatMap(({ report }) => report.evals.map((one) => [one.id, one] as const)));
  /** By the names of their results; tables, whose results go by none, repeat as a whole. */
  const met = new Map<string, { readonly file: string; runTime: string | undefined }>();
  const tables: ReadFile[] = [];
  const rank = ({ report }: ReadFile): number =>
    isPlain(report) ? LATE.length : LATE.indexOf(report.format);
  const order = new Map(read.map(({ report }, i) => [report, i] as const));
  const all = read
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ file, report }) => {
      const sifted: Sifted = { file, report, kept: [], refused: new Map() };
      const isTable = isPlain(report);
      const twin = isTable ? tables.find((table) => areEqual(table.report.scores, report.scores)) : undefined;
      if (isTable && twin === undefined) tables.push({ file, report });
      if (report.scores.length + report.skippedCount === 0) refuse(sifted, "file", "holds no scores");
      if (twin !== undefined) refuse(sifted, "file", `the same rows are taken from ${twin.file}`);
      for (const reported of twin === undefined ? report.scores : []) {
        // Where it names no model itself, that of its Inspect eval.
        const found = reported.model === "" ? evals.get(reported.evalId ?? "") : undefined;
        const result = found === undefined ? reported : { ...reported, model: found.model, task: found.task };
        const { model, task, identities, runTime } = result;
        const earlier = identities
          ?.map((identity) => met.get(identity))
          .find((one) => one !== undefined && (one.runTime ?? runTime) === (runTime ?? one.runTime));
        // A copy that tells no time is of the first run that does.
        if (earlier !== undefined) earlier.runTime ??= runTime;
        const choice =
          earlier !== undefined
            ? { why: `the same result is taken from ${earlier.file}` }
            : model === ""
              ? { why: "names no model: load its log or evals table with it" }
              : chooseFacet(result);
        if ("why" in choice) refuse(sifted, task || `eval ${result.evalId}`, choice.why);
        else {
          const own = { file, runTime };
          for (const identity of identities ?? []) met.set(identity, own);
          sifted.kept.push({ file, facet: choice.facet, result });
        }
      }
      return sifted;
    });
  return all.toSorted((a, b) => order.get(a.report)! - order.get(b.report)!);
}

/**
 * Leaves out scores of parts of a task, of which the model has the score of the whole as well; and in a table the tasks
 * of a facet that has a column of its own.
 */
function refuseParts(files: readonly Sifted[], names: ModelNames): void {
  const keyOf = (result: ReportedScore, task: string): string => `${names.nameOf(result)}\0${task}`;
  const whole = new Map<string, string>();
  if (files.some(({ kept }) => kept.some(({ result }) => result.partOf !== undefined)))
    for (const { kept, file } of files)
      for (const { result } of kept) whole.set(keyOf(result, result.task), file);
  for (const one of files) {
    const facets = new Set<string>();
    for (const { result, facet } of one.kept)
      if (isMean(result) && result.isFacet) facets.add(keyOf(result, facet));
    if (facets.size + whole.size === 0) continue;
    for (const score of one.kept.splice(0)) {
      const { result, facet } = score;
      const { partOf, isFacet, task } = result;
      const isOfFacet = isMean(result) && !isFacet && facets.has(keyOf(result, facet));
      const ofWhole = partOf === undefined ? undefined : whole.get(keyOf(result, partOf));
      const file = isOfFacet ? one.file : ofWhole;
      if (file === undefined) one.kept.push(score);
      else refuse(one, task, `part of a score that is taken from ${file}`);
    }
  }
}

/** How far two scores may lie apart that are one, as one is rounded to a tenth of a percent. */
const ROUNDED = 0.0005 + 1e-9;

/** Leaves out a table's means that another file says, too: the same model, task and score, in whatever layout. */
function refuseTwice(files: readonly Sifted[], names: ModelNames): void {
  const runs = files
    .filter(({ kept }) => kept.some(isRun))
    .toSorted((a, b) => Number(isPlain(a.report)) - Number(isPlain(b.report)));
  if (runs.length < 2 || !runs.some(({ kept }) => kept.some(({ result }) => isMean(result)))) return;
  const said = new Map<string, KeptScore[]>();
  for (const one of runs) {
    const keyed = one.kept
      .splice(0)
      .map((score) => [`${names.nameOf(score.result)}\0${taskKey(score)}`, score] as const);
    for (const [key, score] of keyed) {
      const twin = isMean(score.result)
        ? said.get(key)?.find((other) => areSame(other.result, score.result))
        : undefined;
      if (twin === undefined) one.kept.push(score);
      else refuse(one, score.result.task, `the same result is taken from ${twin.file}`);
    }
    for (const [key, score] of keyed) if (isRun(score)) said.set(key, [...(said.get(key) ?? []), score]);
  }
}

/** Whether two scores of one model and task are one that is said twice: nothing told of them differs. */
function areSame(a: ReportedScore, b: ReportedScore): boolean {
  const settings = Object.entries(a.settings ?? {});
  return (
    Math.abs(a.score - b.score) <= ROUNDED &&
    (a.n ?? b.n) === (b.n ?? a.n) &&
    settings.every(([kind, value]) => (b.settings?.[kind] ?? value) === value)
  );
}

const isMean = ({ identities }: ReportedScore): boolean => identities?.length === 0;
/** Whether a file is a table, whose rows go by no names. */
const isPlain = ({ scores }: FileReport): boolean => scores.every(({ identities }) => !identities?.length);

function refuse({ file, refused }: Sifted, what: string, why: string): void {
  refused.set(`${what}\0${why}`, { file, what, why });
}

function scoreRow({ file, facet, result }: KeptScore, model: string, repeats: number): ScoreRow {
  const { task, isFacet, metric, score, n, simulated } = result;
  const row: { -readonly [key in keyof ScoreRow]: ScoreRow[key] } = { model, facet, score, source: "" };
  if (typeof n === "number" && n > 0) row.n = n;
  if (repeats > 1) row.repeats = repeats;
  row.source = isFacet ? file : `${file} · ${task}, ${metric}`;
  if (simulated) row.simulated = simulated;
  return row;
}

/** What a score says, whichever file it stands in. */
const toldBy = ({ model, variant, task, metric, score, n, settings }: ReportedScore): string =>
  JSON.stringify([model, variant, task, metric, score, n ?? null, settings]);

/** Whether two files, neither of them empty, hold the same rows, in whatever order. */
function areEqual(a: readonly ReportedScore[], b: readonly ReportedScore[]): boolean {
  if (a.length === 0 || a.length !== b.length) return false;
  const others = b.map(toldBy).toSorted();
  return a
    .map(toldBy)
    .toSorted()
    .every((one, i) => one === others[i]);
}
