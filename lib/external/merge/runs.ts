import { listed } from "../../shared/text.js";
import type { ReportedScore } from "../readers/fileReport.js";
import type { ModelNames } from "./modelNames.js";

/** A score that is kept, with the file it is from and the facet it goes to. */
export interface KeptScore {
  readonly file: string;
  readonly facet: string;
  readonly result: ReportedScore;
}

/**
 * What tells runs of one model from each other. Runs of one task that differ in a setting, as shots or a filter, become
 * models of their own, file by file, so that what a file measured stays together; runs that differ in nothing told are
 * repeats over the same items; a run over part of a task's items stands aside where whole ones of its facet are there.
 */
export class Runs {
  readonly #names: ModelNames;
  /** By file and model the settings in which they differ from other runs: their values by the kind of setting. */
  readonly #differing = new Groups<[kind: string, value: string]>();
  /** By model and facet, the whole runs. */
  readonly #whole = new Groups<KeptScore>();
  /** By model, facet and task. */
  readonly #runs = new Groups<KeptScore>();

  constructor(kept: readonly KeptScore[], names: ModelNames) {
    this.#names = names;
    const runs = kept.filter(isRun);
    const settings = runs.flatMap(({ file, result }) =>
      Object.entries(result.settings ?? {}).map(([kind, value]) => {
        const model = names.nameOf(result);
        return { file, model, kind, value, key: keyOf(model, result.task, kind) };
      }),
    );
    const values = new Groups<string>();
    for (const { key, value } of settings) values.add(key, value, value);
    for (const { file, model, kind, value, key } of settings)
      if (values.of(key).length > 1) this.#differing.add(keyOf(file, model), [kind, value], kind + value);
    for (const one of runs)
      if (!one.result.isSmoke) this.#whole.add(keyOf(this.modelOf(one), one.facet), one);
    for (const one of runs) if (this.smokeBeside(one) === undefined) this.#runs.add(this.#runKey(one), one);
  }

  /** The model's name, with what its run was set to where others were set otherwise. */
  modelOf({ file, result }: KeptScore): string {
    const name = this.#names.nameOf(result);
    const told = this.#differing.of(keyOf(file, name));
    // What the file has one value of is said of all its scores; of several, as of prompts, each score says its own.
    const parts = told.map(([kind, value]) => {
      const isOnly = told.filter(([other]) => other === kind).length === 1;
      return isOnly || result.settings?.[kind] === value ? value : "";
    });
    return told.length === 0
      ? name
      : this.#names.nameOf(result, parts.filter((part) => part !== "").join(", "));
  }

  /** Of a smoke run, a whole run of its model and facet; undefined where it need not stand aside. */
  smokeBeside(one: KeptScore): KeptScore | undefined {
    return one.result.isSmoke ? this.#whole.of(keyOf(this.modelOf(one), one.facet))[0] : undefined;
  }

  /** How many runs of the model, facet and task there are: 1 for a table's row, which is no run. */
  repeatsOf(one: KeptScore): number {
    return isRun(one) ? this.#runs.of(this.#runKey(one)).length : 1;
  }

  /** Which runs are averaged, in a sentence; none where none are. */
  notes(): readonly string[] {
    const repeated = this.#runs.all().filter((runs) => runs.length > 1);
    const told = repeated.map((runs) => {
      const metrics = new Set(runs.map(({ result }) => result.metric));
      const differ = metrics.size > 1 ? ` (by different metrics: ${[...metrics].join("; ")})` : "";
      return `${runs.length} runs of ${runs[0]!.result.task} by ${this.modelOf(runs[0]!)}${differ}`;
    });
    return told.length === 0 ? [] : [`Averaged as repeats over the same items: ${listed(told, 8)}.`];
  }

  #runKey(one: KeptScore): string {
    return keyOf(this.modelOf(one), one.facet, one.result.task);
  }
}

const keyOf = (...parts: readonly string[]): string => parts.join("\0");
const isRun = ({ result }: KeptScore): boolean => result.identities !== undefined;

/** Lists by key, each value in them once. */
class Groups<T> {
  readonly #lists = new Map<string, Map<unknown, T>>();

  /** @param as What tells the value from others. */
  add(key: string, value: T, as: unknown = value): void {
    const list = this.#lists.get(key) ?? new Map<unknown, T>();
    this.#lists.set(key, list.set(as, value));
  }

  of(key: string): readonly T[] {
    return [...(this.#lists.get(key)?.values() ?? [])];
  }

  all(): readonly (readonly T[])[] {
    return [...this.#lists.keys()].map((key) => this.of(key));
  }
}
