import type { Row } from "../../shared/types.js";
import type { RunFacts } from "../runData.js";

/** What the page knows of its run. */
export interface RunData extends RunFacts {
  /** Every answer, in the run's order; none where the scores are from files alone. */
  readonly rows: readonly Row[];
  /** What was asked, each once. */
  readonly questions: readonly { readonly facet: string; readonly task: string; readonly prompt: string }[];
}

const read = new WeakMap<Element, Promise<RunData>>();

/** The run that the page shows last; null in a page without one. Unpacked once, however often it is asked for. */
export async function runData(): Promise<RunData | null> {
  const element = [...document.querySelectorAll(".fb-run")].at(-1);
  if (element === undefined) return null;
  const found = read.get(element) ?? unpack(element);
  read.set(element, found);
  return found;
}

/** The facts alone, at once. */
export function factsIn(element: Element): RunFacts {
  return JSON.parse(element.textContent) as RunFacts;
}

async function unpack(element: Element): Promise<RunData> {
  const packed = element.parentElement?.querySelector(".fb-rows")?.textContent ?? "";
  const rows = packed === "" ? [] : await unzipped(packed);
  const questions = new Map<string, RunData["questions"][number]>();
  for (const { facet, task, prompt } of rows)
    questions.set(JSON.stringify([facet, task]), { facet, task, prompt });
  return { ...factsIn(element), rows, questions: [...questions.values()] };
}

async function unzipped(base64: string): Promise<readonly Row[]> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as readonly Row[];
}
