import type { Row } from "../shared/types.js";

const OUTCOMES: readonly Row["outcome"][] = ["scored", "unscored", "failed"];

/**
 * A Row from outside data. Further fields are left out.
 *
 * @param where File and line, for the message.
 * @throws Error that names the field, what it got and what it wants.
 */
export function parseRow(value: unknown, where: string): Row {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${where}: a row must be a JSON object, got ${shown(value)}.`);
  const fields = value as Readonly<Record<string, unknown>>;
  const wrong = (name: string, wanted: string): Error =>
    new Error(`${where}: "${name}" must be ${wanted}, got ${shown(fields[name])}.`);
  const text = (name: string): string => {
    const field = fields[name];
    if (typeof field !== "string") throw wrong(name, "text");
    return field;
  };
  const textOrNull = (name: string): string | null => (fields[name] == null ? null : text(name));
  const atLeastZero = (name: string): number => {
    const field = fields[name];
    if (typeof field !== "number" || !(field >= 0)) throw wrong(name, "a number from 0 up");
    return field;
  };

  const outcome = OUTCOMES.find((known) => known === fields["outcome"]);
  if (!outcome) throw wrong("outcome", OUTCOMES.map((known) => `"${known}"`).join(", "));
  const score = fields["score"] == null ? null : atLeastZero("score");
  if (score !== null && score > 1) throw wrong("score", "a number in [0, 1] or null");
  if ((score === null) === (outcome === "scored"))
    throw wrong(
      "score",
      outcome === "scored" ? "a number in [0, 1]" : `null, since "outcome" is "${outcome}"`,
    );
  const epoch = fields["epoch"] === undefined ? 0 : atLeastZero("epoch");
  if (!Number.isInteger(epoch)) throw wrong("epoch", "a whole number");
  return {
    model: text("model"),
    facet: text("facet"),
    task: text("task"),
    epoch,
    prompt: text("prompt"),
    response: text("response"),
    score,
    outcome,
    reason: textOrNull("reason"),
    explanation: textOrNull("explanation") ?? "",
    finish: textOrNull("finish"),
    cached: fields["cached"] === true,
    costUsd: fields["costUsd"] == null ? null : atLeastZero("costUsd"),
    latencyMs: fields["latencyMs"] == null ? 0 : atLeastZero("latencyMs"),
    provider: textOrNull("provider"),
  };
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value)).slice(0, 60);
}
