import { createHash } from "node:crypto";
import type { Answer } from "../client/types.js";
import type { Row } from "../shared/types.js";
import { type Cell, cellAt, cellCount, cellsOf, requestOf } from "./cells.js";
import type { Entry, Journal, Said } from "./journal.js";
import { judge } from "./judge.js";
import type { EvaluateOptions, Plan } from "./options.js";
import { rowOf, unaskedRow } from "./row.js";
import { Tally } from "./tally.js";

/** Between two calls of onProgress. */
const PROGRESS_MS = 100;

/** The rows of one evaluation as they come: in memory, in the rows file, and told to the callbacks. */
export class Ledger {
  readonly tally: Tally;
  readonly notes: string[] = [];
  journal: Journal | null = null;
  readonly #rows: (Row | undefined)[] = [];
  readonly #said: (Said | null)[] = [];
  /** By cell index: 1 once it has its row. */
  readonly #done: Uint8Array;
  #closed = false;
  #lastProgress = -Infinity;

  constructor(
    readonly plan: Plan,
    readonly options: EvaluateOptions,
    /** Ends when the evaluation does, by itself or by the caller's signal. */
    readonly signal: AbortSignal,
  ) {
    const total = cellCount(plan);
    this.tally = new Tally(total);
    this.#done = new Uint8Array(total);
  }

  /** In the stable order, without gaps. */
  get rows(): readonly Row[] {
    return this.#rows.filter((row) => row !== undefined);
  }

  /** A model's cells that have no row yet, in the order of asking. */
  *open(model: number): Generator<Cell> {
    for (const index of cellsOf(this.plan, model))
      if (this.#done[index] === 0) yield cellAt(this.plan, index);
  }

  /** Names a cell's question in the cache and in the rows file. */
  keyOf(cell: Cell): string {
    const request = requestOf(this.plan, cell);
    const key = this.options.client.cacheKey?.(request, cell.epoch);
    return (
      key ??
      createHash("sha256")
        .update(JSON.stringify([request, cell.epoch]))
        .digest("hex")
    );
  }

  /** Scores an answer and records its row. */
  async answered(cell: Cell, answer: Answer): Promise<void> {
    const { outcome, response } = await judge(answer, cell.task);
    if (this.#closed) return;
    const row = rowOf(cell, answer, outcome, response);
    this.tally.answered(answer, row);
    this.#record(cell, row, answer.ok ? answer.outcome : null);
  }

  /** Takes over a row of the rows file. */
  known(cell: Cell, row: Row, said: Said, isChanged: boolean): void {
    if (this.#closed) return;
    // Its line stands there already; a score that has changed is written with the whole file at the end.
    if (isChanged && this.journal) this.journal.isTidy = false;
    this.tally.known(row);
    this.#keep(cell, row, said);
  }

  unasked(cell: Cell, why: string): void {
    const row = unaskedRow(cell, `not asked: ${why}`);
    this.tally.unasked(row);
    this.#record(cell, row, null);
  }

  note(line: string): void {
    this.notes.push(line);
    this.options.onNote?.(line);
  }

  tellProgress(): void {
    this.#lastProgress = performance.now();
    this.options.onProgress?.(this.tally.progress);
  }

  /** What comes after this is too late: a scorer that was still at work when the run was interrupted. */
  async close(): Promise<void> {
    this.#closed = true;
    try {
      // An interrupted run ends at once; its file is put in order when it is resumed.
      const isWanted = this.options.keepRows !== false && this.journal?.isTidy === false;
      if (isWanted && !this.signal.aborted) await this.journal?.rewrite(this.#entries());
    } finally {
      const synced = this.journal?.close();
      if (this.signal.aborted) synced?.catch(() => undefined);
      else await synced;
    }
  }

  #record(cell: Cell, row: Row, said: Said | null): void {
    this.journal?.append({ row, key: this.keyOf(cell), said });
    this.#keep(cell, row, said);
  }

  #keep(cell: Cell, row: Row, said: Said | null): void {
    this.#done[cell.index] = 1;
    if (this.options.keepRows !== false) {
      this.#rows[cell.index] = row;
      this.#said[cell.index] = said;
    }
    this.options.onRow?.(row);
    // The end is told of once everything is written.
    const isDue = performance.now() - this.#lastProgress >= PROGRESS_MS;
    if (isDue && !this.tally.isComplete) this.tellProgress();
  }

  *#entries(): Generator<Entry> {
    for (const [index, row] of this.#rows.entries())
      if (row) yield { row, key: this.keyOf(cellAt(this.plan, index)), said: this.#said[index] ?? null };
  }
}
