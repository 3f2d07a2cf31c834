import type { Row, ScoreRow } from "../../lib/shared/types.js";

/** A row of our own run; `score` null makes it unscored unless `outcome` says otherwise. */
export function ownRow(fields: Partial<Row> & Pick<Row, "model" | "facet">): Row {
  const score = fields.score === undefined ? 1 : fields.score;
  return {
    task: "task",
    epoch: 0,
    prompt: "prompt",
    response: "response",
    outcome: score === null ? "unscored" : "scored",
    reason: null,
    explanation: "",
    finish: "stop",
    cached: false,
    costUsd: null,
    latencyMs: 1,
    provider: "Somebody",
    ...fields,
    score,
  };
}

/** One row an item, scored in order. */
export function itemRows(model: string, facet: string, scores: readonly (number | null)[]): readonly Row[] {
  return scores.map((score, i) => ownRow({ model, facet, score, task: `task-${i}` }));
}

export function scoreRow(model: string, facet: string, score: number, n?: number): ScoreRow {
  return { model, facet, score, source: "file.csv", ...(n === undefined ? {} : { n }) };
}

/** Names that have broken tables: danfojs' joined keys, its frames' own properties, JavaScript's. */
export const HOSTILE_NAMES = [
  "a-b",
  "a",
  "b-c",
  "c",
  "-",
  "",
  " ",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "values",
  "columns",
  "shape",
  "$data",
  "index",
  "print",
  "0",
  "1",
  "NaN",
  "null",
  "true",
  "2024-01-01",
  'quote"d',
  "a,b",
  "new\nline",
  "名前",
  "😀",
] as const;
