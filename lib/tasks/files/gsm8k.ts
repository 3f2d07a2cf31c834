import { numberOf, shownValue } from "../../shared/json.js";
import { hasAll, textOf, type QuestionFormat } from "./format.js";
import { BadRecord } from "./readRecords.js";

const FINAL = /####\s*(\S.*?)\s*$/;

/** GSM8K (Cobbe et al. 2021, arXiv:2110.14168): a solution in words whose last line is "#### 18". */
export const gsm8k: QuestionFormat = {
  title: "GSM8K",
  facet: "reasoning",
  fits: (fields) => hasAll(fields, "question", "answer") && FINAL.test(String(fields["answer"])),
  question: ({ fields }) => {
    const answer = numberOf(FINAL.exec(textOf(fields, "answer"))?.[1]!.replaceAll(/[$,]/g, ""));
    if (answer !== null) return { prompt: textOf(fields, "question"), expected: { answer } };
    throw new BadRecord(
      `"answer" is ${shownValue(fields["answer"])}; its last line must be "#### " and a number.`,
    );
  },
};
