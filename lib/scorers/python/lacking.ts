import type { PythonResult } from "./process.js";

/** What Python has and the interpreter (@pydantic/monty 0.0.18) does not: built-ins, and methods of built-in types. */
const BUILTINS = new Set(
  "ascii bytearray callable classmethod compile complex delattr dir eval exec exit format globals help input issubclass locals memoryview object quit staticmethod super vars NotImplemented Ellipsis Warning __file__ __doc__".split(
    " ",
  ),
);
const METHODS = new Set(
  "format format_map isprintable maketrans translate as_integer_ratio bit_count bit_length conjugate denominator numerator imag real is_integer hex fromhex to_bytes from_bytes difference_update intersection_update symmetric_difference_update expandtabs".split(
    " ",
  ),
);

/** Star over a range, "%" formatting, assignment to a slice. */
const ELSEWHERE_FINE =
  /not yet supported|must be an iterable, not range|for %: 'str'|must be integers or slices, not slice/i;
/** `str.upper(text)`: the type's own attributes are missing, the text's are not. */
const OF_STR =
  /'str' object has no attribute '(?:join|upper|lower|strip|split|replace|count|find|title|[lr]strip)'/;

/** Did a program fail for want of something that real Python has? Then its failure says nothing about the answer. */
export function isLacking({ type, message }: Extract<PythonResult, { ok: false }>): boolean {
  if (type === "NotImplementedError") return /monty|not implemented|not (?:yet )?support/i.test(message);
  if (type === "SyntaxError") return /unpacking target: (?:subscript|attribute)/.test(message);
  if (type === "ModuleNotFoundError" || type === "ImportError") return true;
  if (ELSEWHERE_FINE.test(message)) return true;
  if (type === "NameError") return BUILTINS.has(/name '([^']*)'/.exec(message)?.[1] ?? "");
  if (type !== "AttributeError") return false;
  const attribute = /has no attribute '([^']*)'/.exec(message)?.[1] ?? "";
  return (
    OF_STR.test(message) || METHODS.has(attribute) || attribute.startsWith("__") || /\bmodule\b/.test(message)
  );
}

/** Did a program run into a limit on time, memory, allocations or depth? */
export const isLimit = ({ type, message }: Extract<PythonResult, { ok: false }>): boolean =>
  /^(?:TimeoutError|MemoryError|RecursionError)$/.test(type) && /limit|recursion|exceeded/i.test(message);
