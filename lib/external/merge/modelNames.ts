import type { ReportedScore } from "../readers/fileReport.js";
import type { ModelMatch, Skipped } from "../types.js";

/**
 * The rule by which a model is named. A name stands as its file has it, apart from spaces at its ends; two names are two
 * models unless `sameModel` says otherwise, "gpt-4o" and "openai/gpt-4o" among them. One name is split where files give
 * it to several variants: "X" of revisions a and b becomes "X (revision a)" and "X (revision b)".
 */
export class ModelNames {
  readonly #sameModel: Readonly<Record<string, string>>;
  /** The names under which several variants stand. */
  readonly #split: ReadonlySet<string>;
  readonly #used = new Set<string>();

  constructor(scores: Iterable<ReportedScore>, sameModel: Readonly<Record<string, string>> = {}) {
    this.#sameModel = sameModel;
    const variants = new Map<string, Set<string>>();
    for (const { model, variant } of scores) put(variants, model, variant ?? "");
    const several = [...variants].filter(([, of]) => of.size > 1);
    this.#split = new Set(several.map(([model]) => model));
  }

  nameOf({ model, variant }: ReportedScore): string {
    const name = variant !== undefined && this.#split.has(model) ? `${model} (${variant})` : model;
    if (!Object.hasOwn(this.#sameModel, name)) return name;
    this.#used.add(name);
    return this.#sameModel[name]!;
  }

  /** Names in `sameModel` that no file has. */
  unused(): readonly Skipped[] {
    return Object.keys(this.#sameModel)
      .filter((name) => !this.#used.has(name))
      .map((name) => ({ file: "", what: `sameModel "${name}"`, why: "no file has a model of this name" }));
  }
}

const MAX_NAMES = 20_000;
/** Marks that say how a model was asked or which snapshot it is, at the end of its name. */
const MODE = /\s*\([^()]*\)$/;
const DATE = /-(?:20\d{2}-?[01]\d-?[0-3]\d)$/;

/**
 * Names that may mean one model, in two grades. The same but for case, separators and the provider before the "/": always
 * proposed. The same after taking away a mode in brackets or a date at the end: only between names of different files,
 * each with one such name, because within a file those marks tell models apart. Sizes and efforts are never taken away.
 *
 * @param groups The model names of each file; past MAX_NAMES of them, which are then no models, nothing is proposed.
 */
export function proposeMatches(groups: readonly ReadonlySet<string>[]): readonly ModelMatch[] {
  if (groups.reduce((sum, names) => sum + names.size, 0) > MAX_NAMES) return [];
  const same = new Map<string, Set<string>>();
  const alike = new Map<string, Set<string>>();
  const crowded = new Set<string>();
  for (const names of groups) {
    const here = new Map<string, string>();
    for (const name of names) {
      const key = plainName(name);
      const bare = plainName(name.replace(MODE, "").replace(DATE, ""));
      if ((here.get(bare) ?? key) !== key) crowded.add(bare);
      here.set(bare, key);
      put(same, key, name);
      put(alike, bare, name);
    }
  }
  const matches: ModelMatch[] = [];
  for (const names of same.values())
    if (names.size > 1)
      matches.push({ names: [...names], why: "the same but for case, separators or provider" });
  for (const [bare, names] of alike) {
    const isNew = !matches.some((match) => match.names.length === names.size && names.has(match.names[0]!));
    if (names.size > 1 && isNew && !crowded.has(bare))
      matches.push({ names: [...names], why: "the same but for a mode in brackets or a date: check" });
  }
  return matches;
}

/** Without provider; lower case; words joined by "-". Dots stay: 3.1 is not 31. */
function plainName(name: string): string {
  const words = name
    .slice(name.lastIndexOf("/") + 1)
    .toLowerCase()
    .split(/[\s_-]+/);
  return words.filter((word) => word !== "").join("-");
}

function put(groups: Map<string, Set<string>>, key: string, name: string): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, new Set([name]));
  else group.add(name);
}
