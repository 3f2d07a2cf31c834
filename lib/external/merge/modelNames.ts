import type { ReportedScore } from "../readers/fileReport.js";
import type { Skipped } from "../types.js";

/**
 * The rule by which a model is named. A name stands as its file has it, apart from spaces at its ends; two names are two
 * models unless `sameModel` says otherwise, "gpt-4o" and "openai/gpt-4o" among them. One name is split where files give
 * it to several variants, "X" in full precision and in 4 bits becoming "X" and "X (4-bit)", and where runs of one task
 * differ in a setting: "X (0-shot)" and "X (5-shot)".
 */
export class ModelNames {
  readonly #sameModel: Readonly<Record<string, string>>;
  /** The names under which several variants stand. */
  readonly #split: ReadonlySet<string>;
  readonly #used = new Set<string>();

  constructor(scores: Iterable<ReportedScore>, sameModel: Readonly<Record<string, string>> = {}) {
    this.#sameModel = sameModel;
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
    const whole = nameWith(model, shown, setting);
    const own = this.#said(whole) ?? this.#said(nameWith(model, shown));
    return own === undefined || this.#said(whole) !== undefined ? (own ?? whole) : nameWith(own, setting);
  }

  /** Names in `sameModel` that no file has. */
  unused(): readonly Skipped[] {
    return Object.keys(this.#sameModel)
      .filter((name) => !this.#used.has(name))
      .map((name) => ({ file: "", what: `sameModel "${name}"`, why: "no file has a model of this name" }));
  }

  #said(name: string): string | undefined {
    if (!Object.hasOwn(this.#sameModel, name)) return undefined;
    this.#used.add(name);
    return this.#sameModel[name];
  }
}

/** "o3-mini (high, 5-shot)"; the name alone where there is nothing to add. */
function nameWith(model: string, ...parts: readonly string[]): string {
  const told = parts.filter((part) => part !== "");
  return told.length === 0 ? model : `${model} (${told.join(", ")})`;
}
