import type { ModelListing } from "../client/types.js";
import { nearestNames } from "../shared/nearestName.js";
import { listed } from "../shared/text.js";
import type { ModelSpec } from "../tasks/types.js";
import { Budget, costOf, pricesOf } from "./budget.js";
import { usd } from "./progressBar.js";
import type { RunState } from "./runState.js";

/** A server that takes longer to list its models is asked without a list. */
const LONGEST_WAIT_MS = 5000;

/**
 * Says why a model cannot be asked, naming the nearest ids; null when nothing speaks against it.
 *
 * @param isAlone No other model is asked: a lone one without a price is a local server's, and those answer under any
 *   name. Several names there would be one model.
 */
function unknownId({ id }: ModelSpec, listing: readonly ModelListing[], isAlone: boolean): string | null {
  const isLocal = listing.every((model) => model.promptUsd === null);
  if (listing.length === 0 || (listing.length === 1 && isLocal && isAlone)) return null;
  if (listing.some((model) => isSameModel(model, id))) return null;
  const ids = listing.map((model) => model.id);
  const near = nearestNames(id, ids);
  const advice =
    near.length > 0 ? `The nearest ids are ${near.join(", ")}.` : `Its ids are ${listed(ids, MOST_IDS)}.`;
  return `the provider lists no model "${id}". ${advice}`;
}

/** Ids named where none is near. */
const MOST_IDS = 5;

/**
 * Ids may carry a variant that the list does not name, such as `:nitro`, and presets stand in no list. In doubt an id is
 * asked: a wrong one costs nothing. Only `:free` is a model of its own.
 */
function isSameModel({ id: known, canonicalId }: ModelListing, id: string): boolean {
  const plain = /^(.+):(?!free$)[^/:]+$/.exec(id)?.[1] ?? id;
  const isNamed = [id, plain].some((one) => one === known || one === canonicalId);
  return isNamed || id.startsWith("@preset/") || known === `${id}:latest`;
}

/**
 * Checks ids and prices with the provider's list of models, before any money is spent.
 *
 * @returns The budget, and why a model is not asked.
 */
export async function prepare(
  state: RunState,
): Promise<{ readonly budget: Budget; readonly skipped: Map<ModelSpec, string> }> {
  const { plan, options } = state;
  const signal = AbortSignal.any([state.signal, AbortSignal.timeout(LONGEST_WAIT_MS)]);
  // Many servers of one's own have no such page.
  const listing = await options.client.listModels({ signal }).catch(() => null);
  const isFree =
    options.client.isLocal === true && listing?.every((model) => model.promptUsd === null) === true;
  const prices = pricesOf(listing, isFree);
  const skipped = new Map<ModelSpec, string>();
  const isAlone = new Set(plan.specs.map(({ id }) => id)).size === 1;
  for (const spec of plan.specs) {
    const isDone = state.open([spec]).next().done === true;
    const problem = listing === null || isDone ? null : unknownId(spec, listing, isAlone);
    if (problem === null) continue;
    skipped.set(spec, problem);
    state.notes.push(`${spec.alias}: ${problem}`);
  }
  const known = plan.specs.filter((spec) => !skipped.has(spec));
  const likelyUsd = costOf(plan, state.open(known), prices, "likely");
  const estimateUsd = costOf(plan, state.open(known), prices, "most");
  Object.assign(state.progress, { likelyUsd, estimateUsd });
  state.tellProgress();
  if (plan.budgetUsd !== null && estimateUsd !== null && estimateUsd > plan.budgetUsd)
    state.notes.push(
      `The questions are likely to cost ${usd(likelyUsd ?? 0)} and can cost up to ${usd(estimateUsd)}; the run stops before more than ${usd(plan.budgetUsd)} is spent.`,
    );
  return { budget: new Budget(plan, prices), skipped };
}
