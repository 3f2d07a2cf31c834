import { setTimeout } from "node:timers/promises";
import type { ChatClient, ModelListing } from "../client/types.js";
import { nearestNames } from "../shared/nearestName.js";
import type { ModelSpec } from "../tasks/types.js";
import { Budget, mostCostUsd, pricesOf } from "./budget.js";
import { usd } from "./progressBar.js";
import type { RunState } from "./runState.js";

/** A server that takes longer to list its models is asked without a list. */
const LONGEST_WAIT_MS = 5000;

/** The provider's list of models, or null where there is none: many servers of one's own have no such page. */
async function modelListing(
  client: ChatClient,
  signal: AbortSignal,
): Promise<readonly ModelListing[] | null> {
  const over = new AbortController();
  const ending = AbortSignal.any([signal, over.signal]);
  const late = setTimeout(LONGEST_WAIT_MS, null, { signal: ending });
  try {
    return await Promise.race([client.listModels({ signal: ending }), late]);
  } catch {
    return null;
  } finally {
    // Neither the timer nor a request that nobody waits for any more may keep the process alive.
    over.abort();
    await late.catch(() => undefined);
  }
}

/** Says why a model cannot be asked, naming the nearest ids; null when nothing speaks against it. */
function unknownId({ id }: ModelSpec, listing: readonly ModelListing[]): string | null {
  if (!isTrusted(listing) || listing.some((model) => isSameModel(model, id))) return null;
  const near = nearestNames(
    id,
    listing.map((model) => model.id),
  );
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

/** What is known before the first question is asked. */
export interface Prepared {
  readonly budget: Budget;
  /** Why a model is not asked. */
  readonly skipped: Map<ModelSpec, string>;
}

/** Checks ids and prices with the provider's list of models, before any money is spent. */
export async function prepare(state: RunState): Promise<Prepared> {
  const { plan, options } = state;
  const listing = await modelListing(options.client, state.signal);
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
  state.estimateUsd = estimateUsd;
  if (plan.budgetUsd !== null && estimateUsd !== null && estimateUsd > plan.budgetUsd)
    state.notes.push(
      `The questions can cost up to ${usd(estimateUsd)}; the run stops before more than ${usd(plan.budgetUsd)} is spent.`,
    );
  return { budget: new Budget(plan.budgetUsd, prices, plan.maxTokens), skipped };
}
