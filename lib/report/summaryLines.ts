import { isSimulated, judgedBy } from "../shared/provenance.js";
import { count, formatValue, listed } from "../shared/text.js";
import type { Row, ScoreRow } from "../shared/types.js";
import type { Surface } from "../spline/types.js";
import {
  combineScores,
  facetMeans,
  holmAdjusted,
  meanFinder,
  toRecords,
  wideTable,
  type CombinedScores,
  type FacetMean,
} from "../table/index.js";
import { bestPredictors } from "./bestPredictors.js";
import { fileOf } from "./externalTable.js";
import { bandSentence, fitParts, halfBand, type AxisNames } from "./surfaceCaption.js";
import { surpriseText } from "./surprise.js";
import { trendsText } from "./trendsText.js";
import { interactionVerdict, leadersText, LEVEL } from "./verdicts.js";
import { withoutText } from "./withoutText.js";

/** One surface of a run, with what it stands for. */
export interface NamedSurface extends AxisNames {
  readonly surface: Surface;
}

/** What a run came to, as the notebook's last cell has it in hand. */
export interface RunSummary {
  /** Rows asked or loaded; external scores apart. */
  readonly rows: readonly Row[];
  readonly external: readonly ScoreRow[];
  /** From `comparisonNote`: whether any two models can be told apart. */
  readonly comparison: string;
  readonly surfaces: readonly NamedSurface[];
  /** What asking took; null when nobody was asked. */
  readonly run: {
    readonly usage: { readonly requests: number; readonly cached: number; readonly costUsd: number | null };
    readonly stopped: "budget" | "interrupted" | null;
    readonly elapsedMs: number;
  } | null;
}

type Field = readonly [name: string, text: string];

/**
 * The run in plain text, a line a fact, its name padded to ten characters: what was asked, of whom, when and at what
 * cost; what came out and how sure it is, which facet says most of which, which model surprises, and what would be
 * found without one family's models; then the counts behind it. Simulated numbers are called so, as the data say.
 */
export function summaryLines(summary: RunSummary): readonly string[] {
  const { rows, external, surfaces } = summary;
  // Scores from files alone: nothing of what follows is to be told.
  const isAsked = rows.length > 0 || summary.run !== null;
  const combined: CombinedScores =
    rows.length + external.length === 0 ? { rows: [], note: null } : combineScores(rows, external);
  const frame = combined.rows.length === 0 ? null : facetMeans(combined.rows);
  const means = frame === null ? [] : toRecords(frame);
  const wide = frame === null ? null : wideTable(frame);
  const judged = judgedBy(combined.rows);
  const fields: readonly Field[] = [
    ["Asked", askedText(summary)],
    ["Models", modelsText(combined)],
    ["Source", sourceText(summary)],
    ...(judged === "" ? [] : [["Judged", judged] as const]),
    ["When", new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC"],
    ...(isAsked ? [["Cost", costText(summary)] as const] : []),
    ...knownFields(surfaces),
    ["Best", bestText(means)],
    ["Apart", summary.comparison],
    ...surfaces.map((one, i): Field => [`Surface ${i + 1}`, surfaceText(one)]),
    ...(surfaces.length === 0 ? [["Surfaces", "none: no three facets have scores"] as const] : []),
    ...togetherFields(surfaces),
    ...toldFields(means, [
      ["Predicts", wide === null ? "" : bestPredictors(wide)],
      ["Surprise", surpriseText(surfaces, meanFinder(means))],
      ["Without", wide === null || surfaces[0] === undefined ? "" : withoutText(wide, surfaces[0])],
    ]),
    ...(isAsked ? answersFields(summary) : []),
  ];
  // A name from outside with a line break in it would begin a line of its own.
  return fields.map(([name, text]) => `${name.padEnd(10)} ${text.replaceAll(/\s+/g, " ").trim()}`);
}

/** Facets and files named; the others are counted. */
const MOST_FACETS = 8;
const MOST_FILES = 3;

/** How many questions over which facets, each how often. */
function askedText({ rows, external }: RunSummary): string {
  const facets = new Set([...rows, ...external].map((row) => row.facet));
  const over = `${count(facets.size, "facet")} (${listed(facets, MOST_FACETS)})`;
  if (rows.length === 0)
    return external.length === 0 ? "no question" : `no question; scores from files over ${over}`;
  const tasks = new Set(rows.map((row) => row.task)).size;
  const epochs = new Set(rows.map((row) => row.epoch)).size;
  return `${count(tasks, "question")} over ${over}, each ${epochs === 1 ? "once" : `${epochs} times`}`;
}

/** The models that the numbers are of. */
function modelsText({ rows, note }: CombinedScores): string {
  const models = new Set(rows.map((row) => row.model)).size;
  const kind = isSimulated(rows) ? " simulated, no real one" : "";
  return `${models}${kind}${note === null ? "" : `; ${note}`}`;
}

/** Who or what the scores come from: the panel, models, files. */
function sourceText({ rows, external }: RunSummary): string {
  const files = new Set(external.map(fileOf));
  const parts: string[] = [];
  if (rows.length > 0) parts.push(isSimulated(rows) ? "the simulated panel on this machine" : "models asked");
  if (files.size > 0)
    parts.push(`${count(external.length, "external score")} (${listed(files, MOST_FILES)})`);
  return parts.join(" and ") || "none";
}

/** What was spent, as far as the provider told; an unknown cost is never 0. */
function costText({ rows, run }: RunSummary): string {
  if (run === null || run.usage.requests + run.usage.cached === 0) return "nothing asked, nothing spent";
  if (isSimulated(rows)) return "$0 (simulated)";
  if (run.usage.costUsd === null) return "unknown";
  const unknown = rows.filter((row) => row.costUsd === null && row.outcome !== "failed").length;
  const { costUsd } = run.usage;
  const known = costUsd > 0 && costUsd < 1e-4 ? "less than $0.0001" : `$${costUsd.toFixed(4)}`;
  return unknown === 0 ? known : `${known}, and ${count(unknown, "answer")} of unknown cost`;
}

/** Who has the highest mean over the facets on which any model has a score. */
function bestText(means: readonly FacetMean[]): string {
  const scores = new Map(means.map(({ model }): [string, number[]] => [model, []]));
  for (const { model, score } of means) if (score !== null) scores.get(model)?.push(score);
  const facets = new Set(means.flatMap(({ facet, score }) => (score === null ? [] : [facet]))).size;
  return leadersText(scores, facets) + (isSimulated(means) ? " (simulated)" : "");
}

/** What there is something to say of. */
function toldFields(means: readonly FacetMean[], fields: readonly Field[]): readonly Field[] {
  const source = isSimulated(means) ? " (simulated)" : "";
  return fields.filter(([, text]) => text !== "").map(([name, text]) => [name, text + source]);
}

/** How much the surfaces of this run can say at all, in numbers: stands before what they say. */
function knownFields(surfaces: readonly NamedSurface[]): readonly Field[] {
  const known = surfaces
    .map(({ surface, z }) => ({ surface, z, half: halfBand(surface) }))
    .filter(({ half }) => !Number.isNaN(half));
  const [least, ...others] = known.toSorted((one, two) => two.half - one.half);
  if (least === undefined) return [];
  const sentence = bandSentence(least.surface, least.half);
  const which = others.length === 0 ? "." : ` (${least.z}, the least known of ${known.length} surfaces).`;
  return [["Known", sentence.slice(0, -1) + which]];
}

/** What the surface says, whether its facets interact, and how it was had. */
function surfaceText({ x, y, z, surface }: NamedSurface): string {
  const r2 = surface.r2LeftOut === null ? [] : [`cross-validated R² ${formatValue(surface.r2LeftOut)}`];
  const fit = [...fitParts(surface), ...r2].join(", ");
  const said = [trendsText(surface, { x, y, z }), interactionVerdict(surface.interaction)];
  const finding = said.filter((part) => part !== "").join("; ");
  const whole = finding === "" ? fit : `${finding}. ${fit.slice(0, 1).toUpperCase()}${fit.slice(1)}`;
  return `${z} over ${x} and ${y}: ${whole}${surface.simulated ? " (simulated)" : ""}`;
}

/** Several tests find something by chance more often than one does. */
function togetherFields(surfaces: readonly NamedSurface[]): readonly Field[] {
  const p = surfaces.flatMap(({ surface: { interaction } }) =>
    interaction.p === null ? [] : [interaction.p],
  );
  if (p.length < 2) return [];
  const clear = [p, holmAdjusted(p)].map((values) => values.filter((value) => value < LEVEL).length);
  const [alone = 0, corrected = 0] = clear;
  if (alone === 0) return [["Together", `none of the ${p.length} interactions tested is clear at 5 %`]];
  const have = alone === 1 ? "has" : "have";
  const left = corrected === 0 ? "none does" : corrected === alone ? "still" : String(corrected);
  const finding = `${alone} of ${p.length} interactions tested ${have} p below 5 %`;
  return [["Together", `${finding}; corrected for testing ${p.length} (Holm), ${left}`]];
}

/** How many answers stand behind the scores, how many have none, and what asking took. */
function answersFields(summary: RunSummary): readonly Field[] {
  const { rows } = summary;
  const [models, tasks, epochs] = (["model", "task", "epoch"] as const).map((name) =>
    count(new Set(rows.map((row) => row[name])).size, name),
  );
  return [
    ["Answers", `${rows.length} (${models} × ${tasks} × ${epochs})`],
    ["Unscored", unscoredText(rows)],
    ["Failed", String(rows.filter((row) => row.outcome === "failed").length)],
    ["Time", timeText(summary)],
  ];
}

/** How many answers have no score, by reason; failed ones are counted apart. */
function unscoredText(rows: readonly Row[]): string {
  const reasons = new Map<string, number>();
  const unscored = rows.filter((row) => row.outcome === "unscored");
  for (const { reason } of unscored)
    reasons.set(reason ?? "unknown", (reasons.get(reason ?? "unknown") ?? 0) + 1);
  const each = [...reasons].map(([reason, n]) => `${reason} ${n}`).join(", ");
  return unscored.length === 0 ? "0" : `${unscored.length} (${each})`;
}

/** How long asking took, over how many requests, and what ended it early. */
function timeText({ run }: RunSummary): string {
  if (run === null) return "-";
  const { requests, cached } = run.usage;
  const stopped = run.stopped === null ? "" : `; stopped: ${run.stopped}`;
  return `${(run.elapsedMs / 1000).toFixed(1)} s asking (${count(requests, "request")}, ${cached} from the cache)${stopped}`;
}
