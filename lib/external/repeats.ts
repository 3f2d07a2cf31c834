import type { FileReading, Reading } from "./reading.js";

/** Tells results that were met before: the same logs twice add nothing. */
export class Repeats {
  /** Files by the names of their results. */
  readonly #named = new Map<string, string>();
  /** Files whose results go by no names: tables, which repeat as a whole or not at all. */
  readonly #tables: { readonly file: string; readonly readings: readonly Reading[] }[] = [];

  /** The file before this one that has all its rows and no others, where both are tables; null for none. */
  sameAs(file: string, { readings }: FileReading): string | null {
    if (readings.length === 0 || readings.some(({ identities }) => identities !== undefined)) return null;
    const same = this.#tables.find((table) => areEqual(table.readings, readings));
    if (same === undefined) this.#tables.push({ file, readings });
    return same?.file ?? null;
  }

  /** The file that this result was taken from before; null when it is new. */
  earlier({ identities = [] }: Reading): string | null {
    const met = identities.find((identity) => this.#named.has(identity));
    return met === undefined ? null : this.#named.get(met)!;
  }

  take(file: string, { identities = [] }: Reading): void {
    for (const identity of identities) this.#named.set(identity, file);
  }
}

function areEqual(a: readonly Reading[], b: readonly Reading[]): boolean {
  return a.length === b.length && a.every((reading, i) => isEqual(reading, b[i]!));
}

function isEqual(a: Reading, b: Reading): boolean {
  return (
    a.model === b.model && a.task === b.task && a.metric === b.metric && a.score === b.score && a.n === b.n
  );
}
