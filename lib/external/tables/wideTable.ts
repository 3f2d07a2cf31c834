import { shortText } from "../../shared/escape.js";
import { numberOf } from "../../shared/json.js";
import { count, listed } from "../../shared/text.js";
import { facetChooser, facetNamed, words } from "../merge/facets.js";
import type { FileReport } from "../readers/fileReport.js";
import { UnreadableFile } from "../sources/index.js";
import {
  COUNT,
  isKnown,
  isPercentHead,
  plainText,
  roleOf,
  rolesOf,
  runReader,
  subjectOf,
  type RowRun,
} from "./heads.js";
import { faultReader } from "./rowReaders.js";
import { scoreCell } from "./scoreCell.js";
import { ScoreTable, type ScoreCells, type TableOptions } from "./scoreTable.js";
import type { Table } from "./table.js";

/** The most cells of a wide table, which is held in memory: 25 times the largest leaderboard. */
const MOST_CELLS = 4_000_000;
/** Characters beyond which cells are prose and no heads. */
const LONGEST_HEAD = 80;
/** Cells that tell whether a column's are scores. */
const LOOKED_AT = 200;
/** Columns that stand for facets of their own in a table of facets. */
const CATEGORIES = new Set(
  (
    "math mathematics language knowledge data_analysis writing creative_writing chat safety vision multilingual " +
    "long_context science factuality commonsense roleplay humanities stem extraction summarization translation"
  ).split(" "),
);

/**
 * Whether these can be the heads of a table with a model a row and a task a column, or the other way round. A model's
 * column goes by its name or, where two of the others are facets or tasks that are known, stands first.
 */
export function isWideTable(columns: readonly string[]): boolean {
  if (columns.some((column) => numberOf(column) !== null || column.length > LONGEST_HEAD)) return false;
  const roles = rolesOf(columns);
  const model = roles.get("model");
  const isDown = roles.has("task") || roles.has("facet");
  const isOfModels = isDown && model === undefined;
  const tasks = columns.filter(
    (column, i) => i !== model && roleOf(column) === undefined && subjectOf(column, isOfModels) !== "",
  );
  const known = tasks.filter(isKnown).length;
  if (model === undefined)
    return known > 1 ? !isKnown(columns[0]!) : isDown && tasks.length > 0 && !roles.has("score");
  return known > 0 || (tasks.length > 1 && /model|llm/i.test(columns[model]!));
}

/** A column: its head, what its scores are of, a task or a model, and what is seen of its cells. */
interface Column {
  readonly place: number;
  readonly head: string;
  readonly name: string;
  readonly isFacet: boolean;
  readonly unit: ScoreCells["unit"];
  /** Why its scores are not taken; "" where they are. */
  readonly why: string;
  readonly settings: RowRun["settings"];
  /** The first of its cells that are not empty. */
  readonly seen: string[];
  blank: number;
}

/** Reads a table of models by tasks, either way round. Averages, spreads and what is no score are left out with a word. */
export async function readWideTable(table: Table, options: TableOptions): Promise<FileReport> {
  const { columns, decimalComma } = table;
  const scores = new ScoreTable("wide table", options, decimalComma);
  const { report } = scores;
  const roles = rolesOf(columns);
  const isDown = !roles.has("model") && (roles.has("task") || roles.has("facet"));
  const names = roles.get("model") ?? roles.get("task") ?? roles.get("facet") ?? 0;
  // pandas writes the second of two columns of one task as "gsm8k.1".
  const own = columns.map((head) => subjectOf(head, isDown));
  const firsts = own.map((name) => name.replace(/\.\d+$/, ""));
  const subjects = own.map((name, i) => (!isDown && own.includes(firsts[i]!) ? firsts[i]! : name));
  const isOfFacets = subjects.filter((name) => facetNamed(name) !== null).length > 1;
  const kindOf = (task: string, head: string): Pick<Column, "isFacet" | "unit"> => ({
    isFacet: facetNamed(task) !== null || (isOfFacets && CATEGORIES.has(words(task))),
    unit: isPercentHead(head) ? "percent" : undefined,
  });
  const choose = facetChooser(options.facetOf);
  const bare = subjects.map((name) => name.replace(SHOTS, " ").trim());
  const all = subjects.map((subject, place): Column => {
    // Where one task was asked with several numbers of shots, these are settings of its runs.
    const [, shots] = bare.filter((one) => one === bare[place]).length > 1 ? (SHOTS.exec(subject) ?? []) : [];
    const name = shots === undefined ? subject : bare[place]!;
    const kind = kindOf(name, columns[place]!);
    const choice = choose({ task: name, metric: "score", isFacet: kind.isFacet });
    const why = !isDown && "why" in choice ? choice.why : "";
    const settings = shots === undefined ? undefined : { shots: `${shots}-shot` };
    return { place, head: columns[place]!, name, ...kind, why, settings, seen: [], blank: 0 };
  });
  const others = all.filter(({ place }) => place !== names);
  const kept = others.filter(({ why }) => why === "");
  const [runOf, stateOf] = [runReader(columns, names), faultReader(columns)];
  const rows: [row: number, of: string, run: RowRun, cells: string[]][] = [];
  await table.read((cells, row) => {
    for (const column of others) {
      const cell = cells[column.place] ?? "";
      if (cell === "") column.blank += 1;
      else if (column.seen.length < LOOKED_AT) column.seen.push(cell);
    }
    const of = plainText(cells[names] ?? "");
    const written = kept.map(({ place }) => cells[place] ?? "");
    const fault = stateOf(cells);
    if (
      rows.push([row, of, runOf(cells), fault === "" ? written : written.map(() => fault)]) * columns.length >
      MOST_CELLS
    )
      throw new UnreadableFile(`a wide table of more than ${MOST_CELLS} cells`);
  }, report.skipRow);
  const faultOf = columnFault(all, decimalComma);
  const taken = new Set(others.filter((one) => faultOf(one) === ""));
  const unread = others.filter((one) => !taken.has(one) && faultOf(one) !== "no scores");
  for (const one of unread) report.skip(one.head, faultOf(one));
  const left = others.filter((one) => one.head !== "" && faultOf(one) === "no scores");
  const [fault = ""] = unread.map((one) => `; ${one.head}: ${faultOf(one)}`);
  if (taken.size === 0) throw new UnreadableFile(`a table without a column of scores${fault}`);
  const heads = left.map(({ head }) => head);
  if (left.length > 0) report.notes.push(`${count(left.length, "column")} left out: ${listed(heads, 6)}.`);
  for (const { name, head, why, blank } of taken)
    if (why !== "") report.skip(name, why);
    else if (blank > 0) report.skip(head, `no score in ${count(blank, "row")}`);
  for (const [row, of, run, cells] of rows) {
    const ofRow = isDown ? kindOf(of, of) : undefined;
    for (const [i, column] of kept.entries()) {
      const score = cells[i]!;
      if (score === "" || !taken.has(column)) continue;
      const { isFacet, unit } = ofRow ?? column;
      const [model, task] = isDown ? [column.name, of] : [of, column.name];
      const { settings } = column;
      const asked = settings === undefined ? run : { ...run, settings: { ...run.settings, ...settings } };
      const n = isDown ? "" : (COUNT.exec(column.head)?.[1] ?? "");
      scores.add(row, { model, task, isFacet, unit, score, n, run: asked });
    }
  }
  return scores.judged();
}

/** Why a column's scores are not taken, by its head and its cells; "" where they are. */
function columnFault(all: readonly Column[], decimalComma: boolean): (column: Column) => string {
  const best = new Map<string, number>();
  for (const { name } of all) best.set(baseOf(name), Math.max(best.get(baseOf(name)) ?? 0, rankOf(name)));
  return ({ head, name, seen, settings }) => {
    if (name === "" || roleOf(head) !== undefined || rankOf(name) < best.get(baseOf(name))!)
      return "no scores";
    // Of two of one name, as of a score and its spread, it cannot be told which is which.
    const twins = all.filter((one) => one.name === name && one.settings?.["shots"] === settings?.["shots"]);
    if (twins.length > 1) return "two columns of this name: it cannot be told which is the score";
    const isTask = isKnown(head);
    // Yes and no say what a model is, unless their task is known.
    const numbers = seen
      .map((cell) => scoreCell(cell, decimalComma))
      .filter((cell) => ("why" in cell ? cell.outside !== undefined : !cell.isVerdict || isTask));
    if (numbers.length > (isTask ? 0 : seen.length / 2)) return "";
    return isTask ? `no score in its cells, as ${JSON.stringify(shortText(seen[0] ?? "", 40))}` : "no scores";
  };
}

/** How many shots a head tells of. */
const SHOTS = /[([]?\b(\d+)[-_ ]?shots?\b[)\]]?/i;

/** Endings that tell versions of one score apart, the one to take last. A name without any ranks like the third. */
const VERSIONS = [
  /_(?:pass|maj|cons|best_of|avg)_\d{2,}$|_pass_[2-9]$|_(?:percentile|relative)$/,
  /_(?:raw|value)$/,
  /_pass_1$/,
  /_normalized$/,
];

function rankOf(name: string): number {
  const at = VERSIONS.findIndex((ending) => ending.test(words(name)));
  return at === -1 ? 2 : at;
}

/** The name without such an ending. */
const baseOf = (name: string): string => VERSIONS.reduce((base, one) => base.replace(one, ""), words(name));
