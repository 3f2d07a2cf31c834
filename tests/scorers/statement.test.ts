import { describe, expect, it } from "vitest";
import { sentencesOf, statedIn, statedNumbers } from "../../lib/scorers/statement.js";

describe("sentencesOf", () => {
  it.each<[string, readonly string[]]>([
    ["It is 5. So 6.", ["It is 5.", "So 6."]],
    ["It is 5. so 6.", ["It is 5. so 6."]],
    ["It is 5.5 or 6. ", ["It is 5.5 or 6."]],
    ["Yes! No? Well… it。 is", ["Yes!", "No?", "Well… it。", "is"]],
    ["a\n\n\nb\n \n", ["a", "b"]],
    ["Mr. X", ["Mr.", "X"]],
    ["1. a\n2) b\n3. c", [" a", " b", " c"]],
    ["> **1.** a\n## 2. b", ["** a", " b"]],
    ["5. Sarah has them", ["5.", "Sarah has them"]],
    ["1. a\n3. B", [" a", "3.", "B"]],
    ["1.5 litres", ["1.5 litres"]],
    ["1. ", ["1."]],
    ["101. A", ["101.", "A"]],
  ])("splits %j into %j", (text, sentences) => {
    expect(sentencesOf(text).map((one) => one.text)).toEqual(sentences);
  });

  it.each([
    ["How many are left now?", "question"],
    ['She asks "how many are left?")', "question"],
    ["**How many are left？**", "question"],
    ["5 or 6?", "statement"],
    ["5? That is what it must be", "statement"],
    ["Let's check: 3 + 2 = 5", "check"],
    ["To double-check, 3 + 2 = 5", "check"],
    ["**Verification:** 5", "check"],
    ["We can verify that 5", "check"],
    ["Let us verify it", "check"],
    ["The check is 5", "statement"],
    ["Her check came to 5", "statement"],
  ])("takes %j for a %s", (text, kind) => {
    expect(sentencesOf(text)[0]!.kind).toBe(kind);
  });
});

/** The number, and the one said of the item. */
const read = (sentence: string, item?: string, unit?: string): readonly (number | undefined)[] => {
  const { stated, ofItem } = statedIn(sentence, item, unit);
  return [stated?.value, ofItem?.value];
};

describe("statedIn", () => {
  it.each<[string, number | undefined]>([
    ["She has 3 and 2, in all 5", 5],
    ["There are none", undefined],
    ["She has 5 (of the 7)", 5],
    ["(3 + 2) makes 5", 5],
    ["She has 2 (3 + 4) * 5", 5],
    ["2 * (3) = 6 (not 7)", 6],
    ["She has 5 out of 10", 5],
    ["She has 5 out of a total of the 10.5", 5],
    ["5 apples of the 10", 5],
    ["5 of 10", 5],
    ["50% of 10", 50],
    ["5 apples make a total of 10", 10],
    ["Out of 10 she has 5", 5],
    ["She has 5 after eating 2", 5],
    ["After eating 2 she has 5", 5],
    ["She has 5 because 3 is more than 2", 5],
    ["Since 3 are gone, 5", 5],
    ["5 when 2 are gone", 5],
    ["She has 7, and after that 7 - 2 = 5", 5],
    ["Step 2: she has 5", 5],
    ["She has 5 in step #2", 5],
    ["It is not 6", undefined],
    ["It is 5 and not 6", 5],
    ["It is a 3-part sum of 5", 5],
    ["It is a 5-hour trip", 5],
    ["That is 50 %, so 5", 5],
    ["5, which is 50 %", 5],
    ["It is 50 %", 50],
  ])("reads %j: %j", (sentence, value) => {
    expect(read(sentence)[0]).toBe(value);
  });

  it.each<[string, string | undefined, number]>([
    ["40 mph for 3 hours", "mph", 40],
    ["40 mph for 3 hours", "hours", 3],
    ["40 mph for 3 hours", undefined, 3],
    ["It is 40 by 3", "mph", 3],
  ])("reads of %j in %j: %j", (sentence, unit, value) => {
    expect(read(sentence, undefined, unit)[0]).toBe(value);
  });

  it.each<[string, readonly (number | undefined)[]]>([
    ["6 cups of blue and 4 of red", [6, 6]],
    ["6 Blue, 4 red", [6, 6]],
    ["6 large round very blue cups, 4 red", [6, 6]],
    ["6 of a large very blue, 4 red", [4, undefined]],
    ["6 red, 4 blue", [4, 4]],
    ["3/5 blue is 6", [6, 6]],
    ["3 parts blue, 2 parts red, 10 cups", [10, undefined]],
    ["Blue: 6, red: 4", [6, 6]],
    ["blue is 6 cups, red 4 cups", [6, 6]],
    ["blue is 3 of 5, so 6", [6, 6]],
    ["blue is 3, or 6", [6, 6]],
    ["blue: 6, total: 10", [6, 6]],
    ["blue: 3 and 3, total 6", [3, 3]],
    ["Blue | 6 | 4", [4, 4]],
    ["blue is 3 parts and red 2", [2, undefined]],
    ["blue = 3x = 6", [6, 6]],
    ["blue: 3 × 2 = 6", [6, 6]],
    ["4 red + 6 blue = 10", [6, 6]],
    ["3 blue ones, so 6 cups", [6, 3]],
    ["3 blue ones therefore 6 cups", [6, 3]],
    ["3 blue → 6 cups", [6, 3]],
    ["3 blue make 6 cups", [3, 3]],
    ["she likes blue with 6", [6, undefined]],
    ["blue needs 6, red 4", [6, 6]],
    ["blue and red are 10", [10, undefined]],
    ["red 4, blue are 6", [6, 6]],
  ])("reads of the blue in %j: %j", (sentence, values) => {
    expect(read(sentence, "blue")).toEqual(values);
  });
});

describe("statedNumbers", () => {
  it.each<[string, readonly number[]]>([
    ["step 2, part 3, option 4, question #5, example 6", []],
    ["misstep 2", [2]],
    ["not 5 but 6", [6]],
    ["3-part, 3 -part, 3-hour, 3-4", [3, 3, 3, 4]],
  ])("finds in %j: %j", (sentence, values) => {
    expect(statedNumbers(sentence).map(({ value }) => value)).toEqual(values);
  });
});
