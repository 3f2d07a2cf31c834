import { Budget, mostCostUsd, pricesOf } from "./budget.js";
import { modelListing, unknownId } from "./catalogue.js";
import type { Ledger } from "./ledger.js";
import { usd } from "./progressLine.js";

/** What is known before the first question is asked. */
export interface Prepared {
  readonly budget: Budget;
  /** Why a model is not asked, by its place in the plan. */
  readonly skipped: ReadonlyMap<number, string>;
}

/** Checks ids and prices with the provider's list of models, before any money is spent. */
export async function prepare(ledger: Ledger): Promise<Prepared> {
  const { plan, tally, options } = ledger;
  const listing = await modelListing(options.client, ledger.signal);
  const prices = pricesOf(listing);
  const skipped = new Map<number, string>();
  let estimateUsd: number | null = 0;
  for (const [model, spec] of plan.specs.entries()) {
    if (ledger.open(model).next().done === true) continue;
    const problem = listing === null ? null : unknownId(spec, listing);
    if (problem !== null) {
      skipped.set(model, problem);
      ledger.note(`${spec.alias}: ${problem}`);
      continue;
    }
    for (const cell of ledger.open(model)) {
      const most = mostCostUsd(cell, plan.maxTokens, prices);
      estimateUsd = most === null || estimateUsd === null ? null : estimateUsd + most;
      if (estimateUsd === null) break;
    }
  }
  tally.estimateUsd = estimateUsd;
  if (plan.budgetUsd !== null && estimateUsd !== null && estimateUsd > plan.budgetUsd)
    ledger.note(
      `The questions can cost up to ${usd(estimateUsd)}; the run stops before more than ${usd(plan.budgetUsd)} is spent.`,
    );
  return { budget: new Budget(plan.budgetUsd, prices, plan.maxTokens), skipped };
}
