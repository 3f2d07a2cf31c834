import { isObject, listAt, shownValue, valueAt } from "../../shared/json.js";
import { randomFrom } from "../variants/random.js";
import { hasAll, textOf, textsOf, type Question, type QuestionFormat } from "./format.js";
import { BadRecord } from "./readRecords.js";

/** What names the options, in their order. */
export const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** A question with its options below it, each with a letter, and the letter that is right. */
export function choiceOf(question: string, choices: readonly string[], choice: string | undefined): Question {
  const letters = LETTERS.slice(0, choices.length);
  if (letters.length < choices.length)
    throw new BadRecord(`there are ${choices.length} options, and ${letters.length} letters for them.`);
  if (choice === undefined || !letters.includes(choice))
    throw new BadRecord(
      `the right answer is none of the options, ${shownValue(choices)}; its letter (choice) is ${shownValue(choice)}.`,
    );
  const options = choices.map((text, i) => `${letters[i]}) ${text}`).join("\n");
  const prompt = `${question}\n\n${options}\n\nAnswer with the letter of the right option.`;
  return { prompt, expected: { choice, choices } };
}

/** ARC (Clark et al. 2018, arXiv:1803.05457): the options in a list of records, or in two lists of texts and labels. */
export const arc: QuestionFormat = {
  title: "ARC",
  facet: "knowledge",
  fits: (fields) => hasAll(fields, "question", "answerKey"),
  question: ({ fields }) => {
    const { question, choices } = isObject(fields["question"])
      ? { question: fields["question"]["stem"], choices: fields["question"]["choices"] }
      : fields;
    const column = (key: string): readonly unknown[] =>
      Array.isArray(choices) ? choices.map((one) => valueAt(one, key)) : listAt(choices, key);
    const right = LETTERS[column("label").indexOf(fields["answerKey"])];
    return {
      ...choiceOf(textOf({ question }, "question"), textsOf({ choices: column("text") }, "choices"), right),
      name: textOf(fields, "id"),
    };
  },
};

/** MMLU (Hendrycks et al. 2021, arXiv:2009.03300): columns A to D and a letter, or `choices` and a place from 0. */
export const mmlu: QuestionFormat = {
  title: "MMLU",
  facet: "knowledge",
  fits: (fields) =>
    hasAll(fields, "question", "answer") && (hasAll(fields, "A", "B") || hasAll(fields, "choices")),
  question: ({ fields }) => {
    const { A, B, C, D, answer, choices = [A, B, C, D] } = fields;
    const right = typeof answer === "number" ? LETTERS[answer] : String(answer);
    return choiceOf(textOf(fields, "question"), textsOf({ choices }, "choices"), right);
  },
};

const TEXTS = ["Correct Answer", "Incorrect Answer 1", "Incorrect Answer 2", "Incorrect Answer 3"];

/** GPQA (Rein et al. 2023, arXiv:2311.12022): the right answer stands first, so the options are put into another order. */
export const gpqa: QuestionFormat = {
  title: "GPQA",
  facet: "knowledge",
  fits: (fields) => hasAll(fields, "Question", ...TEXTS),
  question: ({ fields }) => {
    const question = textOf(fields, "Question");
    const texts = TEXTS.map((key) => textOf(fields, key));
    const choices = randomFrom(1, question).several(texts, texts.length);
    return choiceOf(question, choices, LETTERS[choices.indexOf(texts[0]!)]);
  },
};
