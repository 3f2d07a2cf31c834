import type { ChatRequest } from "../client/types.js";
import type { ModelSpec, Task } from "../tasks/types.js";
import type { Plan } from "./options.js";

/** One question of an evaluation: model × task × epoch. */
export interface Cell {
  /** Place in the stable order of rows: by model, then task, then epoch, each in the order given. */
  readonly index: number;
  /** Place of the model in the plan. */
  readonly model: number;
  readonly spec: ModelSpec;
  readonly task: Task;
  readonly epoch: number;
}

export function cellCount({ specs, tasks, epochs }: Plan): number {
  return specs.length * tasks.length * epochs;
}

export function cellAt(plan: Plan, index: number): Cell {
  const { specs, tasks, epochs } = plan;
  const model = Math.floor(index / (tasks.length * epochs));
  const spec = specs[model];
  const task = tasks[Math.floor(index / epochs) % tasks.length];
  if (!spec || !task) throw new RangeError(`cellAt: ${index} is outside [0, ${cellCount(plan)}).`);
  return { index, model, spec, task, epoch: index % epochs };
}

/** Indices of a model's cells in the order of asking: every task once, then every task again. A run cut short has whole epochs. */
export function* cellsOf({ tasks, epochs }: Plan, model: number): Generator<number> {
  const first = model * tasks.length * epochs;
  for (let epoch = 0; epoch < epochs; epoch++)
    for (let task = 0; task < tasks.length; task++) yield first + task * epochs + epoch;
}

/** The body to send. */
export function requestOf({ maxTokens, temperature, parameters }: Plan, { spec, task }: Cell): ChatRequest {
  return {
    ...parameters,
    model: spec.id,
    messages: [{ role: "user", content: task.prompt }],
    max_tokens: maxTokens,
    temperature,
    ...(task.tools === undefined ? {} : { tools: task.tools }),
  };
}
