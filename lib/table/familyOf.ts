/** Words of a model's name that tell one variant of a family from another: size, effort, tuning, number format. */
const VARIANT = new RegExp(
  `^(?:${[
    "[a-z]?\\d+(?:x\\d+)?[bmk]", // sizes and thinking budgets: 8b, a3b, 8x7b, 64k
    "\\d{4,8}", // dates: 0613, 20250805
    "q\\d|k|s|l|fp\\d+|bf16|int\\d+|\\d+bit|bit|awq|gptq|gguf|exl2|mlx", // quantisations
    "x?high|low|medium|minimal|none|max|effort|adaptive|auto|(?:no|high)?thinking|think|(?:non)?reasoning|non",
    "nano|micro|tiny|mini|small|large|lite|fast|flash|turbo|plus|pro|ultra|haiku|sonnet|opus|instant|air",
    "base|instruct|chat|it|preview|exp|experimental|beta|latest|hf|vl|vision|omni|codex|coder?|text",
  ].join("|")})$`,
);

/** What promptfoo and others put before a model's name: "openai:chat:gpt-4o", and Meta before its Llama. */
const BEFORE =
  /^.*\/|^(?:openai|azure|anthropic|google|vertex|bedrock|ollama|openrouter|groq|xai|huggingface)(?::(?:chat|messages|completions?|responses|text-generation))?:|^meta[-_ ](?=llama)/;

/**
 * The family that a model's name tells: maker's line and version, without what tells variants apart (sizes, reasoning
 * efforts, quantisations, dates, tunings). "anthropic/claude-opus-4-5-20251101-high" and "claude-haiku-4.5" are
 * "claude 4.5"; "gpt-5.1-codex-mini" is "gpt 5.1"; "gpt-oss-120b" is "gpt oss".
 *
 * A rule of thumb: names that mislead it are given by hand (`pointsOf`'s `families`). One without a letter or digit is its own.
 */
export function familyOf(model: string): string {
  const name = model
    .toLowerCase()
    // Twice, as of "meta-llama/Meta-Llama-3-8B".
    .replace(BEFORE, "")
    .replace(BEFORE, "")
    .replaceAll(/\(.*?\)|\b\d\d-(?:\d{4}|\d\d)\b/g, " ");
  const [first = "", ...others] = name.match(/[\p{L}\d]+/gu) ?? [];
  const line = /^\p{L}+/u.exec(first)?.[0] ?? first;
  const rest = [first.slice(line.length), ...others].filter((word) => word !== "" && !VARIANT.test(word));
  const numbers = rest.map((word) => /^\p{L}?(\d{1,2})\p{L}?$/u.exec(word)?.[1]);
  const at = numbers.findIndex((found) => found !== undefined);
  // A minor version stands right behind the major one.
  const version = at < 0 ? rest[0] : [numbers[at], numbers[at + 1]].filter(Boolean).join(".");
  return [line, version].filter((part) => part !== undefined).join(" ") || model;
}
