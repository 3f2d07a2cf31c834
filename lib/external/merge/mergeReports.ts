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
    read.flatMap(({ report }) => report.scores),
    sameModel,
  );
  const evals = new Map(read.flatMap(({ report }) => report.evals.map((one) => [one.id, one] as const)));
  const chooseFacet = facetChooser(facetOf);
  /** Files by the names of their results, and those whose results go by none: tables, which repeat as a whole. */
  const fileOf = new Map<string, string>();
  const tables: ReadFile[] = [];
  const rows: ScoreRow[] = [];
  const skipped: Skipped[] = [...unread];
  const files: ExternalFile[] = [];
  const groups: ReadonlySet<string>[] = [];
  const inOrder = read.toSorted((a, b) => rank(a) - rank(b));
  for (const { file, report } of inOrder) {
    const models = new Set(report.evals.map(({ model }) => model).filter((model) => model !== ""));
    const modelsOfRows = new Set<string>();
    const tasks = new Map<string, string>();
    const refused = new Map<string, Skipped>();
    const isTable = report.scores.every(({ identities }) => identities === undefined);
    const twin = isTable ? tables.find((table) => areEqual(table.report.scores, report.scores)) : undefined;
    const before = rows.length;
    for (const reported of report.scores) {
      // Where it names no model itself, that of its Inspect eval.
      const found = reported.model === "" ? evals.get(reported.evalId ?? "") : undefined;
      const result = found === undefined ? reported : { ...reported, model: found.model, task: found.task };
      const { task, identities = [] } = result;
      const model = names.nameOf(result);
      if (model !== "") models.add(model);
      const earlier = fileOf.get(identities.find((identity) => fileOf.has(identity)) ?? "");
      const choice =
        twin !== undefined
          ? { why: `the same rows are taken from ${twin.file}` }
          : earlier !== undefined
            ? { why: `the same result is taken from ${earlier}` }
            : model === ""
              ? { why: "names no model: load its log or evals table with it" }
              : chooseFacet(result);
      if ("why" in choice) {
        const what = twin === undefined ? task || `eval ${result.evalId}` : "file";
        refused.set(`${what}\0${choice.why}`, { file, what, why: choice.why });
        continue;
      }
      for (const identity of identities) fileOf.set(identity, file);
      rows.push(scoreRow(file, model, choice.facet, result));
      tasks.set(task, choice.facet);
      modelsOfRows.add(model);
    }
    if (isTable && twin === undefined) tables.push({ file, report });
    for (const one of refused.values()) skipped.push(one);
    for (const one of report.skipped()) skipped.push({ file, ...one });
    groups.push(modelsOfRows);
    const { format, version, scale } = report;
    const simulated = report.scores.filter((score) => score.simulated).length;
    files.push({
      file,
      format,
      version,
      scale,
      // A simulated number says so wherever it appears.
      notes: [
        ...report.notes,
        ...(simulated > 0 ? [`Simulated: ${simulated} of ${report.scores.length} scores.`] : []),
      ],
      rows: rows.length - before,
      models: [...models],
      tasks: [...tasks].map(([task, facet]) => ({ task, facet })),
      skipped: report.scores.length - (rows.length - before) + report.skippedCount,
    });
  }
  const matches = proposeMatches([...groups, new Set(knownModels)]);
  return { rows, skipped: [...skipped, ...names.unused()], files, matches };
}

function rank({ report }: ReadFile): number {
  return DETAILS.indexOf(report.format);
}

function scoreRow(file: string, model: string, facet: string, reported: ReportedScore): ScoreRow {
  const { task, isFacet, metric, score, n, simulated } = reported;
  const source = isFacet ? file : `${file} · ${task}, ${metric}`;
  const counted = typeof n === "number" && n > 0 ? { n } : {};
  return { model, facet, score, ...counted, source, ...(simulated ? { simulated } : {}) };
}

/** Whether two files, neither of them empty, hold the same rows in the same order. */
function areEqual(a: readonly ReportedScore[], b: readonly ReportedScore[]): boolean {
  const keys = ["model", "task", "metric", "score", "n"] as const;
  const isSame = (one: ReportedScore, i: number): boolean => keys.every((key) => one[key] === b[i]![key]);
  return a.length > 0 && a.length === b.length && a.every(isSame);
}
