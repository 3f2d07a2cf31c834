import type { ModelListing } from "./types.js";
import { at, numberOf, wordOf } from "./json.js";

/**
 * The models in the body of GET /models. A server of one's own names ids only: the rest is then null.
 *
 * @throws Error when the body is no list of models.
 */
export function readListing(text: string): readonly ModelListing[] {
  const data = at(parsed(text), "data");
  if (!Array.isArray(data)) throw new Error("the server sent no list of models.");
  return data.flatMap((entry: unknown) => {
    const id = wordOf(at(entry, "id"));
    if (id === null) return [];
    const canonicalId = wordOf(at(entry, "canonical_slug")) ?? id;
    return [
      {
        id,
        ...(canonicalId === id ? {} : { canonicalId }),
        name: wordOf(at(entry, "name")) ?? id,
        promptUsd: price(at(entry, "pricing", "prompt")),
        completionUsd: price(at(entry, "pricing", "completion")),
        contextTokens: numberOf(at(entry, "context_length")),
      },
    ];
  });
}

/** The account's credits in the body of GET /credits. */
export function readCredits(text: string): {
  readonly totalUsd: number | null;
  readonly usedUsd: number | null;
} {
  const data = at(parsed(text), "data");
  return { totalUsd: numberOf(at(data, "total_credits")), usedUsd: numberOf(at(data, "total_usage")) };
}

/** A router's price is "-1": it depends on the model chosen, so it is not known. */
function price(value: unknown): number | null {
  const usd = numberOf(value);
  return usd === null || usd < 0 ? null : usd;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.trim());
  } catch {
    throw new Error("the server sent no JSON.");
  }
}
