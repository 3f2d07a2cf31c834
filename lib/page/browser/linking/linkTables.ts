import { closest, element } from "../element.js";
import { choose, onPoint, point } from "./linking.js";

/** A table, and its rows by the model that they stand for. */
interface Linked {
  readonly table: HTMLElement;
  readonly rows: ReadonlyMap<string, readonly Element[]>;
}

let linked: readonly Linked[] = [];

/** Makes the names of models in a table buttons that open their cards, and its rows known to who marks them. */
export function linkTable(table: HTMLElement): void {
  const rows = new Map<string, Element[]>();
  for (const cell of table.querySelectorAll<HTMLElement>("[data-model]")) {
    const [model, row] = [cell.dataset["model"]!, cell.closest("tr")!];
    const own = rows.get(model);
    if (own === undefined) rows.set(model, [row]);
    else own.push(row);
  }
  for (const cell of table.querySelectorAll<HTMLElement>(
    ":is([data-model], [data-task]):not(:has(.fb-model))",
  )) {
    const name = cell.querySelector("bdi");
    const button = element("button.fb-model");
    name?.replaceWith(button);
    button.append(name ?? "");
  }
  linked = [...linked.filter((one) => one.table.isConnected), { table, rows }];
}

/** One set of listeners for all tables, and whatever else says in `data-model` whom it stands for. */
export function listenToModels(): void {
  document.addEventListener("click", ({ target }) => {
    const model = closest(target, ".fb-model")?.closest<HTMLElement>("[data-model]")?.dataset["model"];
    if (model !== undefined) choose(model);
  });
  let isOver = false;
  document.addEventListener("pointerover", ({ target }) => {
    const model = modelAt(target);
    if (model !== null || isOver) point(model);
    isOver = model !== null;
  });
  document.addEventListener("focusin", ({ target }) => point(modelAt(target)));
  document.addEventListener("focusout", () => point(null));
  let marked: readonly Element[] = [];
  onPoint((models) => {
    for (const row of marked) row.classList.remove("fb-pointed");
    marked = linked.flatMap(({ rows }) => models.flatMap((model) => rows.get(model) ?? []));
    for (const row of marked) row.classList.add("fb-pointed");
  });
}

/** The model that an element or the row around it stands for. */
function modelAt(target: EventTarget | null): string | null {
  const named =
    closest(target, "[data-model]") ?? closest(target, "tr")?.querySelector<HTMLElement>("[data-model]");
  return named?.dataset["model"] ?? null;
}
