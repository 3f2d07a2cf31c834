import { existsSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { loadExternalEvals, NO_FACET } from "../external/index.js";
import type { Terminal } from "../notebook/types.js";
import { surfaceDrawing } from "../plot/index.js";
import { withNames, type AxisNames } from "../report/index.js";
import { escapeTerminal, shortText } from "../shared/escape.js";
import { shownValue } from "../shared/json.js";
import { nearestName } from "../shared/nearestName.js";
import { listed } from "../shared/text.js";
import { UsageError } from "../shared/usageError.js";
import { compareLaws, fitSurface, fitSurfaceAside } from "../spline/index.js";
import type { Surface } from "../spline/types.js";
import { combineScores, facetMeans, pointsOf, wideTable } from "../table/index.js";
import { EXTERNAL_FLAGS, externalOptions } from "./externalOptions.js";
import { readArgs } from "./readArgs.js";
import { writePage } from "./writePage.js";

const FLAGS = {
  x: { type: "string" },
  y: { type: "string" },
  z: { type: "string" },
  output: { type: "string", short: "o", default: "surface.html" },
  "scale-only": { type: "boolean", default: false },
  ...EXTERNAL_FLAGS,
} as const;
/** Facets named in a message; the others are counted. */
const MOST_NAMED = 12;

/**
 * `facet-bench fit FILE... --x A --y B --z C`: what the surface of three facets says, the law that the models follow,
 * and both as one page. The answer on the scale of scores comes at once; where the files tell how many questions
 * stand behind them, the one over abilities follows.
 *
 * @returns Exit code 0.
 * @throws UsageError naming a file, a facet or an option that cannot be taken, and what would do.
 */
export async function fit(args: readonly string[], base: string, terminal: Terminal): Promise<number> {
  const { values, positionals } = readArgs(args, FLAGS);
  if (positionals.length === 0)
    throw new UsageError(
      "fit wants files of scores; got none. Type: facet-bench fit scores.csv --x A --y B --z C",
    );
  const files = positionals.map((path) => resolve(base, path));
  const missing = files.find((file) => !/[*?[{]/.test(file) && !existsSync(file));
  if (missing !== undefined) throw new UsageError(`fit: there is no file or folder ${missing}.`);
  const say = (text: string): void => terminal.say(escapeTerminal(text));
  const told = externalOptions(values);
  // An axis may be a task or a column that is no facet otherwise.
  const wanted = [values.x, values.y, values.z].filter((name) => name !== undefined);
  const facetOf = { ...Object.fromEntries(wanted.map((name) => [name, name])), ...told.facetOf };
  const evals = await loadExternalEvals(files, { ...told, facetOf });
  const page = resolve(base, values.output);
  if ([...files, ...evals.files.map(({ file }) => resolve(base, file))].includes(page))
    throw new UsageError(`fit: the page would overwrite the scores in ${page}; name another with -o FILE.`);
  const unnamed = evals.skipped.filter(({ why }) => why === NO_FACET);
  const names = [...evals.rows.map(({ facet }) => facet), ...unnamed.map(({ what }) => what)];
  const left = evals.skipped.find(({ what }) => wanted.includes(what) && !names.includes(what));
  if (left !== undefined) throw new UsageError(`fit: ${left.what} is not taken: ${left.why}.`);
  for (const { file, notes } of evals.files) for (const note of notes) say(`${basename(file)}: ${note}`);
  for (const note of evals.notes) say(note);
  const axes = axesOf(values, [...new Set(names)], positionals);
  const { rows, note } = combineScores([], evals.rows, evals.notes);
  if (note !== null) say(note);
  const why: string[] = [];
  const points = pointsOf(wideTable(facetMeans(rows)), axes.x, axes.y, axes.z, (line) => why.push(line));
  if (points === null) throw new UsageError(`fit: ${why.join(" ")}`);
  why.forEach(say);

  let surface = fitSurface(points, { scale: "score" });
  const laws = compareLaws(points);
  tell(surface, axes, say);
  say(`Law: ${withNames(laws.verdict, axes)}`);
  if (Object.keys(points.items ?? {}).length === 3 && !values["scale-only"]) {
    const onProgress = (share: number): void =>
      terminal.status(`Sampling the abilities behind the scores: ${Math.round(100 * share)} %`);
    surface = await fitSurfaceAside(points, { onProgress });
    terminal.clear();
    if (surface.scale === "ability") {
      say("Over the abilities behind the scores, whose noise the above takes no account of:");
      tell(surface, axes, say);
    }
  }
  await writePage(page, axes, surface, laws, evals);
  const here = relative(base, page);
  say(`Page: ${here.startsWith("..") ? page : here}`);
  return 0;
}

/** Title and caption, as the figure has them. */
function tell(surface: Surface, axes: AxisNames, say: (text: string) => void): void {
  const { title, caption } = surfaceDrawing(surface, axes).words;
  title.forEach(say);
  say(caption);
}

function axesOf(
  values: { readonly [axis in keyof AxisNames]?: string | undefined },
  facets: readonly string[],
  files: readonly string[],
): AxisNames {
  const known = `${listed(files, 3)} ${files.length === 1 ? "has" : "have"} ${named(facets)}`;
  if (facets.length < 3)
    throw new UsageError(
      `fit wants three facets for --x, --y and --z; ${known}. Add files that have the others.`,
    );
  const take = (axis: keyof AxisNames): string => {
    const name = values[axis];
    if (name === undefined) throw new UsageError(`fit wants a facet for --${axis}; got none. ${known}.`);
    if (facets.includes(name)) return name;
    const nearest = nearestName(name, facets) ?? "";
    throw new UsageError(
      `fit: --${axis} ${shownValue(name)} is no facet or task there; did you mean ${shownValue(nearest)}? ${known}.`,
    );
  };
  const axes = { x: take("x"), y: take("y"), z: take("z") };
  if (new Set(Object.values(axes)).size === 3) return axes;
  throw new UsageError(`fit wants three different facets; got ${Object.values(axes).join(", ")}.`);
}

function named(facets: readonly string[]): string {
  const short = facets.map((facet) => shortText(facet, 40));
  if (short.length === 0) return "no scores";
  return `the facet${short.length === 1 ? "" : "s"} ${listed(short, MOST_NAMED)}`;
}
