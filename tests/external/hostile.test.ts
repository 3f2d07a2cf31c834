import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadExternalEvals } from "../../lib/external/index.js";
import { findFiles } from "../../lib/external/sources/findFiles.js";
import { reasons } from "./told.js";
import { zipOf, zstdFrames, type Member } from "./zipFixture.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "hostile-"));
  await writeFile(join(folder, "good.csv"), "model,facet,score\nm,coding,0.5\n");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const LOG = {
  version: 2,
  status: "success",
  eval: { task: "math", task_id: "t", run_id: "r", model: "m", dataset: {}, config: {} },
  results: { scores: [{ name: "match", scored_samples: 1, metrics: { accuracy: { value: 1 } } }] },
};
const header = (change: Partial<Member> = {}): Member => ({
  name: "header.json",
  content: JSON.stringify(LOG),
  ...change,
});
const archive = zipOf([header()]);

/** What is said of one bad file, while the good one beside it loads. */
async function reasonFor(name: string, content: string | Buffer): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  const loaded = await loadExternalEvals([folder]);
  expect(loaded.rows.filter(({ source }) => source === join(folder, "good.csv"))).toHaveLength(1);
  expect(loaded.rows).toHaveLength(1);
  expect(loaded.skipped.map(({ file }) => file)).toEqual([file]);
  return reasons(loaded)["file"] ?? "";
}

describe("a hostile archive is skipped with its reason, and the other files load", () => {
  it.each<[string, Buffer, RegExp]>([
    ["cut off", archive.subarray(0, 200), /^not a whole zip archive: /],
    ["a first signature alone", Buffer.from("PK\x03\x04"), /^not a whole zip archive: /],
    ["no members", zipOf([]), /^a zip archive, but not of an Inspect log: unpack it, and give its folder$/],
    [
      "a name that climbs",
      zipOf([header(), { name: "../../x", content: "" }]),
      /invalid relative path: \.\.\/\.\.\/x$/,
    ],
    [
      "an absolute name",
      zipOf([{ name: "/etc/passwd", content: "" }, header()]),
      /absolute path: \/etc\/passwd$/,
    ],
    ["a claim of 4 GB", zipOf([header({ claim: 4e9 })]), /^header\.json claims to unpack to 3815 MB$/],
    ["more than it claims", zipOf([header({ claim: 10 })]), /^not a whole zip archive: too many bytes/],
    ["less than it claims", zipOf([header({ claim: 1e6 })]), /^not a whole zip archive: not enough bytes/],
    ["a wrong checksum", zipOf([header({ crc: 1 })]), /^header\.json is damaged: its checksum is wrong$/],
    [
      "garbage for data",
      zipOf([header({ packed: Buffer.from([255, 255, 255]) })]),
      /^not a whole zip archive: /,
    ],
    ["a header that is no JSON", zipOf([header({ content: "{" })]), /^incomplete JSON/],
    [
      "zstd that is cut off",
      zipOf([header({ method: "zstd", packed: zstdFrames(Buffer.alloc(99), 1).subarray(0, 50) })]),
      /zstd data is cut off/,
    ],
    [
      "zstd that is none",
      zipOf([header({ method: "zstd", packed: Buffer.from("not zstd") })]),
      /^its zstd data is damaged/,
    ],
    [
      "zstd that unpacks to more than it claims",
      zipOf([header({ method: "zstd", claim: 10 })]),
      /^header\.json unpacks to more than it claims$/,
    ],
    [
      "a zstd window of 2 GB",
      zipOf([header({ method: "zstd", packed: zstdFrames(Buffer.alloc(9), 1, 0xa8) })]),
      /^its zstd data claims a window of 2048 MB$/,
    ],
    [
      "a zstd frame of one segment of 1 TB",
      zipOf([header({ method: "zstd", packed: Buffer.from("28b52ffde0000000000001000000", "hex") })]),
      /^its zstd data claims a window of 1048576 MB$/,
    ],
  ])("with %s", async (_, bytes, reason) => {
    expect(await reasonFor("bad.eval", bytes)).toMatch(reason);
  });

  it("with members that unpack to far more than they are", async () => {
    const zeros = Buffer.alloc(2 ** 26);
    const spaces = Buffer.concat([Buffer.from("{"), Buffer.alloc(2 ** 26, " ")]);
    // Blocks of deflate may be joined where each ends on a byte: the same 64 MB of spaces nine times over.
    const open = deflateRawSync(spaces, { finishFlush: 2 });
    const packed = Buffer.concat([
      ...Array.from({ length: 9 }, () => open),
      deflateRawSync(zeros.subarray(0, 1)),
    ]);
    const bomb = zipOf([header({ packed, claim: 500 * 2 ** 20 })]);
    expect(await reasonFor("bomb.eval", bomb)).toMatch(/too many bytes|unexpected "\{"/);
  });
});

describe("a hostile text file is skipped with its reason, and the other files load", () => {
  it.each<[string, string, string | Buffer, RegExp]>([
    ["is empty", "a.json", "", /^empty$/],
    ["is blank", "a.csv", "\n \n", /^empty$/],
    ["is binary", "a.json", Buffer.from([0, 1, 2, 3, 0, 200, 0, 255]), /^not UTF-8 text/],
    ["nests without end", "a.json", "[".repeat(5_000_000), /^JSON nested deeper than 1000 levels$/],
    [
      "nests objects without end",
      "a.json",
      '{"results":'.repeat(500_000),
      /^JSON nested deeper than 1000 levels$/,
    ],
    ["is cut off", "a.json", '{"results": {"gsm8k": {"acc": 0.5', /^incomplete JSON/],
    [
      "is of another kind",
      "package.json",
      '{"name": "x", "version": "1"}',
      /^JSON in no known format, of the keys name, version: give a list of \{ model, facet, score \}$/,
    ],
    [
      "is JSON lines of another kind",
      "score.json",
      '{"accuracy": 0.6, "total_count": 200}\n{"id": "x"}\n',
      /^JSON in no known format, of the keys accuracy, total_count: give a list/,
    ],
    [
      "is a companion of a HELM run",
      "per_instance_stats.json",
      '[{"instance_id": "1", "stats": []}]',
      /^part of a HELM run, whose scores stand in stats\.json$/,
    ],
    [
      "is a list of numbers",
      "a.json",
      "[1, 2, 3]",
      /^JSON in no known format, of the keys none: give a list/,
    ],
    [
      "is in Latin-1",
      "a.json",
      Buffer.from('{"config": {"model_args": "pretrained=caf\u00e9"}, "results": {}}', "latin1"),
      /^not UTF-8 text/,
    ],
    [
      "is prose",
      "README.md",
      "# Results\n\nOf last week.\n",
      /^no table, JSON or archive of evals: give a CSV of model, facet, score$/,
    ],
    [
      "is a table of something else",
      "a.csv",
      "date,price\n1,2\n",
      /^lacks model, facet, score; its columns are date, price\. Rename its columns to model, facet, score/,
    ],
  ])("when it %s", async (_, name, content, reason) => {
    expect(await reasonFor(name, content)).toMatch(reason);
  });

  it("when it is lm-eval results of no model", async () => {
    expect(await reasonFor("a.json", '{"results": {"gsm8k": {"acc": 0.5}}, "versions": {}}')).toBe(
      "names no model, and its folder is named for none",
    );
  });
});

describe("hostile names and numbers", () => {
  it("change nothing but the row they stand in", async () => {
    const text =
      '{"results": {"__proto__": {"acc": 0.1}, "constructor": {"acc": 0.2}, "gsm8k": {"acc": 0.5, "__proto__": {}}},' +
      ' "versions": {}, "config": {"model_args": "pretrained=__proto__"}}';
    await writeFile(join(folder, "proto.json"), text);
    const { rows, skipped } = await loadExternalEvals([join(folder, "proto.json")]);
    expect(rows).toMatchObject([{ model: "__proto__", facet: "reasoning", score: 0.5 }]);
    expect(skipped.map(({ what }) => what)).toEqual(["__proto__", "constructor"]);
    expect({}).not.toHaveProperty("acc");
  });

  it("of ten thousand bad rows are listed fifty times and counted for the rest", async () => {
    await writeFile(
      join(folder, "bad.csv"),
      `model,facet,score\nm,coding,1\n${"m,coding,x\n".repeat(10_000)}`,
    );
    const { skipped, files } = await loadExternalEvals([join(folder, "bad.csv")]);
    expect(skipped).toHaveLength(51);
    expect(skipped.at(-1)).toMatchObject({ what: "9950 more like these" });
    expect(files).toMatchObject([{ rows: 1, skipped: 10_000 }]);
  });
});

describe("a great many", () => {
  it("evals without a model are skipped one by one", async () => {
    const lines = Array.from({ length: 150_000 }, (_, i) => `e${i},1,1,1\n`);
    await writeFile(join(folder, "samples.csv"), `eval_id,id,epoch,score_match\n${lines.join("")}`);
    const { rows, skipped } = await loadExternalEvals([join(folder, "samples.csv")]);
    expect([rows.length, skipped.length]).toEqual([0, 150_000]);
  });
});

async function foundIn(folder: string, glob: string): Promise<string[]> {
  const base = join(folder, "globs");
  return (await findFiles([join(base, glob)])).found.map(({ file }) => file.slice(base.length + 1));
}

describe("odd paths", () => {
  it("that lead nowhere, in circles, or to no regular file are skipped or passed over", async () => {
    await mkdir(join(folder, "empty"));
    await symlink(folder, join(folder, "circle"));
    await symlink(join(folder, "gone"), join(folder, "dangling.csv"));
    execFileSync("mkfifo", [join(folder, "pipe.csv")]);
    const swept = await loadExternalEvals([folder]);
    expect(swept.rows).toHaveLength(1);
    const paths = ["empty", "dangling.csv", "pipe.csv", "*.parquet", "good.csv/inside.csv"].map((name) =>
      join(folder, name),
    );
    const named = await loadExternalEvals([...paths, ""]);
    expect(named.rows).toEqual([]);
    expect(named.skipped.map(({ why }) => why)).toEqual([
      "an empty folder",
      "not found",
      "not a regular file",
      "not found: no file matches",
      "not found",
      "not found",
    ]);
  });

  it("that are globs match names, folders and choices, and nothing hidden", async () => {
    for (const name of [
      "a.csv",
      "b.json",
      ".c.csv",
      "in/a.csv",
      "in/deep/a.csv",
      ".hid/a.csv",
      "in/ab1.csv",
    ]) {
      await mkdir(join(folder, "globs", name, ".."), { recursive: true });
      await writeFile(join(folder, "globs", name), name);
    }
    expect(await foundIn(folder, "*.csv")).toEqual(["a.csv"]);
    expect(await foundIn(folder, "*.{csv,json}")).toEqual(["a.csv", "b.json"]);
    expect(await foundIn(folder, "**/a.csv")).toEqual(["a.csv", "in/a.csv", "in/deep/a.csv"]);
    expect(await foundIn(folder, "*/a??.csv")).toEqual(["in/ab1.csv"]);
    expect(await foundIn(folder, "**")).toHaveLength(5);
    expect(await foundIn(folder, "in/*/*")).toEqual(["in/deep/a.csv"]);
    expect(await foundIn(folder, "x+(y){.*")).toEqual([]);
  });

  it("with the letters of globs are taken literally where they exist", async () => {
    const odd = join(folder, "a [1] {b}*?(c)");
    await mkdir(odd);
    await writeFile(join(odd, "x [2].csv"), "model,facet,score\nodd,coding,0.25\n");
    const { rows } = await loadExternalEvals([odd, join(odd, "x [2].csv")]);
    expect(rows).toEqual([{ model: "odd", facet: "coding", score: 0.25, source: join(odd, "x [2].csv") }]);
  });

  it("of a link to a file count the file once", async () => {
    await symlink(join(folder, "good.csv"), join(folder, "link.csv"));
    const { rows, skipped } = await loadExternalEvals([join(folder, "good.csv"), join(folder, "link.csv")]);
    expect(rows).toHaveLength(1);
    expect(skipped).toEqual([
      {
        file: join(folder, "link.csv"),
        what: "file",
        why: `the same rows are taken from ${join(folder, "good.csv")}`,
      },
    ]);
  });

  it("that are no list are refused", async () => {
    await expect(loadExternalEvals("evals" as unknown as string[])).rejects.toThrow(
      "loadExternalEvals: paths is evals; give a list of paths.",
    );
  });

  it("are left when the signal says so", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(loadExternalEvals([folder], { signal })).rejects.toThrow("enough");
  });
});
