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

/** What Python has and the interpreter (@pydantic/monty 0.0.18) does not: built-ins, and methods of built-in types. */
const BUILTINS =
  "ascii bytearray callable classmethod compile complex delattr dir eval exec exit format globals help input issubclass locals memoryview object quit staticmethod super vars NotImplemented Ellipsis Warning __file__ __doc__".split(
    " ",
  );
const METHODS =
  "format format_map isprintable maketrans translate as_integer_ratio bit_count bit_length conjugate denominator numerator imag real is_integer hex fromhex to_bytes from_bytes difference_update intersection_update symmetric_difference_update expandtabs".split(
    " ",
  );

/** "%" formatting, adding a truth value, merging dictionaries, ordering lists, assigning to a slice, named arguments. */
const ELSEWHERE_FINE =
  /not yet supported|must be an iterable, not range|for %: 'str'|must be integers or slices, not slice|for [-+*]=?: '(?:int|float|bool)' and '(?:int|float|bool)'|for \|=?: 'dict' and 'dict'|between instances of 'list' and 'list'|'iterator' object is not iterable|object is not an iterator|expected at most 1 argument, got [12]|at most 2 arguments, got 1|can only concatenate list \(not "(?:tuple|range|str|set|dict)"|set\.\w+\(\) takes exactly one|to bytes$|of type 'iterator' is not iterable|unpacking target: (?:subscript|attribute)/i;

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
