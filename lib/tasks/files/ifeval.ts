import { listAt, objectOf } from "../../shared/json.js";
import { hasAll, textOf, textsOf, type QuestionFormat } from "./format.js";

/** IFEval (Zhou et al. 2023, arXiv:2311.07911): verifiable instructions by id, each with its arguments. */
export const ifeval: QuestionFormat = {
  title: "IFEval",
  facet: "instruction",
  fits: (fields) => hasAll(fields, "prompt", "instruction_id_list", "kwargs"),
  question: ({ fields }) => {
    const checks = textsOf(fields, "instruction_id_list").map((kind, i) => {
      // Some copies give every argument of every kind, null where it has none.
      const given = Object.entries(objectOf(listAt(fields, "kwargs")[i])).filter(
        ([, value]) => value !== null,
      );
      return { kind, ...Object.fromEntries(given) };
    });
    return {
      name: `ifeval_${String(fields["key"])}`,
      prompt: textOf(fields, "prompt"),
      expected: { checks },
    };
  },
};
