import { SIMULATED_PANEL } from "../../shared/provenance.js";
import { numberOf } from "../../shared/json.js";
import { facetNamed, words } from "../merge/facets.js";
import { isPercentHead, plainText, roleOf, rolesOf, runReader, type Role } from "./heads.js";
import { scoreCell } from "./scoreCell.js";
import type { RowReader, ScoreCells } from "./scoreTable.js";

/**
 * Rows of a score each, by their heads' roles: model, score, and facet or else task. Other columns are passed over. In
 * the table that lm-eval prints the model is that of the line above it, "hf (pretrained=org/m), …", a task's name stands
 * in the first of its rows alone, and "↓" marks a metric that is better when lower.
 */
export const longRows: RowReader = (columns, preamble) => {
  const roles = rolesOf(columns);
  const has = (role: Role): boolean => roles.has(role);
  const [isPrinted, isOfFacets] = [!has("model") && has("metric"), has("facet")];
  const isShare = isPercentHead(columns[roles.get("part") ?? -1] ?? "");
  const isCounted = !has("score") && has("part") && !isShare && (has("whole") || has("n"));
  // Of single items, where these are numbered.
  const isOfItems = has("item") || has("seed") || columns.some((head) => /^(?:id|idx)$/.test(words(head)));
  const isOfParts = isCounted || (!has("score") && has("part") && (isOfItems || isShare));
  if (!(has("score") || isOfParts) || !(isOfFacets || has("task")) || !(isPrinted || has("model")))
    return null;
  const [, printed = ""] = /\b(?:pretrained|model|engine)=([^,)\s]+)/.exec(preamble) ?? [];
  const lower = columns.map((column) => column.toLowerCase());
  const [simulated, provider] = [lower.indexOf("simulated"), lower.indexOf("provider")];
  const place = roles.get(isOfParts ? "part" : "score")!;
  const unit = isPercentHead(columns[place]!) ? "percent" : isOfParts ? "verdict" : undefined;
  const names = roles.get(isOfFacets ? "facet" : "task");
  // An export of scores has its rows' sources for items.
  const isExport = columns.every((column) => EXPORTED.has(column));
  const parts = [...columns.keys()].filter((place) => {
    const isPart = /^(?:facet|task)$/.test(roleOf(columns[place]!) ?? "") && place !== names;
    return isPart || (isExport && columns[place] === "source");
  });
  const runOf = runReader(columns, names, parts);
  // What `exportRows` writes of repeats.
  const repeats = lower.includes("source") ? lower.indexOf("repeats") : -1;
  const faultOf = faultReader(columns);
  let above = "";
  return (cells) => {
    const cell = (role: Role): string => unescaped(cells[roles.get(role) ?? -1] ?? "");
    const written = plainText(cell(isOfFacets ? "facet" : "task"));
    const task = isPrinted ? written.replace(/^[-\s]+/, "") || above : written;
    above = task;
    const one: ScoreCells = {
      model: isPrinted ? printed : plainText(cell("model")),
      task,
      isFacet: isOfFacets || facetNamed(task) !== null,
      score: isCounted
        ? `${cell("part")}${FRACTION.test(cell("part")) ? " of " : "/"}${cell(has("whole") ? "whole" : "n")}`
        : shareOf(unescaped(cells[place] ?? ""), cell("most")),
      n: cell("n"),
      metric: [cell("metric") || (cell("filter") && "score"), cell("filter")]
        .filter((part) => !/^(?:none)?$/.test(part))
        .join(","),
      run: runOf(cells),
      repeats: Number(cells[repeats]) || 1,
      simulated: cells[simulated]?.toLowerCase() === "true" || cells[provider] === SIMULATED_PANEL,
      unit,
    };
    const fault = isPrinted && cells.includes("↓") ? "better when lower" : faultOf(cells);
    return fault === "" ? [one] : [{ ...one, score: fault }];
  };
};

/** A number that counts nothing, so that it is no part of a whole. */
const FRACTION = /^0?[.,]\d|[.,]\d\d?$/;
/** Columns that say of a row that its number is no score, with what they then say. */
const FAULTS: readonly (readonly [head: RegExp, cell: RegExp])[] = [
  [
    /^(?:status|state|outcome)$/,
    /^(?:error(?:ed)?|time[d_ ]*out|cancell?ed|crashed|oom|incomplete|running|pending)$/i,
  ],
  [/^higher_is_better$/, /^(?:false|no|0)$/i],
  [/^lower_is_better$/, /^(?:true|yes|1)$/i],
];

/** Reads why a row's number is no score, as "status timeout"; "" where it is one. */
export function faultReader(columns: readonly string[]): (cells: readonly string[]) => string {
  const told = columns.flatMap((column, place) => {
    const [, cell] = FAULTS.find(([head]) => head.test(words(column))) ?? [];
    return cell === undefined ? [] : [{ place, cell, column }];
  });
  return (cells) => {
    const fault = told.find(({ place, cell }) => cell.test(cells[place] ?? ""));
    return fault === undefined ? "" : `${fault.column} ${cells[fault.place]}`;
  };
}

/** Columns of `exportRows` for scores that were loaded. */
const EXPORTED = new Set("model facet score n source repeats simulated".split(" "));

/** A score of so many points at most, in percent; as written where there is no such number. */
function shareOf(score: string, most: string): string {
  const [points, all] = [numberOf(score), numberOf(most)];
  return points === null || all === null || all <= 0 ? score : `${(100 * points) / all}%`;
}

/** Undoes the quote that `exportRows` and spreadsheets put before what starts like a formula. */
const unescaped = (cell: string): string => (/^'[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

/**
 * BFCL's tables: a model's overall accuracy, or that of the part that the table is of, such as "Multi Turn Overall Acc".
 * The other columns are parts of it. "(FC)" and "(Prompt)" stay in the model's name: two ways of asking, two scores.
 */
export const bfclRows: RowReader = (columns) => {
  const model = columns.indexOf("Model");
  const whole = columns.indexOf("Overall Acc");
  const place = whole === -1 ? columns.findIndex((column) => column.endsWith(" Overall Acc")) : whole;
  if (model === -1 || place === -1) return null;
  const metric = columns[place]!;
  const task = ["bfcl", ...metric.toLowerCase().split(" ").slice(0, -2)].join(" ");
  const part = whole === -1 ? { partOf: "bfcl" } : {};
  return (cells) => [
    { model: cells[model] ?? "", task, ...part, isFacet: false, metric, score: cells[place] ?? "" },
  ];
};

/**
 * LiveBench's categories with the tasks of all its releases.
 *
 * @see https://github.com/LiveBench/livebench.github.io, public/categories_*.json
 */
const CATEGORIES: Readonly<Record<string, string>> = {
  reasoning:
    "house_traversal web_of_lies_v2 web_of_lies_v3 zebra_puzzle spatial theory_of_mind logic_with_navigation",
  coding: "LCB_generation completion coding_completion code_generation code_completion",
  agentic_coding: "javascript typescript python",
  mathematics: "AMPS_Hard math_comp math_proof_comp olympiad integrals_with_game",
  data_analysis: "cta tablejoin tablereformat consecutive_events",
  language: "connections movie_unscrambling plot_unscrambling typos",
  instruction_following: "paraphrase simplify story_generation summarize",
};

/** LiveBench's table of tasks, in percent: for each category the mean of its tasks, as LiveBench takes it. */
export const liveBenchRows: RowReader = ([first, ...tasks]) => {
  const categories = Object.entries(CATEGORIES).map(([category, names]) => {
    const parts = tasks.flatMap((name, i) =>
      names.split(" ").includes(name) ? [{ name, place: i + 1 }] : [],
    );
    return { category, parts };
  });
  const known = categories.reduce((sum, { parts }) => sum + parts.length, 0);
  if (first !== "model" || tasks.length < 3 || known < tasks.length) return null;
  return ([model = "", ...cells]) =>
    categories
      .filter(({ parts }) => parts.length > 0)
      .map(({ category, parts }) => {
        const scores = parts.map(({ place }) => scoreCell(cells[place - 1] ?? ""));
        const gap = parts[scores.findIndex((score) => "why" in score)];
        const sum = scores.reduce((total, score) => total + ("why" in score ? 0 : score.value), 0);
        const score = gap === undefined ? `${sum / parts.length}%` : `no score for ${gap.name}`;
        return { model, task: category, isFacet: true, score };
      });
};

/**
 * The table of `promptfoo eval -o results.csv`: a test a row, a column for each provider and prompt, headed
 * "[openai:gpt-4o] Solve …", its cells "[PASS]", "[FAIL]" or, where no answer came, "[ERROR]", and the answer. A test's
 * facet or task is a variable's of such a name. Two prompts of one provider are two models: "openai:gpt-4o (prompt 2)".
 */
export const promptfooRows: RowReader = (columns) => {
  const roles = rolesOf(columns);
  const place = roles.get("facet") ?? roles.get("task") ?? -1;
  const providers = columns.map((column) => /^\[([^[\]]+)\](?!\()/.exec(column)?.[1] ?? "");
  const models = providers.flatMap((provider, at) => {
    const before = providers.slice(0, at).filter((other) => other === provider).length;
    return provider === ""
      ? []
      : [{ at, model: before === 0 ? provider : `${provider} (prompt ${before + 1})` }];
  });
  if (models.length === 0) return null;
  return (cells) =>
    models.map(({ model, at }) => {
      const [, verdict = "N/A"] = /^\[(PASS|FAIL)\]/.exec(cells[at] ?? "") ?? [];
      return { model, task: cells[place] || "promptfoo eval", isFacet: roles.has("facet"), score: verdict };
    });
};
