/** What a scorer is given and gives: types only. */

import type { Outcome } from "../shared/types.js";

/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What a right answer looks like. Each scorer reads the fields that stand under its name and ignores the rest; a task whose
 * `expected` has the fields of several scorers is judged by all of them.
 */
export interface Expected {
  /** `number`: the right final number. */
  readonly answer?: number;
  /** `number`: how far a right number may lie from `answer`, in the answer's own unit. Absent: rounding is not forgiven. */
  readonly tolerance?: number;
  /** `number`: the unit asked for, e.g. "mph"; the right number in another unit is wrong. */
  readonly unit?: string;
  /** `number`: what the number counts, where an answer may also name other quantities, e.g. "blue". */
  readonly item?: string;
  /** `exact`: the whole answer, after trimming; any of several. Case counts. */
  readonly exact?: string | readonly string[];
  /** `exact`: backticks or a code fence around the whole answer are taken off first. Absent: they count as text. */
  readonly codeMarks?: boolean;
  /** `includes`: texts that must all occur in the answer, in any case. */
  readonly includes?: readonly string[];
  /** `pattern`: a regular expression that must match somewhere in the trimmed answer; `^…$` for the whole of it. */
  readonly pattern?: string;
  /** `choice`: the letter of the right option, "A" for the first. */
  readonly choice?: string;
  /** `choice`: the options' texts, in order, for answers that name the text instead of the letter. */
  readonly choices?: readonly string[];
  /**
   * `json`: the shape of the one JSON value that the answer holds. An object's keys must be there (others may stand beside
   * them), a list has as many items in the same order, a text compares in any case, and numbers and booleans exactly.
   */
  readonly json?: Json;
  /** `checks`: verifiable instructions that must all be followed. */
  readonly checks?: readonly InstructionCheck[];
  /** `python`: what the program must do when it is run. */
  readonly python?: PythonCheck;
  /** `call`: the one call to make, as text or as a real tool call; null where no tool fits and none may be called. */
  readonly call?: ToolCallCheck | null;
}

/**
 * One verifiable instruction, by the id and with the arguments of IFEval (Zhou et al. 2023, arXiv:2311.07911), such as
 * `{ kind: "length_constraints:number_words", relation: "at least", num_words: 300 }`.
 */
export interface InstructionCheck {
  readonly kind: string;
  readonly [argument: string]: unknown;
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
  /**
   * Python that asserts, run after the answer's own code: statements that call `entry`, or, as HumanEval has it, a
   * function `check(candidate)`, which is then called with `entry`. An assertion that fails is a wrong answer.
   */
  readonly tests?: string;
  /** Code put before the answer's: what the prompt begins and the answer may leave out, such as imports and helpers. */
  readonly prefix?: string;
}

/** The tool call a prompt asks for. */
export interface ToolCallCheck {
  readonly tool: string;
  /** Arguments in order, compared after normalising spaces, quotes and case. Absent: those of `named`. */
  readonly args?: readonly Json[];
  /**
   * The arguments by name: these and no others. A list holds the values that are accepted, any of them, so that an argument
   * which is itself a list stands in a list: `{ sides: [[3, 4, 5]] }`.
   */
  readonly named?: Readonly<Record<string, Json>>;
  /** Names among `named` that a right call may leave out. */
  readonly optional?: readonly string[];
  /** Only a real tool call counts, not a call written as text. */
  readonly real?: boolean;
}

/** Judge of one answer. Never throws or rejects, whatever the text; `value` lies in [0, 1]. */
export interface Scorer {
  (output: string, expected: Expected, asked?: Asked): Outcome | Promise<Outcome>;
  /** There when a model judges. */
  readonly judge?: Judge;
}

/** What a scorer may want to know of the question beside what a right answer looks like. */
export interface Asked {
  readonly prompt: string;
  /** Ends when nobody waits for the verdict any longer. */
  readonly signal?: AbortSignal;
  /** Told what each request to a judging model took. */
  readonly onJudged?: (judging: Judging) => void;
}

/** A model that judges, and what one verdict of it can take. */
export interface Judge {
  readonly model: string;
  /** UTF-8 bytes that it is sent beside the question and the answer. */
  readonly promptBytes: number;
  /** Its longest reply, in tokens. */
  readonly maxTokens: number;
}

/** What one verdict of a model took. */
export interface Judging {
  readonly model: string;
  /** Requests sent; 0 when the verdict was known. */
  readonly attempts: number;
  readonly usage: { readonly promptTokens: number | null; readonly completionTokens: number | null } | null;
  /** US dollars; null where the provider does not say. */
  readonly costUsd: number | null;
}
