import { readdirSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { shownValue } from "../../shared/json.js";
import { task } from "../task.js";
import type { Task } from "../types.js";
import { bfcl } from "./bfcl.js";
import { arc, gpqa, mmlu } from "./choice.js";
import { hasAll, type QuestionFormat } from "./format.js";
import { gsm8k } from "./gsm8k.js";
import { ifeval } from "./ifeval.js";
import { math } from "./math.js";
import { own } from "./own.js";
import { humanEval, mbpp } from "./programs.js";
import { BadRecord, readRecords, readingAt, type FileRecord } from "./readRecords.js";

/** Told apart by content, the first that fits; one's own last, since they ask for little. */
const FORMATS: readonly QuestionFormat[] = [gsm8k, math, ifeval, humanEval, mbpp, bfcl, arc, mmlu, gpqa, own];
const ENDING = /\.(?:jsonl?|csv|tsv)(?:\.gz)?$/i;

/**
 * Every question in the files, in their order, as tasks with unique names.
 *
 * @param paths Files, or folders that are read to any depth.
 * @param facet The facet of every question; default its own, else its format's.
 * @throws TypeError naming file and line, what was got and what is wanted, at the first that cannot be read.
 */
export function tasksIn(paths: readonly string[], facet?: string): Task[] {
  const files = paths.flatMap(filesBehind).map(({ file, stem }) => {
    return { file, stem, records: readingAt("loadTasks", file, null, () => readRecords(file)) };
  });
  const given = files.flatMap(({ records }) => records.filter(isAnswer));
  const answers = new Map(given.map(({ fields }) => [fields["id"], fields["ground_truth"]]));
  const taken = new Map<string, string>();
  const tasks = files.flatMap(({ file, stem, records }) => {
    const questions = records.filter((record) => !isAnswer(record));
    return questions.map((record) =>
      readingAt("loadTasks", file, record.line, () => {
        const format = formatOf(questions[0]!);
        const { facet: its, name, prompt, expected, ...more } = format.question(record, answers);
        const unique = name ?? `${stem.replace(ENDING, "")}_${record.line}`;
        const other = taken.get(unique);
        if (other)
          throw new BadRecord(`"${unique}" is the name of the question in ${other}, too; names must differ.`);
        taken.set(unique, `${file}, line ${record.line}`);
        return { ...task(facet ?? its ?? format.facet, unique, prompt, expected), ...more };
      }),
    );
  });
  if (tasks.length > 0 || paths.length === 0) return tasks;
  throw new TypeError(`loadTasks: ${paths.join(", ")}: there is no question.`);
}

const isAnswer = ({ fields }: FileRecord): boolean =>
  hasAll(fields, "id", "ground_truth") && !hasAll(fields, "question");

/** The file itself, or the files of questions in a folder by name, hidden ones (Jupyter's checkpoints) apart. */
function filesBehind(path: string): { file: string; stem: string }[] {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (!isFolder) return [{ file: path, stem: basename(path) }];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  const seen = names.filter((name) => ENDING.test(name) && !/(?:^|[\\/])\./.test(name));
  return seen.toSorted().map((name) => ({ file: join(path, name), stem: name }));
}

function formatOf({ fields }: FileRecord): QuestionFormat {
  const format = FORMATS.find((one) => one.fits(fields));
  if (format) return format;
  const known = FORMATS.flatMap((one) => (one === own ? [] : [one.title])).join(", ");
  throw new BadRecord(
    `its fields are ${shownValue(Object.keys(fields))}; it must be a set of ${known}, or have "prompt" and what is right.`,
  );
}
