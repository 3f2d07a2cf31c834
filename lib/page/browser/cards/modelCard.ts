import { shortName, visibleText } from "../../../shared/escape.js";
import { count, formatValue } from "../../../shared/text.js";
import { compareModels } from "../../../table/index.js";
import { element } from "../element.js";
import type { RunData } from "../runData.js";
import { answersCell, meanScore } from "./answers.js";
import { openDialog } from "./dialog.js";
import { cardTable, pCell, taskCell } from "./table.js";

/** A model's card, or the cards of two beside each other with what tells them apart. Names as the run has them. */
export function showModels(run: RunData, a: string, b?: string): void {
  const [models, others] = [
    [a, ...(b === undefined ? [] : [b])],
    run.models.filter(({ name }) => name !== a),
  ];
  const choice = element("select", {}, element("option", { value: "" }, "no other model"));
  others.forEach(({ name }, i) => choice.append(element("option", { value: String(i) }, visibleText(name))));
  choice.value = String(others.findIndex(({ name }) => name === b)).replace("-1", "");
  choice.addEventListener("change", () => showModels(run, a, others[Number(choice.value || -1)]?.name));
  const families = models.map((model) => run.models.find(({ name }) => name === model)?.family ?? "");
  openDialog(
    models.map(visibleText).join(" and "),
    element(
      "p",
      {},
      `${run.simulated ? "Simulated: no real model was asked. " : ""}Family: ${families.map(visibleText).join("; ")}.`,
    ),
    element("p", {}, element("label", {}, "Compare with ", choice)),
    ...(b === undefined ? [scoresTable(run, a)] : comparison(run, a, b)),
    answersTable(run, models),
  );
}

/** A model's scores with the ends of their intervals and the items behind them. */
function scoresTable(run: RunData, model: string): HTMLElement {
  const at = run.models.findIndex(({ name }) => name === model);
  const rows = run.columns.map(({ name, scores, low, high, items }) => {
    const score = scores[at] ?? null;
    const better = scores.filter((other) => score !== null && (other ?? -1) > score).length;
    const rank = score === null ? null : better + 1;
    return [name, score, interval(low[at], high[at]), items[at] ?? null, rank];
  });
  return cardTable("Scores", ["facet", "score", "95 % interval", "n", "rank"], rows);
}

function comparison(run: RunData, a: string, b: string): readonly HTMLElement[] {
  const [atA, atB] = [a, b].map((model) => run.models.findIndex(({ name }) => name === model)) as [
    number,
    number,
  ];
  const pairs = compareModels(run.rows, a, b);
  const rows = run.columns.map(({ name, scores, low, high }) => {
    const pair = pairs.find(({ facet, n }) => facet === name && n > 0);
    const own = [atA, atB].flatMap((at) => [scores[at] ?? null, interval(low[at], high[at])]);
    const test = [
      pair?.difference ?? null,
      interval(pair?.low, pair?.high),
      pCell(pair?.pUnadjusted ?? null),
      pair?.n ?? null,
    ];
    return [name, ...own, ...test];
  });
  const heads = [a, b].flatMap((model) => [shortName(model, 24), `${shortName(model, 16)}: 95 %`]);
  const table = cardTable(
    "Scores, and the paired test on the questions that both were scored on",
    ["facet", ...heads, "difference", "difference: 95 %", "p", "shared questions"],
    rows,
  );
  const most = Math.max(0, ...pairs.map((pair) => pair.pairs));
  const note = `p is McNemar's mid-p, by sign flips where scores are graded, of this pair alone. ${most > 1 ? `Who looks for the widest of ${count(most, "pair")} multiplies it by ${most}.` : ""}`;
  return [
    table,
    element("p", {}, pairs.length === 0 ? "Scores from files name no questions: no paired test." : note),
  ];
}

/** Every question with each model's verdicts; of two models where they differ most first. */
function answersTable(run: RunData, models: readonly string[]): HTMLElement {
  const answers = models.map((model) => run.rows.filter((row) => row.model === model));
  const asked = run.questions.flatMap(({ facet, task }) => {
    const own = answers.map((rows) => rows.filter((row) => row.task === task && row.facet === facet));
    if (own.every((rows) => rows.length === 0)) return [];
    const [first = null, second = null] = own.map(meanScore);
    const difference = first === null || second === null ? null : first - second;
    return [{ cells: [taskCell(facet, task), ...own.map(answersCell)], difference }];
  });
  if (asked.length === 0) return element("p", {}, "The page has no answers of it.");
  if (models.length === 1)
    return cardTable(
      "Answers, each with its raw text",
      ["question", "verdict"],
      asked.map(({ cells }) => cells),
    );
  const size = ({ difference }: (typeof asked)[number]): number => Math.abs(difference ?? -1e-9);
  asked.sort((one, other) => size(other) - size(one));
  const differing = asked.filter(({ difference }) => difference !== null && difference !== 0).length;
  return cardTable(
    `Answers: ${differing === 0 ? "they score alike on every question" : `they differ on ${count(differing, "question")}`}`,
    ["question", ...models.map((model) => shortName(model, 40)), "difference"],
    asked.map(({ cells, difference }) => [...cells, difference]),
  );
}

function interval(low: number | null | undefined, high: number | null | undefined): string {
  return low == null || high == null ? "–" : `${formatValue(low)} to ${formatValue(high)}`;
}
