import { numberOf } from "../../shared/json.js";
import { defaultFacet, words } from "../merge/facets.js";

/** What a column holds. */
export type Role =
  | "model"
  | "facet"
  | "task"
  | "score"
  | "n"
  | "metric"
  | "filter"
  | "variant"
  | "setting"
  | "seed"
  | "item"
  | "part"
  | "whole"
  | "most";

/**
 * The heads that a column of each role may have, the surest first, as `words` writes them: "Model Name", "model_name"
 * and "**Model name** ↑" are one. Every reader of tables asks here.
 */
const HEADS: Readonly<Record<Role, string>> = {
  model:
    "fullname full_name model model_name model_id model_name_or_path model_version params_model models llm system name slug",
  facet: "facet category capability skill dimension",
  task:
    "task task_name tasks benchmark benchmark_metric benchmark_name benchmarks bench dataset dataset_name eval " +
    "eval_name evaluation test suite",
  score:
    "score scores mean_score accuracy acc value result mean pass_rate pass_1 success_rate exact_match percent " +
    "percentage pct score_percent accuracy_percent score_pct points reward em",
  n:
    "n n_samples num_samples sample_size samples n_items num_items items num_examples examples n_questions " +
    "num_questions questions count",
  metric: "metric metrics metric_name measure",
  filter: "filter",
  variant:
    "precision quantization quantisation quant reasoning_effort effort adapter revision model_revision",
  setting:
    "shots shot n_shot n_shots num_shots num_fewshot fewshot few_shot temperature chat_template reducer thinking " +
    "prompt_style prompt_type prompting setting mode split version top_p top_k max_tokens max_new_tokens",
  seed: "seed random_seed run run_id trial repeat replicate epoch",
  item: "item item_id question question_id qid problem problem_id sample sample_id doc_id example_id instance_id task_id",
  part: "correct num_correct n_correct correct_count passed num_passed solved num_solved is_correct correctness success pass",
  whole: "total num_total n_total total_count attempted",
  most: "max_score max_points out_of points_possible maximum_score score_max",
};
const ROLES = new Map<string, { readonly role: Role; readonly rank: number }>();
for (const [role, heads] of Object.entries(HEADS))
  for (const [rank, head] of heads.split(" ").entries()) ROLES.set(head, { role: role as Role, rank });

/** For each role that a table has, the place of the column that fills it, the surest head first. */
export type Roles = ReadonlyMap<Role, number>;

export function rolesOf(columns: readonly string[]): Roles {
  const found = new Map<Role, { readonly place: number; readonly rank: number }>();
  for (const [place, column] of columns.entries()) {
    const { role, rank } = ROLES.get(words(column)) ?? { role: null, rank: 0 };
    if (role !== null && rank < (found.get(role)?.rank ?? Infinity)) found.set(role, { place, rank });
  }
  return new Map([...found].map(([role, { place }]) => [role, place]));
}

/** The role that a head fills, however uncertain. */
export const roleOf = (head: string): Role | undefined => ROLES.get(words(head))?.role;

/** Metrics that are not taken for a score by their heads, as `words` writes them. */
const METRIC =
  /^(?:.*_)?(?:f_1|f_1_score|acc_norm|em|bleu|chrf|rouge.*|mcc|auc|auroc|bert_score|recall|pass_\d+)$/;

/** The heads of metrics beside the column that is taken for the score. */
export function otherMetrics(columns: readonly string[]): readonly string[] {
  const score = rolesOf(columns).get("score");
  return columns.filter((head, at) => at !== score && (roleOf(head) === "score" || METRIC.test(words(head))));
}

/** What tells a row's run from others of its model: see `ReportedScore`. */
export interface RowRun {
  readonly variant?: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Tells repeats apart. */
  readonly seed?: string;
  /** What of its task or facet the row is of: a question, or one of the facet's tasks. */
  readonly item?: string;
  /** What columns that are known for nothing say, as settings: runs may differ in it. */
  readonly rest?: Readonly<Record<string, string>>;
}

/** Of a table that tells of no runs. */
export const ONE_RUN: RowRun = {};

/** Longer cells are prose, and name nothing. */
const LONGEST_NAME = 60;
/** Words of heads that tell models and runs apart, numbers among them. */
const DESCRIBES =
  /^(?:date|day|month|year|version|param(?:s|eters)?|size|sha|licen[cs]e|url|link|context|level)$/;
/** Heads of columns that number rows. */
const INDEX = /^(?:|unnamed.*|index|idx|id|row|position)$/;

/**
 * Reads what columns of these heads say of a row's run.
 *
 * @param named Place of the column of tasks, facets or models that names the rows.
 * @param parts Places of columns that name items, beside those that do so by their heads.
 */
export function runReader(
  columns: readonly string[],
  named: number | undefined,
  parts: readonly number[] = [],
): (cells: readonly string[]) => RowRun {
  const roles = columns.map(roleOf);
  const heads = columns.map(words);
  const placesOf = (role: Role): number[] => [...roles.keys()].filter((place) => roles[place] === role);
  const items = [...parts, ...placesOf("item")];
  // Without n or items, epochs are of single answers, each an item of its own.
  const isCounted = roles.includes("n") || items.length > 0;
  const [settings, repeats] = [placesOf("setting"), placesOf("seed")];
  // Beside recall, precision is a metric.
  const variants = placesOf("variant").filter((at) => heads[at] !== "precision" || !heads.includes("recall"));
  const seeds = repeats.filter((place) => isCounted || heads[place] !== "epoch");
  // Until a number or prose is met in them.
  let others = [...roles.keys()].filter((place) => {
    const [head, role] = [heads[place]!, roles[place]];
    if ([named, ...items].includes(place) || INDEX.test(head) || isKnown(columns[place]!)) return false;
    if (role !== undefined) return head === "model_version" || role === "task" || role === "facet";
    return head.split("_").every((word) => DESCRIBES.test(word) || !NO_SCORE.has(word));
  });
  if ([variants, settings, seeds, items, others].every(({ length }) => length === 0)) return () => ONE_RUN;
  const setting = (place: number, cell: string): readonly [kind: string, value: string] => {
    const head = heads[place]!;
    if (/shot/.test(head)) return ["shots", /shot/i.test(cell) ? cell : `${cell}-shot`];
    return [head, `${head.replaceAll("_", " ")} ${cell}`];
  };
  return (cells) => {
    const told = (places: readonly number[]): readonly number[] =>
      places.filter((place) => !/^(?:none|)$/i.test(cells[place] ?? ""));
    const values = (places: readonly number[]): string =>
      told(places)
        .map((place) => cells[place])
        .filter((cell) => cell !== "main")
        .join(", ");
    const settingsOf = (places: readonly number[]): NonNullable<RowRun["settings"]> =>
      Object.fromEntries(told(places).map((place) => setting(place, cells[place]!)));
    const isName = (place: number): boolean => {
      const cell = cells[place] ?? "";
      const isNumber =
        numberOf(cell) !== null && !heads[place]!.split("_").some((one) => DESCRIBES.test(one));
      return cell.length <= LONGEST_NAME && !isNumber;
    };
    if (!others.every(isName)) others = others.filter(isName);
    return {
      variant: values(variants),
      ...(settings.length > 0 && { settings: settingsOf(settings) }),
      seed: values(seeds),
      item: items.map((place) => cells[place] ?? "").join("\0"),
      ...(others.length > 0 && { rest: settingsOf(others) }),
    };
  };
}

/** Whether a head says that its numbers are percent. */
export function isPercentHead(head: string): boolean {
  return /%|\b(?:percent|percentage|pct)\b/i.test(head.replaceAll("_", " "));
}

/** Words that say that a number is a score, or of several, and not of what. */
const FILLER = "average|avg|mean|score|scores|accuracy|acc|percent|percentage|pct|global";
const FILLERS = new Set(FILLER.split("|"));
/** Those at a head's ends, with what parts them from the rest. */
const ENDS = new RegExp(
  String.raw`^(?:(?:${FILLER})[^\p{L}\p{N}]+)+|(?:[\s_.,:/|([-]+(?:${FILLER}))+[^\p{L}\p{N}]*$`,
  "giu",
);
/** Words of heads whose numbers are never scores. */
const NO_SCORE = new Set(
  (
    "std stdev stddev sd σ iqr stderr se err error sem ci variance var lower upper margin delta vs elo rank ranking votes n count " +
    "counts num samples params param parameters tokens cost costs price usd latency time seconds sec ms duration speed " +
    "throughput tps date seed seeds epoch epochs temperature vram gb flops license licence likes downloads co2 sha url " +
    "link estimated δ change diff difference gain improvement errors failures failed total wrong incorrect invalid"
  ).split(" "),
);
/** How many items a head says its scores are of: "GSM8K (n=1319)". */
export const COUNT = /\s*[([]\s*n\s*=\s*(\d[\d,. ]*)[)\]]/i;
/** Heads of spreads, quantiles and money. */
const OTHER = /±|\+\/?-|[$€£]|(?:^|[\s_(])\d{1,2}(?:\.\d+)?%|\b(?:[pq]\d\d|z.?score)\b/i;
/** Heads that end in a bound, or are of how many were right. */
const NO_SHARE = /(?:^|_)(?:low|high|min|max|correct|passed|solved)$/;
/** Words of heads that are never of a score where they stand alone: "version", not "LiveCodeBench version 5". */
const ALONE = new Set(
  (
    "overall total sum index position median number size sizes active layers context window length year month " +
    "day released release updated version top shot shots fewshot memory hours organization organisation developer " +
    "creator provider id type architecture moe flagged merged weight hub macro micro row idx"
  ).split(" "),
);

/**
 * What a column's scores are of: its head without the words that say "score". "" where they can be of nothing.
 *
 * @param isModel Whether heads name models, whose names may hold any word beside others.
 */
export function subjectOf(written: string, isModel = false): string {
  const head = written.replace(COUNT, " ").replace(/\bin\s+%/i, "%");
  const own = words(head)
    .split("_")
    .filter((word) => !FILLERS.has(word));
  const isOther =
    own.some((word) => NO_SCORE.has(word)) ||
    OTHER.test(head) ||
    (NO_SHARE.test(words(head)) && !isPercentHead(head));
  const isNone = (isOther && !isModel) || own.every((word) => ALONE.has(word) || /^\d*$/.test(word));
  return isNone ? "" : plainText(head).replace(isModel ? "" : ENDS, "");
}

/** Whether a task's facet is known by its name. */
export const isKnown = (name: string): boolean => "facet" in defaultFacet(subjectOf(name));

/**
 * A name without the marks of Markdown, HTML and LaTeX around it, footnotes and medals: "🥇 [**m**](https://…)",
 * "<a …>m</a>", "m[^1]" and "m<sup>1</sup>" are "m".
 */
export function plainText(cell: string): string {
  if (!/[<[*`_\\\n🥇🥈🥉🏆]/u.test(cell)) return cell.trim();
  return cell
    .replaceAll(/\$?\\(?:text|math)(?:bf|it)\{([^{}]*)\}\$?/g, "$1")
    .replaceAll(/\$?\\pm\$?/g, "±")
    .replaceAll(/!\[[^[\]]*\]\([^()]*\)|\[\^[^[\]]*\]/g, "")
    .replaceAll(/<sup\b[^<>]*>[^<>]*<\/sup>/gi, "")
    .replaceAll(/ ?(?:<br\s*\/?>|\n) ?/gi, " ")
    .replaceAll(/ ?<sub\b[^<>]*>\(?([^<>()]*)\)?<\/sub>/gi, " ($1)")
    .replaceAll(/<\/?[a-z][^<>]*>/gi, "")
    .replaceAll(/\[([^[\]]*)\](?:\([^()]*\)|\[[^[\]]*\])/g, "$1")
    .replace(/^[\s🥇🥈🥉🏆]+/u, "")
    .replaceAll(/\*\*(?=\S)(.+?)\*\*/g, "$1")
    .replace(/^\s*(\*{1,3}|__|`)(.*)\1\s*$/, "$2")
    .trim();
}
