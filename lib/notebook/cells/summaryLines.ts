import { formatP, methodName } from "../../plot/index.js";
import type { InteractionTest, Row, ScoreRow, Surface } from "../../types.js";

/** What a run came to, as the notebook's last cell has it in hand. */
export interface RunSummary {
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
  readonly surfaces: readonly {
    readonly x: string;
    readonly y: string;
    readonly z: string;
    readonly surface: Surface;
    readonly interaction: InteractionTest;
  }[];
}

/** The run in about ten lines of plain text: who was asked, what came back, what it cost, what was drawn. */
export function summaryLines(summary: RunSummary): readonly string[] {
  const { rows, external, simulated, run, surfaces } = summary;
  const asked = new Set(rows.map((row) => row.model));
  const models = new Set([...asked, ...external.map((row) => row.model)]);
  const tasks = new Set(rows.map((row) => row.task));
  const epochs = new Set(rows.map((row) => row.epoch));
  const fields: [string, string][] = [
    ["Source", sourceOf(summary)],
    ["When", new Date().toISOString().slice(0, 16).replace("T", " ") + " UTC"],
    ["Models", simulated ? `${models.size} simulated, no real one` : String(models.size)],
    [
      "Answers",
      rows.length === 0
        ? "none asked"
        : `${rows.length} (${count(asked.size, "model")} × ${count(tasks.size, "task")} × ${count(epochs.size, "epoch")})`,
    ],
    ["Unscored", unscoredText(rows)],
    ["Failed", String(rows.filter((row) => row.outcome === "failed").length)],
    ["Cost", costText(summary)],
    ["Time", timeText(run)],
    ...surfaces.map(({ x, y, z, surface, interaction }, index): [string, string] => [
      `Surface ${index + 1}`,
      `${x} × ${y} → ${z}: ${finding(surface, interaction)}${simulated ? " (simulated)" : ""}`,
    ]),
  ];
  if (surfaces.length === 0) fields.push(["Surfaces", "none: no three facets have scores"]);
  return fields.map(([name, text]) => `${name.padEnd(10)} ${text}`);
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

/** Method, size and what the interaction test found, in words. */
function finding({ method, n, edf }: Surface, { p }: InteractionTest): string {
  const fit = `${methodName(method)}, n = ${n}${edf === null ? "" : `, edf ${edf.toFixed(1)}`}`;
  if (p === null) return fit;
  return `${fit}; ${p < 0.05 ? "the two interact" : "no sign of interaction"}, ${formatP(p)}`;
}

function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}
