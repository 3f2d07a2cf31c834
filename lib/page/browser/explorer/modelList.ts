import { count } from "../../../shared/text.js";
import { visibleText } from "../../../shared/escape.js";
import type { WideData } from "../../../table/index.js";
import { element } from "../element.js";

/** One checkbox, and the models that it stands for, by their places. */
interface Choice {
  readonly box: HTMLInputElement;
  readonly line: HTMLElement;
  readonly models: readonly number[];
  readonly words: string;
}

/**
 * The models, in families, each with a checkbox: a model counts while its box is checked, and a family's box checks or
 * clears all of its own.
 *
 * @param left The places of the models left out; changed here.
 */
export function modelList({ models }: WideData, left: Set<number>, onChange: () => void): HTMLElement {
  const families = new Map<string, number[]>();
  models.forEach(({ family }, i) => families.set(family, [...(families.get(family) ?? []), i]));
  const choices: Choice[] = [];
  const choice = (
    name: string,
    of: readonly number[],
    data: Record<`data-${string}`, string>,
  ): HTMLElement => {
    const box = element("input", { type: "checkbox" });
    const line = element("li", data, element("label", {}, box, ` ${visibleText(name)}`));
    const words = [name, ...of.map((i) => `${models[i]!.name} ${models[i]!.family}`)].join(" ").toLowerCase();
    box.addEventListener("change", () => {
      for (const i of of) left[box.checked ? "delete" : "add"](i);
      refresh();
      onChange();
    });
    choices.push({ box, line, models: of, words });
    return line;
  };
  const model = (i: number): HTMLElement => choice(models[i]!.name, [i], { "data-model": models[i]!.name });
  const groups = [...families].map(([family, of]) => {
    if (of.length === 1) return model(of[0]!);
    const group = choice(`${family}: all ${of.length}`, of, {});
    group.append(element("ul", {}, ...of.map(model)));
    return group;
  });
  const said = element("span");
  const all = element("button", {}, "All count again");
  const search = element("input", { type: "search" });
  const refresh = (): void => {
    for (const { box, models: of } of choices) {
      const out = of.filter((i) => left.has(i)).length;
      box.checked = out < of.length;
      box.indeterminate = out > 0 && out < of.length;
    }
    said.textContent = left.size === 0 ? "" : ` (${left.size} of ${count(models.length, "model")} left out)`;
    all.disabled = left.size === 0;
  };
  search.addEventListener("input", () => {
    for (const { line, words } of choices) line.hidden = !words.includes(search.value.toLowerCase());
  });
  all.addEventListener("click", () => {
    left.clear();
    refresh();
    onChange();
  });
  refresh();
  return element(
    "details.fb-leave",
    {},
    element("summary", {}, "Leave out models or families", said),
    element("label", {}, "Search ", search),
    all,
    element("ul", {}, ...groups),
  );
}
