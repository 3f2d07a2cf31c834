import type { ReportedScore } from "../readers/fileReport.js";
import type { ExternalOptions } from "../types.js";

/**
 * The default map from tasks to facets. A task belongs to a facet when one of these stands in its name as whole words:
 * "leaderboard_gpqa_diamond" holds "gpqa", "pubmedqa" does not. Words end at anything that is neither letter nor digit,
 * where digits meet letters, and where a capital follows a small letter: "MATH-500", "math500" and "tinyMath" hold "math".
 */
export const DEFAULT_FACETS: Readonly<Record<string, readonly string[]>> = {
  instruction: list("ifeval ifbench"),
  reasoning: list(
    "gsm gsm8k gsm_plus gsm_symbolic mgsm math aime bbh big_bench_hard bigbench_hard gpqa arc musr",
  ),
  coding: list("humaneval human_eval mbpp bigcodebench big_code_bench livecodebench live_code_bench"),
  tool_use: list(
    "bfcl tau_bench taubench tau2 swe_bench swebench swe_lancer terminal_bench gaia toolbench toolsandbox webarena " +
      "osworld appworld agentbench",
  ),
};

/** Other names that tables give to this project's facets. */
export const FACET_SYNONYMS: Readonly<Record<string, string>> = {
  instruction_following: "instruction",
  instructions: "instruction",
  code: "coding",
  agentic: "tool_use",
  agentic_coding: "tool_use",
  agentic_tool_use: "tool_use",
  tooluse: "tool_use",
  tools: "tool_use",
  function_calling: "tool_use",
};

/** What a facet is chosen by. */
export type TaskResult = Pick<ReportedScore, "task" | "metric" | "isFacet" | "groups">;

/** The facet of a task or, with `why`, the reason that it has none. */
export type FacetChoice = { readonly facet: string } | { readonly facet: null; readonly why: string };

/** Asks the reader's `facetOf` first, then the default map; never guesses. Each task is asked about once. */
export function facetChooser(facetOf: ExternalOptions["facetOf"]): (result: TaskResult) => FacetChoice {
  const chosen = new Map<string, FacetChoice>();
  return (result) => {
    const key = [result.task, result.metric, result.isFacet, ...(result.groups ?? [])].join("\0");
    let choice = chosen.get(key);
    if (choice === undefined) chosen.set(key, (choice = choose(facetOf, result)));
    return choice;
  };
}

function choose(
  facetOf: ExternalOptions["facetOf"],
  { task, metric, isFacet, groups = [] }: TaskResult,
): FacetChoice {
  const names = [task, ...groups];
  const own =
    typeof facetOf === "function"
      ? firstKnown(names.map((name) => facetOf(name, metric)))
      : names.map((name) => lookUp(facetOf, name)).find((facet) => facet !== undefined);
  if (typeof own === "string" && own !== "") return { facet: own };
  // A function's null says that it knows no facet; a facet that the file itself names then stands.
  const isLeftOut = own !== undefined && !(isFacet && typeof facetOf === "function");
  if (isLeftOut) return { facet: null, why: "left out by facetOf" };
  return isFacet ? { facet: knownFacet(task) } : defaultFacet(task);
}

/** The first facet among a function's answers; without one, its answer for the task itself. */
function firstKnown(answers: readonly (string | null | undefined)[]): string | null | undefined {
  return answers.find((answer) => typeof answer === "string") ?? answers[0];
}

/** The facet under this project's name for it, or under its own. */
function knownFacet(name: string): string {
  const key = words(name);
  if (Object.hasOwn(DEFAULT_FACETS, key)) return key;
  return lookUp(FACET_SYNONYMS, key) ?? name;
}

function defaultFacet(task: string): FacetChoice {
  const name = `_${words(task)}_ _${words(task.replace(/(\p{Ll})(?=\p{Lu})/gu, "$1_"))}_`;
  const facets = Object.entries(DEFAULT_FACETS).filter(([, keys]) =>
    keys.some((key) => name.includes(`_${words(key)}_`)),
  );
  const [first, second] = facets;
  if (Object.hasOwn(DEFAULT_FACETS, words(task))) return { facet: words(task) };
  if (first === undefined)
    return { facet: null, why: "no facet is known for this task; name one with facetOf" };
  if (second !== undefined)
    return { facet: null, why: `both ${first[0]} and ${second[0]} fit; name one with facetOf` };
  return { facet: first[0] };
}

/** A name as its words, in lower case, joined by "_". */
function words(name: string): string {
  return name
    .toLowerCase()
    .replace(/(\p{N})(?=\p{L})|(\p{L})(?=\p{N})/gu, "$1$2_")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join("_");
}

function list(names: string): readonly string[] {
  return names.split(" ");
}

/** Own properties only: a task may be called "constructor". */
function lookUp<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
