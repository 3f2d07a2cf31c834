import { resolve } from "node:path";
import { parseArgs } from "node:util";

/** What the command line asks for. Paths are absolute. */
export interface RunnerOptions {
  readonly command: "start" | "lab" | "export";
  /** Rows of an earlier run (JSONL): nothing is asked. */
  readonly results: string | null;
  /** Scores from elsewhere: files, folders or globs. */
  readonly external: readonly string[];
  /** Facets of tasks in those files, null leaving a task out; and names in them that mean one model. */
  readonly facetOf: Readonly<Record<string, string | null>>;
  readonly sameModel: Readonly<Record<string, string>>;
  /** What counts as 1 in those files, by the facet's or column's name. */
  readonly scaleOf: Readonly<Record<string, number>>;
  /** Model ids to ask in place of the notebook's; "all": every one that the server lists; null: the notebook's. */
  readonly models: readonly string[] | "all" | null;
  /** Address of an OpenAI-style server to ask; null: OPENROUTER_BASE_URL, else OpenRouter. */
  readonly baseUrl: string | null;
  /** Times each task is asked; null: the notebook's. */
  readonly epochs: number | null;
  /** Questions a facet; null: the notebook's. */
  readonly items: number | null;
  /** Files of questions; none: the notebook's. */
  readonly tasks: readonly string[];
}

/** A mistake of the person at the terminal: shown as one line, without a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

export const USAGE = `npm start [-- OPTIONS]   run the notebook, write out/facet_interactions.{ipynb,html}
  --results FILE         ask nobody: use the rows of an earlier run (JSONL)
  --external FILE...     add scores from tables and logs of other tools; alone, nobody is asked without a key
  --facet TASK=FACET     the facet of a task in those files ("TASK=": leave it out); may be given again
  --scale FACET=NUMBER   what counts as 1 in a facet or column of those files: 10, 100; may be given again
  --same-model A=B       take the model A of those files for B; may be given again
  --models ID,ID         ask these models instead of the notebook's; all: every one that the server lists
  --base-url URL         ask another server than OpenRouter, such as http://127.0.0.1:11434/v1
  --epochs N             ask every question N times
  --items N              N questions a facet: 3 are the original's, more come from the library's bank
  --tasks FILE...        own questions (CSV, JSONL), GSM8K, HumanEval and others: N (--items) for each of their facets
npm run lab              JupyterLab on the notebook
npm run export           the notebook as last saved, as one HTML page`;

const FLAGS = {
  results: { type: "string" },
  external: { type: "string", multiple: true },
  facet: { type: "string", multiple: true },
  scale: { type: "string", multiple: true },
  "same-model": { type: "string", multiple: true },
  models: { type: "string" },
  "base-url": { type: "string" },
  epochs: { type: "string" },
  items: { type: "string" },
  tasks: { type: "string", multiple: true },
} as const;

/**
 * Reads the command line.
 *
 * @param args Arguments after the program: the command first.
 * @param base Folder that relative paths start from.
 * @throws UsageError naming the argument that cannot be taken, and what would do.
 */
export function parseOptions(args: readonly string[], base: string): RunnerOptions {
  const [command, ...rest] = args;
  if (command !== "start" && command !== "lab" && command !== "export") {
    throw new UsageError(`unknown command "${command ?? ""}"; there are start, lab and export.\n${USAGE}`);
  }
  const flags = readFlags(rest);
  const { values } = flags;
  const { results, models, "base-url": baseUrl } = values;
  const { facet = [], scale = [], "same-model": same = [] } = values;
  const [first] = Object.keys(values);
  if (command !== "start" && first !== undefined) {
    throw new UsageError(`npm run ${command} takes no --${first}: that is for npm start.`);
  }
  if (results !== undefined && (models ?? baseUrl) !== undefined) {
    const asking = models === undefined ? "--base-url asks a server" : "--models asks these";
    throw new UsageError(`--results asks nobody and ${asking}: give one of them.`);
  }
  if (baseUrl !== undefined && !/^https?:\/\/[^\s/]/.test(baseUrl)) {
    throw new UsageError(`--base-url wants an address such as http://127.0.0.1:11434/v1; got "${baseUrl}".`);
  }
  if (results !== undefined && (values.items ?? values.tasks) !== undefined) {
    throw new UsageError("--results asks nobody; --items and --tasks say what to ask: leave one out.");
  }
  const files = filesAfter(flags);
  const option = (["facet", "scale", "same-model"] as const).find((name) => values[name] !== undefined);
  if (option !== undefined && files.external.length === 0)
    throw new UsageError(`--${option} is about the files of --external, and there are none.`);
  const facets = pairs("--facet TASK=FACET", facet);
  const aliases = pairs("--same-model A=B", same);
  const nameless = aliases.find(([, to]) => to === "");
  if (nameless !== undefined)
    throw new UsageError(`--same-model A=B wants a name for ${nameless[0]}; got none.`);
  const scales = pairs("--scale FACET=NUMBER", scale);
  const odd = scales.find(([, to]) => !(Number(to) > 0 && Number(to) < Infinity));
  if (odd !== undefined)
    throw new UsageError(`--scale wants a number above 0 for ${odd[0]}; got "${odd[1]}".`);
  const counted = (name: "epochs" | "items"): number | null => {
    const count = values[name] ?? null;
    if (count === null || /^[1-9]\d{0,5}$/.test(count)) return count === null ? null : Number(count);
    throw new UsageError(`--${name} wants a whole number from 1; got "${count}".`);
  };
  return {
    command,
    results: results === undefined ? null : resolve(base, results),
    external: files.external.map((path) => resolve(base, path)),
    facetOf: Object.fromEntries(facets.map(([task, to]) => [task, to === "" ? null : to])),
    sameModel: Object.fromEntries(aliases),
    scaleOf: Object.fromEntries(scales.map(([of, to]) => [of, Number(to)])),
    models: models === undefined ? null : models.trim() === "all" ? "all" : modelIds(models),
    baseUrl: baseUrl ?? null,
    epochs: counted("epochs"),
    items: counted("items"),
    tasks: files.tasks.map((path) => resolve(base, path)),
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options: FLAGS, tokens: true });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}.\n${USAGE}`, { cause: error });
  }
}

/** The files that stand after each flag that takes several, in their order. */
function filesAfter({ tokens }: ReturnType<typeof readFlags>): { external: string[]; tasks: string[] } {
  const files = { external: [] as string[], tasks: [] as string[] };
  let taking: string[] | null = null;
  for (const token of tokens) {
    if (token.kind === "option") {
      taking = token.name === "external" || token.name === "tasks" ? files[token.name] : null;
      if (token.value !== undefined) taking?.push(token.value);
    } else if (token.kind === "positional") {
      if (taking === null) throw new UsageError(`"${token.value}" is not an option.\n${USAGE}`);
      taking.push(token.value);
    }
  }
  return files;
}

/** "a=b" as a and b, split at the last "=": tasks of HELM have some in their names. */
function pairs(option: string, given: readonly string[]): readonly (readonly [string, string])[] {
  return given.map((text) => {
    const at = text.lastIndexOf("=");
    if (at < 1) throw new UsageError(`${option} wants two names and "=" between them; got "${text}".`);
    return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  });
}

function modelIds(list: string): readonly string[] {
  const named = list.split(",").map((id) => id.trim());
  const ids = named.filter((id) => id !== "");
  if (ids.length === 0) throw new UsageError("--models wants model ids, separated by commas; got none.");
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError(`--models names ${twice} twice.`);
  return ids;
}
