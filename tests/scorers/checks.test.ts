import { describe, expect, it } from "vitest";
import { scorers } from "../../lib/scorers/index.js";
import type { InstructionCheck } from "../../lib/scorers/types.js";

const judge = (answer: string, check: InstructionCheck): unknown => {
  const outcome = scorers.checks(answer, { checks: [check] });
  return outcome.kind === "scored" ? outcome.value : outcome;
};

/** Kind, arguments, an answer that follows, one that does not. */
const KINDS: readonly (readonly [string, object, string, string])[] = [
  ["keywords:existence", { keywords: ["oak", "elm"] }, "Elms and OAKS.", "Oaks."],
  ["keywords:frequency", { relation: "at least", keyword: "oak", frequency: 2 }, "Oak, oak.", "Oak."],
  ["keywords:frequency", { relation: "less than", keyword: "a.b", frequency: 1 }, "axb", "a.b"],
  ["keywords:forbidden_words", { forbidden_words: ["rock"] }, "A rocket.", "A Rock."],
  [
    "keywords:letter_frequency",
    { let_relation: "less than", letter: "T", let_frequency: 2 },
    "To me",
    "To it",
  ],
  ["language:response_language", { language: "de" }, "Das ist nicht der Fluss.", "This is not the river."],
  ["language:response_language", { language: "hi" }, "यह नदी के पास है", "तो आहे आणि होते"],
  ["language:response_language", { language: "ja" }, `${"漢".repeat(19)}の`, `${"漢".repeat(20)}の`],
  ["language:response_language", { language: "zh-CN" }, "漢字", "東京へ行きましょう"],
  ["language:response_language", { language: "de" }, "12 + 3", "The"],
  ["language:response_language", { language: "ru" }, "Это мы и он.", "Това е и на тази река."],
  [
    "length_constraints:number_sentences",
    { relation: "at least", num_sentences: 3 },
    'Dr. Who? "No!" he said.\nI go.',
    "e.g. this. One more",
  ],
  ["length_constraints:number_paragraphs", { num_paragraphs: 2 }, "a\n***\nb", "a\n\nb"],
  [
    "length_constraints:number_words",
    { relation: "at least", num_words: 3 },
    "well-known fact",
    "well known",
  ],
  ["length_constraints:number_words", { relation: "exactly", num_words: 2 }, "two words", "just one more"],
  [
    "length_constraints:nth_paragraph_first_word",
    { num_paragraphs: 2, nth_paragraph: 2, first_word: "Oak" },
    'a\n\n"Oak, b',
    "a\n\nThe oak",
  ],
  ["detectable_content:number_placeholders", { num_placeholders: 2 }, "[a] and [b]", "[a] and (b)"],
  ["detectable_content:postscript", { postscript_marker: "P.S." }, "Bye.\nP.S. More", "Bye. PS More"],
  ["detectable_content:postscript", { postscript_marker: "P.P.S" }, "p. p. s. more", "P.S. more"],
  ["detectable_format:number_bullet_lists", { num_bullets: 2 }, "* a\n- b", "* a\n**b**"],
  ["detectable_format:constrained_response", {}, "My answer is maybe.", "Maybe."],
  ["detectable_format:number_highlighted_sections", { num_highlights: 2 }, "*a* b **c**", "*a* b * *"],
  [
    "detectable_format:multiple_sections",
    { section_spliter: "SECTION", num_sections: 2 },
    "SECTION 1\na\nSECTION 2\nb",
    "SECTION 1\na",
  ],
  ["detectable_format:json_format", {}, '```json\n{"a": 1}\n```', "{a: 1}"],
  ["detectable_format:title", {}, "<<A title>>\ntext", "<< >>\ntext"],
  ["combination:two_responses", {}, "a\n******\nb", "a\n******\na"],
  ["combination:repeat_prompt", { prompt_to_repeat: "Say it." }, "say it.\nIt.", "OK. Say it."],
  ["startend:end_checker", { end_phrase: "The end." }, 'So. "the end."', "The end. Bye"],
  ["startend:quotation", {}, '"a"', 'a "b"'],
  [
    "change_case:capital_word_frequency",
    { capital_relation: "at least", capital_frequency: 2 },
    "I'm OK",
    "Am OK",
  ],
  ["change_case:english_capital", {}, "THIS IS IT", "THIS IS it"],
  ["change_case:english_lowercase", {}, "this is it", "der hund ist nicht das problem"],
  ["punctuation:no_comma", {}, "a; b", "a, b"],
];

/** The ends of what follows: kind, arguments, answers that follow, answers that do not. */
const ENDS: readonly (readonly [string, object, readonly string[], readonly string[]])[] = [
  ["keywords:frequency", { relation: "at most", keyword: "Oak", frequency: 1 }, ["elm", "oak"], ["oakOAK"]],
  ["keywords:frequency", { relation: "more than", keyword: "a", frequency: 1 }, ["a a"], ["a"]],
  [
    "keywords:frequency",
    { relation: "exactly", keyword: "$(x)?", frequency: 1 },
    ["$(x)?"],
    ["x", "$(x)?$(x)?"],
  ],
  ["keywords:frequency", { relation: "less than", keyword: "a", frequency: 2 }, ["a"], ["aa"]],
  ["keywords:forbidden_words", { forbidden_words: ["é", "b-c"] }, ["été", "ab-c"], ["É", "a b-c."]],
  ["keywords:letter_frequency", { let_relation: "at least", let_frequency: 2, letter: "#" }, ["##"], ["#"]],
  [
    "length_constraints:number_paragraphs",
    { num_paragraphs: 1 },
    ["a", "***a", "a ***"],
    ["a***b", "a******b"],
  ],
  [
    "length_constraints:number_paragraphs",
    { num_paragraphs: 2 },
    ["a\n***\nb\n***", "a***b"],
    ["a***\n***b"],
  ],
  [
    "length_constraints:nth_paragraph_first_word",
    { num_paragraphs: 2, nth_paragraph: 1, first_word: " OAK " },
    ["oak\n\nb", "'oak' a\n\nb", "'\"oak,b\n\n c", " oak! a\n\nb"],
    ["oak", "oak\n\nb\n\nc", "a oak\n\nb", "oaks\n\nb"],
  ],
  [
    "length_constraints:nth_paragraph_first_word",
    { num_paragraphs: 1, nth_paragraph: 2, first_word: "oak" },
    [],
    ["oak", "a\n\n oak", "oak\n\n"],
  ],
  [
    "detectable_content:postscript",
    { postscript_marker: "P.S." },
    ["P.S.", "p. s. a", "P.\nS."],
    ["PS", "P.S"],
  ],
  ["detectable_content:postscript", { postscript_marker: "P.P.S" }, ["P.P.S", "p. p.\ns"], ["P.S.", "PPS"]],
  ["detectable_content:postscript", { postscript_marker: "NB." }, ["nb. a"], ["nb a", "P.S."]],
  [
    "detectable_format:number_bullet_lists",
    { num_bullets: 1 },
    ["a\n  * b", "-", "* b"],
    ["**a**", "a * b", "*a\n-b"],
  ],
  [
    "detectable_format:number_highlighted_sections",
    { num_highlights: 1 },
    ["*a*", "a **b**"],
    ["*a\nb*", "* *", "**"],
  ],
  ["detectable_format:number_highlighted_sections", { num_highlights: 2 }, ["**a** b **c**"], ["*a*"]],
  [
    "detectable_format:multiple_sections",
    { section_spliter: "Part (x)", num_sections: 2 },
    ["Part (x)1 Part (x) 22"],
    ["Part (x)  1 Part (x) 2", "part (x) 1 part (x) 2", "Part x 1 Part x 2"],
  ],
  ["detectable_content:number_placeholders", { num_placeholders: 1 }, ["[]", "[a b] c]"], ["[a\n]", "a]"]],
  [
    "detectable_format:json_format",
    {},
    ["3", "```JSON\n[]\n```", "```[]```", "```json{}"],
    ["a ```{}```", "```js\n{}```"],
  ],
  ["detectable_format:title", {}, ["a <<b>> c"], ["<<\n>>", "<<<>>>", "<a>"]],
  [
    "combination:two_responses",
    {},
    ["a******b", "******a ****** b"],
    ["a", "a******b******c", "a************b"],
  ],
  ["startend:end_checker", { end_phrase: "Bye now" }, ['a BYE NOW"', "bye now"], ["bye now.", "bye"]],
  ["startend:quotation", {}, ['""', '"a\nb"'], ['"', 'a"', '"a']],
  ["change_case:english_capital", {}, ["A 1", "THE ÉTÉ"], ["1", "THE ǅ", "ИДЁТ СНЕГ"]],
  ["change_case:english_lowercase", {}, ["a 1", "the été"], ["1", "the ǅ", "The", "идёт снег"]],
  [
    "change_case:capital_word_frequency",
    { capital_relation: "exactly", capital_frequency: 2 },
    ["I'M", "A-B I", "(A) “B”", "A.B C...", "A--B", "DON'T", "OK. (NO.)"],
    ["A", "A B C", "Ab 1"],
  ],
  [
    "length_constraints:number_sentences",
    { relation: "exactly", num_sentences: 2 },
    [
      "So it is. Yes.",
      "a! b",
      'He said "no!" Then',
      "A?! b",
      "At 5. Then",
      "Etc. Then. So",
      "Yes... But",
      "It is. ) So",
      "It is. ! So",
    ],
    ["", "A.", "a. b", "A.B", "Mr. X", "(Dr. X)", "J. Doe", "At 5. then", "so... b", "A\nB", "At a.m. Then"],
  ],
];

describe("scorers.checks", () => {
  it.each(KINDS)("judges %s %j: %j follows, %j does not", (kind, given, follows, misses) => {
    expect(judge(follows, { kind, ...given })).toBe(1);
    expect(judge(misses, { kind, ...given })).toBe(0);
  });

  it.each(ENDS)("judges %s %j to its ends: %j follow, %j do not", (kind, given, follow, miss) => {
    const values = (answers: readonly string[]): readonly unknown[] =>
      answers.filter((answer) => judge(answer, { kind, ...given }) !== 1);
    expect(values(follow)).toEqual([]);
    expect(values(miss)).toEqual(miss);
  });

  it("knows the 25 kinds of IFEval", () => {
    expect(new Set(KINDS.map(([kind]) => kind)).size).toBe(25);
  });

  it.each([[undefined], [[]]])("fails where the task gives %j for checks", (checks) => {
    expect(scorers.checks("a", checks === undefined ? {} : { checks })).toMatchObject({ kind: "failed" });
  });

  it("says nothing of what an answer that is empty or a refusal follows", () => {
    const checks = [{ kind: "punctuation:no_comma" }, { kind: "startend:quotation" }];
    expect(scorers.checks(" ", { checks })).toMatchObject({ reason: "no-answer" });
    expect(scorers.checks("I can't help with that.", { checks })).toMatchObject({ reason: "refused" });
  });

  it("asks for every instruction, and says which is missed and what was found", () => {
    const checks = [
      { kind: "punctuation:no_comma" },
      { kind: "length_constraints:number_words", relation: "at least", num_words: 3 },
    ];
    expect(scorers.checks("one two three", { checks })).toMatchObject({ value: 1 });
    expect(scorers.checks("one two", { checks })).toMatchObject({
      value: 0,
      explanation: expect.stringMatching(/number_words.*2 words, at least 3/),
    });
  });

  it.each<[InstructionCheck, RegExp]>([
    [
      { kind: "length_constraints:number_word" },
      /"length_constraints:number_word".*did you mean "length_constraints:number_words"/,
    ],
    [
      { kind: "length_constraints:number_words", relation: "at least" },
      /"num_words".*number_words is nothing; it must be a number/,
    ],
    [
      { kind: "length_constraints:number_words", relation: "about", num_words: 3 },
      /"relation".*"about"; it must be one of less than/,
    ],
    [{ kind: "keywords:existence", keywords: "oak" }, /"keywords".*"oak"; it must be a list of texts/],
    [{ kind: "keywords:existence", keywords: ["oak", " "] }, /it must be a list of texts/],
    [{ kind: "keywords:existence", keywords: ["oak", 5] }, /it must be a list of texts/],
    [{ kind: "startend:end_checker", end_phrase: " " }, /"end_phrase".*it must be a text/],
    [{ kind: "startend:end_checker", end_phrase: 5 }, /"end_phrase".*is 5; it must be a text/],
    [{ kind: "language:response_language", language: "tlh" }, /"language".*"tlh"; it must be one of en/],
  ])("fails for %j, whatever the answer", (check, message) => {
    for (const answer of ["An answer.", ""])
      expect(judge(answer, check)).toMatchObject({ kind: "failed", message: expect.stringMatching(message) });
  });
});
