import type { Answer, AnswerCache } from "./types.js";

/** Keeps answers as long as the kernel runs: for the simulated panel, whose answers are not worth a file. */
export function memoryCache(): AnswerCache & { clear(): Promise<void> } {
  const answers = new Map<string, Answer>();
  return {
    get: async (key) => answers.get(key) ?? null,
    set: async (key, answer) => void answers.set(key, answer),
    clear: async () => answers.clear(),
  };
}
