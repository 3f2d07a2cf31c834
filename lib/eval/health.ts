import type { Answer } from "../client/types.js";

/** A model is given up when so many answers in a row have failed: before its first success, and after one. */
const FAILURES_AT_FIRST = 3;
const FAILURES_LATER = 10;

/** Decides from its answers whether a model is worth asking on. */
export class Health {
  #inRow = 0;
  #proven = false;

  /** Why the model is not asked any further; null while it is. */
  after(answer: Answer): string | null {
    if (answer.ok) {
      this.#inRow = 0;
      this.#proven = true;
      return null;
    }
    this.#inRow++;
    // What is wrong with the key, the account or the id is wrong with every question.
    const isFinal = answer.kind === "auth" || answer.kind === "credits" || answer.kind === "model";
    if (!isFinal && this.#inRow < (this.#proven ? FAILURES_LATER : FAILURES_AT_FIRST)) return null;
    if (isFinal) return answer.message;
    return `${this.#proven ? "the last" : "the first"} ${this.#inRow} answers failed: ${answer.message}`;
  }
}
