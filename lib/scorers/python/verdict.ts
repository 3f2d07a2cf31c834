import { readFileSync } from "node:fs";
import type { PythonFailure } from "./runPython.js";

/** What one piece of an answer's code comes to: `unknown` where it could not be run. */
export interface Verdict {
  readonly is: "right" | "wrong" | "unknown";
  readonly why: string;
  /** It uses a name that it does not define. */
  readonly lacksName?: boolean;
}

/** The verdict on code that failed: wrong, unless the fault may lie with the interpreter. */
export function verdictOnFailure(what: string, failure: PythonFailure): Verdict {
  if (isLacking(failure))
    return { is: "unknown", why: `Not run (${failure.message}): a reader should decide.` };
  const verb = failure.type === "Stopped" ? "was stopped" : "failed";
  return { is: "wrong", why: `${what} ${verb}: ${failure.message}`, lacksName: failure.type === "NameError" };
}

/**
 * What Python has and the interpreter (@pydantic/monty 0.0.18) does not: built-ins, methods of built-in types, and parts of
 * its messages where it refuses what Python takes ("%" formatting, named arguments of built-ins, iterators).
 */
const LACKING = JSON.parse(readFileSync(new URL("lacking.json", import.meta.url), "utf8")) as {
  readonly builtins: string;
  readonly methods: string;
  readonly messages: readonly string[];
};
const [BUILTINS, METHODS] = [LACKING.builtins.split(" "), LACKING.methods.split(" ")];
const ELSEWHERE_FINE = new RegExp(LACKING.messages.join("|"), "i");

/** Did a program fail for want of something that real Python has? Then its failure says nothing about the answer. */
export function isLacking({ type, message }: PythonFailure): boolean {
  if (/^(?:Unavailable|ModuleNotFoundError|ImportError)$/.test(type)) return true;
  if (type === "NotImplementedError") return /monty|not implemented|not (?:yet )?support/i.test(message);
  if (ELSEWHERE_FINE.test(message)) return true;
  if (type === "NameError") {
    const name = /name '([^']*)'/.exec(message)?.[1] ?? "";
    return BUILTINS.includes(name) || name.startsWith("shim_");
  }
  if (type !== "AttributeError") return false;
  const attribute = /has no attribute '([^']*)'/.exec(message)?.[1] ?? "";
  return METHODS.includes(attribute) || attribute.startsWith("__") || /\bmodule\b/.test(message);
}

/** Did a program run into a limit on time, memory, allocations or depth? */
export const isLimit = ({ type, message }: PythonFailure): boolean =>
  type === "Stopped" ||
  (/^(?:TimeoutError|MemoryError|RecursionError)$/.test(type) && /limit|recursion|exceeded/i.test(message));
