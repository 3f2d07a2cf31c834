import { visibleText } from "../../../shared/escape.js";
import { formatValue } from "../../../shared/text.js";
import { element } from "../element.js";
import type { RunData } from "../runData.js";
import { answersCell, meanScore, rawText } from "./answers.js";
import { openDialog } from "./dialog.js";
import { cardTable, modelCell } from "./table.js";

/** A question's card: what was asked, who got it right, and what each wrote. The task by its name as text shows it. */
export function showQuestion(run: RunData, name: string): void {
  const rows = run.rows.filter(({ task }) => visibleText(task) === name);
  const models = [...new Set(rows.map(({ model }) => model))];
  const answers = models.map((model) => {
    const own = rows.filter((row) => row.model === model);
    return { model, own, score: meanScore(own) };
  });
  answers.sort((one, other) => (other.score ?? -1) - (one.score ?? -1));
  const scored = answers.flatMap(({ score }) => score ?? []);
  const right = scored.filter((score) => score >= 1).length;
  const share = scored.reduce((sum, score) => sum + score, 0) / scored.length;
  const prompts = [...new Set(rows.map(({ prompt }) => prompt))];
  const expected = run.expected.filter(([task]) => visibleText(task) === name);
  openDialog(
    name,
    element(
      "p",
      {},
      `${run.simulated ? "Simulated: no real model was asked. " : ""}Facet: ${[...new Set(rows.map(({ facet }) => visibleText(facet)))].join(", ")}. ` +
        `${right} of ${scored.length} models right; mean score ${formatValue(share)}.`,
    ),
    ...prompts.map(rawText),
    ...expected.flatMap(([, right]) => [
      element("p", {}, "What a right answer has:"),
      rawText(JSON.stringify(right, null, 2)),
    ]),
    cardTable(
      "Who got it right",
      ["model", "verdict"],
      answers.map(({ model, own }) => [modelCell(model), answersCell(own)]),
    ),
  );
}
