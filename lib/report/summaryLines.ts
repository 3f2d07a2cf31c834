import type { Row, ScoreRow } from "../shared/types.js";
import type { Findings } from "./findingFields.js";
import { findingFields } from "./findingFields.js";

/** What a run came to, as the notebook's last cell has it in hand. */
export interface RunSummary extends Findings {
  /** Rows asked or loaded; external scores apart. */
  readonly rows: readonly Row[];
  readonly external: readonly ScoreRow[];
  /** Whether the rows are the simulated panel's. */
  readonly simulated: boolean;
  /** What asking took; null when nobody was asked. */
  readonly run: {
    readonly usage: { readonly requests: number; readonly cached: number; readonly costUsd: number | null };
    readonly stopped: "budget" | "interrupted" | null;
    readonly elapsedMs: number;
  } | null;
}

/**
 * The run in plain text, a line a fact, its name padded to ten characters: what was asked, of whom, when and at what
 * cost; what came out and how sure it is; then the counts behind it.
 */
export function summaryLines(summary: RunSummary): readonly string[] {
  const { rows, external, simulated, run } = summary;
  const asked = new Set(rows.map((row) => row.model));
  const models = new Set([...asked, ...external.map((row) => row.model)]);
  const tasks = new Set(rows.map((row) => row.task));
  const epochs = new Set(rows.map((row) => row.epoch));
  const fields: readonly (readonly [string, string])[] = [
    ["Asked", askedText(summary, tasks.size, epochs.size)],
    ["Models", simulated ? `${models.size} simulated, no real one` : String(models.size)],
    ["Source", sourceOf(summary)],
    ["When", new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC"],
    ["Cost", costText(summary)],
    ...findingFields(summary),
    [
      "Answers",
      rows.length === 0
        ? "none asked"
        : `${rows.length} (${count(asked.size, "model")} × ${count(tasks.size, "task")} × ${count(epochs.size, "epoch")})`,
    ],
    ["Unscored", unscoredText(rows)],
    ["Failed", String(rows.filter((row) => row.outcome === "failed").length)],
    ["Time", timeText(run)],
  ];
  return fields.map(([name, text]) => `${name.padEnd(10)} ${oneLine(text)}`);
}

function askedText({ rows, external }: RunSummary, tasks: number, epochs: number): string {
  const facets = [...new Set([...rows, ...external].map((row) => row.facet))];
  const named = facets.slice(0, MOST_FACETS).join(", ");
  const more = facets.length > MOST_FACETS ? ` and ${facets.length - MOST_FACETS} more` : "";
  const over = `${count(facets.length, "facet")}${facets.length === 0 ? "" : ` (${named}${more})`}`;
  if (rows.length === 0) return `no question; scores from files over ${over}`;
  return `${count(tasks, "question")} over ${over}, each ${epochs === 1 ? "once" : `${epochs} times`}`;
}

/** Facets named; the others are counted. */
const MOST_FACETS = 8;

/** A name from outside with a line break in it would begin a line of its own. */
function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function sourceOf({ rows, external, simulated }: RunSummary): string {
  const parts = [];
  if (rows.length > 0) parts.push(simulated ? "the simulated panel on this machine" : "models asked");
  if (external.length > 0) {
    const files = new Set(external.map((row) => fileOf(row.source)));
    parts.push(
      `${external.length} external scores (${[...files].slice(0, 3).join(", ")}${files.size > 3 ? ", …" : ""})`,
    );
  }
  return parts.join(" and ");
}

/** The name of the file that a source ("path · task, metric") begins with, without its folders. */
function fileOf(source: string): string {
  return source.split(" · ", 1)[0]?.split(/[\\/]/).at(-1) ?? source;
}

function unscoredText(rows: readonly Row[]): string {
  const reasons = new Map<string, number>();
  for (const { outcome, reason } of rows) {
    if (outcome === "unscored") reasons.set(reason ?? "unknown", (reasons.get(reason ?? "unknown") ?? 0) + 1);
  }
  const total = [...reasons.values()].reduce((sum, n) => sum + n, 0);
  return total === 0 ? "0" : `${total} (${[...reasons].map(([reason, n]) => `${reason} ${n}`).join(", ")})`;
}

function costText({ rows, simulated, run }: RunSummary): string {
  if (run === null || run.usage.requests + run.usage.cached === 0) return "nothing asked, nothing spent";
  if (simulated) return "$0 (simulated)";
  const unknown = rows.filter((row) => row.costUsd === null && row.outcome !== "failed").length;
  const known = run.usage.costUsd === null ? "unknown" : `$${run.usage.costUsd.toFixed(4)}`;
  return unknown === 0 || run.usage.costUsd === null
    ? known
    : `${known}, and ${count(unknown, "answer")} of unknown cost`;
}

function timeText(run: RunSummary["run"]): string {
  if (run === null) return "-";
  const seconds = (run.elapsedMs / 1000).toFixed(1);
  const stopped = run.stopped === null ? "" : `; stopped: ${run.stopped}`;
  return `${seconds} s asking (${count(run.usage.requests, "request")}, ${run.usage.cached} from the cache)${stopped}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
