import { basename, dirname, resolve } from "node:path";
import { isObject, textAt, valueAt } from "../../shared/json.js";

export interface LmEvalModel {
  readonly name: string;
  /** What tells it from others of its name: a revision other than "main", a quantisation, an adapter, a template. */
  readonly variant?: string | undefined;
}

/** The model of a results file: as it says, by the arguments of its model, or by the folder that 0.4.3 names for it. */
export function lmEvalModel(file: unknown, path: string): LmEvalModel | null {
  const args = valueAt(file, "config", "model_args");
  const keys = ["peft", "delta", "pretrained", "model", "path", "engine"];
  const argument = keys.map((key) => argumentOf(args, key)).find((value) => value !== "");
  const name = textAt(file, "model_name") || argument || modelOfFolder(path);
  if (name === null) return null;
  const template = valueAt(file, "chat_template") ?? valueAt(file, "config", "apply_chat_template") ?? false;
  const variant = joined(
    variantOf(args, name),
    argumentOf(valueAt(file, "config", "gen_kwargs"), "reasoning_effort"),
    template === false || template === "" ? "" : "chat template",
    textAt(file, "system_instruction") && "system prompt",
  );
  return { name, variant };
}

/** What a model's arguments say of it beside its name, as "4-bit" or "Q2_K, adapter X". */
export function variantOf(args: unknown, name = ""): string | undefined {
  const argument = (key: string): string => argumentOf(args, key);
  const [revision, gguf] = [argument("revision"), argument("gguf_file")];
  const marks = Object.entries(MARKS).filter(([key]) => /^(?:true|1)$/i.test(argument(key)));
  const adapters = ["peft", "delta", "peft_model", "lora_local_path"].map(argument);
  return joined(
    revision === "main" ? "" : revision && `revision ${revision}`,
    ...marks.map(([, mark]) => mark),
    /(?:^|[-_.])(I?Q\d\w*|B?F(?:16|32))(?=\.gguf$|$)/i.exec(gguf)?.[1] ?? gguf,
    argument("quantization") || argument("quantize"),
    ...adapters.map((adapter) => (adapter === name ? "" : adapter && `adapter ${adapter}`)),
    argument("reasoning_effort"),
  );
}

/** How a run asked, beside its shots: the numbers' type, and what was set for generating but its seed. */
export function lmEvalSettings(file: unknown): Readonly<Record<string, string>> {
  const config = valueAt(file, "config");
  const [dtype, kwargs] = [argumentOf(valueAt(config, "model_args"), "dtype"), valueAt(config, "gen_kwargs")];
  const pairs = isObject(kwargs)
    ? Object.entries(kwargs).map((pair) => pair.join("="))
    : String(kwargs ?? "").split(",");
  const generation = pairs.filter((pair) => !/^(?:seed=.*|None|)$/.test(pair.trim())).join(" ");
  return { ...(dtype !== "" && { dtype }), ...(generation !== "" && { generation }) };
}

/** What is told of a variant; undefined where nothing is. */
export function joined(...parts: readonly (string | undefined)[]): string | undefined {
  return parts.filter(Boolean).join(", ") || undefined;
}

/** Arguments that say by "True" what the model is. */
const MARKS = { load_in_4bit: "4-bit", load_in_8bit: "8-bit", autogptq: "GPTQ", enable_thinking: "thinking" };

/** One of a model's arguments: "pretrained=X,revision=Y", or since 0.4.9 an object. "" for none, and for Python's None. */
function argumentOf(args: unknown, key: string): string {
  const pairs = typeof args === "string" ? args.split(",").map((pair) => pair.trim()) : [];
  const found = pairs.find((pair) => pair.startsWith(`${key}=`))?.slice(key.length + 1);
  const value = String(found ?? valueAt(args, key) ?? "").trim();
  return value === "None" ? "" : value;
}

/**
 * The model that a file's folder is named for: since 0.4.3 "meta-llama__Llama-3-8B" holds the files of
 * meta-llama/Llama-3-8B. Null where neither the file nor the folder has the names of that layout.
 */
function modelOfFolder(path: string): string | null {
  const folder = basename(dirname(resolve(path)));
  const isLayout =
    /^(?:results|samples_.+)_\d{4}-\d{2}-\d{2}T/.test(basename(path)) || /[^_]__[^_]/.test(folder);
  return isLayout && folder !== "" ? folder.replace("__", "/") : null;
}
