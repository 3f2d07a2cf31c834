import { readJsonTable, readTextTable, readWorkbook } from "../tables/readTable.js";
import type { TableOptions } from "../tables/scoreTable.js";
import type { ByteSource } from "../sources/index.js";
import { firstKeys, firstText, gunzipSource, NotUtf8, UnreadableFile } from "../sources/index.js";
import type { FileReport } from "./fileReport.js";
import { readHelmGroups, readHelmStats } from "./helm.js";
import { readInspectArchive, readInspectJson } from "./inspectLog.js";
import { readLmEvalResults } from "./lmEvalResults.js";
import { readLmEvalSamples } from "./lmEvalSamples.js";
import { readPromptfoo } from "./promptfoo.js";
import { readBigcode, readEvalPlus, readSweBench, readSweBenchBoards } from "./runs/codeHarness.js";
import { readEveryEvalEver, readEveryEvalInstances } from "./runs/everyEvalEver.js";
import { readLighteval } from "./runs/lighteval.js";
import { readOpenAiEvals } from "./runs/openAiEvals.js";
import { readOpenCompassResult } from "./runs/openCompass.js";

/** A format: the names that tell it, all of these and where it stands one of `any`, and what reads it. */
interface Format {
  readonly all: readonly string[];
  readonly any?: RegExp;
  readonly read: (source: ByteSource, names: readonly string[]) => Promise<FileReport>;
}

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
  { all: ["evaluation_id", "model_id", "sample_id", "evaluation"], read: readEveryEvalInstances },
  { all: ["spec"], any: /^spec\.(?:completion_fns|eval_name)$/, read: readOpenAiEvals },
  { all: ["config.model", "config.n_samples"], any: /\.pass@\d+$/, read: readBigcode },
  { all: ["eval"], any: /^eval\.(?:HumanEval|Mbpp)\/\d+$/, read: readEvalPlus },
  { all: ["leaderboards"], read: readSweBenchBoards },
  { all: ["accuracy", "details"], read: readOpenCompassResult },
  { all: [], any: /\.[\w.-]+__[\w.-]+-\d+$/, read: readSweBench },
];

/** Keys of the other files of a HELM run. */
const HELM_PARTS = ["adapter_spec", "definition_path tags", "*.instance_id", "*.references *.split"];

/** Files that are told by their first bytes, and are read by nothing here. */
const FOREIGN: readonly (readonly [start: RegExp, what: string])[] = [
  [/^\xd0\xcf/, "an Excel workbook of before 2007, or under a password: save it as plain .xlsx or CSV"],
  [/^PK[^]{28}(?:mimetype|META-INF)/, "an OpenDocument file, as .ods: save it as .xlsx or CSV"],
  [/^PK[^]{28}Index\//, "a Numbers document: export it as .xlsx or CSV"],
  [/^(?:PAR1|ARROW1)/, "a Parquet or Feather file: save it as CSV"],
  [/^SQLite format 3/, "an SQLite database: save its table as CSV"],
  [/^%PDF/, "a PDF: save its table as CSV"],
  [/^(?:\x28\xb5\x2f\xfd|BZh|\xfd7zXZ|7z\xbc\xaf)/, "compressed in another way than gzip: unpack it"],
  [/^\s*<(?:!doctype|html|\?xml|table)/i, "a page of HTML or XML: save its table as CSV"],
];
/** The first member of an Office document, as against that of an Inspect log. */
const OFFICE = /^PK[^]{28}(?:\[Content_Types\]\.xml|_rels\/|xl\/|docProps\/)/;

/** Reads a file in the format its content shows. @throws UnreadableFile when it is none that is known. */
export async function readEvalFile(source: ByteSource, options: TableOptions = {}): Promise<FileReport> {
  const start = Buffer.from(await firstBytes(source)).toString("latin1", 0, 64);
  if (start.startsWith("\x1f\x8b")) return readEvalFile(gunzipSource(source), options);
  const [, foreign] = FOREIGN.find(([mark]) => mark.test(start)) ?? [];
  if (foreign !== undefined) throw new UnreadableFile(foreign);
  if (start.startsWith("PK"))
    return OFFICE.test(start) ? readWorkbook(source, options) : readInspectArchive(source.name);
  const head = await firstText(source).catch((error: unknown) => {
    // A table says itself what it makes of other encodings.
    if (error instanceof NotUtf8 && !isJson(start)) return start;
    throw error;
  });
  if (head.trim() === "") throw new UnreadableFile("empty");
  return isJson(head) ? readJsonFormat(source, options) : readTextTable(source, options);
}

function isJson(head: string): boolean {
  return /^\s*[[{]/.test(head);
}

async function firstBytes(source: ByteSource): Promise<Uint8Array> {
  for await (const bytes of source.bytes()) return bytes;
  return new Uint8Array();
}

async function readJsonFormat(source: ByteSource, options: TableOptions): Promise<FileReport> {
  const keys = await firstKeys(source, (some) => JSON_FORMATS.some((format) => fits(format, some)));
  const format = JSON_FORMATS.find((format) => fits(format, keys));
  const own = [...keys].filter((key) => /^(?:\*\.)?[^.]*$/.test(key));
  const topKeys = own.filter((key) => !key.startsWith("*."));
  const asTable = (): Promise<FileReport | null> => readJsonTable(source, topKeys, options);
  if (format !== undefined)
    return format.read(source, [...keys]).catch(async (error: unknown) => {
      // Rows may stand under the keys of another format.
      const rows = error instanceof UnreadableFile ? await asTable().catch(() => null) : null;
      if (rows === null || rows.scores.length === 0) throw error;
      return rows;
    });
  if (HELM_PARTS.some((parts) => parts.split(" ").every((part) => keys.has(part))))
    throw new UnreadableFile("part of a HELM run, whose scores stand in stats.json");
  const table = await asTable();
  if (table !== null) return table;
  const shown = own.slice(0, 12).join(", ") || "none";
  throw new UnreadableFile(
    `JSON in no known format, of the keys ${shown}: give a list of { model, facet, score }`,
  );
}

function fits({ all, any }: Format, names: ReadonlySet<string>): boolean {
  return all.every((name) => names.has(name)) && (!any || [...names].some((name) => any.test(name)));
}
