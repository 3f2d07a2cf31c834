import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { loadTasks } from "../../lib/tasks/index.js";
import type { Task } from "../../lib/tasks/types.js";

const folder = mkdtempSync(join(tmpdir(), "questions-"));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};
const jsonl = (...records: readonly object[]): string => records.map((one) => JSON.stringify(one)).join("\n");
const scoreOf = async ({ scorer, expected }: Task, answer: string) => {
  const outcome = await scorer(answer, expected);
  return outcome.kind === "scored" ? outcome.value : outcome.kind;
};

/** Each set as its project publishes it: one record, its facet, a right and a wrong answer, words that its prompt holds. */
const SETS: readonly {
  readonly set: string;
  readonly file: string;
  readonly content: string | Uint8Array;
  readonly facet: string;
  readonly right: string;
  readonly wrong: string;
  readonly prompt: RegExp;
}[] = [
  {
    set: "GSM8K",
    file: "gsm.jsonl",
    content: jsonl({
      question: "Ann sells 500 eggs at $3. What does she get?",
      answer: "500 * 3 = <<500*3=1500>>1500\n#### 1,500",
    }),
    facet: "reasoning",
    right: "She gets $1500.",
    wrong: "She gets $1600.",
    prompt: /^Ann sells 500 eggs at \$3\. What does she get\?$/,
  },
  {
    set: "MATH with a number",
    file: "math.jsonl",
    content: jsonl({
      problem: "What is $2^5$?",
      level: "Level 4",
      solution: "It is $\\boxed{16}$, no: $\\boxed{32}$.",
    }),
    facet: "reasoning",
    right: "\\boxed{32}",
    wrong: "\\boxed{16}",
    prompt: /^What is \$2\^5\$\?\n\nPut the final answer in \\boxed\{\}\.$/,
  },
  {
    set: "MATH with an expression",
    file: "expression.jsonl",
    content: jsonl({
      problem: "Solve.",
      level: "Level 1",
      solution: "So $\\boxed{\\left(\\frac{1}{2},x-1\\right)}$.",
    }),
    facet: "reasoning",
    right: "Hence $\\boxed{ (\\frac{1}{2}, x - 1) }$",
    wrong: "Hence $\\boxed{(\\frac{1}{2}, x + 1)}$",
    prompt: /^Solve\./,
  },
  {
    set: "MATH with a list of numbers, which is none of its own",
    file: "list.jsonl",
    content: jsonl({ problem: "Solve.", level: "Level 2", solution: "So $\\boxed{-3, 1}$." }),
    facet: "reasoning",
    right: "\\boxed{-3,1}",
    wrong: "\\boxed{-31}",
    prompt: /^Solve\./,
  },
  {
    set: "MATH as its project has it: a file a problem, over several lines",
    file: "7.json",
    content: JSON.stringify(
      { problem: "How many?", level: "Level 2", solution: "\\boxed{10{,}000}" },
      null,
      4,
    ),
    facet: "reasoning",
    right: "\\boxed{10,000}",
    wrong: "\\boxed{10}",
    prompt: /^How many\?/,
  },
  {
    set: "MATH where the box has no braces, as in two of its problems",
    file: "bare.jsonl",
    content: jsonl({ problem: "How many?", level: "Level 2", solution: "It is $\\boxed 2$." }),
    facet: "reasoning",
    right: "\\boxed{2}",
    wrong: "\\boxed{3}",
    prompt: /^How many\?/,
  },
  {
    set: "IFEval",
    file: "ifeval.jsonl",
    content: jsonl({
      key: 1001,
      prompt: "Describe rain without a comma.",
      instruction_id_list: ["punctuation:no_comma", "length_constraints:number_words"],
      kwargs: [{ num_words: null }, { relation: "less than", num_words: 5 }],
    }),
    facet: "instruction",
    right: "Rain falls down.",
    wrong: "Rain, it falls.",
    prompt: /^Describe rain/,
  },
  {
    set: "BFCL",
    file: "irrelevance.json",
    content: jsonl({
      id: "irrelevance_7",
      question: [[{ role: "user", content: "Write a poem." }]],
      function: [{ name: "area.of", description: "An area.", parameters: { type: "dict", properties: {} } }],
    }),
    facet: "tool_use",
    right: "I have no tool for that.",
    wrong: '{"tool_calls":[{"name":"area_of","arguments":"{}"}]}',
    prompt: /^Write a poem\.$/,
  },
  {
    set: "ARC by AllenAI",
    file: "arc.jsonl",
    content: jsonl({
      id: "Q1",
      question: {
        stem: "Which gas do plants take in?",
        choices: [
          { text: "oxygen", label: "1" },
          { text: "carbon dioxide", label: "2" },
        ],
      },
      answerKey: "2",
    }),
    facet: "knowledge",
    right: "B",
    wrong: "A",
    prompt: /^Which gas do plants take in\?\n\nA\) oxygen\nB\) carbon dioxide\n\nAnswer with the letter/,
  },
  {
    set: "ARC by Hugging Face",
    file: "arc_hf.jsonl",
    content: jsonl({
      id: "Q2",
      question: "Which is a metal?",
      choices: { text: ["iron", "salt"], label: ["A", "B"] },
      answerKey: "A",
    }),
    facet: "knowledge",
    right: "The answer is (A).",
    wrong: "The answer is (B).",
    prompt: /A\) iron\nB\) salt/,
  },
  {
    set: "MMLU as its tables without a head",
    file: "mmlu.csv",
    content: '"What is 2, squared?",2,4,8,16,B\nNext?,a,b,c,d,A\n',
    facet: "knowledge",
    right: "**B**",
    wrong: "C",
    prompt: /^What is 2, squared\?\n\nA\) 2\nB\) 4/,
  },
  {
    set: "MMLU by Hugging Face",
    file: "mmlu.json",
    content: JSON.stringify([
      { question: "Largest?", subject: "x", choices: ["1", "9", "3", "4"], answer: 1 },
    ]),
    facet: "knowledge",
    right: "B",
    wrong: "D",
    prompt: /^Largest\?/,
  },
  {
    set: "MMLU with another number of options",
    file: "five.jsonl",
    content: jsonl({ question: "Largest?", choices: ["1", "2", "3", "4", "5"], answer: "E" }),
    facet: "knowledge",
    right: "E",
    wrong: "D",
    prompt: /D\) 4\nE\) 5/,
  },
  {
    set: "HumanEval",
    file: "human.jsonl.gz",
    content: gzipSync(
      jsonl({
        task_id: "HumanEval/900",
        prompt: 'import math\n\n\ndef twice(x: int) -> int:\n    """ Twice x.\n    """\n',
        entry_point: "twice",
        canonical_solution: "    return 2 * x\n",
        test: "def check(candidate):\n    assert candidate(2) == 4\n    assert candidate(-3) == -6\n",
      }),
    ),
    facet: "coding",
    right: "```python\ndef twice(x):\n    return x + x\n```",
    wrong: "```python\ndef twice(x):\n    return abs(x + x)\n```",
    prompt: /^Complete this Python function.*def twice\(x: int\)/s,
  },
  {
    set: "MBPP",
    file: "mbpp.jsonl",
    content: jsonl({
      task_id: 11,
      text: "Write a function to add.",
      code: "def helper(a):\n    return a\ndef add(a, b):\n    return helper(a) + b",
      test_setup_code: "",
      test_list: ["assert add(1, 2) == 3", "assert add(-1, 0) == -1"],
    }),
    facet: "coding",
    right: "```python\ndef add(a, b):\n    return a + b\n```",
    wrong: "```python\ndef add(a, b):\n    return 3\n```",
    prompt: /^Write a function to add\.\nYour code should pass these tests:\n\nassert add\(1, 2\) == 3/,
  },
];

/** A file of MATH's. */
const problem = (answer: number): string =>
  JSON.stringify({ problem: `${answer}?`, level: "Level 1", solution: `\\boxed{${answer}}` }, null, 4);

describe("a standard set", () => {
  it.each(SETS)("is known by its content: $set", async ({ file, content, facet, right, wrong, prompt }) => {
    const [task] = await loadTasks(written(file, content));
    expect(task!.facet).toBe(facet);
    expect(task!.prompt).toMatch(prompt);
    expect(await scoreOf(task!, right)).toBe(1);
    expect(await scoreOf(task!, wrong)).toBe(0);
  });

  it.each(SETS)("proves itself by the examples that it brings: $set", async ({ file, content }) => {
    const [task] = await loadTasks(written(file, content));
    const answers = task!.examples === undefined ? [] : [task!.examples.right, ...task!.examples.wrong];
    const scores = await Promise.all(answers.map((answer) => scoreOf(task!, answer)));
    expect(scores).toEqual(answers.map((_, i) => Number(i === 0)));
  });

  it.each(SETS)(
    "loads alike behind gzip, a byte-order mark and Windows' line ends: $set",
    async ({ file, content }) => {
      if (typeof content !== "string") return;
      const plain = await loadTasks(written(`plain/${file}`, content));
      const odd = `\uFEFF${content.replaceAll("\n", "\r\n")}\r\n\r\n`;
      const zipped = await loadTasks(written(`odd/${file}.gz`, gzipSync(odd)));
      expect(JSON.stringify(zipped)).toBe(JSON.stringify(plain));
    },
  );

  it("of HumanEval gives the head's imports to the answer, and proves itself by its own solution", async () => {
    const { file, content } = SETS.find(({ set }) => set === "HumanEval")!;
    const [task] = await loadTasks(written(file, content));
    expect(task!.expected.python!.prefix).toBe("import math\n\n\n");
    expect(await scoreOf(task!, task!.examples!.right)).toBe(1);
    expect(await scoreOf(task!, task!.examples!.wrong[0]!)).toBe(0);
  });

  it("in folders is read from each, hidden ones apart, and named after folder, file and line", async () => {
    written("MATH/algebra/1.json", problem(1));
    written("MATH/geometry/1.json", problem(2));
    written("MATH/.ipynb_checkpoints/1-checkpoint.json", problem(1));
    const tasks = await loadTasks(join(folder, "MATH"));
    expect(tasks.map(({ name, expected }) => [name, expected.answer])).toEqual([
      [join("algebra", "1_1"), 1],
      [join("geometry", "1_1"), 2],
    ]);
  });

  it("of GPQA hides which option stands first", async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `Is ${i} odd?,yes ${i},no ${i},never ${i},maybe ${i}`);
    const head = "Question,Correct Answer,Incorrect Answer 1,Incorrect Answer 2,Incorrect Answer 3";
    const tasks = await loadTasks(written("gpqa.csv", [head, ...rows].join("\n")));
    for (const [i, { expected }] of tasks.entries())
      expect(expected.choices!["ABCD".indexOf(expected.choice!)]).toBe(`yes ${i}`);
    const letters = ["A", "B", "C", "D"].map((letter) =>
      tasks.filter(({ expected }) => expected.choice === letter),
    );
    expect(Math.min(...letters.map(({ length }) => length))).toBeGreaterThan(2);
  });
});

/** A question as BFCL has it. */
const bfclQuestion = (id: string): object => ({
  id,
  question: [
    [
      { role: "system", content: "Be brief." },
      { role: "user", content: "Area of 3 by 4?" },
    ],
  ],
  function: [
    {
      name: "geometry.area",
      description: "Area.",
      parameters: {
        type: "dict",
        properties: { sides: { type: "tuple", items: { type: "float" } }, unit: { type: "any" } },
        required: ["sides"],
      },
    },
  ],
});
/** A call of its function as it is scored. */
const areaCall = (args: object): string =>
  JSON.stringify({ tool_calls: [{ name: "geometry_area", arguments: JSON.stringify(args) }] });

describe("BFCL's questions", () => {
  it("take the accepted values of their answers, wherever those files stand", async () => {
    written("bfcl/BFCL_simple.json", jsonl(bfclQuestion("simple_0")));
    const truth = {
      "geometry.area": { sides: [[3, 4]], unit: ["m", "metres", ""], at: [{ x: [1, 2], y: ["n", ""] }] },
    };
    written("bfcl/possible_answer/BFCL_simple.json", jsonl({ id: "simple_0", ground_truth: [truth] }));
    const [task, ...others] = await loadTasks(join(folder, "bfcl"));
    expect(others).toEqual([]);
    expect(task).toMatchObject({
      name: "simple_0",
      facet: "tool_use",
      system: "Be brief.",
      prompt: "Area of 3 by 4?",
    });
    expect(task!.tools![0]!.function).toEqual({
      name: "geometry_area",
      description: "Area.",
      parameters: {
        type: "object",
        properties: { sides: { type: "array", items: { type: "number" } }, unit: { type: "string" } },
        required: ["sides"],
      },
    });
    for (const at of [{ x: 1, y: "n" }, { x: 2 }])
      for (const rest of [{ unit: "metres" }, {}])
        expect(await scoreOf(task!, areaCall({ sides: [3, 4], at, ...rest }))).toBe(1);
    for (const wrong of [
      { sides: [3, 5] },
      { sides: [3, 4], unit: "feet" },
      { sides: [3, 4], at: { x: 3 } },
      {},
    ])
      expect(await scoreOf(task!, areaCall({ at: { x: 1 }, ...wrong }))).toBe(0);
  });

  it.each([
    [[bfclQuestion("simple_1")], 'there is no answer to "simple_1"; name the set\'s possible_answer'],
    [
      [bfclQuestion("simple_1"), { id: "simple_1", ground_truth: [{ a: {} }, { b: {} }] }],
      "one call is wanted",
    ],
    [[{ ...bfclQuestion("multi_1"), question: [[], []] }], "has 2 turns; one can be asked"],
  ])("say what is wrong with them: %j", async (records, why) => {
    await expect(loadTasks(written("faulty.json", jsonl(...records)))).rejects.toThrow(why);
  });
});

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe("questions of one's own", () => {
  it("in a table and in JSON lines are the same", async () => {
    const table = [
      "name;facet;prompt;difficulty;answer;unit;exact;includes;choice;choices;call;right;wrong;note",
      "a;geo;How high?;1;8848.86;m;;;;;;;;checked twice",
      'b;geo;"Which; of these?";2;;;;;B;Rome | Oslo;;"It is B";A|C;',
      "c;geo;Name both.;3;;;;Rome|Oslo;;;;;;",
      "d;geo;Say it.;;;;hi | there;;;;;;;",
      "e;geo;Poem?;;;;;;;;null;;;",
    ];
    const lines = [
      {
        name: "a",
        facet: "geo",
        prompt: "How high?",
        difficulty: 1,
        answer: 8848.86,
        unit: "m",
        exact: null,
        call: null,
      },
      {
        name: "b",
        facet: "geo",
        prompt: "Which; of these?",
        difficulty: 2,
        choice: "B",
        choices: ["Rome", "Oslo"],
        right: "It is B",
        wrong: ["A", "C"],
      },
      { name: "c", facet: "geo", prompt: "Name both.", difficulty: 3, includes: ["Rome", "Oslo"] },
      { name: "d", facet: "geo", prompt: "Say it.", exact: "hi | there" },
      { name: "e", facet: "geo", prompt: "Poem?", call: null },
    ];
    const [inTable, inLines] = await Promise.all([
      loadTasks(written("own.csv", table.join("\n"))),
      loadTasks(written("own.jsonl", jsonl(...lines))),
    ]);
    expect(JSON.parse(JSON.stringify(inTable))).toEqual(JSON.parse(JSON.stringify(inLines)));
    expect(inTable[1]).toMatchObject({
      prompt: "Which; of these?\n\nA) Rome\nB) Oslo\n\nAnswer with the letter of the right option.",
      expected: { choice: "B", choices: ["Rome", "Oslo"] },
      examples: { right: "It is B", wrong: ["A", "C"] },
    });
    expect(await scoreOf(inTable[2]!, "Oslo and Rome")).toBe(1);
    expect(await scoreOf(inTable[3]!, "hi | there")).toBe(1);
    expect(inTable[0]!.expected).toEqual({ answer: 8848.86, unit: "m" });
    expect(inTable[4]!.expected).toEqual({ call: null });
  });

  it.each([
    { prompt: "Which is even?", below: true },
    { prompt: "Which of 3 and 8 is even?", below: true },
    { prompt: "Which is even, A: 3 or B: 8?", below: false },
    { prompt: "Even?\n(A) 3\n(B) 8", below: false },
  ])("have their options put below, unless the prompt has them with their letters: $prompt", async (one) => {
    const file = written("letters.jsonl", jsonl({ prompt: one.prompt, choice: "B", choices: ["3", "8"] }));
    const [task] = await loadTasks(file);
    const options = "\n\nA) 3\nB) 8\n\nAnswer with the letter of the right option.";
    expect(task!.prompt).toBe(one.below ? one.prompt + options : one.prompt);
  });

  it("are named after their file and line where they have no name, and take the facet that is asked for", async () => {
    const file = written(
      "capitals.csv",
      'prompt,exact\n"Spain,\nor Madrid\'s country?",Spain\nItaly?,Rome\n',
    );
    const tasks = await loadTasks([file], { facet: "geography" });
    expect(tasks.map(({ facet, name }) => [facet, name])).toEqual([
      ["geography", "capitals_2"],
      ["geography", "capitals_4"],
    ]);
    expect((await loadTasks(file))[0]!.facet).toBe("own");
  });

  it.each([
    [
      "a.csv",
      "prompt,answer\nCapital?,Paris\n",
      'a.csv, line 2: "answer" is "Paris"; it must be a number; a text goes under',
    ],
    [
      "b.csv",
      "prompt,answer\nIs it, then?,5\n",
      "b.csv, line 2: 3 cells where the head names 2; a text with commas",
    ],
    ["c.csv", 'prompt,answer\nOne?,1\n"Two?,2\n', "c.csv, line 3: a quote is left open"],
    [
      "d.csv",
      "prompt,anwser\nOne?,1\n",
      'd.csv, line 2: "anwser" is no field of a question; did you mean "answer"?',
    ],
    [
      "e.csv",
      "prompt,answer\n\nOne?,1\nTwo?,\n",
      "e.csv, line 4: nothing says what is right: give one of answer, exact",
    ],
    ["f.csv", "name,answer\none,1\n", 'f.csv, line 2: "prompt" is nothing; it must be a text'],
    [
      "g.csv",
      "name,prompt,answer\none,1?,1\none,2?,2\n",
      'g.csv, line 3: "one" is the name of the question in',
    ],
    [
      "h.csv",
      "model,score\nx,1\n",
      'h.csv, line 2: its fields are ["model","score"]; it must be a set of GSM8K, MATH',
    ],
    ["i.jsonl", '{"prompt":"1?","answer":1}\n{"prompt":', 'i.jsonl, line 2: not JSON: {"prompt":'],
    ["j.jsonl", '{"prompt":"1?","answer":"1"}', 'j.jsonl, line 1: "answer" is "1"; it must be a number'],
    [
      "k.jsonl",
      '{"prompt":"1?","pattern":"("}',
      'k.jsonl, line 1: "pattern" is "("; it must be a regular expression',
    ],
    ["l.jsonl", '{"prompt":"1?","answer":1,"difficulty":4}', '"difficulty" is 4; it must be 1, 2 or 3'],
    ["m.jsonl", "[1]", "m.jsonl, line 1: 1; a line holds one JSON object"],
    [
      "n.jsonl",
      '{"question":"1?","answer":"#### one"}',
      'n.jsonl, line 1: "answer" is "#### one"; its last line must be',
    ],
    [
      "o.csv",
      "question,A,B,C,D,answer\nOne?,a,b,c,d,E\n",
      "o.csv, line 2: the right answer is none of the options",
    ],
    ["empty.jsonl", "\n", "empty.jsonl: it holds no record"],
    ["head.csv", "prompt,answer\n", "head.csv: it holds no record"],
    [
      "cut.jsonl.gz",
      gzipSync('{"prompt":"1?","answer":1}').subarray(0, 20),
      "cut.jsonl.gz: it cannot be read: ",
    ],
    ["twice.csv", "prompt,answer,answer\n1?,1,2\n", 'twice.csv, line 1: two columns are named "answer"'],
    [
      "far.jsonl",
      '{"question":"1?","answer":1}',
      '"question" is no field of a question; there are facet, name, prompt,',
    ],
    ["huge.jsonl", '{"prompt":"1?","answer":1e999}', '"answer" is Infinity; it must be a number'],
    [
      "less.jsonl",
      '{"prompt":"1?","answer":1,"tolerance":-1}',
      '"tolerance" is -1; it must be a number from 0',
    ],
    [
      "beyond.jsonl",
      '{"prompt":"1?","choice":"C","choices":["a","b"]}',
      'the right answer is none of the options, ["a","b"]; its letter (choice) is "C"',
    ],
    ["index.jsonl", '{"prompt":"1?","answer":1,"choices":["a","b"]}', "its letter (choice) is nothing"],
    ["last.jsonl", '{"question":"1?","choices":["a","b"],"answer":2}', 'its letter (choice) is "C"'],
    ["before.jsonl", '{"question":"1?","choices":["a","b"],"answer":-1}', "its letter (choice) is nothing"],
    ["none.jsonl", '{"question":"1?","choices":["a","b"],"answer":""}', 'its letter (choice) is ""'],
    [
      "many.jsonl",
      jsonl({ prompt: "1?", choice: "B", choices: Array.from({ length: 27 }, (_, i) => `option ${i}`) }),
      "there are 27 options, and 26 letters for them",
    ],
    ["answers.json", '{"id":"simple_0","ground_truth":[]}', "answers.json: there is no question"],
    [
      "p.csv",
      Buffer.from("prompt,exact\nCaf\xe9?,yes\n", "latin1"),
      "p.csv: not UTF-8 text; save it as UTF-8",
    ],
    [
      "q.jsonl",
      '{"prompt":"1?","answer":1,"right":"1"}',
      '"right" is "1"; it must stand beside one or more "wrong"',
    ],
  ])("tell what is wrong with %s by line, got and wanted", async (name, content, why) => {
    await expect(loadTasks(written(`faulty/${name}`, content))).rejects.toThrow(why);
    await expect(loadTasks(join(folder, "faulty", name))).rejects.toThrow(/^loadTasks: /);
  });

  it("are missed in a folder that holds none", async () => {
    written("remarks/readme.txt", "prompt");
    await expect(loadTasks(join(folder, "remarks"))).rejects.toThrow(/remarks: there is no question/);
    expect(await loadTasks([])).toEqual([]);
  });

  it("are missed by name", async () => {
    await expect(loadTasks(join(folder, "none.csv"))).rejects.toThrow(/none\.csv: there is no such file/);
  });

  it("of any text come through a table as they went in", async () => {
    const text = fc.string({ minLength: 1, unit: "grapheme" }).map((one) => `x${one}x`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), async (rows) => {
        const table = rows.map(([prompt, exact]) => `${quoted(prompt)},${quoted(exact)}`);
        const tasks = await loadTasks(written("any.csv", ["prompt,exact", ...table].join("\n")));
        expect(tasks.map(({ prompt, expected }) => [prompt, expected.exact])).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });
});
