import { shownValue } from "../../shared/json.js";
import { hasAll, textOf, textsOf, type QuestionFormat } from "./format.js";
import { BadRecord } from "./readRecords.js";

const inFence = (source: string): string => `\`\`\`python\n${source.trimEnd()}\n\`\`\``;

/** HumanEval (Chen et al. 2021, arXiv:2107.03374): the head of a function to complete, and a `check(candidate)`. */
export const humanEval: QuestionFormat = {
  title: "HumanEval",
  facet: "coding",
  fits: (fields) => hasAll(fields, "prompt", "entry_point", "test"),
  question: ({ fields }) => {
    const [head, entry] = [textOf(fields, "prompt"), textOf(fields, "entry_point")];
    const begin = head.lastIndexOf(`def ${entry}(`);
    if (begin < 0)
      throw new BadRecord(`"prompt" is ${shownValue(head)}; it must define ${entry}, its entry_point.`);
    return {
      name: textOf(fields, "task_id"),
      prompt: `Complete this Python function. Answer with the whole function in a code block.\n\n${inFence(head)}`,
      expected: { python: { entry, tests: textOf(fields, "test"), prefix: head.slice(0, begin) } },
      examples: {
        right: inFence(head + textOf(fields, "canonical_solution")),
        wrong: [inFence(`${head}    return None`)],
      },
    };
  },
};

/** MBPP (Austin et al. 2021, arXiv:2108.07732), whole or sanitized: a request, and assertions that name the function. */
export const mbpp: QuestionFormat = {
  title: "MBPP",
  facet: "coding",
  fits: (fields) => hasAll(fields, "task_id", "code", "test_list"),
  question: ({ fields }) => {
    const [code, tests] = [textOf(fields, "code"), textsOf(fields, "test_list").join("\n")];
    const defined = [...code.matchAll(/^def\s+(\w+)/gm)].map(([, name]) => name!);
    const entry = defined.find((name) => new RegExp(String.raw`\b${name}\s*\(`).test(tests));
    if (entry === undefined)
      throw new BadRecord(`"test_list" is ${shownValue(tests)}; it must call a function of "code".`);
    const before = [fields["test_setup_code"] ?? [], fields["test_imports"] ?? []].flat();
    return {
      name: `mbpp_${String(fields["task_id"])}`,
      prompt: `${textOf(fields, hasAll(fields, "text") ? "text" : "prompt")}\nYour code should pass these tests:\n\n${tests}`,
      expected: { python: { entry, tests: [...before, tests].join("\n") } },
      examples: { right: inFence(code), wrong: [inFence(`def ${entry}(*given):\n    return None`)] },
    };
  },
};
