import { resolve } from "node:path";
import type { RunnerOptions } from "../notebook/types.js";
import { UsageError } from "../shared/usageError.js";
import { EXTERNAL_FLAGS, externalOptions } from "./externalOptions.js";
import { readArgs } from "./readArgs.js";

const FLAGS = {
  results: { type: "string" },
  external: { type: "string", multiple: true },
  ...EXTERNAL_FLAGS,
  models: { type: "string" },
  "base-url": { type: "string" },
  epochs: { type: "string" },
  items: { type: "string" },
  tasks: { type: "string", multiple: true },
} as const;

/**
 * Reads the command line.
 *
 * @param args Arguments after the command.
 * @param base Folder that relative paths start from.
 * @throws UsageError naming the argument that cannot be taken, and what would do.
 */
export function parseOptions(
  command: RunnerOptions["command"],
  args: readonly string[],
  base: string,
): RunnerOptions {
  const flags = readArgs(args, FLAGS);
  const { values } = flags;
  const { results, models, "base-url": baseUrl } = values;
  const [first] = Object.keys(values);
  if (command !== "start" && first !== undefined)
    throw new UsageError(`npm run ${command} takes no --${first}: that is for npm start.`);
  if (results !== undefined && (models ?? baseUrl) !== undefined) {
    const asking = models === undefined ? "--base-url asks a server" : "--models asks these";
    throw new UsageError(`--results asks nobody and ${asking}: give one of them.`);
  }
  if (baseUrl !== undefined && !/^https?:\/\/[^\s/]/.test(baseUrl))
    throw new UsageError(`--base-url wants an address such as http://127.0.0.1:11434/v1; got "${baseUrl}".`);
  if (results !== undefined && (values.items ?? values.tasks ?? values.epochs) !== undefined)
    throw new UsageError("--results asks nobody; --items, --tasks and --epochs say what: leave one out.");
  const files = filesAfter(flags);
  const option = Object.keys(values).find((name) => name in EXTERNAL_FLAGS);
  if (option !== undefined && files.external.length === 0)
    throw new UsageError(`--${option} is about the files of --external, and there are none.`);
  const counted = (name: "epochs" | "items"): number | null => {
    const count = values[name] ?? null;
    if (count === null || /^[1-9]\d{0,5}$/.test(count)) return count === null ? null : Number(count);
    throw new UsageError(`--${name} wants a whole number from 1; got "${count}".`);
  };
  return {
    command,
    results: results === undefined ? null : resolve(base, results),
    external: files.external.map((path) => resolve(base, path)),
    ...externalOptions(values),
    models: models === undefined ? null : models.trim() === "all" ? "all" : modelIds(models),
    baseUrl: baseUrl ?? null,
    epochs: counted("epochs"),
    items: counted("items"),
    tasks: files.tasks.map((path) => resolve(base, path)),
  };
}

/** The files that stand after each flag that takes several, in their order. */
function filesAfter({ tokens }: ReturnType<typeof readArgs<typeof FLAGS>>) {
  const files = { external: [] as string[], tasks: [] as string[] };
  let taking: string[] | null = null;
  for (const token of tokens) {
    if (token.kind === "option") {
      taking = token.name === "external" || token.name === "tasks" ? files[token.name] : null;
      if (token.value !== undefined) taking?.push(token.value);
    } else if (token.kind === "positional") {
      if (taking === null) throw new UsageError(`"${token.value}" is not an option; --help lists all.`);
      taking.push(token.value);
    }
  }
  return files;
}

function modelIds(list: string): readonly string[] {
  const ids = list.split(",").flatMap((id) => id.trim() || []);
  if (ids.length === 0) throw new UsageError("--models wants model ids, separated by commas; got none.");
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new UsageError(`--models names ${twice} twice.`);
  return ids;
}
