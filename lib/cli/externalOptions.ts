import { UsageError } from "../shared/usageError.js";

/** What may be told about files of scores, whichever command reads them. */
export const EXTERNAL_FLAGS = {
  facet: { type: "string", multiple: true },
  scale: { type: "string", multiple: true },
  "same-model": { type: "string", multiple: true },
} as const;

/**
 * Those flags as `loadExternalEvals` takes them.
 *
 * @throws UsageError naming the value that cannot be taken.
 */
export function externalOptions({
  facet = [],
  scale = [],
  "same-model": same = [],
}: { readonly [flag in keyof typeof EXTERNAL_FLAGS]?: readonly string[] }): {
  readonly facetOf: Readonly<Record<string, string | null>>;
  readonly sameModel: Readonly<Record<string, string>>;
  readonly scaleOf: Readonly<Record<string, number>>;
} {
  const aliases = pairs("--same-model A=B", same);
  const nameless = aliases.find(([, to]) => to === "");
  if (nameless !== undefined)
    throw new UsageError(`--same-model A=B wants a name for ${nameless[0]}; got none.`);
  const scales = pairs("--scale FACET=NUMBER", scale);
  const odd = scales.find(([, to]) => !(Number(to) > 0 && Number(to) < Infinity));
  if (odd !== undefined)
    throw new UsageError(`--scale wants a number above 0 for ${odd[0]}; got "${odd[1]}".`);
  const facets = pairs("--facet TASK=FACET", facet);
  return {
    facetOf: Object.fromEntries(facets.map(([task, to]) => [task, to === "" ? null : to])),
    sameModel: Object.fromEntries(aliases),
    scaleOf: Object.fromEntries(scales.map(([of, to]) => [of, Number(to)])),
  };
}

/** "a=b" as a and b, split at the last "=": tasks of HELM have some in their names. */
function pairs(option: string, given: readonly string[]): readonly (readonly [string, string])[] {
  return given.map((text) => {
    const at = text.lastIndexOf("=");
    if (at < 1) throw new UsageError(`${option} wants two names and "=" between them; got "${text}".`);
    return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  });
}
