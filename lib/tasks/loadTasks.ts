import { shownValue } from "../shared/json.js";
import { tasksIn } from "./files/tasksIn.js";
import { FACETS } from "./task.js";
import { dataFile, TASKS } from "./tasks.js";
import type { Task } from "./types.js";
import { randomFrom } from "./variants/random.js";

/** Options of `loadTasks`. */
export interface LoadTasksOptions {
  /** At most so many questions a facet, chosen over the grades of difficulty; a whole number from 1. Default all. */
  readonly n?: number;
  /** Settles the choice. Default 1. */
  readonly seed?: number;
  /** The facet of every question. Default its own field `facet`, else what the set measures. */
  readonly facet?: string;
}

/**
 * Questions from files, told apart by content: one's own as JSON lines or CSV; and GSM8K, MATH, IFEval, HumanEval, MBPP, BFCL
 * (simple, multiple, irrelevance), ARC, MMLU and GPQA as their projects publish them, gzipped or not. Nothing is downloaded.
 *
 * Own questions have `prompt` and what is right, by the names of `Expected`: `answer`, `exact`, `includes`, `pattern`,
 * `choice`, `json`, `checks`, `python` or `call`; if wanted also `facet`, `name`, `difficulty`, `system`, `maxTokens`, `tools`,
 * and `right` and `wrong` answers for the simulated panel.
 *
 * @param paths Files and folders, BFCL's with those of its `possible_answer`.
 * @returns Tasks in the order of the files, names unique, each judged by the scorer of what it expects. With `n`: by facet,
 *   from each grade in turn; the same seed gives the same choice, and a larger `n` only adds to it.
 * @throws TypeError naming file and line, what was got and what is wanted, at the first question that cannot be read.
 * @throws RangeError for an `n` that is no whole number from 1.
 */
export async function loadTasks(
  paths: string | readonly string[],
  { n = Infinity, seed = 1, facet }: LoadTasksOptions = {},
): Promise<Task[]> {
  if (!(n >= 1 && (n === Infinity || Number.isInteger(n))))
    throw new RangeError(`loadTasks: n is ${shownValue(n)}; it must be a whole number of at least 1.`);
  const tasks = tasksIn([paths].flat(), facet);
  if (n === Infinity) return tasks;
  return facetsOf(tasks).flatMap((each) => inTurn(inFacet(tasks, each), seed).slice(0, n));
}

/** In a seeded order that takes from each grade of difficulty in turn; tasks without a grade are one of their own. */
function inTurn(tasks: readonly Task[], seed: number): readonly Task[] {
  const grades = [1, 2, 3, undefined].map((grade) => {
    const own = tasks.filter(({ difficulty }) => difficulty === grade);
    return randomFrom(seed, `grade ${grade}`).several(own, own.length);
  });
  return tasks.flatMap((_, turn) => grades.flatMap((grade) => grade.slice(turn, turn + 1)));
}

const facetsOf = (tasks: readonly Task[]): readonly string[] => [...new Set(tasks.map(({ facet }) => facet))];

const inFacet = (tasks: readonly Task[], facet: string): readonly Task[] =>
  tasks.filter((one) => one.facet === facet);

/** Options of `questionBank`. */
export interface QuestionBankOptions extends Pick<LoadTasksOptions, "seed"> {
  /** Questions a facet, a whole number from 1. Default 3. */
  readonly perFacet?: number;
  /** The questions to begin with, which all stay. Default the twelve `TASKS`. */
  readonly tasks?: readonly Task[];
  /** Files for `loadTasks`: a facet that they hold is asked from them alone. */
  readonly files?: readonly string[];
}

/**
 * The questions of a run: the given tasks, each of the four facets filled up to `perFacet` from the library's own bank
 * (`data/tasks`: hand-written, in three grades of difficulty), and at most `perFacet` questions of each facet of the files.
 *
 * The same arguments give the same questions, and a larger `perFacet` only adds to them.
 *
 * @returns Fewer than `perFacet` a facet where bank or files hold no more.
 * @throws As `loadTasks`.
 */
export async function questionBank(options: QuestionBankOptions = {}): Promise<Task[]> {
  const { perFacet: n = 3, seed = 1, tasks = TASKS, files = [] } = options;
  const own = await loadTasks(files, { n, seed });
  const lists = facetsOf([...tasks, ...own]).map(async (facet) => {
    const [fromFiles, given] = [inFacet(own, facet), inFacet(tasks, facet)];
    if (fromFiles.length > 0) return fromFiles;
    if (given.length >= n || !FACETS.some((one) => one === facet)) return given;
    const bank = await loadTasks(dataFile(`tasks/${facet}.jsonl`), { n: n - given.length, seed });
    return [...given, ...bank];
  });
  return (await Promise.all(lists)).flat();
}
