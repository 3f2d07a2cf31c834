import { visibleText } from "../../../shared/escape.js";
import { closest, element } from "../element.js";
import { onChoose } from "../linking/linking.js";
import { runData } from "../runData.js";
import { openDialog } from "./dialog.js";
import { showModels } from "./modelCard.js";
import { showQuestion } from "./questionCard.js";

/** Opens the card of whatever model or question a reader chooses, anywhere in the page. */
export function openCards(): void {
  onChoose((model) => void openCard(model));
  document.addEventListener("click", ({ target }) => {
    const task = closest(target, ".fb-model")?.closest<HTMLElement>("[data-task]")?.dataset["task"];
    if (task !== undefined) void runData().then((run) => run && showQuestion(run, task));
  });
}

async function openCard(model: string): Promise<void> {
  const run = await runData();
  const known = run?.models.find(({ name }) => visibleText(name) === model);
  if (run && known) showModels(run, known.name);
  else showRows(model);
}

/** Where the page knows nothing more of a model than what its tables say: that. */
function showRows(model: string): void {
  const tables = [...document.querySelectorAll(".fb-table")].flatMap((table) => {
    const own = [...table.querySelectorAll<HTMLElement>("tbody [data-model]")].filter(
      ({ dataset }) => dataset["model"] === model,
    );
    if (own.length === 0) return [];
    const [captions, heads] = ["caption", "thead th"].map((part) =>
      [...table.querySelectorAll(part)].map(({ textContent }) => textContent),
    );
    const rows = own.map((cell) => cell.closest("tr")!.cloneNode(true));
    const head = element("tr", {}, ...heads!.map((name) => element("th", { scope: "col" }, name)));
    const content = [
      element("caption", {}, ...captions!),
      element("thead", {}, head),
      element("tbody", {}, ...rows),
    ];
    return [element("div.fb-table", {}, element("table", {}, ...content))];
  });
  openDialog(model, ...tables);
}
