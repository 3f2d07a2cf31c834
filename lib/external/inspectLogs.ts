import { createHash } from "node:crypto";
import { isSimulated } from "../shared/provenance.js";
import type { Row, ScoreRow } from "../shared/types.js";

type AnyRow = Row | ScoreRow;
type Sample = Readonly<Record<string, unknown>> & { readonly id: string; readonly epoch: number };
export interface InspectLog {
  readonly samples: readonly Sample[];
  readonly [field: string]: unknown;
}

const SCORER = "facet_bench";
/** Reasons to stop that Inspect knows, by our names for them. */
const STOPS = new Map([
  ["length", "max_tokens"],
  ...["stop", "tool_calls", "content_filter"].map((same) => [same, same] as const),
]);

/**
 * Rows as logs of Inspect, one for each model and facet, with the file each goes to. Equal rows make logs with equal
 * names of their run, so that the same export is the same result wherever it is met.
 *
 * @see https://inspect.aisi.org.uk/reference/inspect_ai.log.html, EvalLog
 */
export function* inspectLogs(
  rows: readonly AnyRow[],
  path: string,
): Generator<{ readonly file: string; readonly log: InspectLog }> {
  const groups = new Map<string, AnyRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.model, row.facet]);
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  // The path itself for one log; with model and facet for several, numbered where those coincide.
  const met: string[] = [];
  for (const group of groups.values()) {
    const { model, facet } = group[0]!;
    const name = `${path.replace(/\.json$/i, "")}_${fileSafe(model)}_${fileSafe(facet)}`;
    const count = met.filter((other) => other === name.toLowerCase()).length;
    met.push(name.toLowerCase());
    const file = groups.size === 1 ? path : `${name}${count === 0 ? "" : `_${count + 1}`}.json`;
    yield { file, log: inspectLog(group) };
  }
}

function fileSafe(name: string): string {
  return name.replace(/[^\p{L}\p{N}.-]+/gu, "-").replace(/^[.-]+/, "") || "unnamed";
}

function inspectLog(rows: readonly AnyRow[]): InspectLog {
  const { model, facet } = rows[0]!;
  const hash = createHash("sha256");
  for (const row of rows) hash.update(JSON.stringify(row));
  const name = hash.digest("base64url").slice(0, 22);
  const samples = rows.map((row, i) => ("prompt" in row ? answered(row) : loaded(row, i)));
  const ids = [...new Set(samples.map(({ id }) => id))];
  const epochs = samples.reduce((most, { epoch }) => Math.max(most, epoch), 1);
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
      config: { epochs, epochs_reducer: ["mean"] },
      packages: {},
      metadata: { facet, ...(isSimulated(rows) ? { simulated: true } : {}) },
    },
    plan: { name: "plan", steps: [], config: {} },
    results: resultsOf(samples, rows),
    stats: { started_at: now, completed_at: now, model_usage: {} },
    samples,
  };
}

/** One of our answers. Without a score it has no `scores`: Inspect then counts it as not scored. */
function answered(row: Row): Sample {
  const { model, facet, task, epoch, prompt, response, score, reason, explanation, finish, outcome } = row;
  const { cached, provider, costUsd: cost_usd } = row;
  const message = { role: "assistant", content: response, source: "generate" };
  const choice = { message, stop_reason: STOPS.get(finish ?? "") ?? "unknown" };
  const error = { message: reason ?? explanation, traceback: "", traceback_ansi: "" };
  return {
    id: task,
    epoch: epoch + 1,
    input: prompt,
    target: "",
    messages: [{ role: "user", content: prompt }, message],
    output: { model, choices: [choice], completion: response },
    ...(score === null ? {} : { scores: { [SCORER]: { value: score, answer: response, explanation } } }),
    metadata: { facet, outcome, reason, cached, provider, cost_usd },
    total_time: row.latencyMs / 1000,
    ...(outcome === "failed" ? { error } : {}),
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
    metadata: { source, n: n ?? null },
  };
}

/** Accuracy over samples, each the mean of its epochs, with its standard error, as Inspect's own results have them. */
function resultsOf(samples: readonly Sample[], rows: readonly AnyRow[]): object {
  const byId = new Map<string, number[]>(samples.map(({ id }) => [id, []]));
  for (const [i, { score }] of rows.entries()) if (score !== null) byId.get(samples[i]!.id)!.push(score);
  const means = [...byId.values()].filter((scores) => scores.length > 0).map(mean);
  const [value, n] = [mean(means), means.length];
  const variance = means.reduce((sum, one) => sum + (one - value) ** 2, 0) / (n - 1);
  const all = [["accuracy", value] as const, ["stderr", Math.sqrt(variance / n)] as const];
  const metrics = all.slice(0, n);
  const score = {
    name: SCORER,
    scorer: SCORER,
    reducer: "mean",
    scored_samples: n,
    unscored_samples: byId.size - n,
    params: {},
    metrics: Object.fromEntries(metrics.map(([name, value]) => [name, { name, value, params: {} }])),
  };
  const completed = samples.filter((sample) => !("error" in sample)).length;
  return { total_samples: samples.length, completed_samples: completed, scores: [score] };
}

const mean = (all: readonly number[]): number => all.reduce((sum, one) => sum + one, 0) / all.length;
