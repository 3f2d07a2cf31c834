import { resolve } from "node:path";
import { parseArgs } from "node:util";

export type Command = "start" | "lab" | "export";

/** What the command line asks for. Paths are absolute. */
export interface RunnerOptions {
  readonly command: Command;
  /** Rows of an earlier run (JSONL): nothing is asked. */
  readonly results: string | null;
  /** Scores from elsewhere: files, folders or globs. */
  readonly external: readonly string[];
  /** Model ids to ask in place of the notebook's; null: the notebook's. */
  readonly models: readonly string[] | null;
  /** Times each task is asked; null: the notebook's. */
  readonly epochs: number | null;
}

/** A mistake of the person at the terminal: shown as one line, without a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}

export const USAGE = `npm start [-- OPTIONS]   run the notebook, write out/facet_interactions.{ipynb,html}
  --results FILE         ask nobody: use the rows of an earlier run (JSONL)
  --external FILE...     add scores from CSV, lm-eval or Inspect logs; alone, nobody is asked without a key
  --models ID,ID         ask these models instead of the notebook's
  --epochs N             ask every question N times
npm run lab              JupyterLab on the notebook
npm run export           the notebook as last saved, as one HTML page`;

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
  const { values, positionals } = readFlags(rest);
  if (positionals.length > 0 && values.external === undefined) {
    throw new UsageError(`"${positionals[0]}" is not an option.\n${USAGE}`);
  }
  const asked = Object.keys(values);
  if (command !== "start" && asked.length > 0) {
    throw new UsageError(`npm run ${command} takes no --${asked[0]}: that is for npm start.`);
  }
  if (values.results !== undefined && values.models !== undefined) {
    throw new UsageError("--results asks nobody and --models asks these: give one of them.");
  }
  return {
    command,
    results: values.results === undefined ? null : resolve(base, values.results),
    external: [...(values.external ?? []), ...positionals].map((path) => resolve(base, path)),
    models: values.models === undefined ? null : modelIds(values.models),
    epochs: values.epochs === undefined ? null : positiveInteger("--epochs", values.epochs),
  };
}

function readFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        results: { type: "string" },
        external: { type: "string", multiple: true },
        models: { type: "string" },
        epochs: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}.\n${USAGE}`, { cause: error });
  }
}

function modelIds(list: string): readonly string[] {
  const ids = list
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (ids.length === 0) throw new UsageError("--models wants model ids, separated by commas; got none.");
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError(`--models names ${twice} twice.`);
  return ids;
}

function positiveInteger(flag: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text))
    throw new UsageError(`${flag} wants a whole number from 1; got "${text}".`);
  return Number(text);
}
