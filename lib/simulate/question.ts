import type { ToolCallCheck } from "../scorers/types.js";

/** A way to a number: the number, and the working that leads to it. */
export interface Working {
  readonly value: number;
  /** Equations, such as "3 + 4 = 7". */
  readonly steps: readonly string[];
}

/** What is asked, as far as the panel understands it: enough to answer it right, and wrong in a natural way. */
export type Question =
  | {
      readonly kind: "number";
      readonly right: Working;
      /** Mistakes that people and small models make. */
      readonly wrong: readonly Working[];
      /** The answer in a sentence. */
      readonly say: (value: string) => string;
      /** What follows the bare number: "mph", "apples"; "" for none. */
      readonly unit: string;
    }
  | { readonly kind: "exact"; readonly text: string; readonly codeMarks: boolean }
  | { readonly kind: "json"; readonly fields: Readonly<Record<string, string>> }
  | { readonly kind: "python"; readonly right: readonly string[]; readonly wrong: readonly string[] }
  | { readonly kind: "call"; readonly call: ToolCallCheck };

/** The facet that a question of a kind belongs to where no task tells. */
export const FACET_OF: Readonly<Record<Question["kind"], string>> = {
  number: "reasoning",
  exact: "instruction",
  json: "instruction",
  python: "coding",
  call: "tool_use",
};

export type NumberQuestion = Extract<Question, { kind: "number" }>;
export type ExactQuestion = Extract<Question, { kind: "exact" }>;
export type JsonQuestion = Extract<Question, { kind: "json" }>;
export type PythonQuestion = Extract<Question, { kind: "python" }>;
export type CallQuestion = Extract<Question, { kind: "call" }>;
