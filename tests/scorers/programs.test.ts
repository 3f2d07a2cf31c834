import { describe, expect, it } from "vitest";
import { candidates } from "../../lib/scorers/python/judgeFunction.js";
import { isComprehension, plainCode, programsIn } from "../../lib/scorers/python/programs.js";

/** The text of each statement of each program. */
const textsIn = (answer: string): unknown => programsIn(answer).map((one) => one.map(({ text }) => text));

/** The first statement of a program, and the function that it defines. */
const first = (code: string) => programsIn(`\`\`\`\n${code}\n\`\`\``)[0]![0]!;
const madeOf = (code: string) => first(code).defines;

describe("programsIn", () => {
  it.each<[string, string, string[][]]>([
    ["one a fence", "```py\na = 1\n```\nor\n```\nb = 2\n```", [["a = 1"], ["b = 2"]]],
    ["none in a fence of another language", "```js\na = 1\n```", []],
    ["none in an empty fence beside another", "```py\n \n```\n```py\na = 1\n```", [["a = 1"]]],
    ["a fence within one of Markdown", "````markdown\n```py\na = 1\n```\n````", [["a = 1"]]],
    ["a fence within one of md", "````md\n```py\na = 1\n```\n````", [["a = 1"]]],
    ["none in a fence of mdx, which is none of Python", "````mdx\n```py\na = 1\n```\n````", []],
    ["no bare code beside a fence of another language", "import x\n```js\na\n```", []],
    ["bare code from where it begins", "So:\nimport x\na = 1", [["import x", "a = 1"]]],
    ["bare code without the prose in it", "import x\nThen, say:\na = 1", [["import x", "a = 1"]]],
    ["a lambda in prose", "Sure.\nf = lambda x: x", [["f = lambda x: x"]]],
    ["inline code that defines something", "Use `def f(): pass` or `f()`.", [["def f(): pass"]]],
    ["nothing in prose", "There is nothing to import here.", []],
  ])("finds %s", (_, answer, programs) => {
    expect(textsIn(answer)).toEqual(programs);
  });

  it.each<[string, string[]]>([
    ["a = 1\n# b\nc = 2", ["a = 1\n# b", "c = 2"]],
    ["a = 1; b = 2", ["a = 1; b = 2"]],
    ["if a:\n    b = 1\n\n\nc = 2", ["if a:\n    b = 1", "c = 2"]],
    ["a = (1,\n)\n)\nb = 2", ["a = (1,\n)\n)", "b = 2"]],
    [`a = "${"x".repeat(4000)}"\nb = 2`, ["b = 2"]],
  ])("splits %j at the left margin", (code, statements) => {
    const texts = programsIn(`\`\`\`\n${code}\n\`\`\``)[0]!.map(({ text }) => text);
    expect(texts.map((text) => (text.length > 4000 ? "long" : text))).toEqual(statements);
  });

  it.each<[string, boolean]>([
    ["def f(): pass", true],
    ["@g\ndef f(): pass", true],
    ["f = lambda: 1", true],
    ["f = (lambda: 1)", true],
    ["f = ((lambda: 1))", true],
    ["import a", true],
    ["from a import b", true],
    ["a = 1", true],
    ["a: int = 1", true],
    ["a = [b, c]", true],
    ["a = f(1)", false],
    ["a += 1", false],
    ["f(1)", false],
    ["class A: pass", false],
    ["if a: b = 1", false],
    ["1", false],
  ])("knows whether %j only defines something: %s", (code, isDefinition) => {
    expect(first(code).isDefinition).toBe(isDefinition);
  });

  it.each<[string, string[]]>([
    ["a = 1", ["a"]],
    ["if x:\n    a = 1\nelse:\n    import b", ["a", "b"]],
    ["try:\n    from m import c\nexcept E:\n    def d(): e = 1", ["m", "c", "d"]],
    ["def f(x):\n    g = 1\n    def h(): pass", ["f"]],
    ["def f(): pass\n", ["f"]],
    ["class A:\n    b = 1", []],
    ["f(a)", []],
  ])("knows the names that %j binds: %j", (code, names) => {
    expect([...first(code).binds]).toEqual(expect.arrayContaining(names));
    expect(first(code).binds.size).toBe(names.length);
  });

  it("knows what follows a function within a statement as its own level", () => {
    expect([...first("if x:\n    def f(): a = 1\n    b = 2").binds]).toEqual(["f", "b"]);
  });

  it.each<[string, object]>([
    ["def f(): pass", { name: "f", hasParameters: false, hasDocstring: false, isGenerator: false }],
    ["def f( ): pass", { name: "f", hasParameters: false }],
    ["def f(x): pass", { name: "f", hasParameters: true }],
    ["async def f(*a): pass", { name: "f", hasParameters: true }],
    ["@g\ndef f(x): pass", { name: "f", hasParameters: true }],
    ["f = lambda: 1", { name: "f", hasParameters: false }],
    ["f = lambda x: 1", { name: "f", hasParameters: true }],
    ["f = (lambda x: 1)", { name: "f", hasParameters: true }],
  ])("knows what %j makes: %j", (code, made) => {
    expect(madeOf(code)).toMatchObject(made);
  });

  it.each(["f = g", "f = (g)", "f(lambda x: 1)", "class f: pass", "@g\\nclass f: pass"])(
    "knows that %j makes no function",
    (code) => {
      expect(madeOf(code)).toBeNull();
    },
  );

  it.each<[string, boolean]>([
    ["def f():\n    yield 1", true],
    ["def f():\n    a = yield", true],
    ["def f():\n    yield from a", true],
    ["def f():\n    def g():\n        yield 1\n    return g", false],
    ["def f():\n    def g():\n        pass\n    yield 1", true],
    ["f = lambda: (yield)", true],
  ])("knows whether %j is a generator: %s", (code, isGenerator) => {
    expect(madeOf(code)!.isGenerator).toBe(isGenerator);
  });

  it.each<[string, boolean]>([
    ['def f(): "a"', true],
    ['def f(): "a"; return 1', true],
    ['def f():\n    "a"\n    return 1', true],
    ['def f():\n    "a" "b"', true],
    ['def f():\n    u"a"', true],
    ['def f():\n    rb"a"', false],
    ['def f():\n    Rb"a"', false],
    ['def f():\n    "..."', false],
    ['def f():\n    "a" + b', false],
    ['def f():\n    "a".b', false],
    ['def f():\n    f"a"', false],
    ["def f():\n    a", false],
    ["f = lambda: 'a'", false],
  ])("knows whether the function in %j has a docstring: %s", (code, hasDocstring) => {
    expect(madeOf(code)!.hasDocstring).toBe(hasDocstring);
  });

  it("knows what a function calls by name, and that it calls otherwise", () => {
    expect([...madeOf("def f(x):\n    return g(h(x)) + x.k()")!.calls]).toEqual(["g", "h", ""]);
  });
});

describe("plainCode", () => {
  it.each([
    ["  a\n\n    b", "a\n\n  b"],
    ["  a\n \n  b", "a\n\nb"],
    ["\ta\n\t\tb", "a\n    b"],
    ["a\r\nb", "a\nb"],
    ["~~~\na\n  ~~~ \nb ~~~\n~~~c", "\na\n\nb ~~~\n~~~c"],
    ["a```\nb ```` \n```c", "a\nb \n```c"],
    [">>> a\n... b\n...\nc\n>>>\n.... d", "a\nb\n\n"],
    ["x >>> a\nb", "x >>> a\nb"],
    ["", ""],
  ])("makes of %j: %j", (code, plain) => {
    expect(plainCode(code)).toBe(plain);
  });
});

describe("isComprehension", () => {
  it.each([
    ["[a for a in b]", true],
    ["[a for a in b if c for d in e]", true],
    ["[a for a in b] ", false],
    ["[a for a in b][0]", false],
    ["[a for a in b] + c", false],
    ["[a, b]", false],
    ["(a for a in b)", false],
    ["[a for a n b]", false],
    ["x = [a for a in b]", false],
    ["", false],
  ])("knows whether %j is one: %s", (text, isOne) => {
    expect(isComprehension(text)).toBe(isOne);
  });
});

describe("candidates", () => {
  const A = "def a(x): return x";
  const B = "def b(x): return a(x)";
  it.each<[string, string, string | null, string[]]>([
    ["the one of that name", `${A}\n${B}`, "a", ["a"]],
    ["the last of that name", `${A}\ndef a(): pass`, "a", ["a"]],
    ["none of another name", A, "f", []],
    ["what that name is bound to", `${A}\nf = a`, "f", ["f"]],
    ["those that no other calls", `${A}\n${B}`, null, ["b"]],
    ["one that calls itself", "def a(x): return a(x)", null, ["a"]],
    ["both where neither calls the other", `${A}\ndef c(x): return x`, null, ["a", "c"]],
    ["none that takes nothing, where others do", `${A}\ndef test(): return a(1)`, null, ["a"]],
    ["those that take nothing where all do", "def a(): pass\ndef b(): a()", null, ["a", "b"]],
    ["all where each calls the other", `def a(x): return b(x)\n${B}`, null, ["a", "b"]],
    ["none where there is none", "x = 1", null, []],
  ])("are %s", (_, code, entry, names) => {
    const [program] = programsIn(`\`\`\`\n${code}\n\`\`\``);
    expect(candidates(program!, entry).map(({ name }) => name)).toEqual(names);
  });

  it("of one name are what its last definition makes", () => {
    const [program] = programsIn("```\ndef a(): pass\ndef a(x): pass\n```");
    expect(candidates(program!, "a")).toMatchObject([{ hasParameters: true }]);
  });
});
