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
}: { readonly [flag in keyof typeof EXTERNAL_FLAGS]?: readonly string[] }) {
  const aliases = pairs("--same-model A=B", same);
  for (const [model, to] of aliases)
    if (to === "") throw new UsageError(`--same-model A=B wants a name for ${model}; got none.`);
  const scales = pairs("--scale FACET=NUMBER", scale);
  for (const [of, to] of scales)
    if (!(Number(to) > 0 && Number(to) < Infinity))
      throw new UsageError(`--scale wants a number above 0 for ${of}; got "${to}".`);
  return {
    facetOf: Object.fromEntries(pairs("--facet TASK=FACET", facet).map(([task, to]) => [task, to || null])),
    sameModel: Object.fromEntries(aliases),
    scaleOf: Object.fromEntries(scales.map(([of, to]) => [of, Number(to)])),
  };
}

/** "a=b" as a and b, split at the last "=": tasks of HELM have some in their names. */
function pairs(option: string, given: readonly string[]): readonly (readonly [string, string])[] {
  const found = given.map((text) => {
    const [name = "", value = ""] = (/^(.*)=(.*)$/s.exec(text) ?? []).slice(1).map((part) => part.trim());
    if (name !== "") return [name, value] as const;
    throw new UsageError(`${option} wants two names and "=" between them; got "${text}".`);
  });
  const twice = found.find(([name], i) => found.findIndex(([other]) => other === name) < i);
  if (twice !== undefined) throw new UsageError(`${option} is given twice for ${twice[0]}.`);
  return found;
}
