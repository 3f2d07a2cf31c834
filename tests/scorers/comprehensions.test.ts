import { describe, expect, it } from "vitest";
import { comprehensionsIn, judgeComprehensions } from "../../lib/scorers/python/judgeComprehension.js";

const C = "[n for n in a]";
const D = "[m for m in a]";
const fenced = (code: string, language = "python"): string => `\`\`\`${language}\n${code}\n\`\`\``;
const textsIn = (answer: string): readonly string[] => comprehensionsIn(answer).map(({ text }) => text);

describe("comprehensionsIn", () => {
  it.each<[string, string, string[]]>([
    ["one alone", C, [C]],
    ["one over two lines", fenced("[n\n for n in a]"), ["[n\n for n in a]"]],
    ["one in brackets and braces", "[f({n}, (n)) for n in [1, 2]]", ["[f({n}, (n)) for n in [1, 2]]"]],
    ["one inside another, as one", "[[m for m in n] for n in a]", ["[[m for m in n] for n in a]"]],
    ["several that stand alone", fenced(`${C}\n${D}`), [C, D]],
    ["those that stand alone before those in prose", `${C}\nor use ${D} there`, [C]],
    ["the last two of prose", `use ${C}, or ${D}, or [k for k in a], so`, [D, "[k for k in a]"]],
    ["what stands in backticks on its line", `So:\n  \`${C}\`  \nuse ${D} too`, [C]],
    ["none of other fences, where there are fences", `${C}\n${fenced(D, "js")}`, []],
    ["those of fences of Python alone", `${fenced(C, "js")}\n${fenced(D, "ipython3")}`, [D]],
    ["those of a fence without a language", fenced(C, ""), [C]],
    ["no list without for", "[1, 2, 3]", []],
    ["none that is no Python", "[n for n n a]", []],
    ["none that is never closed", "[n for n in a", []],
    ["one behind a bracket that is never closed", `[ and\n${fenced(C)}`, [C]],
    ["none of more than 500 characters", `[${"n".repeat(490)} for n in a]`, []],
    ["one of 500 characters", `[${"n".repeat(487)} for n in a]`, [`[${"n".repeat(487)} for n in a]`]],
    ["none that is summed up", `sum(${C})`, []],
    ["one that is printed or made a list", `print(${C})\nlist(${D})`, [C, D]],
    ["one after a bracket that calls nothing", `so (${C})`, [C]],
    ["none that is indexed", `${C}[0]`, []],
    ["none that is indexed after a space", `${C} [0]`, []],
    ["none whose method is called", `${C}.sort()`, []],
    ["one at a sentence's end", `It is ${C}.`, [C]],
    ["none that the prose denies", `not ${C}`, []],
    ["none that is to be avoided", `Avoid loops like ${C} here`, []],
    ["one after what is denied", `not a loop, but ${C}`, [C]],
    ["one long after a denial", `not ${"so ".repeat(14)}${C}`, [C]],
  ])("finds %s", (_, answer, texts) => {
    expect(textsIn(answer)).toEqual(texts);
  });

  it.each<[string, boolean]>([
    [C, true],
    [`  x = ${C};`, true],
    [`x, y[0]: list = ${C}`, true],
    [`x = print(list(${C})) # so`, true],
    [`print( ${C} ); x = 1`, true],
    [`${C}]`, false],
    [`${C} is it`, false],
    [`It is ${C}`, false],
    [`x == ${C}`, false],
  ])("knows whether it stands alone in %j: %s", (line, isAlone) => {
    expect(comprehensionsIn(line)[0]!.isAlone).toBe(isAlone);
  });

  it("knows the code above it in its fence, and none of prose", () => {
    expect(comprehensionsIn(fenced(`a = 1\nb = ${C}`))[0]!.above).toBe("a = 1\n");
    expect(comprehensionsIn(`a = 1\nb = ${C}`)[0]!.above).toBe("");
  });
});

const judged = async (answer: string, check: object = {}) =>
  (await judgeComprehensions(comprehensionsIn(answer), { value: [1, 2], ...check })).map(({ is }) => is);

describe("judgeComprehensions", () => {
  it.each<[string, string, string[]]>([
    ["right and wrong ones", "[n for n in [1, 2]]\n[n for n in [1]]", ["right", "wrong"]],
    ["one with what stands above it", fenced("a = [1, 2]\n[n for n in a]"), ["right"]],
    [
      "one without what stands above it, where it needs nothing",
      fenced("x = y\n[n for n in [1, 2]]"),
      ["right"],
    ],
    ["no template beside a real one", "[n for n in xs]\n[n for n in [1, 2]]", ["right"]],
    ["a template alone", "[n for n in xs]", ["wrong"]],
    ["the last of prose", "use [n for n in [1]], no, [n for n in [1, 2]] it is", ["right"]],
    ["one that fails", "[n / 0 for n in [1, 2]]", ["wrong"]],
    ["one that cannot be run", "[eval('n') for n in [1, 2]]", ["unknown"]],
  ])("judges %s", async (_, answer, verdicts) => {
    expect(await judged(answer)).toEqual(verdicts);
  });

  it("wants one line where a task says so", async () => {
    const answer = fenced("[n\n for n in [1, 2]]");
    expect(await judged(answer)).toEqual(["right"]);
    expect(await judged(answer, { needs: ["one-line"] })).toEqual(["wrong"]);
    expect(await judged("[n for n in [1, 2]]", { needs: ["one-line"] })).toEqual(["right"]);
  });

  it("says what each is", async () => {
    const [one] = await judgeComprehensions(comprehensionsIn(fenced("[n  for\n n in [1]]")), {
      value: [1, 2],
    });
    expect(one).toEqual({ is: "wrong", why: "[n for n in [1]] is not [1,2]." });
  });
});
