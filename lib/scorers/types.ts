/** What a scorer is given and gives: types only. */

import type { Outcome } from "../shared/types.js";

/** What a right answer looks like. A scorer reads the fields of its own facet and ignores the rest. */
export interface Expected {
  /** Reasoning: the right final number. */
  readonly answer?: number;
  /** Reasoning: the unit asked for, e.g. "mph"; the right number in another unit is wrong. */
  readonly unit?: string;
  /** Reasoning: what the number counts, where an answer may also name other quantities, e.g. "blue". */
  readonly item?: string;
  /** Instruction: the whole answer, after trimming. Case counts. */
  readonly exact?: string;
  /** Instruction: backticks or a code fence around the whole answer are taken off first. Absent: they count as text. */
  readonly codeMarks?: boolean;
  /** Instruction: the answer holds one JSON object with these keys (others may stand beside them) and values, in any case. */
  readonly json?: Readonly<Record<string, string>>;
  /** Coding: what the program must do when it is run. */
  readonly python?: PythonCheck;
  /** Tool use: the one call to make, as text or as a real tool call. */
  readonly call?: ToolCallCheck;
}

/** What the seed's heuristics look for, beside `answer`; nothing else reads it. */
export interface SeedExpected extends Pick<Expected, "answer"> {
  /** Instruction: every string must occur, in any case. */
  readonly mustInclude?: readonly string[];
  /** Instruction: the whole answer parses as JSON. */
  readonly format?: "json";
  /** Coding: every regular expression must match, in any case. */
  readonly patterns?: readonly string[];
  /** Tool use: every string must occur, in any case. */
  readonly required?: readonly string[];
}

/** A check by running: a function called on hidden inputs, or one expression with its value. */
export interface PythonCheck {
  /** Name of the function to call; null: the only function that the answer defines. Absent: `value` checks an expression. */
  readonly entry?: string | null;
  /** Hidden inputs with the value each must return (JSON values). */
  readonly cases?: readonly { readonly args: readonly unknown[]; readonly returns: unknown }[];
  /** The value of the answer's one expression. */
  readonly value?: unknown;
  /** The syntax asked for, where the prompt asks for one: "docstring", "list comprehension". */
  readonly needs?: readonly ("docstring" | "list-comprehension" | "one-line")[];
  /** Regular expressions of code known to do it, for answers in syntax that the interpreter does not know. */
  readonly idioms?: readonly string[];
}

/** The tool call a prompt asks for. */
export interface ToolCallCheck {
  readonly tool: string;
  /** Arguments in order, compared after normalising spaces, quotes and case. */
  readonly args: readonly (string | number)[];
  /** The arguments by name, for real tools: exactly these. */
  readonly named?: Readonly<Record<string, string | number>>;
  /** Only a real tool call counts, not a call written as text. */
  readonly real?: boolean;
}

/** Judge of one answer. Never throws or rejects, whatever the text; `value` lies in [0, 1]. */
export type Scorer = (output: string, expected: Expected) => Outcome | Promise<Outcome>;
