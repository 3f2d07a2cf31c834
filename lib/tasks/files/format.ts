import { shownValue, type Fields } from "../../shared/json.js";
import type { Task } from "../types.js";
import { BadRecord, type FileRecord } from "./readRecords.js";

/** What one record asks; a facet or name that it leaves out is the format's, or made of file and line. */
export interface Question extends Omit<Task, "facet" | "name" | "scorer"> {
  readonly facet?: string;
  readonly name?: string;
}

/** One way in which questions are published. */
export interface QuestionFormat {
  readonly title: string;
  /** What it measures. */
  readonly facet: string;
  /** Is a file with such a first record in this format? */
  readonly fits: (fields: Fields) => boolean;
  /**
   * @param answers What files of answers beside the questions hold, by the question's id.
   * @throws BadRecord saying what was got and what is wanted.
   */
  readonly question: (record: FileRecord, answers: ReadonlyMap<unknown, unknown>) => Question;
}

/** Whether a record has all of these fields. */
export const hasAll = (fields: Fields, ...keys: readonly string[]): boolean =>
  keys.every((key) => Object.hasOwn(fields, key));

/** @throws BadRecord where the field holds no text, or nothing but spaces. */
export function textOf(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new BadRecord(`"${key}" is ${shownValue(value)}; it must be a text.`);
}

/** @throws BadRecord where the field holds no list of texts. */
export function textsOf(fields: Fields, key: string): readonly string[] {
  const value = fields[key];
  if (Array.isArray(value) && value.every((one) => typeof one === "string")) return value as string[];
  throw new BadRecord(`"${key}" is ${shownValue(value)}; it must be a list of texts.`);
}
