// oxlint-disable unicorn/require-post-message-target-origin -- a worker's port has no origin
import { compareLaws, drawsFor, fitSurface, surfaceFrom } from "../../../spline/index.js";
import type { Draws } from "../../../spline/index.js";
import type { InteractionTest, Points, Surface } from "../../../spline/types.js";

/** What is known of one choice of points so far. */
export interface Fits {
  /** Scores taken as exact: there at once. Its interaction is tested later, which takes up to a second. */
  readonly score: Surface;
  /** What `fitSurface(points)` gives; null until it is there. */
  readonly ability: Surface | null;
  /** Which law the points follow, in words; "" until it is known. */
  readonly laws: string;
  /** Share of the sampling that is done; 1 when nothing is to come. */
  readonly progress: number;
}

/** What the worker says, in this order. */
interface Told {
  readonly test?: InteractionTest;
  readonly laws?: string;
  readonly progress?: number;
  readonly draws?: Draws | null;
}

/** This very script: the worker runs it again. Read while it runs, and not known later. */
const CODE = typeof document === "undefined" ? "" : (document.currentScript?.textContent ?? "");
let address: string | undefined;

/** In a worker, where there is no page: one fit, for whoever started it. */
export function answerFit(): void {
  const worker = globalThis as unknown as Worker;
  worker.addEventListener("message", ({ data: points }: MessageEvent<Points>) => {
    worker.postMessage({ test: fitSurface(points, { scale: "score" }).interaction } satisfies Told);
    worker.postMessage({ laws: verdictOf(points) } satisfies Told);
    const draws = drawsFor(points, (progress) => worker.postMessage({ progress } satisfies Told));
    worker.postMessage({ draws, test: surfaceFrom(draws, points).interaction } satisfies Told);
  });
}

function verdictOf(points: Points): string {
  try {
    return compareLaws(points).verdict;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Stands for a test until its result is there. */
export const PENDING: InteractionTest = {
  testable: false,
  p: null,
  shares: null,
  note: "Whether the two interact is being tested: p = … follows.",
};

/** The surface with a test's result from elsewhere. */
function withTest(surface: Surface, interaction: InteractionTest): Surface {
  return Object.create(surface, { interaction: { value: interaction, enumerable: true } }) as Surface;
}

/**
 * Fits the points on both scales, by the library's own code: the scores at once; their abilities, the interaction and
 * the laws in a worker, so that the page goes on answering.
 *
 * @param onNews Told at once, and whenever more is known, until the signal aborts.
 */
export function fitBoth(points: Points, signal: AbortSignal, onNews: (fits: Fits) => void): void {
  const score = fitSurface(points, { scale: "score" });
  let fits: Fits = { score: withTest(score, PENDING), ability: null, laws: "", progress: 0 };
  const tell = (news: Partial<Fits>): void => {
    fits = { ...fits, ...news };
    if (!signal.aborted) onNews(fits);
  };
  const giveUp = (why: unknown): void => {
    console.warn("facet-bench: without a worker only scores taken as exact are fitted.", why);
    tell({ score, progress: 1 });
  };
  tell({});
  try {
    if (CODE === "") throw new Error("The page's script is not to be found.");
    address ??= URL.createObjectURL(new Blob([CODE], { type: "text/javascript" }));
    const worker = new Worker(address);
    signal.addEventListener("abort", () => worker.terminate());
    worker.addEventListener("error", ({ message }) => giveUp(message));
    worker.addEventListener("message", ({ data }: MessageEvent<Told>) => {
      const { test, laws, progress, draws } = data;
      if (draws !== undefined) {
        worker.terminate();
        const ability = surfaceFrom(draws, points);
        tell({ ability: test === undefined ? ability : withTest(ability, test), progress: 1 });
      } else if (test !== undefined) tell({ score: withTest(score, test) });
      else tell({ ...(laws === undefined ? {} : { laws }), ...(progress === undefined ? {} : { progress }) });
    });
    worker.postMessage(points);
  } catch (error) {
    giveUp(error);
  }
}
