import { describe, expect, it } from "vitest";
import { rewritten } from "../../lib/scorers/python/rewrite.js";

/** What a program becomes, without what is put before it. */
function written(code: string, isOrdered = false): string {
  const [before, after] = ["# begins\n", "\n# ends"];
  const { source } = rewritten(`${before}${code}${after}`, isOrdered);
  return source.slice(source.lastIndexOf(before) + before.length, source.lastIndexOf(after));
}

describe("rewritten", () => {
  it.each([
    "a = 1",
    "import math as m\nm.sqrt(4)",
    "import json",
    "from os import path",
    "from operator import *",
    "import os.path",
    "a[i] = b",
    "a.b = c",
    "a, b = c, d",
    "a = b = c",
    "a[0] = b[0] = c",
    "a[b[1:2]] = 3",
    "*a, b[0] = c",
    "f(**a)",
    "c.get(1)",
    "a.get.b",
    "s.split",
    "str.maketrans('a', 'b')",
    "str.__len__",
    "next(a)",
    "summary(a, start=1)",
    "my_sum(a, start=1)",
    "any(b for b in a)",
    "a < b",
    "a += b",
    "d[1] += 2",
    "class A: pass\nmax(c, key=c.get)",
    "class A:\n    @property\n    pass",
    "def f():\n    return 1",
    "f = lambda: (yield 1)",
    "match a:\n  case _: pass",
    "a = (",
  ])("leaves %j as it is", (code) => {
    expect(written(code)).toBe(code);
    expect(rewritten(code).isApproximate).toBe(false);
  });

  it.each<[string, string]>([
    ["import math\nmath.prod(a)", "import math\nshim_math_prod(a)"],
    ["import operator as op, math\nop.add", "pass; import  math\nshim_operator_add"],
    ["from operator import add, mul as m", "add = shim_operator_add; m = shim_operator_mul"],
    ["from operator import (add,\n  no)", "add = shim_operator_add; from operator import  no "],
    ["from __future__ import annotations", "pass"],
    [
      "from itertools import chain\nchain.from_iterable(a)",
      "chain = shim_itertools_chain\nshim_itertools_from_iterable(a)",
    ],
    ["import random\nrandom.nothing(1)", "pass\nshim_random_nothing(1)"],
  ])("takes what is imported in %j from what it brings along", (code, after) => {
    expect(written(code)).toBe(after);
  });

  it.each<[string, string]>([
    ["a[1:2] = b", "shim_slice_assign(a, 1, 2, None, b)"],
    ["a[:] = b", "shim_slice_assign(a, None, None, None, b)"],
    ["a[::i+1] = f(b)", "shim_slice_assign(a, None, None, i + 1, f(b))"],
    ["a[1], b = c, d", "shim_1, shim_2 = c, d; a[1] = shim_1; b = shim_2"],
    ["(a[1], b[2]) = c", "shim_1, shim_2 = c; a[1] = shim_1; b[2] = shim_2"],
    ["[a[1], b] = c", "shim_1, shim_2 = c; a[1] = shim_1; b = shim_2"],
    ["a[1:2], b = c", "shim_1, shim_2 = c; shim_slice_assign(a, 1, 2, None, shim_1); b = shim_2"],
    ["del a[1]", "a.pop(1)"],
    ["del a[f(1)][2]", "a[f(1)].pop(2)"],
    ["del a[b[1:2]]", "a.pop(b[1:2])"],
    ["del a.b", "a.b"],
    ["del a[1:2]", "shim_slice_assign(a, 1, 2, None, [])"],
    ["del a", "a = None"],
    ["del a[1], b", "a.pop(1); b = None"],
  ])("assigns and deletes in %j step by step", (code, after) => {
    expect(written(code)).toBe(after);
  });

  it.each<[string, string]>([
    ["f(*range(3))", "f(*list(range(3)))"],
    ["[*range(3), 4]", "[*list(range(3)), 4]"],
    ["(*a, 1)", "(*list(a), 1)"],
    ["add = c.append", "add = (lambda shim_self: lambda *shim_rest: shim_self.append(*shim_rest))(c)"],
    ["f(a, b.pop)", "f(a, (lambda shim_self: lambda *shim_rest: shim_self.pop(*shim_rest))(b))"],
    ["map(str.upper, a)", "map((lambda shim_self, *shim_rest: shim_self.upper(*shim_rest)), a)"],
    ["sum(a, start=1)", "shim_sum(a, 1)"],
    ["enumerate(a,  start = 1)", "enumerate(a,   1)"],
    ["round(a)", "round(a)"],
    ["round(a, ndigits=2)", "shim_round(a, 2)"],
    ["int(a, base=2)", "shim_int(a, 2)"],
    ["next(b for b in a if b)", "next(iter(b for b in a if b))"],
    ["next((b for b in a), 0)", "next(iter((b for b in a)), 0)"],
    ["a += b < c", "a += int(b < c)"],
    ["a += (b in c)", "a += int((b in c))"],
    ["n = 1 + (x == y)", "n = 1 + int((x == y))"],
  ])("says %j in words that the interpreter knows", (code, after) => {
    expect(written(code)).toBe(after);
  });

  it.each<[string, string]>([
    ["@g\ndef f(x): return x", "def f(x): return x\nf = g(f)"],
    [
      "@g\n@h(1)\ndef f(x):\n    return x\n\na = 1",
      "def f(x):\n    return x\nf = h(1)(f)\nf = g(f)\n\na = 1",
    ],
    [
      "import functools\n@functools.lru_cache(None)\ndef f(x): return x",
      "pass\ndef f(x): return x\nf = shim_functools_lru_cache(None)(f)",
    ],
    ["@a.b\ndef f(x): return x", "def f(x): return x\nf = a.b(f)"],
    ["if a:\n    @g\n    def f(x): return x", "if a:\n    def f(x): return x\n    f = g(f)"],
  ])("calls the decorators of %j", (code, after) => {
    expect(written(code)).toBe(after);
  });

  it.each<[string, string]>([
    ["a < b", "(shim_lt(a, b))"],
    ["a > b >= c", "(shim_gt(a, (shim_1 := b)) and shim_ge(shim_1, c))"],
    [
      "1 < 2 <= 3 < 4",
      "(shim_lt(1, (shim_1 := 2)) and shim_le(shim_1, (shim_2 := 3)) and shim_lt(shim_2, 4))",
    ],
    ["a < b == c", "(shim_lt(a, (shim_1 := b)) and shim_1 == c)"],
    ["a == b", "a == b"],
    ["a not in b", "a not in b"],
    ["a + (b < c)", "a + int(((shim_lt(b, c))))"],
    ["a.sort()", "shim_method_sort(a, )"],
    ["sorted(a)", "sorted(a)"],
  ])("compares as in Python where %j is ordered", (code, after) => {
    expect(written(code, true)).toBe(after);
    expect(rewritten(code, true).source).toContain("def shim_lt");
  });

  it.each<[string, string]>([
    [
      "def f():\n    yield 1",
      "def f():\n    shim_given = []\n    shim_given.append((1))\n    return tuple(shim_given)",
    ],
    ["def f(): yield", "def f(): shim_given = []; shim_given.append((None)); return tuple(shim_given)"],
    [
      "def f():\n    yield from a\n    return",
      "def f():\n    shim_given = []\n    shim_given.extend(a)\n    return tuple(shim_given)\n    return tuple(shim_given)",
    ],
    [
      "def f():\n    def g():\n        return 1\n    yield g()",
      "def f():\n    shim_given = []\n    def g():\n        return 1\n    shim_given.append((g()))\n    return tuple(shim_given)",
    ],
    [
      "def g():\n    def f():\n        yield 1\n    return f",
      "def g():\n    def f():\n        shim_given = []\n        shim_given.append((1))\n        return tuple(shim_given)\n    return f",
    ],
    [
      "from collections import defaultdict as dd\nd = defaultdict(int)\nd[1] += 2",
      "dd = shim_collections_defaultdict\nd = defaultdict(int)\nd[1] = d.setdefault(1, int()) + (2)",
    ],
    [
      "import collections\nd = collections.defaultdict(set)\nd[a[1]].add(1)\ne[1].add(2)",
      "pass\nd = shim_collections_defaultdict(set)\nd.setdefault(a[1], set()).add(1)\ne[1].add(2)",
    ],
    [
      "from collections import Counter\nc = Counter()\nc[x] -= 1",
      "Counter = shim_collections_Counter\nc = Counter()\nc[x] = c.setdefault(x, int()) - (1)",
    ],
  ])("does %j more simply, and says so", (code, after) => {
    expect(written(code)).toBe(after);
    expect(rewritten(code).isApproximate).toBe(true);
  });

  it("leaves what nests deeper than it can follow, and lines that nobody writes", () => {
    for (const code of [`del a${"[".repeat(200)}`, `del a # ${"x".repeat(4001)}`])
      expect(rewritten(code, true)).toEqual({ source: code, isApproximate: false });
    const near = `del a # ${"x".repeat(3990)}`;
    expect(written(near)).toMatch(/^a = None/);
  });

  it("brings nothing along where nothing is wanted", () => {
    expect(rewritten("a = 1").source).toBe("a = 1");
    expect(rewritten("a[:] = b").source).toContain("def shim_slice_assign");
    expect(rewritten("a[:] = b").source).not.toContain("def shim_lt");
  });
});
