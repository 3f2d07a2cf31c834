import { describe, expect, it } from "vitest";
import { answerText, fencesIn, withoutCodeMarks, withoutThinking } from "../../lib/scorers/answerText.js";

describe("answerText", () => {
  it("reads answers of up to 20,000 characters, and leaves longer ones to a person", () => {
    const longest = "a".repeat(20_000);
    expect(answerText(longest)).toBe(longest);
    expect(answerText(`${longest}b`)).toEqual({
      kind: "unscored",
      reason: "review",
      explanation: "The answer has 20001 characters; more than 20000 are not judged.",
    });
  });

  it.each([
    [300, "refused"],
    [301, "an answer"],
  ])("takes a refusal of %i characters for: %s", (length, word) => {
    const read = answerText("I can't help with that".padEnd(length, " indeed"));
    expect(typeof read === "object" && read.kind === "unscored" ? read.reason : "an answer").toBe(word);
  });

  it.each([undefined, null, 3, {}])("takes %j, which is no text, for an empty answer", (output) => {
    expect(answerText(output)).toMatchObject({ reason: "no-answer" });
  });
});

describe("withoutThinking", () => {
  it.each([
    ["<think>a</think>b", "b", false],
    ["a</think>b", "b", false],
    ["<think>a</think>b</think>c", "c", false],
    ["<THINK>\na\n</THINK>\n\nb", "b", false],
    ["<thinking>a</thinking>b", "b", false],
    ["b<think>a", "b", true],
    ["<think>a", "", true],
    ["a < think > b", "a < think > b", false],
    ["a</thinking>b</THINK>c", "c", false],
    ["◁think▷a◁/think▷b", "b", false],
    ["a<reasoning>b", "a", true],
    ["<think>a</think>b<think>c", "b", true],
    ["<analysis>", "", true],
    ["<thoughts>a", "<thoughts>a", false],
    ["\u200b b\u00ad\ufeff", "b", false],
    ["\u200b\u00ad\ufeff", "", false],
  ])("leaves of %j: %j", (output, text, endless) => {
    expect(withoutThinking(output)).toEqual({ text, endless });
  });
});

describe("fencesIn", () => {
  it.each<[string, string, [string, string][]]>([
    ["a block with its language", "a\n```Python title\nb\n```\nc", [["python", "b"]]],
    [
      "two blocks",
      "```\na\n```\n~~~js\nb\n~~~",
      [
        ["", "a"],
        ["js", "b"],
      ],
    ],
    ["a block that is cut off", "```py\na\nb", [["py", "a\nb"]]],
    ["a block after white space", "  \n```\na\n```", [["", "a"]]],
    ["a block before white space", "```\na\n```  \n ", [["", "a"]]],
    ["a shorter fence in a longer one", "````md\n```\na\n```\n````", [["md", "```\na\n```"]]],
    ["lines that end as in Windows", "```\r\na\r\nb\r\n```", [["", "a\nb"]]],
    ["an empty block", "```\n```", [["", ""]]],
    ["no block in marks that nothing follows", "a\n```", []],
    ["no block in a language that nothing follows", "a\n  ```python", []],
    ["no block in what is no fence", "a ``b`` c", []],
  ])("finds %s", (_, text, blocks) => {
    expect(fencesIn(text).map(({ language, body }) => [language, body])).toEqual(blocks);
  });
});

describe("withoutCodeMarks", () => {
  it.each([
    ["`` a ``", "a"],
    ["``` a```", "a"],
    ["```a\nb\n```", "b"],
    ["```\n\n a \n\n```", "a"],
    ["```\r\na\r\nb\r\n```", "a\nb"],
    ["~~~\na~~~", "a"],
    ["```\na\n```\n```\nb\n```", "```\na\n```\n```\nb\n```"],
    ["```\na\n```\nb `c```", "```\na\n```\nb `c```"],
    ["```\na", "```\na"],
    ["a\n```", "a\n```"],
    ["`a``", "`a``"],
    ["a", "a"],
  ])("leaves of %j: %j", (text, inside) => {
    expect(withoutCodeMarks(text)).toBe(inside);
  });
});
