import type { ScoreRow } from "../../shared/types.js";
import type { FileReport, ReportedScore } from "../readers/fileReport.js";
import type { ExternalEvals, ExternalFile, ExternalOptions, Skipped } from "../types.js";
import { facetChooser } from "./facets.js";
import { ModelNames, proposeMatches } from "./modelNames.js";

/** A file and what its reader made of it. */
export interface ReadFile {
  readonly file: string;
  readonly report: FileReport;
}

/** Formats that say again what a summary says of the same run: they come after it, in this order. */
const DETAILS = ["Inspect evals table", "lm-eval samples", "Inspect samples table"];

/**
 * The rows of all files together: facets settled, names agreed, results that were met before left out.
 *
 * @param unread Paths that could not be read, for the list of what was skipped.
 */
export function mergeReports(
  read: readonly ReadFile[],
  unread: readonly Skipped[],
  { facetOf, sameModel, knownModels = [] }: ExternalOptions,
): ExternalEvals {
  const names = new ModelNames(
    read.map(({ report }) => report.scores),
    sameModel,
  );
  const evals = new Map(read.flatMap(({ report }) => report.evals.map((one) => [one.id, one] as const)));
  const chooseFacet = facetChooser(facetOf);
  const repeats = new Repeats();
  const rows: ScoreRow[] = [];
  const skipped: Skipped[] = [...unread];
  const files: ExternalFile[] = [];
  const groups: ReadonlySet<string>[] = [];
  for (const { file, report } of read.toSorted((a, b) => rank(a) - rank(b))) {
    const models = new Set(report.evals.map(({ model }) => model).filter((model) => model !== ""));
    const modelsOfRows = new Set<string>();
    const tasks = new Map<string, string>();
    const refused = new Map<string, Skipped>();
    const twin = repeats.wholeFile(file, report);
    const rowsBefore = rows.length;
    for (const reported of report.scores) {
      const result = joined(reported, evals);
      const model = names.nameOf(result);
      if (model !== "") models.add(model);
      const earlier = repeats.earlier(result);
      const facet = twin === null && earlier === null && model !== "" ? chooseFacet(result) : null;
      if (facet === null || facet.facet === null) {
        const what = twin === null ? result.task || `eval ${result.evalId}` : "file";
        const why =
          twin !== null
            ? `the same rows are taken from ${twin}`
            : earlier !== null
              ? `the same result is taken from ${earlier}`
              : (facet?.why ?? "names no model: load its log or evals table with it");
        refused.set(`${what}\0${why}`, { file, what, why });
        continue;
      }
      repeats.take(file, result);
      rows.push(scoreRow(file, model, facet.facet, result));
      tasks.set(result.task, facet.facet);
      modelsOfRows.add(model);
    }
    for (const one of refused.values()) skipped.push(one);
    for (const one of report.skipped()) skipped.push({ file, ...one });
    groups.push(modelsOfRows);
    const taken = rows.length - rowsBefore;
    files.push({
      file,
      format: report.format,
      version: report.version,
      scale: report.scale,
      notes: [...report.notes, ...simulatedNotes(report)],
      rows: taken,
      models: [...models],
      tasks: [...tasks].map(([task, facet]) => ({ task, facet })),
      skipped: report.scores.length - taken + report.skippedCount,
    });
  }
  return {
    rows,
    skipped: [...skipped, ...names.unused()],
    files,
    matches: proposeMatches([...groups, new Set(knownModels)]),
  };
}

function rank({ report }: ReadFile): number {
  return DETAILS.indexOf(report.format);
}

/** A result with the model and task of its Inspect eval, where it names none itself. */
function joined(
  result: ReportedScore,
  evals: ReadonlyMap<string, { readonly model: string; readonly task: string }>,
): ReportedScore {
  const found = result.model === "" ? evals.get(result.evalId ?? "") : undefined;
  return found === undefined ? result : { ...result, model: found.model, task: found.task };
}

/** A simulated number says so wherever it appears. */
function simulatedNotes({ scores }: FileReport): readonly string[] {
  const count = scores.filter(({ simulated }) => simulated).length;
  return count === 0 ? [] : [`Simulated: ${count} of ${scores.length} scores.`];
}

function scoreRow(file: string, model: string, facet: string, reported: ReportedScore): ScoreRow {
  const { task, isFacet, metric, score, n, simulated } = reported;
  const source = isFacet ? file : `${file} · ${task}, ${metric}`;
  const counted = typeof n === "number" && n > 0 ? { n } : {};
  return { model, facet, score, ...counted, source, ...(simulated ? { simulated } : {}) };
}

/** Tells results that were met before: the same logs twice add nothing. */
class Repeats {
  /** Files by the names of their results. */
  readonly #named = new Map<string, string>();
  /** Files whose results go by no names: tables, which repeat as a whole or not at all. */
  readonly #tables: ReadFile[] = [];

  /** The file before this one that has all its rows and no others, where both are tables; null for none. */
  wholeFile(file: string, report: FileReport): string | null {
    const { scores } = report;
    if (scores.length === 0 || scores.some(({ identities }) => identities !== undefined)) return null;
    const same = this.#tables.find((table) => areEqual(table.report.scores, scores));
    if (same === undefined) this.#tables.push({ file, report });
    return same?.file ?? null;
  }

  /** The file that this result was taken from before; null when it is new. */
  earlier({ identities = [] }: ReportedScore): string | null {
    return identities.map((identity) => this.#named.get(identity)).find((file) => file !== undefined) ?? null;
  }

  take(file: string, { identities = [] }: ReportedScore): void {
    for (const identity of identities) this.#named.set(identity, file);
  }
}

function areEqual(a: readonly ReportedScore[], b: readonly ReportedScore[]): boolean {
  const keys = ["model", "task", "metric", "score", "n"] as const;
  return a.length === b.length && a.every((one, i) => keys.every((key) => one[key] === b[i]![key]));
}
