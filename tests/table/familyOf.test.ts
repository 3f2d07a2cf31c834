import { describe, expect, it } from "vitest";
import { familyOf } from "../../lib/table/familyOf.js";

describe("the family that a model's name tells", () => {
  it.each([
    [
      "claude 4.5",
      [
        "claude-opus-4-5-20251101-high-effort",
        "anthropic/claude-haiku-4.5",
        "claude-4.5-sonnet-thinking-64k",
      ],
    ],
    ["gpt 5.1", ["gpt-5.1-codex-mini", "openai/gpt-5.1-2025-11-13-low", "GPT-5.1 (high)"]],
    [
      "gpt 5",
      [
        "gpt-5",
        "gpt-5-pro-2025-10-06",
        "gpt-5-mini-minimal",
        "gpt-5-08-2025",
        "gpt-5-08-07",
        "(new) gpt-5 (run 2)",
      ],
    ],
    ["gpt oss", ["gpt-oss-120b", "gpt-oss-20b (low)"]],
    [
      "gpt 4",
      [
        "gpt-4o-mini",
        "gpt-4o-2024-08-06",
        "gpt-4-turbo",
        "openai:chat:gpt-4o (temperature 0)",
        "openai:gpt-4o",
      ],
    ],
    ["qwen 3", ["qwen3-235b-a22b-instruct-2507", "Qwen/Qwen3-32B-AWQ", "qwen3-30b-a3b-thinking"]],
    [
      "llama 3.1",
      [
        "meta-llama/Meta-Llama-3.1-8B-Instruct",
        "ollama:llama3.1:8b",
        "llama3.1:70b",
        "Llama-3.1-70B-Instruct-Q4_K_M.gguf",
        "llama-3.1-8b (4-bit)",
      ],
    ],
    ["o 3", ["o3", "o3-mini-high"]],
    ["gemini 2.5", ["gemini-2.5-flash-lite-preview-09-2025", "google/gemini-2.5-pro-06-05"]],
    ["mistral nemo", ["mistralai/mistral-nemo"]],
    ["devstral", ["devstral-2512"]],
    ["deepseek 3.2", ["deepseek-v3.2", "deepseek/deepseek-v3.2-exp"]],
    ["gemini 12", ["gemini-12-pro"]],
    ["minimax m2her", ["minimax-m2her"]],
    ["exaone deep32", ["exaone-deep32"]],
    ["360gpt", ["360gpt-pro"]],
  ])("is %s for each of its variants", (family, names) => {
    expect(names.map(familyOf)).toEqual(names.map(() => family));
  });

  it.each([
    ["claude-opus-4-5", "claude-opus-4-6"],
    ["gpt-5", "gpt-5.1"],
    ["deepseek-v3.2", "deepseek-v4-pro"],
    ["mistral-nemo", "mistral-small-3.2"],
    ["🎉", "🚀"],
    ["(a)", "(b)"],
  ])("tells %s from %s", (one, two) => {
    expect(familyOf(one)).not.toBe(familyOf(two));
  });

  it("is something for any name", () => {
    for (const name of ["", "-", "模型-7b", "x".repeat(500), "7b", "()"])
      expect(typeof familyOf(name)).toBe("string");
    expect(familyOf("模型-7b")).toBe("模型");
  });
});
