import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scoreReasoning } from "../../lib/scorers/index.js";
import type { Expected } from "../../lib/scorers/types.js";
import { wordOf } from "./helpers.js";

describe("scoreReasoning", () => {
  it.each([
    ["the last boxed number counts, whatever follows", "\\boxed{5} and not 7", "1"],
    ["a number after #### counts", "7 - 2 = 5\n#### 5", "1"],
    ["a wrong number after #### is wrong, though the right one is on the way", "7 - 2 = 5\n#### 4", "0"],
    [
      "the stated answer counts, not what explains it",
      "The answer is 5, since 3 + 4 - 2 = 5 and 2 were eaten.",
      "1",
    ],
    ["the value of an equation counts, not its first number", "The answer is 3 + 4 - 2 = 5.", "1"],
    ["a number word counts", "There are five left.", "1"],
    ["another number word is wrong", "There are twenty-five left.", "0"],
    ["a decimal form of the number counts", "5.0", "1"],
    ["a number that holds the digit is wrong", "15", "0"],
    ["a decimal is not its integer part", "5.5", "0"],
    ["the number of a step is no statement of it", "Step 5: she has 6.", "0"],
    ["the right number nowhere is wrong", "I think 8.", "0"],
    ["a number that is denied is not stated", "The answer is not 5, it is 9.", "0"],
    ["what follows so is the conclusion", "Five and two are seven, so she has seven.", "0"],
    ["a question back is no answer", "Did you mean that 5 apples remain, or more?", "0"],
    [
      "the right number on the way with no conclusion is left to a reader",
      "She could have 5 apples. Or 9 apples.",
      "review",
    ],
    ["thinking is not the answer", "<think>It is 5.</think> 6", "0"],
    ["thinking that never ends is a cut-off", "<think>It is 5, because", "cut-off"],
    ["an empty answer has no score", " \n ", "no-answer"],
    ["thinking and nothing else is no answer", "<think>5</think>", "no-answer"],
    ["a refusal has no score", "I'm sorry, but I can't help with that.", "refused"],
    ["a check after the answer is not the answer", "So 5 apples remain.\nCheck: 5 + 2 = 7.", "1"],
    ["a right answer in a first sentence counts past its explanation", "5 apples. She had 7 and ate 2.", "1"],
  ])("%s", async (_, answer, word) => {
    expect(await wordOf("math_apples", answer)).toBe(word);
  });

  describe("where the right number stands on the way", () => {
    const apples = { answer: 5, item: "apples" };
    const speed = { answer: 40, unit: "mph" };
    it.each<[string, string, Expected, number | "review"]>([
      [
        "what is said of the item counts past what is said of another",
        "She has 5 apples left. Tom has 7 pears.",
        apples,
        1,
      ],
      [
        "a question about the item says nothing of it",
        "Are there 5 apples? Tom has 7 pears.",
        apples,
        "review",
      ],
      [
        "another number of the item does not count",
        "She has 6 apples left. With 5 in hand, Tom has 7 pears.",
        apples,
        "review",
      ],
      [
        "what ends with another conclusion is for a reader",
        "She has 5 apples left. So Tom has 7 pears.",
        apples,
        "review",
      ],
      [
        "what is taken back is for a reader",
        "Five apples. But wait, she had 3 and bought 4.",
        apples,
        "review",
      ],
      [
        "a first sentence of twelve words counts",
        "Of all the fruit that Sarah ever had, just 5 remain today. She had 3 and bought 4.",
        apples,
        1,
      ],
      [
        "a first sentence of thirteen words does not",
        "Of all the fruit that Sarah ever had, just 5 still remain today. She had 3 and bought 4.",
        apples,
        "review",
      ],
      [
        "a first sentence ends where a sum concludes otherwise",
        "It is 40 for a while. 20 + 25 = 45",
        speed,
        "review",
      ],
      [
        "an answer alone counts before how it was found",
        "40 mph. It covers 60 miles in 1.5 hours, so divide 60 by 1.5.",
        speed,
        1,
      ],
      [
        "an answer alone and another in its unit are for a reader",
        "40 mph. It took 1.5 hours, so it went at 45 mph.",
        speed,
        "review",
      ],
      [
        "an answer alone and a sum of another value are for a reader",
        "40 mph. It covers 60 miles in 1.5 hours, so 60 / 1.5 = 45.",
        speed,
        "review",
      ],
      [
        "more than an answer alone ends where another is concluded",
        "It went at about 40 or so for an hour. So after that it was 45.",
        speed,
        "review",
      ],
      [
        "a conclusion that names another number is wrong",
        "He drove at 60, then at 40. So he drove at 50.",
        { answer: 40 },
        "review",
      ],
      [
        "one that is no first sentence and no item's is wrong where another is concluded",
        "He set out early. He did 40 at first. So it is 45.",
        { answer: 40 },
        0,
      ],
      [
        "and where a sum has another value",
        "He set out early. He did 40 at first. 20 + 25 = 45",
        { answer: 40 },
        0,
      ],
      [
        "the right number in another unit does not stand for it",
        "At 40 km/h it starts; the speed is 45 mph.",
        speed,
        0,
      ],
      [
        "the right number in its unit is for a reader where another comes last",
        "He set out early. He did 40 mph at first. Then it was 45 mph.",
        speed,
        "review",
      ],
      ["questions are no answers", "Is it 40 or 45?", speed, 0],
    ])("%s", (_, answer, expected, verdict) => {
      const outcome = scoreReasoning(answer, expected);
      expect(outcome.kind === "scored" ? outcome.value : "reason" in outcome && outcome.reason).toBe(verdict);
    });
  });

  it.each([
    ["5.0000000001", 5, undefined, 1],
    ["5.00000001", 5, undefined, 0],
    ["0.30000000001", 0.3, undefined, 1],
    ["0.3000001", 0.3, undefined, 0],
    ["2000000.5000001", 2000000.5, undefined, 1],
    ["2000000.50001", 2000000.5, undefined, 0],
    ["123456790", 123456789, undefined, 0],
    ["40.2", 40, 0.25, 1],
    ["40.25", 40, 0.25, 1],
    ["40.3", 40, 0.25, 0],
  ])("%s is %d to within %s: %d", (text, answer, tolerance, value) => {
    const expected = tolerance === undefined ? { answer } : { answer, tolerance };
    expect(scoreReasoning(text, expected)).toMatchObject({ value });
  });

  it.each([
    ["5\nQuestion: What is 2 + 7?\nThe answer is 9.", 1],
    ["5\n** Problem 2 : What is 2 + 7?\n9", 1],
    ["5\nq3. What is 2 + 7?\n9", 1],
    ["Here it comes.\nQuestion 1: how many?\n5", 1],
  ])("ends before a question that the model puts to itself: %j", (text, value) => {
    expect(scoreReasoning(text, { answer: 5 })).toMatchObject({ value });
  });

  it.each([
    ["the unit may be missing", "40", "1"],
    ["the unit may be spelled out", "40 miles per hour", "1"],
    ["another unit of speed is wrong", "40 km/h", "0"],
    ["a time is wrong", "40 minutes", "0"],
    ["a distance is left to a reader", "The train goes 40 miles.", "review"],
    ["a conversion beside the answer does no harm", "40 mph, or 64 km/h", "1"],
    ["a rounded answer is wrong", "40.2 mph", "0"],
    ["a comma may mark decimals", "40,0 mph", "1"],
  ])("reads units: %s", async (_, answer, word) => {
    expect(await wordOf("train_time", answer)).toBe(word);
  });

  it.each([
    ["the colour asked for counts, wherever it stands", "6 cups of blue and 4 cups of red", "1"],
    ["the right number for the other colour is wrong", "4 cups of blue and 6 cups of red", "0"],
    ["JSON by colour is read by colour", '{"blue": 6, "red": 4}', "1"],
    ["a total does not count", "6 out of 10 cups are blue.", "1"],
    ["the total of a sum does not count", "4 red + 6 blue = 10", "1"],
    ["parts are not cups", "3 of the 5 parts are blue, so 6 cups.", "1"],
  ])("reads what a number is said of: %s", async (_, answer, word) => {
    expect(await wordOf("ratio_mix", answer)).toBe(word);
  });

  it("reads any whole number back from digits, grouped digits, a box and a sentence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), (answer) => {
        for (const text of [
          `${answer}`,
          answer.toLocaleString("en-US"),
          `$\\boxed{${answer}}$`,
          `It is ${answer}.`,
          `= -${answer} + 2 × ${answer} = ${answer}`,
        ]) {
          expect({ text, ...scoreReasoning(text, { answer }) }).toMatchObject({ kind: "scored", value: 1 });
        }
        expect(scoreReasoning(`${answer + 1}`, { answer })).toMatchObject({ value: 0 });
      }),
    );
  });

  it.each([
    [{ answer: -3 }, "3 - 4 - 2 = -3"],
    [{ answer: -3 }, "The answer is −3."],
    [{ answer: 2.5 }, "So it takes 2.5 hours."],
    [{ answer: 60 }, "60% of it."],
    [{ answer: 60, unit: "%" }, "6 of 10, so 60 percent"],
    [{ answer: 1 }, "Only one is left."],
    [{ answer: 1200 }, "That makes 1,200 in all."],
    [{ answer: 10_000 }, "The answer is $\\boxed{10,\\!000}$."],
    [{ answer: 2_500_000 }, "So it is 2{,}500{,}000."],
    [{ answer: 1000 }, "\\boxed{1\\,000}"],
    [{ answer: 1_234_567 }, "That makes 1\u202F234\u202F567."],
    [{ answer: -5 }, "$x = - 5$"],
    [{ answer: -5 }, "\\boxed{- 5}"],
    [{ answer: 7 }, "12 - 5 = 7"],
    [{ answer: 0 }, "There are 0 left."],
    [{ answer: 0.025 }, "0.025"],
    [{ answer: 12, unit: "minutes" }, "It takes 12 min."],
  ])("reads an edited task's %j in %j", (expected, text) => {
    expect(scoreReasoning(text, expected)).toMatchObject({ value: 1 });
    expect(scoreReasoning(text, { ...expected, answer: expected.answer + 1001 })).toMatchObject({ value: 0 });
  });

  it.each([
    [String.raw`After buying 4, she has \(3+4=7\). After eating 2, she has \(7-2=5\).`, { answer: 5 }, "1"],
    [
      String.raw`After buying 4, she has \(3+4=7\). After eating 2, she has \(7-2=5\).`,
      { answer: 7 },
      "unscored",
    ],
    [String.raw`So blue is \(\frac{3}{5} \times 10 = 6\) cups.`, { answer: 6, item: "blue" }, "1"],
    [
      String.raw`6 cups go to red, which leaves blue with \(10 - 6 = 4\) cups.`,
      { answer: 6, item: "blue" },
      "0",
    ],
    ["He drives 230 miles + 380 miles.\nA: 610", { answer: 610 }, "1"],
    ["He drives 230 miles + 380 miles.\nA: 610", { answer: 380 }, "0"],
    ["40 mph. It covers 60 miles in 1.5 hours, so divide 60 by 1.5.", { answer: 40, unit: "mph" }, "1"],
    ["40 mph. It covers 60 miles in 1.5 hours, so divide 60 by 1.5.", { answer: 45, unit: "mph" }, "0"],
    ["40 mph. No, it is 45 mph.", { answer: 40, unit: "mph" }, "unscored"],
    ["5 apples.\n#### 5\n\nQuestion: Tom has 6?\nAnswer: 6 - 2 = 4\n#### 4", { answer: 5 }, "1"],
    ["5 apples.\n#### 5\n\nQuestion: Tom has 6?\nAnswer: 6 - 2 = 4\n#### 4", { answer: 4 }, "0"],
    ["A Sara le quedan cinco manzanas.", { answer: 5 }, "1"],
    ["У Сары осталось пять яблок.", { answer: 5 }, "1"],
    ["Il en reste six.", { answer: 6 }, "1"],
    ["Once again, I cannot say.", { answer: 11 }, "0"],
  ])("reads what models write: %j for %j is %s", (text, expected, verdict) => {
    const outcome = scoreReasoning(text, expected);
    expect(outcome.kind === "scored" ? String(outcome.value) : outcome.kind).toBe(verdict);
  });

  it.each([
    ["4600000001", 4.6e9, 0],
    ["4,600,000,000", 4.6e9, 1],
    ["4600000000.5", 4.6e9, 0],
    ["33.3333333333", 100 / 3, 1],
    ["33.333", 100 / 3, 0],
    ["12345678.91", 12345678.9, 0],
  ])(
    "compares whole numbers exactly and decimals to the ninth place: %s for %d is %d",
    (text, answer, value) => {
      expect(scoreReasoning(text, { answer })).toMatchObject({ value });
    },
  );

  it("reads every number word up to 9,999 back", () => {
    for (let answer = 0; answer < 10_000; answer += answer < 130 ? 1 : 37) {
      expect({ answer, ...scoreReasoning(`It is ${inWords(answer)}.`, { answer }) }).toMatchObject({
        value: 1,
      });
    }
  });

  it("fails, rather than score 0, where the task has no answer", () => {
    expect(scoreReasoning("5", {})).toEqual({
      kind: "failed",
      message: "scoreReasoning: the task's expected has no `answer`; give it one, or another scorer.",
    });
  });
});

const SMALL =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

function inWords(n: number): string {
  const rest = (unit: number, joint: string): string => (n % unit === 0 ? "" : joint + inWords(n % unit));
  if (n >= 1000)
    return `${inWords(Math.floor(n / 1000))} thousand${rest(1000, n % 1000 < 100 ? " and " : " ")}`;
  if (n >= 100) return `${inWords(Math.floor(n / 100))} hundred${rest(100, " and ")}`;
  return n < 20 ? SMALL[n]! : TENS[Math.floor(n / 10)]! + rest(10, "-");
}
