import { createHash } from "node:crypto";
import type { Row, ScoreRow } from "../shared/types.js";
import type { Fields } from "./fields.js";
import { SIMULATED_PROVIDER } from "./scoreTable.js";

const SCORER = "facet_bench";
/** Reasons to stop, in Inspect's words. */
const STOPS: Readonly<Record<string, string>> = {
  stop: "stop",
  length: "max_tokens",
  tool_calls: "tool_calls",
  content_filter: "content_filter",
};

/**
 * Rows as logs of Inspect, one for each model and facet, with the file each goes to. Equal rows make logs with equal
 * names of their run, so that the same export is the same result wherever it is met.
 *
 * @see https://inspect.aisi.org.uk/reference/inspect_ai.log.html, EvalLog
 */
export function inspectLogs(
  rows: readonly (Row | ScoreRow)[],
  path: string,
): readonly { readonly file: string; readonly log: Fields }[] {
  const groups = new Map<string, (Row | ScoreRow)[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.model, row.facet]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const files = fileNames(
    path,
    [...groups.values()].map(([first]) => first!),
  );
  return [...groups.values()].map((group, i) => ({ file: files[i]!, log: inspectLog(group) }));
}

/** The path itself for one log; with the model and facet in the name for several, and numbered where those coincide. */
function fileNames(path: string, groups: readonly (Row | ScoreRow)[]): readonly string[] {
  if (groups.length === 1) return [path];
  const met = new Map<string, number>();
  return groups.map(({ model, facet }) => {
    const name = `${path.replace(/\.json$/i, "")}_${fileSafe(model)}_${fileSafe(facet)}`;
    const count = (met.get(name.toLowerCase()) ?? 0) + 1;
    met.set(name.toLowerCase(), count);
    return `${name}${count === 1 ? "" : `_${count}`}.json`;
  });
}

function fileSafe(name: string): string {
  return name.replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^[.-]+/, "") || "unnamed";
}

function inspectLog(rows: readonly (Row | ScoreRow)[]): Fields {
  const { model, facet } = rows[0]!;
  const name = createHash("sha256").update(JSON.stringify(rows)).digest("base64url").slice(0, 22);
  const samples = rows.map((row, i) => ("prompt" in row ? answered(row) : loaded(row, i)));
  const scores = rows.map(({ score }) => score);
  const isSimulated = rows.some((row) =>
    "prompt" in row ? row.provider === SIMULATED_PROVIDER : row.simulated,
  );
  const ids = [...new Set(samples.map(({ id }) => id))];
  const now = new Date().toISOString();
  return {
    version: 2,
    status: "success",
    eval: {
      eval_id: name,
      run_id: name,
      created: now,
      task: `facet_bench/${facet}`,
      task_id: name,
      task_version: 0,
      dataset: { name: facet, samples: ids.length, sample_ids: ids, shuffled: false },
      model,
      config: { epochs: Math.max(...samples.map(({ epoch }) => epoch)), epochs_reducer: ["mean"] },
      packages: {},
      metadata: { facet, ...(isSimulated ? { simulated: true } : {}) },
    },
    plan: { name: "plan", steps: [], config: {} },
    results: results(samples, scores),
    stats: { started_at: now, completed_at: now, model_usage: {} },
    samples,
  };
}

interface Sample {
  readonly id: string;
  readonly epoch: number;
  readonly [field: string]: unknown;
}

/** One of our answers. Without a score it has no `scores`: Inspect then counts it as not scored. */
function answered(row: Row): Sample {
  const { model, task, epoch, prompt, response, score, reason, explanation, finish, outcome } = row;
  const message = { role: "assistant", content: response, source: "generate" };
  return {
    id: task,
    epoch: epoch + 1,
    input: prompt,
    target: "",
    messages: [{ role: "user", content: prompt }, message],
    output: {
      model,
      choices: [{ message, stop_reason: STOPS[finish ?? ""] ?? "unknown" }],
      completion: response,
    },
    ...(score === null ? {} : { scores: { [SCORER]: { value: score, answer: response, explanation } } }),
    metadata: {
      facet: row.facet,
      outcome,
      reason,
      cached: row.cached,
      provider: row.provider,
      cost_usd: row.costUsd,
    },
    total_time: row.latencyMs / 1000,
    ...(outcome === "failed"
      ? { error: { message: reason ?? explanation, traceback: "", traceback_ansi: "" } }
      : {}),
  };
}

/** A score from elsewhere, which has no answer to show. */
function loaded({ score, n, source }: ScoreRow, index: number): Sample {
  return {
    id: `${index + 1}: ${source}`,
    epoch: 1,
    input: source,
    target: "",
    messages: [],
    output: { model: "", choices: [] },
    scores: { [SCORER]: { value: score } },
    metadata: { source, ...(n === undefined ? {} : { n }) },
  };
}

/** Accuracy over samples, each the mean of its epochs, with its standard error, as Inspect's own results have them. */
function results(samples: readonly Sample[], scores: readonly (number | null)[]): Fields {
  const byId = new Map<string, number[]>(samples.map(({ id }) => [id, []]));
  for (const [i, score] of scores.entries()) if (score !== null) byId.get(samples[i]!.id)!.push(score);
  const means = [...byId.values()].filter((scores) => scores.length > 0).map(mean);
  const metrics: Record<string, Fields> = {};
  if (means.length > 0) metrics["accuracy"] = { name: "accuracy", value: mean(means), params: {} };
  if (means.length > 1) {
    const center = mean(means);
    const variance = means.reduce((sum, value) => sum + (value - center) ** 2, 0) / (means.length - 1);
    metrics["stderr"] = { name: "stderr", value: Math.sqrt(variance / means.length), params: {} };
  }
  return {
    total_samples: samples.length,
    completed_samples: samples.filter((sample) => !("error" in sample)).length,
    scores: [
      {
        name: SCORER,
        scorer: SCORER,
        reducer: "mean",
        scored_samples: means.length,
        unscored_samples: byId.size - means.length,
        params: {},
        metrics,
      },
    ],
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
