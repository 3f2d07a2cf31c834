import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const report = process.env["FACET_TEST_REPORT"];

/** What drives a browser or kernels takes a minute or two: begun first, so that nobody waits for it at the end. */
const LONGEST = [
  "browser/jupyterLab",
  "notebook/start",
  "package/package",
  "browser/teaching",
  "browser/page",
];

const place = ({ moduleId }: TestSpecification): number =>
  LONGEST.findIndex((file) => moduleId.endsWith(`tests/${file}.test.ts`)) + 1 || LONGEST.length + 1;

class LongestFirst extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files.toSorted((a, b) => place(a) - place(b)));
  }
}

export default defineConfig({
  test: {
    // `npm run mutate` names those of one room.
    include: [process.env["FACET_TESTS"] ?? "tests/**/*.test.ts"],
    globalSetup: "tests/helpers/sharedFolder.ts",
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files share what they import: a quarter of the processor's time is otherwise spent on importing it again.
    isolate: false,
    reporters: report ? ["default", ["json", { outputFile: report }]] : ["default"],
  },
});
