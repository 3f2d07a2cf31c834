import { shortText } from "../../../shared/escape.js";
import { formatValue } from "../../../shared/text.js";
import type { Cross } from "../../../plot/index.js";
import type { Surface } from "../../../spline/types.js";
import type { ScoreColumn } from "../../../table/index.js";
import { element } from "../element.js";

const AXES = ["x", "y", "z"] as const;
/** The place of each axis' column. */
export type Chosen = Record<(typeof AXES)[number], number>;

/** Three lists of all columns. A column that another axis has is exchanged with it. */
export function axisChoice(
  columns: readonly ScoreColumn[],
  chosen: Chosen,
  onChange: () => void,
): HTMLElement {
  const selects = AXES.map((axis) => {
    const options = columns.map(({ name }, i) =>
      element("option", { value: String(i) }, shortText(name, 60)),
    );
    const select = element("select", { "data-axis": axis }, ...options);
    select.addEventListener("change", () => {
      const other = AXES.find((one) => chosen[one] === Number(select.value));
      if (other !== undefined) chosen[other] = chosen[axis];
      chosen[axis] = Number(select.value);
      refresh();
      onChange();
    });
    return select;
  });
  const refresh = (): void => AXES.forEach((axis, i) => (selects[i]!.value = String(chosen[axis])));
  refresh();
  const labels = ["x ", "y ", "z (height) "].map((name, i) => element("label", {}, name, selects[i]!));
  return element("div.fb-choices", {}, ...labels);
}

/** Which columns z was computed from, of those along x and y; "" where of none. */
export function containedWords(columns: readonly ScoreColumn[], { x, y, z }: Chosen): string {
  const height = columns[z]!;
  const names = [x, y].map((place) => columns[place]!.name);
  const parts = names.filter((name) => name === height.name || height.contains.includes(name));
  const listed = [...new Set(parts)].map((name) => shortText(name, 40)).join(" and ");
  return parts.length === 0
    ? ""
    : `${shortText(height.name, 40)} contains ${listed}: part of what explains it is itself.`;
}

export type Scale = "ability" | "score";

/** Radio buttons of two explorers in one page must not be one group. */
let groups = 0;

/** Which of the two fits is wanted. */
export function scaleChoice(onChange: (wanted: Scale) => void, ...status: readonly Node[]): HTMLElement {
  groups += 1;
  const choices = [
    ["ability", "ability: scores are counts of right answers"],
    ["score", "score: scores are exact"],
  ] as const;
  const labels = choices.map(([scale, words], i) => {
    const radio = element("input", {
      type: "radio",
      name: `fb-scale-${groups}`,
      value: scale,
    });
    radio.checked = i === 0;
    radio.addEventListener("change", () => onChange(scale));
    return element("label", {}, radio, ` ${words}`);
  });
  return element("fieldset", {}, element("legend", {}, "Scale"), ...labels, ...status);
}

/** Two sliders that move the cross through the surface. */
export interface CrossSliders {
  readonly element: HTMLElement;
  /** To where it stands, between the ends of the points. */
  place(surface: Surface, names: { readonly x: string; readonly y: string }, cross: Cross): void;
}

export function crossSliders(onMove: (axis: "x" | "y", value: number) => void, reading: Node): CrossSliders {
  const sliders = (["x", "y"] as const).map((axis) => {
    const slider = element("input", { type: "range", step: "any", "data-cross": axis });
    slider.addEventListener("input", () => onMove(axis, Number(slider.value)));
    // Steps of any size leave the arrow keys to the browser, which then takes a single large one.
    slider.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      slider.value = String(Number(slider.value) + (by * (Number(slider.max) - Number(slider.min))) / 50);
      onMove(axis, Number(slider.value));
    });
    return { axis, slider, label: element("label", {}, "", slider) };
  });
  return {
    element: element("div.fb-cross", {}, ...sliders.map(({ label }) => label), reading),
    place({ points }, names, cross) {
      for (const { axis, slider, label } of sliders) {
        slider.min = String(Math.min(...points[axis]));
        slider.max = String(Math.max(...points[axis]));
        slider.disabled = slider.min === slider.max;
        slider.value = String(cross[axis]);
        slider.setAttribute("aria-valuetext", formatValue(cross[axis]));
        label.firstChild!.textContent = `Cross: ${shortText(names[axis], 40)} `;
      }
    },
  };
}
