import type { ModelSpec } from "./types.js";

/**
 * Inexpensive models on OpenRouter, enough of them for a surface to mean something. All that are enabled cost about
 * half a US cent for the twelve tasks, for answers of 128 tokens (list prices of mid-2026).
 */
export const MODEL_SPECS: readonly ModelSpec[] = [
  { id: "mistralai/mistral-small-3.2-24b-instruct", alias: "mistral-small-3.2", enabled: true },
  { id: "qwen/qwen-2.5-7b-instruct", alias: "qwen2.5-7b", enabled: true },
  { id: "anthropic/claude-haiku-4.5", alias: "claude-haiku-4.5", enabled: false },
  { id: "meta-llama/llama-3.1-8b-instruct", alias: "llama-3.1-8b", enabled: true },
  { id: "meta-llama/llama-3.2-3b-instruct", alias: "llama-3.2-3b", enabled: true },
  { id: "meta-llama/llama-3.3-70b-instruct", alias: "llama-3.3-70b", enabled: true },
  { id: "mistralai/mistral-nemo", alias: "mistral-nemo", enabled: true },
  { id: "google/gemma-3-4b-it", alias: "gemma-3-4b", enabled: true },
  { id: "google/gemma-3-12b-it", alias: "gemma-3-12b", enabled: true },
  { id: "google/gemma-3-27b-it", alias: "gemma-3-27b", enabled: true },
  { id: "google/gemini-2.5-flash-lite", alias: "gemini-2.5-flash-lite", enabled: true },
  { id: "openai/gpt-4.1-nano", alias: "gpt-4.1-nano", enabled: true },
  { id: "openai/gpt-4o-mini", alias: "gpt-4o-mini", enabled: true },
  { id: "microsoft/phi-4", alias: "phi-4", enabled: true },
  { id: "amazon/nova-micro-v1", alias: "nova-micro", enabled: true },
  { id: "cohere/command-r7b-12-2024", alias: "command-r7b", enabled: true },
];
