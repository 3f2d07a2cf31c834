import type { Answer } from "../client/types.js";
import type { Outcome, Row } from "../shared/types.js";
import type { Cell } from "./cells.js";

/** The fields of a row that say how it came out. */
export function outcomeFields(outcome: Outcome): Pick<Row, "score" | "outcome" | "reason" | "explanation"> {
  switch (outcome.kind) {
    case "scored":
      return { score: outcome.value, outcome: "scored", reason: null, explanation: outcome.explanation };
    case "unscored":
      return { score: null, outcome: "unscored", reason: outcome.reason, explanation: outcome.explanation };
    case "failed":
      return { score: null, outcome: "failed", reason: outcome.message, explanation: outcome.message };
  }
}

/** The row of an answer. */
export function rowOf({ spec, task, epoch }: Cell, answer: Answer, outcome: Outcome, response: string): Row {
  return {
    model: spec.alias,
    facet: task.facet,
    task: task.name,
    epoch,
    prompt: task.prompt,
    response,
    ...outcomeFields(outcome),
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
  return rowOf(cell, answer, { kind: "failed", message }, "");
}
