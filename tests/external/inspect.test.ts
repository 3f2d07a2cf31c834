import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { loadExternalEvals, type ExternalEvals } from "../../lib/external/index.js";
import { FIXTURES, reasons, told } from "./told.js";
import { zipOf, type Member } from "./zipFixture.js";

const fixture = (name: string): string => join(FIXTURES, "inspect", name);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "inspect-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Buffer): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}
/** The members of an archive that says what a JSON log says. */
async function membersOf(log: string, method: NonNullable<Member["method"]>): Promise<Member[]> {
  const { samples, ...header } = JSON.parse(await readFile(fixture(log), "utf8")) as Record<string, unknown>;
  return [
    { name: "_journal/start.json", content: JSON.stringify({ version: 2, eval: header["eval"] }), method },
    { name: "samples/a_epoch_1.json", content: "{}", method },
    { name: "summaries.json", content: JSON.stringify(samples), method },
    { name: "header.json", content: JSON.stringify(header), method },
  ];
}
const V2 = "anthropic/model-b coding 0.75 2 humaneval, verify accuracy";

describe("an Inspect log", () => {
  it("of the first version has one scorer, and one score a sample", async () => {
    const loaded = await loadExternalEvals([fixture("v1.json")]);
    expect(told(loaded)).toEqual(["openai/model-a reasoning 0.5 2 gsm8k, match accuracy"]);
    expect(loaded.files).toMatchObject([
      { format: "Inspect log", version: "0.3.8 (log 1)", skipped: 0, notes: [] },
    ]);
  });

  it("gives its first scorer's mean over epochs, with the smoke run and what was not scored told", async () => {
    const loaded = await loadExternalEvals([fixture("v2_reducers.json")]);
    expect(told(loaded)).toEqual([V2]);
    expect(reasons(loaded)).toEqual({ "humaneval, style": "one score a task: verify accuracy is taken" });
    expect(loaded.files[0]?.notes).toEqual([
      "Smoke run: 2 of 164 samples.",
      "Samples not scored, and left out: 1.",
    ]);
  });

  it("without results gives the mean of its samples: C, P, I, N, booleans and numbers; never NaN, lists, objects", async () => {
    const loaded = await loadExternalEvals([fixture("samples_only.json")]);
    // Over epochs 0.5, 0.25, 1, 0.75 and 0.25.
    expect(told(loaded)).toEqual(["model-c instruction 0.55 5 ifeval, grade mean of samples"]);
    expect(loaded.files[0]?.notes).toEqual(["Samples not scored, and left out: 4."]);
  });

  it("whose samples are all NaN is not scored, whatever its results say", async () => {
    const loaded = await loadExternalEvals([fixture("nan.json")]);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual({ math: "no sample is scored" });
  });

  it("that counts no scored sample is not scored, though its accuracy be 0", async () => {
    const text = (await readFile(fixture("v2_reducers.json"), "utf8")).replaceAll(
      /"scored_samples": \d/g,
      '"scored_samples": 0',
    );
    const loaded = await loadExternalEvals([await write("none.json", text)]);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)["humaneval"]).toBe("verify scored no sample");
  });

  it.each([
    ["error", "unfinished log: status error"],
    ["cancelled", "unfinished log: status cancelled"],
    ["started", "unfinished log: the run was cut off"],
  ])("with the status %s is not taken", async (status, why) => {
    const loaded = await loadExternalEvals([fixture(`${status}.json`)]);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual({ math: why });
    expect(loaded.files).toMatchObject([{ models: ["model-e"], rows: 0, skipped: 1 }]);
  });
});

describe("an Inspect archive", () => {
  it.each(["stored", "deflate", "zstd"] as const)("says what its JSON log says, when %s", async (method) => {
    const file = await write(`${method}.eval`, zipOf(await membersOf("v2_reducers.json", method)));
    expect(told(await loadExternalEvals([file]))).toEqual([V2]);
  });

  it("is read from zstd's own compression, in several frames", async () => {
    const loaded = await loadExternalEvals([fixture("zstd.eval")]);
    expect(told(loaded)).toEqual([V2]);
    expect(loaded.files[0]?.notes).toContain("Smoke run: 2 of 164 samples.");
  });

  it("and its JSON log are one result", async () => {
    const loaded = await loadExternalEvals([fixture("zstd.eval"), fixture("v2_reducers.json")]);
    expect(loaded.rows).toHaveLength(1);
    expect(reasons(loaded)).toMatchObject({
      humaneval: `the same result is taken from ${fixture("zstd.eval")}`,
    });
  });

  it("takes the last of members with one name", async () => {
    const members = await membersOf("v2_reducers.json", "deflate");
    const old = members.map((member) => ({
      ...member,
      content: member.content.toString().replace(/0\.75/, "0.5"),
    }));
    const file = await write("twice.eval", zipOf([...old, ...members]));
    expect(told(await loadExternalEvals([file]))).toEqual([V2]);
  });

  it("without samples' scores in its results takes them from the summaries", async () => {
    const text = (await readFile(fixture("samples_only.json"), "utf8")).replace("NaN }", "null }");
    const { samples, ...header } = JSON.parse(text) as Record<string, unknown>;
    const file = await write(
      "summaries.eval",
      zipOf([
        {
          name: "summaries.json",
          content: JSON.stringify(samples).replace('{"value":null}', '{"value":NaN}'),
        },
        { name: "header.json", content: JSON.stringify(header) },
      ]),
    );
    expect(told(await loadExternalEvals([file]))).toEqual([
      "model-c instruction 0.55 5 ifeval, grade mean of samples",
    ]);
  });

  it("of a crashed run has no header, and is not taken", async () => {
    const members = (await membersOf("v2_reducers.json", "deflate")).slice(0, 2);
    const loaded = await loadExternalEvals([await write("crashed.eval", zipOf(members))]);
    expect(loaded.rows).toEqual([]);
    expect(reasons(loaded)).toEqual({ humaneval: "unfinished log: the run was cut off" });
  });

  it("is told from other zip archives", async () => {
    const file = await write("photos.eval", zipOf([{ name: "photo.jpg", content: "?" }]));
    expect(reasons(await loadExternalEvals([file]))).toEqual({
      file: "a zip archive, but not of an Inspect log: unpack it, and give its folder",
    });
  });
});

describe("Inspect's data frames saved as CSV", () => {
  const evals = join(FIXTURES, "inspect-tables/evals.csv");
  const samples = join(FIXTURES, "inspect-tables/samples.csv");
  const both = [
    "openai/model-a reasoning 0.625 10 gsm8k, match accuracy",
    "openai/model-b tool_use 0.5 8 bfcl, match_accuracy",
  ];

  it("give each log's headline score, or its first scorer's accuracy", async () => {
    const loaded = await loadExternalEvals([evals]);
    expect(told(loaded)).toEqual(both);
    expect(reasons(loaded)).toEqual({ mbpp: "unfinished log: status error", ifeval: "not scored" });
    expect(loaded.files).toMatchObject([{ format: "Inspect evals table", rows: 2, skipped: 2 }]);
  });

  it("join samples, which name no model, to their evals, and count no eval twice", async () => {
    for (const paths of [
      [evals, samples],
      [samples, evals],
    ]) {
      const loaded: ExternalEvals = await loadExternalEvals(paths);
      expect(told(loaded).toSorted()).toEqual(
        [...both, "openai/model-b instruction 0.5 3 ifeval, match mean of samples"].toSorted(),
      );
      expect(
        loaded.skipped.filter(({ file }) => file === samples).map(({ what, why }) => `${what}: ${why}`),
      ).toEqual([
        `gsm8k: the same result is taken from ${evals}`,
        "eval e9: names no model: load its log or evals table with it",
      ]);
    }
  });
});
