/** A mistake of the person at the terminal: shown as one line, without a stack. */
export class UsageError extends Error {
  override name = "UsageError";
}
