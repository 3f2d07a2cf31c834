import { setTimeout } from "node:timers/promises";
import type { ChatClient, ModelListing, ModelSpec } from "../types.js";
import { nearestIds } from "./nearestIds.js";

/** A server that takes longer to list its models is asked without a list. */
const LONGEST_WAIT_MS = 5000;

/** The provider's list of models, or null where there is none: many servers of one's own have no such page. */
export async function modelListing(
  client: ChatClient,
  signal: AbortSignal,
): Promise<readonly ModelListing[] | null> {
  const answered = new AbortController();
  const late = setTimeout(LONGEST_WAIT_MS, null, { signal: AbortSignal.any([signal, answered.signal]) });
  try {
    return await Promise.race([client.listModels(), late]);
  } catch {
    return null;
  } finally {
    answered.abort();
    await late.catch(() => undefined);
  }
}

/** Says why a model cannot be asked, naming the nearest ids; null when nothing speaks against it. */
export function unknownId({ id }: ModelSpec, listing: readonly ModelListing[]): string | null {
  if (!isTrusted(listing) || listing.some((model) => isSameModel(model.id, id))) return null;
  const near = nearestIds(
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

/** Ids may carry a variant that the list does not name, such as `:nitro`; routers and presets stand in no list. */
function isSameModel(listed: string, id: string): boolean {
  return (
    listed === id ||
    id.startsWith("@preset/") ||
    /^(.+):(nitro|floor|online|exacto|latest)$/.exec(id)?.[1] === listed ||
    `${id}:latest` === listed
  );
}
