import { visibleText } from "../../../shared/escape.js";

/**
 * What a reader points at and chooses, told to all that shows it. A model goes by its name as `visibleText` writes it:
 * so elements have it in `data-model`, and Plotly's points in `customdata`, a list of names each (several models may
 * stand on one place).
 */
type Listener<T> = (what: T) => void;
type Models = readonly string[];

const pointListeners: Listener<Models>[] = [];
const chooseListeners: Listener<string>[] = [];
let pointed: Models = [];

/** The reader points at this model, at these, or at none any more. */
export function point(models: string | Models | null): void {
  const names = [models ?? []].flat().map(visibleText);
  if (names.join("\n") === pointed.join("\n")) return;
  pointed = names;
  for (const listener of pointListeners) listener(names);
}

/** The reader wants to see this model's card. */
export function choose(model: string): void {
  for (const listener of chooseListeners) listener(visibleText(model));
}

/** Called with the models that are pointed at whenever they change; empty: none. */
export function onPoint(listener: Listener<Models>): void {
  pointListeners.push(listener);
}

export function onChoose(listener: Listener<string>): void {
  chooseListeners.push(listener);
}

/** The models that are pointed at now. */
export function pointedAt(): Models {
  return pointed;
}

/** The names on one of Plotly's points; null where it stands for no model. */
export function modelsOf(trace: { readonly customdata?: unknown }, index: unknown): Models | null {
  const names: unknown = (trace.customdata as readonly unknown[] | undefined)?.[index as number];
  return Array.isArray(names) && typeof names[0] === "string" ? (names as string[]) : null;
}
