import type { ModelListing } from "../client/types.js";
import { nearestNames } from "../shared/nearestName.js";
import type { ModelSpec } from "../tasks/types.js";
import { Budget, mostCostUsd, pricesOf } from "./budget.js";
import { usd } from "./progressBar.js";
import type { RunState } from "./runState.js";

/** A server that takes longer to list its models is asked without a list. */
const LONGEST_WAIT_MS = 5000;

/** Says why a model cannot be asked, naming the nearest ids; null when nothing speaks against it. */
function unknownId({ id }: ModelSpec, listing: readonly ModelListing[]): string | null {
  if (!isTrusted(listing) || listing.some((model) => isSameModel(model, id))) return null;
  const ids = listing.map((model) => model.id);
  const near = nearestNames(id, ids);
  const advice = near.length > 0 ? `The nearest ids are ${near.join(", ")}.` : "See openrouter.ai/models.";
  return `the provider lists no model "${id}". ${advice}`;
}

/** A lone model without a price is a local server's, and those answer under any name. */
function isTrusted(listing: readonly ModelListing[]): boolean {
  return listing.length > 1 || listing.some((model) => model.promptUsd !== null);
}

/**
 * Ids may carry a variant that the list does not name, such as `:nitro`, and presets stand in no list. In doubt an id is
 * asked: a wrong one costs nothing. Only `:free` is a model of its own.
 */
function isSameModel({ id: listed, canonicalId }: ModelListing, id: string): boolean {
  if (listed === id || canonicalId === id || id.startsWith("@preset/") || listed === `${id}:latest`)
    return true;
  const plain = /^(.+):(?!free$)[^/:]+$/.exec(id)?.[1];
  return plain !== undefined && (listed === plain || canonicalId === plain);
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
  const prices = pricesOf(listing);
  const skipped = new Map<ModelSpec, string>();
  let estimateUsd: number | null = 0;
  for (const spec of plan.specs) {
    if (state.open(spec).next().done === true) continue;
    const problem = listing === null ? null : unknownId(spec, listing);
    if (problem !== null) {
      skipped.set(spec, problem);
      state.notes.push(`${spec.alias}: ${problem}`);
      continue;
    }
    for (const question of state.open(spec)) {
      const most = mostCostUsd(question, plan.maxTokens, prices);
      estimateUsd = most === null || estimateUsd === null ? null : estimateUsd + most;
      if (estimateUsd === null) break;
    }
  }
  state.progress.estimateUsd = estimateUsd;
  if (plan.budgetUsd !== null && estimateUsd !== null && estimateUsd > plan.budgetUsd)
    state.notes.push(
      `The questions can cost up to ${usd(estimateUsd)}; the run stops before more than ${usd(plan.budgetUsd)} is spent.`,
    );
  return { budget: new Budget(plan.budgetUsd, prices, plan.maxTokens), skipped };
}
