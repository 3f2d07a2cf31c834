import type { Row } from "../shared/types.js";
import type { Cell } from "./cells.js";
import type { Entry, Journal } from "./journal.js";
import { judgeAgain } from "./judge.js";
import type { Ledger } from "./ledger.js";

/** Cache entries read at once. */
const READS_AT_ONCE = 32;

/** Takes what is known already: from the rows file first, then from the cache. */
export async function recall(ledger: Ledger): Promise<void> {
  if (ledger.journal) await recallRows(ledger, ledger.journal);
  await recallAnswers(ledger);
}

/** Takes over every row of the rows file whose question is still the same. Its answer is scored afresh: the scorer may have changed. */
async function recallRows(ledger: Ledger, journal: Journal): Promise<void> {
  if (journal.before.size === 0) return;
  const entries = new Map<string, Entry>();
  for (const entry of journal.before.values())
    if (entry.key !== null) entries.set(`${entry.row.model}\n${entry.key}`, entry);
  for (const model of ledger.plan.specs.keys())
    for (const cell of ledger.open(model)) {
      const entry = entries.get(`${cell.spec.alias}\n${ledger.keyOf(cell)}`);
      if (!entry || entry.said === null) continue;
      const { facet, name } = cell.task;
      const row: Row = { ...(await judgeAgain(entry.row, entry.said, cell.task)), facet, task: name };
      ledger.known(cell, row, entry.said, JSON.stringify(row) !== JSON.stringify(entry.row));
      if (ledger.signal.aborted) return;
    }
}

/** Takes from the cache what it has. */
async function recallAnswers(ledger: Ledger): Promise<void> {
  const { cache, client } = ledger.options;
  if (!cache || !client.cacheKey) return;
  const cells = openCells(ledger);
  const reader = async (): Promise<void> => {
    for (const cell of cells) {
      const answer = await cache.get(ledger.keyOf(cell));
      if (ledger.signal.aborted) return;
      if (answer?.ok) await ledger.answered(cell, { ...answer, cached: true, costUsd: 0, attempts: 0 });
    }
  };
  await Promise.all(Array.from({ length: READS_AT_ONCE }, reader));
}

function* openCells(ledger: Ledger): Generator<Cell> {
  for (const model of ledger.plan.specs.keys()) yield* ledger.open(model);
}
