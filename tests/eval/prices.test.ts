import { afterAll, beforeAll, expect, it } from "vitest";
import { answerCache, openRouter } from "../../lib/client/index.js";
import { type Progress, evaluateModels } from "../../lib/eval/index.js";
import { MODEL_SPECS, TASKS } from "../../lib/tasks/index.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";

/**
 * List prices of mid-2026 in US dollars a million tokens, prompt and completion, of the models that the notebook
 * enables: the dearer ones where several providers serve a model.
 */
const PRICES: Readonly<Record<string, readonly [number, number]>> = {
  "mistral-small-3.2": [0.075, 0.2],
  "qwen2.5-7b": [0.04, 0.1],
  "llama-3.1-8b": [0.02, 0.05],
  "llama-3.2-3b": [0.02, 0.04],
  "llama-3.3-70b": [0.1, 0.32],
  "mistral-nemo": [0.02, 0.04],
  "gemma-3-4b": [0.04, 0.08],
  "gemma-3-12b": [0.04, 0.13],
  "gemma-3-27b": [0.08, 0.16],
  "gemini-2.5-flash-lite": [0.1, 0.4],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-4o-mini": [0.15, 0.6],
  "phi-4": [0.07, 0.14],
  "nova-micro": [0.035, 0.14],
  "command-r7b": [0.0375, 0.15],
};
const perToken = (usd: number): string => String(usd / 1e6);

let server: OpenRouterServer;
beforeAll(async () => {
  const models = MODEL_SPECS.flatMap(({ id, alias }) => {
    const [prompt, completion] = PRICES[alias] ?? [];
    if (prompt === undefined || completion === undefined) return [];
    return [{ id, pricing: { prompt: perToken(prompt), completion: perToken(completion) } }];
  });
  server = await startOpenRouter({ models });
});
afterAll(() => server.close());

it("fifteen models and 160 questions are likely to cost less than ten US cents, and the run says so first", async () => {
  const tasks = Array.from({ length: 160 }, (_, i) => {
    const original = TASKS[i % TASKS.length]!;
    // As long as questions of a bank are: some 300 characters.
    return { ...original, name: `task ${i}`, prompt: `${i}: ${original.prompt}`.padEnd(300, " and more") };
  });
  const interrupt = new AbortController();
  const told: Progress[] = [];
  const run = await evaluateModels(MODEL_SPECS, {
    client: openRouter({ baseURL: server.baseURL }),
    tasks,
    cache: answerCache(),
    budgetUsd: 0.25,
    signal: interrupt.signal,
    onProgress: (progress) => {
      told.push(progress);
      if (progress.likelyUsd !== null) interrupt.abort();
    },
  });
  expect(run.stopped).toBe("interrupted");
  // Told before the first question went out.
  expect(server.chats).toEqual([]);
  const { total, likelyUsd, estimateUsd } = told.at(-1)!;
  expect(total).toBe(2400);
  expect(likelyUsd).toBeGreaterThan(0.05);
  expect(likelyUsd).toBeLessThan(0.1);
  // At most: 4,096 tokens for each answer.
  expect(estimateUsd).toBeGreaterThan(1);
  expect(run.notes[0]).toMatch(
    /likely to cost \$0\.0\d+ and can cost up to \$\d\.\d\d; the run stops before more than \$0\.25 is spent/,
  );
});
