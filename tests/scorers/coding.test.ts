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

  it("takes helpers and imports from the answer's other fences", async () => {
    const answer = `${fenced("def plus(a, b):\n    return a + b")}\n${fenced("def add_numbers(a, b):\n    return plus(a, b)")}`;
    expect(await wordOf("add_func", answer)).toBe("1");
  });
});

describe("scoreCoding, where the interpreter lacks the syntax,", () => {
  it("goes by a pattern known to be right, and says so", async () => {
    const outcome = await scoreOf(
      "add_func",
      `def add_numbers(a, b):\n    match a:\n        case _:\n            return a + b`,
    );
    expect(outcome).toMatchObject({ kind: "scored", value: 1 });
    expect(outcome).toMatchObject({
      explanation: expect.stringMatching(/^Not run \(.*match statements.*judged by its pattern/),
    });
  });

  it("leaves code in no known pattern to a reader, never a 0", async () => {
    const code =
      'from functools import reduce\n\ndef rev(s):\n    """Reverse s."""\n    return reduce(lambda out, c: c + out, s, "")';
    const outcome = await scoreOf("doc_comment", code);
    expect(outcome).toMatchObject({ kind: "unscored", reason: "review" });
    expect(outcome).toMatchObject({ explanation: expect.stringContaining("functools") });
  });

  it.each([
    ["% formatting", 'return int("%d" % (a + b))'],
    ["a method of the type", "return int(str.strip(str(a + b)))"],
    ["a swap of two items", "x = [b, a]\n    x[0], x[1] = x[1], x[0]\n    return x[0] + x[1] + 0"],
    ["del", "c = a + b\n    del a\n    return c"],
  ])("does not call %s wrong", async (_, body) => {
    expect(await wordOf("add_func", `def add_numbers(a, b):\n    ${body}`)).toBe("review");
  });

  it("knows that a generator returns no value", async () => {
    expect(await wordOf("add_func", "def add_numbers(a, b):\n    yield a + b")).toBe("0");
  });

  it("does not take an idiom that is no regular expression for one", async () => {
    const python = { entry: "f", cases: [{ args: [1], returns: 1 }], idioms: ["return [x"] };
    expect(await scoreCoding("def f(x):\n    match x:\n        case _: return [x", { python })).toMatchObject(
      { kind: "scored" },
    );
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

  it("of the main function, not of its helper", async () => {
    const helper = "def swap(c, s):\n    return c + s";
    const main =
      'def rev(s):\n    """Reverse."""\n    out = ""\n    for c in s:\n        out = swap(c, out)\n    return out';
    expect(await wordOf("doc_comment", fenced(`${helper}\n\n${main}`))).toBe("1");
  });
});

describe("scoreCoding evaluates a list comprehension", () => {
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
