import { shortText } from "../../shared/escape.js";
import { firstText, UnreadableFile, type ByteSource } from "../sources/byteSource.js";
import { csvColumns } from "../sources/readCsv.js";
import { firstKeys } from "../sources/readJson.js";
import { readBfclTable } from "./bfcl.js";
import type { FileReport } from "./fileReport.js";
import { readHelmStats } from "./helm.js";
import { readInspectArchive, readInspectJson } from "./inspectLog.js";
import { readEvalsTable, readSamplesTable } from "./inspectTables.js";
import { isLiveBenchTable, readLiveBenchTable } from "./liveBench.js";
import { readLmEvalResults } from "./lmEvalResults.js";
import { readLmEvalSamples } from "./lmEvalSamples.js";
import { readPlainCsv, readRowLines } from "./plainRows.js";
import { readPromptfoo } from "./promptfoo.js";
import { readBigcode, readEvalPlus, readSweBench } from "./runs/codeHarness.js";
import { readEveryEvalEver } from "./runs/everyEvalEver.js";
import { readHelmGroups } from "./runs/helmGroups.js";
import { readLighteval } from "./runs/lighteval.js";
import { readOpenAiEvals } from "./runs/openAiEvals.js";
import { readOpenCompassResult, readOpenCompassSummary } from "./runs/openCompass.js";

/** A table without the columns it needs: an error where the reader named the file. */
export class MissingColumns extends UnreadableFile {}

/** A format: the names that tell it, all of these and where it stands one of `any`, and what reads it. */
interface Format {
  readonly all: readonly string[];
  readonly any?: RegExp;
  readonly read: (source: ByteSource, names: readonly string[]) => Promise<FileReport>;
}

const PLAIN = ["model", "facet", "score"];

/** JSON by the keys of its first value, and of what is in it: "results.results", or "*.name" in a list. */
const JSON_FORMATS: readonly Format[] = [
  { all: ["results.results"], any: /^(?:evalId|results\.version|config)$/, read: readPromptfoo },
  { all: ["eval.task", "eval.model"], read: readInspectJson },
  { all: ["results", "config_general"], read: readLighteval },
  { all: ["results"], any: /^(?:versions|configs?|n-shot|group_subtasks)$/, read: readLmEvalResults },
  { all: ["results"], any: /^(?:stats|prompts)$/, read: readPromptfoo },
  { all: ["provider", "score"], any: /^(?:success|testCase|gradingResult)$/, read: readPromptfoo },
  { all: ["doc_id"], any: /^(?:doc|target|arguments|(?:filtered_)?resps)$/, read: readLmEvalSamples },
  { all: ["*.doc_id"], any: /^\*\.(?:doc|target|arguments|(?:filtered_)?resps)$/, read: readLmEvalSamples },
  { all: ["*.name", "*.count"], read: readHelmStats },
  { all: ["*.title", "*.header", "*.rows"], read: readHelmGroups },
  { all: ["evaluation_results", "model_info"], read: readEveryEvalEver },
  { all: ["spec"], any: /^spec\.(?:completion_fns|eval_name)$/, read: readOpenAiEvals },
  { all: ["config.model", "config.n_samples"], any: /\.pass@\d+$/, read: readBigcode },
  { all: ["eval"], any: /^eval\.(?:HumanEval|Mbpp)\/\d+$/, read: readEvalPlus },
  { all: ["accuracy", "details"], read: readOpenCompassResult },
  { all: [], any: /\.[\w.-]+__[\w.-]+-\d+$/, read: readSweBench },
  { all: PLAIN, read: readRowLines },
];

/** Tables by their columns, in whatever case. */
const TABLES: readonly Format[] = [
  { all: PLAIN, read: readPlainCsv },
  { all: ["eval_id", "model", "task_name", "status"], read: readEvalsTable },
  { all: ["eval_id", "id", "epoch"], read: readSamplesTable },
  { all: ["model", "overall acc"], any: /AST/, read: readBfclTable },
  { all: ["dataset", "version", "metric", "mode"], read: readOpenCompassSummary },
];

/** Reads a file in the format its content shows. @throws UnreadableFile when it is none that is known. */
export async function readEvalFile(source: ByteSource): Promise<FileReport> {
  for await (const bytes of source.bytes()) {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readInspectArchive(source.name);
    break;
  }
  const head = await firstText(source);
  if (head.trim() === "") throw new UnreadableFile("empty");
  return /^\s*[[{]/.test(head) ? readJsonFormat(source) : readTable(source, csvColumns(head));
}

async function readJsonFormat(source: ByteSource): Promise<FileReport> {
  const keys = await firstKeys(source, (some) => JSON_FORMATS.some((format) => fits(format, some)));
  const format = JSON_FORMATS.find((format) => fits(format, keys));
  if (format !== undefined) return format.read(source, [...keys]);
  if (keys.has("adapter_spec") || (keys.has("definition_path") && keys.has("tags")))
    throw new UnreadableFile("part of a HELM run, whose scores stand in stats.json");
  const own = [...keys].filter((key) => /^(?:\*\.)?[^.]*$/.test(key)).slice(0, 12);
  throw new UnreadableFile(`JSON in no known format; its keys are ${own.join(", ") || "none"}`);
}

function readTable(source: ByteSource, columns: readonly string[]): Promise<FileReport> {
  const lower = new Set(columns.map((column) => column.toLowerCase()));
  const names = new Set([...columns, ...lower]);
  const table = TABLES.find((format) => fits(format, names));
  if (table !== undefined) return table.read(source, columns);
  if (isLiveBenchTable(columns)) return readLiveBenchTable(source, columns);
  if (columns.length < 2 && !/\.[ct]sv$/i.test(source.name))
    throw new UnreadableFile("no table, JSON or archive of evals");
  const missing = PLAIN.filter((column) => !lower.has(column)).join(", ");
  const shown = columns.slice(0, 20).map((column) => shortText(column, 40));
  throw new MissingColumns(`lacks ${missing}; its columns are ${shown.join(", ")}`);
}

function fits({ all, any }: Format, names: ReadonlySet<string>): boolean {
  return (
    all.every((name) => names.has(name)) && (any === undefined || [...names].some((name) => any.test(name)))
  );
}
