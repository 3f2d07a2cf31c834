import { valueAt } from "../../shared/json.js";
import type { ReportedScore } from "../readers/fileReport.js";
import type { ExternalOptions } from "../types.js";

/**
 * The default map from tasks to facets. A task belongs to a facet when one of these stands in its name as whole words:
 * "leaderboard_gpqa_diamond" holds "gpqa", "pubmedqa" does not. Words end at anything that is neither letter nor digit,
 * where digits meet letters, before a version, and where a capital follows a small letter or begins a word: "MATH-500",
 * "math500", "tinyMath" and "MATHv2" hold "math", "GPQADiamond" holds "gpqa".
 */
export const DEFAULT_FACETS: Readonly<Record<string, readonly string[]>> = {
  instruction: "ifeval ifbench".split(" "),
  reasoning: (
    "gsm gsm8k gsm_plus gsm_symbolic mgsm math aime amc hmmt jee_bench jeebench olympiad_bench olympiadbench bbh " +
    "big_bench_hard bigbench_hard gpqa arc musr hle"
  ).split(" "),
  coding: (
    "humaneval human_eval mbpp bigcodebench big_code_bench livecodebench live_code_bench crux_eval cruxeval code_elo " +
    "codeelo code_forces codeforces scicode"
  ).split(" "),
  tool_use: (
    "bfcl tau_bench taubench tau2 swe_bench swebench swe_lancer terminal_bench terminalbench gaia toolbench toolsandbox webarena " +
    "osworld appworld agentbench"
  ).split(" "),
};

/** Other names that tables give to this project's facets. */
const FACET_SYNONYMS: Readonly<Record<string, string>> = {
  instruction_following: "instruction",
  instructions: "instruction",
  code: "coding",
  agentic: "tool_use",
  agentic_coding: "tool_use",
  agentic_tool_use: "tool_use",
  tooluse: "tool_use",
  tools: "tool_use",
  if: "instruction",
  function_calling: "tool_use",
};

/** Why a task of no known facet is left out. */
export const NO_FACET = "no facet is known for this task; name one with facetOf";

/** The names of the default map as `words` writes them, each with its facet. */
const KNOWN = Object.entries(DEFAULT_FACETS).map(
  ([facet, names]) => [facet, names.map((name) => `_${words(name)}_`)] as const,
);

/** What a facet is chosen by. */
export type TaskResult = Pick<ReportedScore, "task" | "metric" | "isFacet" | "groups">;

/** The facet of a task or, with `why`, the reason that it has none. */
export type FacetChoice = { readonly facet: string } | { readonly why: string };

/** Asks the reader's `facetOf` first, then the default map; never guesses. Each task is asked about once. */
export function facetChooser(facetOf: ExternalOptions["facetOf"]): (result: TaskResult) => FacetChoice {
  const chosen = new Map<string, FacetChoice>();
  return (result) => {
    const { task, metric, isFacet = false, groups = [] } = result;
    const key = [task, metric, isFacet, ...groups].join("\0");
    const choice = chosen.get(key) ?? choose(facetOf, result);
    chosen.set(key, choice);
    return choice;
  };
}

function choose(
  facetOf: ExternalOptions["facetOf"],
  { task, metric, isFacet, groups = [] }: TaskResult,
): FacetChoice {
  const names = [task, ...groups];
  const isFunction = typeof facetOf === "function";
  const said = names.map((name) => (isFunction ? facetOf(name, metric) : valueAt(facetOf, name)));
  const own = isFunction
    ? (said.find((facet) => typeof facet === "string") ?? said[0])
    : said.find((facet) => facet !== undefined);
  if (typeof own === "string" && own !== "") return { facet: own };
  // A function's null says that it knows no facet; a facet that the file itself names then stands.
  const isLeftOut = own !== undefined && !(isFacet && isFunction);
  if (isLeftOut) return { why: "left out by facetOf" };
  return isFacet ? { facet: facetNamed(task) ?? task } : defaultFacet(task);
}

/** This project's facet of that name or of a synonym, in any spelling; null for another name. */
export function facetNamed(name: string): string | null {
  const key = words(name);
  const known = Object.hasOwn(DEFAULT_FACETS, key) ? key : valueAt(FACET_SYNONYMS, key);
  return typeof known === "string" ? known : null;
}

/** The facet that the default map gives a task. */
export function defaultFacet(task: string): FacetChoice {
  const named = facetNamed(task);
  if (named !== null) return { facet: named };
  const name = `_${words(task)}_ _${words(task.replace(/(\p{Ll})(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, "$1$2_"))}_`;
  const facets = KNOWN.filter(([, keys]) => keys.some((key) => name.includes(key)));
  const [first, second] = facets;
  if (first === undefined) return { why: NO_FACET };
  if (second !== undefined) return { why: `both ${first[0]} and ${second[0]} fit; name one with facetOf` };
  return { facet: first[0] };
}

/** A name as its words, in lower case, joined by "_". */
export function words(name: string): string {
  return name
    .toLowerCase()
    .replace(/(?=v\d)/g, "_")
    .replace(/(\p{N})(?=\p{L})|(\p{L})(?=\p{N})/gu, "$1$2_")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join("_");
}
