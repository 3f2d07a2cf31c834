import { listed } from "../../shared/text.js";
import type { ReportedScore } from "../readers/fileReport.js";
import type { Skipped } from "../types.js";
import { words } from "./facets.js";

/**
 * The rule by which a model is named. A name stands as its file has it, apart from spaces at its ends; two names are two
 * models unless `sameModel` says otherwise, "gpt-4o" and "openai/gpt-4o" among them. One name is split where files give
 * it to several variants, "X" in full precision and in 4 bits becoming "X" and "X (4-bit)", and where runs of one task
 * differ in a setting: "X (0-shot)" and "X (5-shot)".
 */
export class ModelNames {
  readonly #sameModel: ReadonlyMap<string, string>;
  /** The names under which several variants stand. */
  readonly #split: ReadonlySet<string>;
  readonly #used = new Set<string>();

  constructor(scores: Iterable<ReportedScore>, sameModel: Readonly<Record<string, string>> = {}) {
    this.#sameModel = new Map(Object.entries(sameModel));
    const variants = new Map<string, string>();
    const split = new Set<string>();
    for (const { model, variant = "" } of scores) {
      if ((variants.get(model) ?? variant) !== variant) split.add(model);
      variants.set(model, variant);
    }
    this.#split = split;
  }

  /** @param setting What tells this run from others of the model's, where it must be told. */
  nameOf({ model, variant }: ReportedScore, setting = ""): string {
    const shown = this.#split.has(model) ? (variant ?? "") : "";
    if (shown === "" && setting === "") return this.#said(model) ?? model;
    const own = this.#said(nameWith(model, shown, setting));
    const ofVariant = this.#said(nameWith(model, shown));
    if (own !== undefined) return own;
    return ofVariant === undefined
      ? nameWith(this.#said(model) ?? model, shown, setting)
      : nameWith(ofVariant, setting);
  }

  /** Names in `sameModel` that no file has. */
  unused(): readonly Skipped[] {
    return [...this.#sameModel.keys()]
      .filter((name) => !this.#used.has(name))
      .map((name) => ({ file: "", what: `sameModel "${name}"`, why: "no file has a model of this name" }));
  }

  #said(name: string): string | undefined {
    const said = this.#sameModel.get(name);
    if (said !== undefined) this.#used.add(name);
    return said;
  }
}

/** "o3-mini (high, 5-shot)"; the name alone where there is nothing to add. */
function nameWith(model: string, ...parts: readonly string[]): string {
  const told = parts.filter((part) => part !== "");
  return told.length === 0 ? model : `${model} (${told.join(", ")})`;
}

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
  /** By file and model the settings in which they differ from other runs, each as its kind and value. */
  readonly #differing = new Map<string, Set<string>>();
  /** By model and facet, a whole run. */
  readonly #whole = new Map<string, KeptScore>();
  /** By model, and by facet and task: the run, or all where there are several. */
  readonly #runs = new Map<string, Map<string, KeptScore | KeptScore[]>>();
  readonly #repeated: KeptScore[][] = [];

  constructor(kept: readonly KeptScore[], names: ModelNames) {
    this.#names = names;
    const runs = kept.filter(isRun);
    const set = kept.filter(({ result }) => result.settings !== undefined);
    const settings = set.flatMap((one) =>
      Object.entries(one.result.settings!).map(([kind, value]) => {
        const model = names.nameOf(one.result);
        return { of: keyOf(one.file, model), key: keyOf(model, taskKey(one), kind), kind, value };
      }),
    );
    const values = new Map<string, Set<string>>();
    for (const { key, value } of settings) put(values, key, value);
    for (const { of, key, kind, value } of settings)
      if (values.get(key)!.size > 1) put(this.#differing, of, keyOf(kind, value));
    for (const one of runs.some(({ result }) => result.isSmoke) ? runs : []) {
      const facet = keyOf(this.modelOf(one), one.facet);
      if (!one.result.isSmoke && !this.#whole.has(facet)) this.#whole.set(facet, one);
    }
    for (const one of runs) {
      if (this.smokeBeside(one) !== undefined) continue;
      const [model, task] = [this.modelOf(one), taskKey(one)];
      const tasks = this.#runs.get(model) ?? new Map<string, KeptScore | KeptScore[]>();
      const met = tasks.get(task);
      const all = met === undefined ? one : Array.isArray(met) ? met : [met];
      if (Array.isArray(all)) all.push(one);
      if (Array.isArray(all) && all !== met) this.#repeated.push(all);
      tasks.set(task, all);
      this.#runs.set(model, tasks);
    }
  }

  /** The model's name, with what its run was set to where others were set otherwise. */
  modelOf({ file, result }: KeptScore): string {
    if (this.#differing.size === 0) return this.#names.nameOf(result);
    const differing = this.#differing.get(keyOf(file, this.#names.nameOf(result))) ?? [];
    const told = [...differing].map((setting) => setting.split("\0"));
    // What the file has one value of is said of all its scores; of several, as of prompts, each score says its own.
    const own = told.filter(([kind = "", value]) => {
      const isOnly = told.filter(([other]) => other === kind).length === 1;
      return isOnly || result.settings?.[kind] === value;
    });
    const values = own.toSorted(([a = ""], [b = ""]) => a.localeCompare(b)).map(([, value]) => value);
    return this.#names.nameOf(result, values.join(", "));
  }

  /** Of a smoke run, a whole run of its model and facet; undefined where it need not stand aside. */
  smokeBeside(one: KeptScore): KeptScore | undefined {
    return one.result.isSmoke ? this.#whole.get(keyOf(this.modelOf(one), one.facet)) : undefined;
  }

  /** How many runs of the model, facet and task there are; of a single item, what its table says. */
  repeatsOf(one: KeptScore): number {
    const { repeats = 1 } = one.result;
    if (!isRun(one) || this.#repeated.length === 0) return repeats;
    const runs = this.#runs.get(this.modelOf(one))?.get(taskKey(one));
    return Array.isArray(runs) && areRepeats(runs) ? Math.max(runs.length, repeats) : repeats;
  }

  /** Which runs are averaged, in a sentence; none where none are. */
  notes(): readonly string[] {
    const tell = (runs: readonly KeptScore[]): string => {
      const metrics = new Set(runs.map(({ result }) => result.metric));
      const differ = metrics.size > 1 ? ` (by different metrics: ${[...metrics].join("; ")})` : "";
      return `${runs.length} runs of ${runs[0]!.result.task} by ${this.modelOf(runs[0]!)}${differ}`;
    };
    const kinds = [
      ["Averaged as repeats over the same items", this.#repeated.filter(areRepeats)],
      [
        "Averaged as of different items, as their names or numbers tell",
        this.#repeated.filter((runs) => !areRepeats(runs)),
      ],
    ] as const;
    return kinds.flatMap(([kind, of]) => (of.length === 0 ? [] : [`${kind}: ${listed(of.map(tell), 8)}.`]));
  }
}

/**
 * Whether runs are over the same items: of a facet, which names none, where their numbers are the same, and no file has
 * it under two names.
 */
function areRepeats(runs: readonly KeptScore[]): boolean {
  if (!runs.some(({ result }) => result.isFacet)) return true;
  const files = new Set(runs.map(({ file }) => file));
  const names = new Set(runs.map(({ file, result }) => keyOf(file, words(result.task))));
  return names.size === files.size && new Set(runs.map(({ result }) => result.n ?? null)).size === 1;
}

const TASK_WORDS = new Map<string, string>();
/** What a task goes by in whatever file: "GSM8K" and "gsm8k" are one, "HumanEval+" is another than "HumanEval". */
export function taskKey({ facet, result: { task, isFacet } }: KeptScore): string {
  if (isFacet) return facet;
  const known = TASK_WORDS.get(task) ?? words(task.replaceAll("+", " plus "));
  TASK_WORDS.set(task, known);
  return keyOf(facet, known);
}

const keyOf = (...parts: readonly string[]): string => parts.join("\0");
export const isRun = ({ result }: KeptScore): boolean => result.identities !== undefined;

/** Adds to the values of a key, each once. */
function put<T>(groups: Map<string, Set<T>>, key: string, value: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([value]));
  else group.add(value);
}
