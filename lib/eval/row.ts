import type { Answer, Row } from "../types.js";
import type { Cell } from "./cells.js";
import type { Judged } from "./judge.js";

/** The row of an answer. */
export function rowOf({ spec, task, epoch }: Cell, answer: Answer, { outcome, response }: Judged): Row {
  return {
    model: spec.alias,
    facet: task.facet,
    task: task.name,
    epoch,
    prompt: task.prompt,
    response,
    score: outcome.kind === "scored" ? outcome.value : null,
    outcome: outcome.kind,
    reason: outcome.kind === "scored" ? null : outcome.kind === "unscored" ? outcome.reason : outcome.message,
    explanation: outcome.kind === "failed" ? outcome.message : outcome.explanation,
    finish: answer.ok ? answer.finish : null,
    cached: answer.ok && answer.cached,
    costUsd: answer.ok ? answer.costUsd : null,
    latencyMs: Math.round(answer.ms),
    provider: answer.ok ? answer.provider : null,
  };
}

/** The row of a question that was never asked, with the reason. */
export function unaskedRow(cell: Cell, message: string): Row {
  const answer: Answer = {
    ok: false,
    kind: "model",
    status: null,
    message,
    retriable: false,
    waitMs: null,
    partial: null,
    usage: null,
    ms: 0,
    attempts: 0,
    failures: [],
  };
  return rowOf(cell, answer, { outcome: { kind: "failed", message }, response: "" });
}
