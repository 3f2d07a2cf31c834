import { array, assert, asyncProperty, integer } from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreCoding } from "../../lib/scorers/index.js";
import { fenced, scoreOf, wordOf } from "./helpers.js";

const ADD = "def add_numbers(a, b):\n    return a + b";

describe("scoreCoding runs a function", () => {
  it.each([
    ["a fence", fenced(ADD), "1"],
    ["a fence without a language", fenced(ADD, ""), "1"],
    ["a fence that max_tokens left open", `\`\`\`python\n${ADD}`, "1"],
    [
      "an indented fence in a list",
      `1. Define it:\n   \`\`\`python\n   ${ADD.replace("\n", "\n   ")}\n   \`\`\``,
      "1",
    ],
    ["a closing fence glued to the last line", `\`\`\`python\n${ADD}\`\`\``, "1"],
    ["a closing fence glued to the last line, and prose", `\`\`\`python\n${ADD}\`\`\`\nThat is all.`, "1"],
    ["bare code with a closing fence glued to it", `${ADD}\`\`\``, "1"],
    ["a fence of tildes", `~~~py\n${ADD}\n~~~`, "1"],
    ["CRLF line ends", fenced(ADD).replaceAll("\n", "\r\n"), "1"],
    ["tabs", "def add_numbers(a, b):\n\treturn a + b", "1"],
    [
      "bare code in prose with apostrophes",
      `Here's what you're after:\n\n${ADD}\n\nThat's it (it's short.`,
      "1",
    ],
    [
      "an interpreter's prompts",
      ">>> def add_numbers(a, b):\n...     return a + b\n...\n>>> add_numbers(1, 2)\n3",
      "1",
    ],
    ["inline code", "Use `def add_numbers(a, b): return a + b`.", "1"],
    ["code after thinking", `<think>\n${ADD.replace("+", "-")}\n</think>\n${fenced(ADD)}`, "1"],
    [
      "a decorator and an annotation",
      "def same(f):\n    return f\n\n@same\ndef add_numbers(a: int, b: int = 0) -> int:\n    return a + b",
      "1",
    ],
    ["a fence in another language", fenced("function add_numbers(a, b) { return a + b }", "js"), "0"],
    ["no code", "Add them with +.", "0"],
    ["another name", ADD.replace("add_numbers", "add"), "0"],
    [
      "a method instead of a function",
      fenced("class A:\n    def add_numbers(self, a, b):\n        return a + b"),
      "0",
    ],
    ["a syntax error", ADD.replace("):", ")"), "0"],
    ["a later definition that spoils the first", `${ADD}\n\ndef add_numbers(a, b):\n    return a - b`, "0"],
  ])("found in %s", async (_, answer, word) => {
    expect(await wordOf("add_func", answer)).toBe(word);
  });

  it.each([
    ["an example that asks for input", `${ADD}\n\nx = int(input())\nprint(add_numbers(x, 1))`],
    ["an example that is wrong", `${ADD}\n\nprint(add_numbers(1))`],
    ["an example in syntax that the interpreter lacks", `${ADD}\n\nclass Test:\n    pass`],
    ["an example under __main__", `${ADD}\n\nif __name__ == "__main__":\n    print(add_numbers(1, 2))`],
    ["an import that the interpreter lacks and nothing uses", `import unittest\n\n${ADD}`],
    ["a __future__ import", `from __future__ import annotations\n\n${ADD}`],
    ["a constant that it uses", `START: float = 0\n\ndef add_numbers(a, b):\n    return START + a + b`],
  ])("in spite of %s", async (_, code) => {
    expect(await wordOf("add_func", fenced(code))).toBe("1");
  });

  it.each([
    ["what is printed is no result", "print(a + b)", "0"],
    ["a printed result beside a wrong one is wrong", "print(a + b)\n    return 0", "0"],
    ["True is not 1", "return True if a + b == 5 else a + b", "0"],
    ["text is not a number", "return str(a + b)", "0"],
    ["a list of the number is not the number", "return [a + b]", "0"],
    ["whole numbers only are not enough", "return int(a) + int(b)", "0"],
    ["signs count", "return abs(a) + abs(b)", "0"],
    ["a right number of another kind is right", "return float(a) + float(b)", "1"],
  ])("by its result: %s", async (_, body, word) => {
    expect(await wordOf("add_func", `def add_numbers(a, b):\n    ${body}`)).toBe(word);
  });

  it("says what a wrong function returned, and that printing does not count", async () => {
    const outcome = await scoreOf("add_func", "def add_numbers(a, b):\n    print(a + b)");
    expect(outcome).toMatchObject({
      explanation: "add_numbers(2, 3) returned something else instead of 5, though something was printed.",
    });
  });

  it.each([
    ["a main that shows it", `def main():\n    print(rev("ab"))\n\nif __name__ == "__main__":\n    main()`],
    ["a test of it", `def test_rev():\n    assert rev("ab") == "ba"`],
  ])("beside %s, whatever its name", async (_, beside) => {
    const code = `def rev(s):\n    """Reverse."""\n    return s[::-1]\n\n${beside}`;
    expect(await wordOf("doc_comment", fenced(code))).toBe("1");
  });

  it("with parameters of a type of its own", async () => {
    expect(
      await wordOf("add_func", "def add_numbers[T: (int, float)](a: T, b: T) -> T:\n    return a + b"),
    ).toBe("1");
  });

  it("though a function inside it is a generator", async () => {
    const code = "def add_numbers(a, b):\n    def each():\n        yield a\n    return a + b";
    expect(await wordOf("add_func", code)).not.toBe("0");
  });

  it("takes the last of two in bare text, whatever the prose between them looks like to a parser", async () => {
    const prose = "Oops, that subtracts. Here is the corrected version:";
    expect(await wordOf("add_func", `${ADD.replace("+", "-")}\n\n${prose}\n\n${ADD}`)).toBe("1");
  });

  it("leaves an answer to a reader when it offers a right and a wrong function", async () => {
    const answer = `${fenced(ADD)}\nor\n${fenced(ADD.replace("+", "-"))}`;
    expect(await wordOf("add_func", answer)).toBe("review");
  });

  it("runs none of an answer's functions when it offers more than five, and leaves it to a reader", async () => {
    const endless = fenced("def add_numbers(a, b):\n    while True:\n        pass");
    expect(await scoreOf("add_func", Array.from({ length: 200 }, () => endless).join("\n"))).toMatchObject({
      reason: "review",
      explanation: "The answer offers 200 functions; more than 5 are not run.",
    });
  });

  it("runs the five functions that an answer may offer, and tells of the one that cannot be run", async () => {
    expect(await wordOf("add_func", Array.from({ length: 5 }, () => fenced(ADD)).join("\n"))).toBe("1");
    const unknown = fenced("def add_numbers(a, b):\n    return '{}'.format(a + b)");
    expect(await scoreOf("add_func", unknown)).toMatchObject({
      explanation: expect.stringMatching(/^Not run/),
    });
    expect(await scoreOf("add_func", `${unknown}\n${fenced(ADD)}`)).toMatchObject({
      reason: "review",
      explanation: expect.stringMatching(/^2 pieces of code disagree: /),
    });
  });

  it("says that an answer without text is none", async () => {
    expect(await wordOf("add_func", " ")).toBe("no-answer");
  });

  it("fails where a task gives neither inputs nor tests", async () => {
    for (const rest of [{}, { cases: [] }, { tests: " " }])
      expect(await scoreCoding(fenced(ADD), { python: { entry: "f", ...rest } })).toMatchObject({
        kind: "failed",
        message: expect.stringContaining("neither `cases` nor `tests`"),
      });
  });

  it("takes helpers and imports from the answer's other fences", async () => {
    const answer = `${fenced("def plus(a, b):\n    return a + b")}\n${fenced("def add_numbers(a, b):\n    return plus(a, b)")}`;
    expect(await wordOf("add_func", answer)).toBe("1");
  });
});

/** The score of a function `f` on one hidden input; the outcome where there is none. */
const judged = async (code: string, args: readonly unknown[], returns: unknown): Promise<unknown> => {
  const outcome = await scoreCoding(fenced(code), { python: { entry: "f", cases: [{ args, returns }] } });
  return outcome.kind === "scored" ? outcome.value : outcome;
};

/** A function `f` of one argument with this body. */
const body = (lines: string): string => `def f(a):\n    ${lines.replaceAll("\n", "\n    ")}`;

const MERGE_SORT = `if len(a) < 2:
    return a
left, right, found = f(a[: len(a) // 2]), f(a[len(a) // 2 :]), []
while left and right:
    found.append(left.pop(0) if left[0] <= right[0] else right.pop(0))
return found + left + right`;

describe("scoreCoding, where lists, sets and what holds them are ordered,", () => {
  it.each<[string, string, unknown, unknown, unknown]>([
    [
      "<",
      "return [a[0] < a[1], a[1] < a[0], a[0] < a[0]]",
      [
        [1, 9],
        [1, 10],
      ],
      [true, false, false],
      null,
    ],
    [
      "> of lists in lists",
      "return a[0] > a[1]",
      [
        [[1], [3]],
        [[1], [2]],
      ],
      true,
      false,
    ],
    ["<= and >=", "return a <= a and a >= a", [1, 2], true, false],
    ["a shorter list", "return [1] < [1, 2] and [] < a", [1], true, false],
    ["a tuple with a list in it", "return (1, a) < (1, [3])", [2], true, false],
    [
      "sets, by what they hold",
      "return [{1} < {1, 2}, {1} <= {1}, {1, 2} > {3}, {1} < {1}]",
      0,
      [true, true, false, false],
      null,
    ],
    ["a chain", "return a[0] < a[1] <= a[2] != a[3]", [[1], [2], [2], [3]], true, false],
    ["a chain that works out its middle once", "return [1] < a.pop() < [4]", [[9], [3]], true, false],
    ["the addition of truth values", "return sum(x < [2] for x in a) + ([1] < [2])", [[1], [3]], 2, 1],
    ["sorted", "return sorted(a)", [[2, 1], [1, 2], [1]], [[1], [1, 2], [2, 1]], [[1, 2], [1], [2, 1]]],
    [
      "sorted, the other way round and stable",
      "return sorted(a, key=lambda x: [x[0]], reverse=True)",
      [
        [1, 0],
        [2, 0],
        [1, 1],
      ],
      [
        [2, 0],
        [1, 0],
        [1, 1],
      ],
      [
        [2, 0],
        [1, 1],
        [1, 0],
      ],
    ],
    [
      "keys that are lists",
      "return sorted(a, key=lambda s: [len(s), s])",
      ["bb", "c", "a"],
      ["a", "c", "bb"],
      ["a", "bb", "c"],
    ],
    [
      "sort in place",
      "a.sort(key=lambda p: [p[1], p[0]])\nreturn a",
      [
        [1, 2],
        [2, 1],
      ],
      [
        [2, 1],
        [1, 2],
      ],
      [
        [1, 2],
        [2, 1],
      ],
    ],
    [
      "min and max",
      "return [min(a), max(a), max(*a), min([], default=None)]",
      [[2], [1], [3]],
      [[1], [3], [3], null],
      null,
    ],
    [
      "the first of several that are largest",
      "return max(a, key=lambda p: [p[0]])",
      [
        [1, 0],
        [2, 0],
        [2, 1],
      ],
      [2, 0],
      [2, 1],
    ],
    [
      "functions handed on",
      "return list(map(max, map(sorted, a)))",
      [
        [[2], [1]],
        [[0], [3]],
      ],
      [[2], [3]],
      [[1], [0]],
    ],
    [
      "a variable that has a function's name",
      "max = a[0]\nfor x in a:\n    if x > max:\n        max = x\nreturn max",
      [[1], [3], [2]],
      [3],
      [1],
    ],
    ["an algorithm of its own", MERGE_SORT, [[3], [1], [2]], [[1], [2], [3]], [[3], [1], [2]]],
    [
      "values of different kinds, which have no order",
      "try:\n    return a < 'b'\nexcept TypeError:\n    return 'none'",
      1,
      "none",
      false,
    ],
  ])("judges %s as Python has it", async (_, lines, a, returns, other) => {
    expect(await judged(body(lines), [a], returns)).toBe(1);
    expect(await judged(body(lines), [a], other)).toBe(0);
  });

  it("sorts any lists as their JSON digits sort", async () => {
    const digits = array(array(integer({ min: 0, max: 3 }), { maxLength: 4 }), { maxLength: 8 });
    await assert(
      asyncProperty(digits, async (lists) => {
        const sorted = lists.toSorted((a, b) => (a.join("") < b.join("") ? -1 : 1));
        expect(await judged(body("return sorted(a)"), [lists], sorted)).toBe(1);
        expect(await judged(body(MERGE_SORT), [lists], sorted)).toBe(1);
      }),
      { numRuns: 20 },
    );
  });

  it("judges a task's own tests and a comprehension that order lists", async () => {
    const tests = "assert f([2]) < f([1]) and sorted([[2], [1]]) == [[1], [2]]";
    const outcome = await scoreCoding(body("return [-a[0]]"), { python: { entry: "f", tests } });
    expect(outcome).toMatchObject({ value: 1 });
    const value = { python: { value: [[1], [2]] } };
    expect(await scoreCoding("[x for x in sorted([[2], [1]]) if x < [3]]", value)).toMatchObject({
      value: 1,
    });
  });
});

describe("scoreCoding, where a name is bound to what can be called,", () => {
  it.each([
    ["a module's function", "import operator as op\nadd_numbers = op.add", "1"],
    ["an imported function", "from operator import add as add_numbers", "1"],
    ["another name for a function", "def plus(a, b):\n    return a + b\n\nadd_numbers = plus", "1"],
    ["a lambda with two names", "plus = add_numbers = lambda a, b: a + b", "1"],
    ["a lambda with a type", "add_numbers: object = lambda *a: sum(a)", "1"],
    [
      "functools.partial",
      "from functools import partial\nadd_numbers = partial(lambda c, a, b, d: a + b + c + d, 1, d=-1)",
      "1",
    ],
    ["what a function makes", "def make():\n    return lambda a, b: a + b\n\nadd_numbers = make()", "1"],
    ["a function inside an if", "if True:\n    def add_numbers(a, b):\n        return a + b", "1"],
    [
      "an example that asks for input",
      "import operator\nadd_numbers = operator.add\nprint(add_numbers(int(input()), 1))",
      "1",
    ],
    ["another function", "import operator\nadd_numbers = operator.sub", "0"],
    ["a number", "add_numbers = 5", "0"],
    ["a method of that name", "class A:\n    def add_numbers(self, a, b):\n        return a + b", "0"],
    [
      "an object that is called",
      "class A:\n    def __call__(self, a, b):\n        return a + b\n\nadd_numbers = A()",
      "review",
    ],
  ])("runs it: %s", async (_, code, word) => {
    expect(await wordOf("add_func", fenced(code))).toBe(word);
  });

  it.each<[string, unknown, unknown, unknown]>([
    ["return max(a, key=a.get)", { x: 1, y: 2 }, "y", "x"],
    ["found = []\nadd = found.append\nfor x in a:\n    add(x)\nreturn found", [1, 2], [1, 2], []],
    ["return list(map(a.count, a))", [1, 1, 2], [2, 2, 1], [1, 1, 1]],
    ["return int('ff', 16) + int('-0b11', base=2) + int(a, 0) + int('7')", "0x1F", 290, 0],
    ["try:\n    return int('12', 2)\nexcept ValueError:\n    return a", 0, 0, 12],
    ["return [i for i, x in enumerate(a, start=1)]", [5, 6], [1, 2], [0, 1]],
    ["return sum(a, start=1) + sum((x for x in a), 2)", [1, 2], 9, 6],
    [
      "return [next((x for x in a if x > 1), None), next((x for x in a if x > 9), -1)]",
      [1, 2],
      [2, -1],
      [1, -1],
    ],
    ["return next(x for x in a if x > 1)", [1, 2], 2, 1],
    ["return round(a, 2) + round(a, ndigits=1) + round(2.5)", 2.675, 7.37, 7.38],
    [
      "import operator\nreturn sorted(a, key=operator.itemgetter(1, 0))",
      [
        [2, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [2, 1],
      ],
      [
        [2, 1],
        [1, 1],
      ],
    ],
  ])("runs %j", async (lines, a, returns, other) => {
    expect(await judged(body(lines), [a], returns)).toBe(1);
    expect(await judged(body(lines), [a], other)).toBe(0);
  });

  it.each([
    ["a += (3,)\nreturn len(a)"],
    ["return len(set(a).union([2], [3]))"],
    ["it = iter(a)\nreturn 3 if 1 in it else 0"],
    ["return len(f'{1000:,}') - 2"],
  ])("never gives %j a 0", async (lines) => {
    expect(await judged(body(lines), [[1, 2]], 3)).toMatchObject({ reason: "review" });
  });
});

describe("scoreCoding, where the interpreter lacks the syntax,", () => {
  it.each([
    ["match", "match a:\n        case _:\n            return a + b", "match statements"],
    ["% formatting", 'return float("%f" % (a + b))', "for %"],
    ["a class", "class C:\n        pass\n    return a + b", "class definitions"],
    [
      "an unknown module",
      "import decimal\n    return float(decimal.Decimal(a) + decimal.Decimal(b))",
      "decimal",
    ],
  ])("leaves %s to a reader, with the reason and never a 0", async (_, body, reason) => {
    const outcome = await scoreOf("add_func", `def add_numbers(a, b):\n    ${body}`);
    expect(outcome).toMatchObject({
      kind: "unscored",
      reason: "review",
      explanation: expect.stringContaining(reason),
    });
  });

  it("does not pass code for what stands beside the function, or after what it returns", async () => {
    const beside = "class Calculator:\n    def add(self, a, b):\n        return a + b\n\n";
    const after = "    match a:\n        case _:\n            return a * b\n    return a + b";
    expect(await wordOf("add_func", `${beside}def add_numbers(a, b):\n    print(a + b)`)).not.toBe("1");
    expect(await wordOf("add_func", `def add_numbers(a, b):\n${after}`)).not.toBe("1");
  });

  it.each([
    [
      "a swap of two items",
      "def f(x):\n    x[0], x[-1] = x[-1], x[0]\n    return x",
      [[1, 2, 3]],
      [3, 2, 1],
      [1, 2, 3],
    ],
    [
      "a slice that is assigned",
      "def f(x):\n    x[1:2] = [7, 8]\n    return x",
      [[1, 2, 3]],
      [1, 7, 8, 3],
      [1, 7, 8],
    ],
    ["every second item", "def f(x):\n    x[::2] = [0] * 2\n    return x", [[1, 2, 3]], [0, 2, 0], [0, 0, 0]],
    [
      "del of an item in an item",
      "def f(x):\n    del x[0][len(x[0]) - 1]\n    return x",
      [[[1, 2], [3]]],
      [[1], [3]],
      [[1, 2]],
    ],
    ["del of an item and a slice", "def f(x):\n    del x[0], x[1:]\n    return x", [[1, 2, 3]], [2], [3]],
    ["a method of str", "def f(x):\n    return list(map(str.upper, x))", [["a"]], ["A"], ["a"]],
    [
      "truth values that are added",
      "def f(x):\n    return sum(a > 1 for a in x) + (x[0] == 1)",
      [[1, 2]],
      2,
      1,
    ],
    ["a star over a range", "def f(n):\n    return [*range(n)]", [2], [0, 1], [0, 1, 2]],
    [
      "functools.reduce",
      "import functools as ft\ndef f(x):\n    return ft.reduce(lambda a, b: a - b, x)",
      [[5, 1]],
      4,
      6,
    ],
    [
      "a cache",
      "from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)",
      [40],
      102334155,
      1,
    ],
    [
      "a decorator",
      "def twice(g):\n    return lambda x: 2 * g(x)\n@twice\ndef f(x):\n    return x",
      [2],
      4,
      2,
    ],
    [
      "operator and itertools",
      "import operator\nfrom itertools import accumulate\ndef f(x):\n    return list(accumulate(x, operator.mul))",
      [[2, 3]],
      [2, 6],
      [2, 5],
    ],
    ["a module's text", "import string\ndef f(c):\n    return string.ascii_lowercase.index(c)", ["c"], 2, 3],
  ])("runs %s", async (_, code, args, returns, other) => {
    expect(await judged(code, args, returns)).toBe(1);
    expect(await judged(code, args, other)).toBe(0);
  });

  it.each([
    [
      "a generator",
      "def f(n):\n    def g():\n        for i in range(n):\n            yield i\n    return list(g())",
      [2],
      [0, 1],
    ],
    [
      "a default dictionary",
      "from collections import defaultdict\ndef f(x):\n    d = defaultdict(list)\n    for a in x:\n        d[a].append(1)\n    return len(d)",
      [[1, 1]],
      1,
    ],
    [
      "a counter",
      "from collections import Counter\ndef f(x):\n    return Counter(x).most_common(1)[0][0]",
      ["aab"],
      "a",
    ],
  ])(
    "runs %s nearly as Python does: a right result counts, any other is for a reader",
    async (_, code, args, returns) => {
      expect(await judged(code, args, returns)).toBe(1);
      expect(await judged(code, args, "other")).toMatchObject({ reason: "review" });
    },
  );

  it("runs a task's own tests, with what the prompt put before the answer", async () => {
    const python = {
      entry: "f",
      prefix: "import math\n\ndef half(x):\n    return x / 2\n",
      tests: "def check(candidate):\n    assert candidate(8) == 2\n    assert candidate(2) == 1, 'two'",
    };
    const score = async (body: string) => scoreCoding(`def f(x):\n    return ${body}`, { python });
    expect(await score("math.log2(half(x))")).toMatchObject({
      value: 0,
      explanation: expect.stringContaining("two"),
    });
    expect(await score("math.ceil(math.sqrt(half(x)))")).toMatchObject({ value: 1 });
    const statements = { entry: "f", tests: "assert f(1) == 2" };
    expect(await scoreCoding("def f(x):\n    return x + 1", { python: statements })).toMatchObject({
      value: 1,
    });
    expect(await scoreCoding("def f(x):\n    return x", { python: statements })).toMatchObject({ value: 0 });
    expect(await scoreCoding("def f(x):\n    return x.y", { python: statements })).toMatchObject({
      value: 0,
    });
  });

  it("asks for hidden inputs and tests where a task gives both, and says which failed", async () => {
    const cases = [{ args: [1], returns: 2 }];
    const add = "def f(x):\n    return x + 1";
    const outcome = (tests: string, returns = 2) =>
      scoreCoding(add, { python: { entry: "f", cases: [{ ...cases[0]!, returns }], tests } });
    expect(await outcome("assert f(2) == 3")).toMatchObject({ value: 1 });
    expect(await outcome("assert f(2) == 4, 'four'")).toMatchObject({
      value: 0,
      explanation: expect.stringMatching(/^f fails a test of the task: .*four/),
    });
    expect(await outcome("f(2).x")).toMatchObject({
      explanation: expect.stringMatching(/^A test of f failed/),
    });
    expect(await outcome("assert f(2) == 3", 3)).toMatchObject({
      explanation: "f(1) returned 2 instead of 3.",
    });
    expect(await outcome("def  check(g):\n    assert g(2) == 4")).toMatchObject({ value: 0 });
    expect(await outcome("def f2():\n    def check(): pass\nassert f(2) == 3")).toMatchObject({ value: 1 });
  });

  it.each([
    ["print(2)", "f(1) returned something else instead of 2, though something was printed."],
    ["return [x]", "f(1) returned something else instead of 2."],
    ["return 1.5", "f(1) returned 1.5 instead of 2."],
  ])("tells what a function of %j gives", async (lines, explanation) => {
    const python = { entry: "f", cases: [{ args: [1], returns: 2 }] };
    expect(await scoreCoding(`def f(x):\n    ${lines}`, { python })).toMatchObject({ explanation });
  });

  it("knows that a generator returns no value", async () => {
    expect(await wordOf("add_func", "def add_numbers(a, b):\n    yield a + b")).toBe("0");
  });
});

describe("scoreCoding reads a docstring", () => {
  it.each([
    ["triple quotes", '"""Reverse."""\n    return s[::-1]', "1"],
    ["single quotes", "'Reverse.'\n    return s[::-1]", "1"],
    ["a raw literal", 'r"""Reverse."""\n    return s[::-1]', "1"],
    ["two literals that join", '"Reverse " "it."\n    return s[::-1]', "1"],
    ["a comment before it", '# Note\n    """Reverse."""\n    return s[::-1]', "1"],
    ["margins at column 0", '"""\nReverse.\n"""\n    return s[::-1]', "1"],
    ["an example in it", '"""Reverse.\n\n    >>> f("ab")\n    \'ba\'\n    """\n    return s[::-1]', "1"],
    ["an f-string", 'f"""Reverse {s}."""\n    return s[::-1]', "0"],
    ["bytes", 'b"""Reverse."""\n    return s[::-1]', "0"],
    ["a literal that is used", '"Reverse.".strip()\n    return s[::-1]', "0"],
    ["nothing in it", '""""""\n    return s[::-1]', "0"],
    ["a comment instead", "# Reverse.\n    return s[::-1]", "0"],
    ["its place after the code", 'out = s[::-1]\n    """Reverse."""\n    return out', "0"],
  ])("with %s", async (_, body, word) => {
    expect(await wordOf("doc_comment", `def f(s):\n    ${body}`)).toBe(word);
  });

  it("past a signature over several lines with a colon and a bracket in its literals", async () => {
    const code =
      'def f(\n    s: str,\n    sep: str = "(:",\n) -> str:\n    """Reverse."""\n    return s[::-1]';
    expect(await wordOf("doc_comment", code)).toBe("1");
  });

  it("where one is asked for, takes the functions that have one, or else all", async () => {
    const wrong = fenced("def f(s):\n    return s");
    const right = fenced('def f(s):\n    """Reverse."""\n    return s[::-1]');
    expect(await wordOf("doc_comment", `${wrong}\n${right}`)).toBe("1");
    expect(await wordOf("doc_comment", `${wrong}\n${wrong}`)).toBe("0");
    const plain = { python: { entry: "f", cases: [{ args: ["ab"], returns: "ba" }] } };
    expect(await scoreCoding(`${wrong}\n${right}`, plain)).toMatchObject({ reason: "review" });
  });

  it("of the main function, not of its helper", async () => {
    const helper = "def swap(c, s):\n    return c + s";
    const main =
      'def rev(s):\n    """Reverse."""\n    out = ""\n    for c in s:\n        out = swap(c, out)\n    return out';
    expect(await wordOf("doc_comment", fenced(`${helper}\n\n${main}`))).toBe("1");
  });
});

describe("scoreCoding evaluates a list comprehension", () => {
  it("and no more than five", async () => {
    const line = "[n**2 for n in range(1, 5)]\n";
    expect(await wordOf("list_comprehension", fenced(line.repeat(5)))).toBe("1");
    expect(await scoreOf("list_comprehension", fenced(line.repeat(6)))).toMatchObject({
      explanation: "The answer offers 6 list comprehensions; more than 5 are not run.",
    });
  });

  it.each([
    ["alone", "[n**2 for n in range(1, 5)]", "1"],
    ["assigned and printed", "s = [n**2 for n in range(1, 5)]\nprint(s)", "1"],
    ["with a name defined above it", fenced("numbers = range(1, 5)\nsquares = [n**2 for n in numbers]"), "1"],
    ["over a list", "[n*n for n in [1, 2, 3, 4]]", "1"],
    ["with an apostrophe before it", "Here's one: [n**2 for n in range(1, 5)]", "1"],
    ["beside a template", "`[n**2 for n in range(1, 5)]`, in general `[f(x) for x in xs]`", "1"],
    ["over two lines, where one was asked for", fenced("[n**2\n for n in range(1, 5)]"), "0"],
    ["summed up", "sum([n**2 for n in range(1, 5)])", "0"],
    ["indexed", "[n**2 for n in range(1, 5)][0]", "0"],
    ["inside a call's brackets only", "list(n**2 for n in range(1, 5))", "0"],
    ["beside one that is no Python", "[n**2 for n n range(1, 5)]\n[n**2 for n in range(1, 5)]", "1"],
    ["in JavaScript", fenced("[for (n of [1,2,3,4]) n * n]", "js"), "0"],
    [
      "wrong where the prose corrects it",
      "Not [n**2 for n in range(1, 5)] but [n**2 for n in range(5)].",
      "0",
    ],
    ["endless", "[n for n in iter(int, 1)]", "review"],
  ])("%s", async (_, answer, word) => {
    expect(await wordOf("list_comprehension", answer)).toBe(word);
  });

  it("leaves two that stand alone and differ to a reader", async () => {
    expect(await wordOf("list_comprehension", "[n**2 for n in range(1, 5)]\n[n**2 for n in range(4)]")).toBe(
      "review",
    );
  });
});

describe("scoreCoding without a check to run", () => {
  it("fails", async () => {
    expect(await scoreCoding("def x(): pass", {})).toMatchObject({ kind: "failed" });
  });
});
