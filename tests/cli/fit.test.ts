import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fit } from "../../lib/cli/fit.js";
import type { Terminal } from "../../lib/notebook/types.js";
import { UsageError } from "../../lib/shared/usageError.js";
import { seeded } from "../helpers/seeded.js";

let folder: string;
const AXES = ["--x", "reasoning", "--y", "coding", "--z", "tool_use"];

/** Models whose tool use is the product of the other two. */
function table(models: number, heads: string, cells: (score: number) => string): string {
  const random = seeded(1);
  const lines = Array.from({ length: models }, (_, i) => {
    const [a, b] = [random(), random()];
    const scores = { reasoning: a, coding: b, tool_use: a * b };
    return Object.entries(scores).map(([facet, score]) => `maker${i}/one,${facet},${cells(score)}`);
  });
  return [heads, ...lines.flat()].join("\n");
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "facet-fit-"));
  writeFileSync(
    join(folder, "scores.csv"),
    table(60, "model,facet,score", (score) => score.toFixed(4)),
  );
  const counted = table(20, "model,facet,score,n_items", (score) => `${Math.round(40 * score) / 40},40`);
  writeFileSync(join(folder, "counted.csv"), counted);
  const columns = Array.from(
    { length: 12 },
    (_, i) => `m${i},${i / 12},${((5 * i) % 12) / 12},${((7 * i) % 12) / 12}`,
  );
  writeFileSync(join(folder, "wide.csv"), ["model,maths,law,poetry", ...columns].join("\n"));
  const hard = Array.from({ length: 12 }, (_, i) => `m${i},${i / 12},${(i % 5) / 50},${((7 * i) % 12) / 12}`);
  writeFileSync(join(folder, "hard.csv"), ["model,maths,law,poetry", ...hard].join("\n"));
  writeFileSync(join(folder, "one.csv"), "model,facet,score\na,reasoning,1\n");
  writeFileSync(join(folder, "none.csv"), "model,facet,score\na,reasoning,N/A\nb,coding,N/A\n");
  writeFileSync(join(folder, "two.csv"), "model,facet,score\na,reasoning,1\na,coding,0\n");
  const chat = "model,facet,score\na,reasoning,0.5\na,coding,0.4\na,chat,8.5\nb,chat,7.5\n";
  writeFileSync(join(folder, "chat.csv"), chat);
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const terminal: Terminal = { say: (line) => void lines.push(line), status: () => {}, clear: () => {} };
  expect(await fit(args, folder, terminal)).toBe(0);
  return lines.join("\n");
}

describe("facet-bench fit", () => {
  it("says title, caption and law, and writes them as one page that asks for nothing else", async () => {
    const said = await run("scores.csv", ...AXES, "-o", "pages/a.html");
    expect(said).toMatch(/^tool_use: reasoning and coding interact \(p < 0.001\)$/m);
    expect(said).toMatch(/^tensor P-spline \(REML\) · edf [\d.]+ · n = 60 models/m);
    expect(said).toMatch(/^Law: .*reasoning and coding interact/m);
    expect(said).toMatch(/^Page: pages\/a\.html$/m);
    const page = readFileSync(join(folder, "pages/a.html"), "utf8");
    expect(page).toMatch(/^<!doctype html>/);
    expect(page).toContain("<title>tool_use over reasoning and coding</title>");
    expect(page).toContain("interact (p &lt; 0.001)");
    expect(page).toContain("Which law does tool_use over reasoning and coding follow?");
    expect(page).toContain("Where the scores come from");
    expect(page).not.toMatch(/<(?:script|link|img|iframe)[^>]*(?:src|href)="?(?:https?:)?\/\//);
    expect(readdirSync(join(folder, "pages"))).toEqual(["a.html"]);
  });

  it("takes scores as exact where no number of questions is told, or nothing else is wanted", async () => {
    expect(await run("scores.csv", ...AXES)).not.toContain("abilities");
    expect(await run("counted.csv", "--scale-only", ...AXES)).not.toContain("Over the abilities");
  });

  it("goes on to the abilities behind scores of so many questions, after the answer that is quick", async () => {
    const said = await run("counted.csv", ...AXES);
    const [first, second] = said.split("Over the abilities behind the scores");
    expect(first).toContain("tensor P-spline (REML)");
    expect(second).toContain("Bayesian tensor spline over abilities");
  }, 60_000);

  it("is told of facets and scales as npm start is", async () => {
    const said = await run("scores.csv", "--facet", "tool_use=agent", ...AXES.slice(0, 4), "--z", "agent");
    expect(said).toMatch(/^agent: reasoning and coding interact/m);
  });

  it("takes any columns of a table as axes, whether or not they are facets elsewhere", async () => {
    const said = await run("wide.csv", "--x", "maths", "--y", "law", "--z", "poetry");
    expect(said).toMatch(/^poetry: .*maths and law interact .*n = 12 models/ms);
  });

  it("compares laws also of a facet that is easy and one that hardly any model can do", async () => {
    const axes = ["--x", "maths", "--y", "law", "--z", "poetry", "-o", "hard.html"];
    const said = await run("hard.csv", ...axes);
    expect(said).toMatch(/^poetry: .*maths and law interact/m);
    expect(said).toMatch(/^Law: .*poetry/m);
    expect(readFileSync(join(folder, "hard.html"), "utf8")).toContain("Which law");
  });

  it("says what each file lacks before it asks for others", async () => {
    const lines: string[] = [];
    const terminal: Terminal = { say: (line) => void lines.push(line), status: () => {}, clear: () => {} };
    await expect(fit(["none.csv", ...AXES], folder, terminal)).rejects.toThrow(/none\.csv has no scores/);
    expect(lines.join("\n")).toMatch(/no score: "N\/A"/);
  });

  it.each([
    [[], /^fit wants files of scores; got none/],
    [["", ...AXES], /^An argument is empty\. --help lists/],
    [["scores.csv", ...AXES, "-o", ""], /^An argument is empty\./],
    [["gone.csv", ...AXES], /^fit: there is no file or folder .*gone\.csv/],
    [["scores.csv"], /--x; got none\. scores\.csv has the facets reasoning, coding, tool_use/],
    [
      ["two.csv", ...AXES, "-o", "./two.csv"],
      /^fit: the page would overwrite the scores in .*two\.csv; name/,
    ],
    [[".", ...AXES, "-o", "./wide.csv"], /^fit: the page would overwrite the scores in .*wide\.csv; name/],
    [["scores.csv", ...AXES, "--x", "coding"], /^Option '--x' is given twice\./],
    [["scores.csv", ...AXES, "-o", "a.html", "--output", "b.html"], /^Option '--output' is given twice\./],
    [
      ["scores.csv", "--x", "coding", "--y", "coding", "--z", "tool_use"],
      /^fit wants three different facets; got coding, coding, tool_use\.$/,
    ],
    [["one.csv", ...AXES], /one\.csv has the facet reasoning\. Add files/],
    [
      ["scores.csv", ...AXES.slice(0, 2), ...AXES.slice(4), "--y", "Coding"],
      /--y "Coding" is no facet or task there; did you mean "coding"\?/,
    ],
    [
      ["scores.csv", ...AXES.slice(0, 2), ...AXES.slice(4), "--y", "codnig"],
      /--y "codnig" is no facet or task there; did you mean "coding"\?/,
    ],
    [
      ["wide.csv", "--x", "maths", "--y", "lwa", "--z", "poetry"],
      /did you mean "law"\? .*maths, poetry, law/,
    ],
    [
      ["chat.csv", "--x", "reasoning", "--y", "coding", "--z", "chat"],
      /^fit: chat is not taken: the scale of "chat" is unclear .* --scale "chat"=10\.$/,
    ],
    [["two.csv", ...AXES], /wants three facets .* two\.csv has the facets reasoning, coding/],
    [["scores.csv", ...AXES, "--outptu", "a"], /Unknown option '--outptu'\. Did you mean --output\?/],
    [
      ["scores.csv", ...AXES, "-o", "two.csv/a.html"],
      /cannot write the page .*a\.html \(\w+\); name another/,
    ],
    [["scores.csv", ...AXES, "--scale", "coding"], /--scale FACET=NUMBER wants two names/],
  ])("refuses %j in one line that says what would do", async (args, message) => {
    const refused = await fit(args, folder, { say() {}, status() {}, clear() {} }).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(UsageError);
    expect((refused as Error).message).toMatch(message);
    expect((refused as Error).message.split("\n")).toHaveLength(1);
  });
});
