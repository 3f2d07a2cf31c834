import type { Question } from "./question.js";

type PythonQuestion = Extract<Question, { kind: "python" }>;

/** Reads the small Python exercises: arithmetic on two arguments, a comprehension over a range, a reversed string. */
export function readCode(prompt: string): PythonQuestion | null {
  if (!/python/i.test(prompt)) return null;
  return readComprehension(prompt) ?? readReversal(prompt) ?? readArithmetic(prompt);
}

const OPERATIONS: readonly { readonly named: RegExp; readonly sign: string; readonly verb: string }[] = [
  { named: /\bsums?\b|\badds?\b/i, sign: "+", verb: "sum" },
  { named: /\bproducts?\b|\bmultipl/i, sign: "*", verb: "product" },
  { named: /\bdifferences?\b|\bsubtract/i, sign: "-", verb: "difference" },
];

const SIGNATURE = /\bnamed\s+`?([A-Za-z_]\w*)\s*\(\s*([A-Za-z_]\w*)\s*,\s*([A-Za-z_]\w*)\s*\)/;

function readArithmetic(prompt: string): PythonQuestion | null {
  const signature = SIGNATURE.exec(prompt);
  if (!signature) return null;
  const [whole, name = "", a = "", b = ""] = signature;
  const asked = prompt.slice(signature.index + whole.length);
  const operation = OPERATIONS.find(({ named }) => named.test(asked));
  if (!operation) return null;
  const { sign, verb } = operation;
  const other = sign === "*" ? "+" : "*";
  return {
    kind: "python",
    right: [
      `def ${name}(${a}, ${b}):\n    return ${a} ${sign} ${b}`,
      `def ${name}(${a}, ${b}):\n    """Return the ${verb} of ${a} and ${b}."""\n    return ${a} ${sign} ${b}`,
      `def ${name}(${a}: float, ${b}: float) -> float:\n    return ${a} ${sign} ${b}`,
      `def ${name}(${a}, ${b}):\n    result = ${a} ${sign} ${b}\n    return result`,
    ],
    wrong: [
      `def ${name}(${a}, ${b}):\n    print(${a} ${sign} ${b})`,
      `def ${name}(${a}, ${b}):\n    return ${a} ${other} ${b}`,
      `def ${name}_of_two(${a}, ${b}):\n    return ${a} ${sign} ${b}`,
      `def ${name}(${a}, ${b})\n    return ${a} ${sign} ${b}`,
      `def ${name}(${a}, ${b}):\n    return int(${a}) ${sign} int(${b}) + 1`,
    ],
  };
}

const POWERS: readonly { readonly named: RegExp; readonly of: (n: string) => string }[] = [
  { named: /\bsquares?\b/i, of: (n) => `${n}**2` },
  { named: /\bcubes?\b/i, of: (n) => `${n}**3` },
  { named: /\bdoubles?\b/i, of: (n) => `2 * ${n}` },
  { named: /\btriples?\b/i, of: (n) => `3 * ${n}` },
];

const RANGE = /\b(\d+)\s*(?:through|to|-|–|up to|and)\s*(\d+)/i;

function readComprehension(prompt: string): PythonQuestion | null {
  const range = RANGE.exec(prompt);
  const power = POWERS.find(({ named }) => named.test(prompt));
  if (!range || !power || !/comprehension/i.test(prompt)) return null;
  const [from, to] = [Number(range[1]), Number(range[2])];
  const over = (n: string, last: number): string => `[${power.of(n)} for ${n} in range(${from}, ${last})]`;
  const listed = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i).join(", ");
  return {
    kind: "python",
    right: [
      over("n", to + 1),
      over("x", to + 1),
      over("i", to + 1),
      `[${power.of("x")} for x in [${listed}]]`,
    ],
    wrong: [
      over("n", to),
      `list(map(lambda x: ${power.of("x")}, range(${from}, ${to + 1})))`,
      `[n for n in range(${from}, ${to + 1})]`,
      `results = []\nfor n in range(${from}, ${to + 1}):\n    results.append(${power.of("n")})`,
      `[${power.of("x")} for x in range(${to})]`,
    ],
  };
}

function readReversal(prompt: string): PythonQuestion | null {
  if (!/revers/i.test(prompt) || !/string|text|word/i.test(prompt)) return null;
  const name = /\bnamed\s+`?([A-Za-z_]\w*)/.exec(prompt)?.[1] ?? "reverse_string";
  const documented = (body: string, doc = '"""Return the string reversed."""'): string =>
    `def ${name}(s):\n    ${doc}\n    ${body}`;
  return {
    kind: "python",
    right: [
      documented("return s[::-1]"),
      documented('return "".join(reversed(s))'),
      `def ${name}(text: str) -> str:\n    """Reverse a string.\n\n    Returns the characters in the opposite order.\n    """\n    return text[::-1]`,
      documented('result = ""\n    for ch in s:\n        result = ch + result\n    return result'),
    ],
    wrong: [
      `def ${name}(s):\n    # reverses a string\n    return s[::-1]`,
      documented("return reversed(s)"),
      documented("return s[::1]"),
      documented("print(s[::-1])"),
      documented("return s.reverse()"),
    ],
  };
}
