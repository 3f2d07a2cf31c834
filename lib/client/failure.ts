import type { FailureKind, Usage } from "./types.js";

/** Why one request came to nothing. */
export interface Failure {
  readonly kind: FailureKind;
  readonly status: number | null;
  /** Not yet redacted. */
  readonly message: string;
  readonly retriable: boolean;
  /** What the server asked for, in milliseconds. */
  readonly waitMs: number | null;
  /** Text that had come before the failure: shown, never scored. */
  readonly partial: string | null;
  readonly usage: Usage | null;
}

/** Carries a Failure through p-retry, which takes only Errors and treats TypeErrors in its own way. */
export class RequestFailed extends Error {
  override readonly name = "RequestFailed";
  constructor(readonly failure: Failure) {
    super(failure.kind);
  }
}

/** A Failure with the fields that most failures leave empty. */
export function failure(fields: Pick<Failure, "kind" | "message" | "retriable"> & Partial<Failure>): Failure {
  return { status: null, waitMs: null, partial: null, usage: null, ...fields };
}
