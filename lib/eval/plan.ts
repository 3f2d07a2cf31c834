import { GENERATION, type GenerationOptions, chatRequest } from "../client/index.js";
import type { AnswerCache, ChatClient, ChatRequest } from "../client/types.js";
import { shownValue } from "../shared/json.js";
import type { Display, Row } from "../shared/types.js";
import type { ModelSpec, Task } from "../tasks/types.js";
import type { Progress } from "./progressBar.js";

/**
 * How models are evaluated. A model's own `maxTokens` goes before its task's, and that before the one given here; the
 * `seed` is sent with the epoch added, so that repeats differ.
 */
export interface EvaluateOptions extends Omit<GenerationOptions, "system"> {
  readonly client: ChatClient;
  readonly tasks: readonly Task[];
  /** How often every task is asked. Default 1. */
  readonly epochs?: number;
  /** Further fields of every request's body, such as `provider` or `reasoning`. */
  readonly parameters?: Omit<
    ChatRequest,
    "model" | "messages" | "max_tokens" | "temperature" | "seed" | "tools"
  >;
  /** Answers are looked up here before anything is asked, and kept here. Default: every answer is asked for. */
  readonly cache?: AnswerCache;
  /** US dollars: nothing is asked that could cost more than is left. Default: no limit. */
  readonly budgetUsd?: number;
  /** Ends the evaluation within 100 ms; the rows so far are kept. */
  readonly signal?: AbortSignal;
  /** Called at the start, at the end, and in between at most every 100 ms. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called with every row as it comes, in no fixed order. */
  readonly onRow?: (row: Row) => void;
  /** tslab's `newDisplay()`: shows the progress in one line, rewritten in place. */
  readonly show?: Display;
  /** false: `EvalRun.rows` stays empty, so that memory does not grow with the run; rows go to `onRow`. */
  readonly keepRows?: boolean;
}

/** The questions of an evaluation, checked, with every default in place. */
export interface Plan extends Required<Pick<EvaluateOptions, "tasks" | "epochs" | "parameters">> {
  /** The enabled ones. */
  readonly specs: readonly ModelSpec[];
  readonly maxTokens: number;
  readonly temperature: number;
  readonly seed: number | null;
  readonly budgetUsd: number | null;
}

/** @throws Error or RangeError that names the field, what it got and what it wants. */
export function planOf(specs: readonly ModelSpec[], options: EvaluateOptions): Plan {
  const { client, tasks, epochs = 1, parameters = {}, seed = null, budgetUsd = null } = options ?? {};
  const { maxTokens = GENERATION.maxTokens, temperature = GENERATION.temperature } = options ?? {};
  if (typeof client?.ask !== "function")
    throw new TypeError("evaluateModels: options.client must be a client, such as openRouter() gives.");
  if (!Array.isArray(specs) || !Array.isArray(tasks))
    throw new TypeError("evaluateModels: the models and options.tasks must be lists.");
  for (const [i, spec] of specs.entries())
    if (!spec?.id?.trim() || !spec.alias?.trim())
      throw new Error(`evaluateModels: specs[${i}] needs an id and an alias, got ${shownValue(spec)}.`);
  const enabled = specs.filter((spec) => spec.enabled !== false);
  const aliases = enabled.map(({ alias }) => alias);
  refuseTwice("enabled models have the alias", aliases);
  const names = tasks.map(({ name }) => name);
  refuseTwice("tasks have the name", names);
  for (const { name, facet } of tasks)
    check(facet !== "model", `the facet of task "${name}"`, facet, "have a name that is no column's");
  checkCount("epochs", epochs);
  checkCount("maxTokens", maxTokens);
  for (const { alias, maxTokens: own = 1 } of enabled) checkCount(`the maxTokens of model "${alias}"`, own);
  for (const { name, maxTokens: own = 1 } of tasks) checkCount(`the maxTokens of task "${name}"`, own);
  check(temperature >= 0 && temperature <= 2, "temperature", temperature, "lie in [0, 2]");
  check(seed === null || Number.isSafeInteger(seed), "seed", seed, "be a whole number");
  check(budgetUsd === null || budgetUsd >= 0, "budgetUsd", budgetUsd, "be 0 or more");
  return { specs: enabled, tasks, epochs, maxTokens, temperature, seed, parameters, budgetUsd };
}

function check(isGood: boolean, name: string, value: unknown, wanted: string): void {
  if (!isGood) throw new RangeError(`evaluateModels: ${name} must ${wanted}, got ${shownValue(value)}.`);
}

function checkCount(name: string, value: number): void {
  check(Number.isInteger(value) && value >= 1, name, value, "be a whole number from 1 up");
}

function refuseTwice(whose: string, names: readonly string[]): void {
  const name = names.find((name, i) => names.indexOf(name) < i);
  if (name !== undefined) throw new Error(`evaluateModels: two ${whose} "${name}"; each must be unique.`);
}

/** One question of an evaluation: model × task × epoch. */
export interface Question {
  /** Place in the stable order of rows: by model, then task, then epoch, each in the order given. */
  readonly index: number;
  readonly spec: ModelSpec;
  readonly task: Task;
  readonly epoch: number;
}

/** A model's questions in the order of asking: every task once, then every task again. A run cut short has whole epochs. */
export function* questionsOf({ specs, tasks, epochs }: Plan, spec: ModelSpec): Generator<Question> {
  const first = specs.indexOf(spec) * tasks.length * epochs;
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const [place, task] of tasks.entries())
      yield { index: first + place * epochs + epoch, spec, task, epoch };
}

/** The body to send. */
export function requestOf(plan: Plan, { spec, task, epoch }: Question): ChatRequest {
  const { seed, temperature } = plan;
  return {
    ...plan.parameters,
    ...chatRequest(spec.id, task.prompt, {
      system: task.system,
      maxTokens: spec.maxTokens ?? task.maxTokens ?? plan.maxTokens,
      temperature,
      seed: seed === null ? undefined : seed + epoch,
    }),
    ...(task.tools === undefined ? {} : { tools: task.tools }),
  };
}
