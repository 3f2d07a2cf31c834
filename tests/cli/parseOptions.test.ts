import { describe, expect, it } from "vitest";
import { parseOptions } from "../../lib/cli/parseOptions.js";
import type { RunnerOptions } from "../../lib/notebook/types.js";
import { UsageError } from "../../lib/shared/usageError.js";

const base = "/home/reader";

describe("the command line", () => {
  it("asks for nothing special when there are no options", () => {
    expect(parseOptions("start", [], base)).toEqual({
      command: "start",
      results: null,
      external: [],
      facetOf: {},
      sameModel: {},
      scaleOf: {},
      models: null,
      baseUrl: null,
      epochs: null,
      items: null,
      tasks: [],
    });
  });

  it("takes several external files after one flag, and from several flags", () => {
    expect(
      parseOptions("start", ["--external", "a.csv", "b.eval", "--external", "/c"], base).external,
    ).toEqual(["/home/reader/a.csv", "/home/reader/b.eval", "/c"]);
  });

  it("gives each of two flags the files that follow it", () => {
    const { external, tasks, items } = parseOptions(
      "start",
      ["--tasks", "q.csv", "more", "--items", "12", "--external", "s.csv", "t.csv"],
      base,
    );
    expect(tasks).toEqual(["/home/reader/q.csv", "/home/reader/more"]);
    expect(external).toEqual(["/home/reader/s.csv", "/home/reader/t.csv"]);
    expect(items).toBe(12);
  });

  it("takes facets of tasks and models that are the same, split at the last =", () => {
    const args = [
      "--external",
      "a",
      "--facet",
      "mmlu:subject=law=reasoning",
      "--facet",
      "piqa=",
      "--scale",
      "chat=10",
      "--same-model",
      "x=y",
    ];
    expect(parseOptions("start", args, base)).toMatchObject({
      external: ["/home/reader/a"],
      facetOf: { "mmlu:subject=law": "reasoning", piqa: null },
      sameModel: { x: "y" },
      scaleOf: { chat: 10 },
    });
  });

  it("splits model ids at commas and forgives spaces around them", () => {
    expect(parseOptions("start", ["--models", "a/b, c/d"], base).models).toEqual(["a/b", "c/d"]);
  });

  it("takes another server, and all that it lists", () => {
    const { models, baseUrl } = parseOptions(
      "start",
      ["--base-url", "http://[::1]:1/v1", "--models", "all"],
      base,
    );
    expect([baseUrl, models]).toEqual(["http://[::1]:1/v1", "all"]);
  });

  it.each<[RunnerOptions["command"], string[], RegExp]>([
    ["start", ["--epoch", "3"], /--epoch/],
    ["start", ["file.csv"], /"file.csv" is not an option/],
    ["start", ["--epochs", "0"], /--epochs wants a whole number from 1; got "0"/],
    ["start", ["--epochs", "2.5"], /got "2.5"/],
    ["start", ["--items", "none"], /--items wants a whole number from 1; got "none"/],
    ["start", ["--items", "3", "q.csv"], /"q.csv" is not an option/],
    ["start", ["--tasks"], /--tasks/],
    ["start", ["--results", "r.jsonl", "--tasks", "q.csv"], /--results asks nobody/],
    [
      "start",
      ["--results", "r.jsonl", "--epochs", "2"],
      /--results asks nobody; --items, --tasks and --epochs/,
    ],
    ["start", ["--results", ""], /^An argument is empty\. --help lists/],
    ["start", ["--external", "a.csv", ""], /^An argument is empty\./],
    ["start", ["--models", " , "], /--models wants model ids/],
    ["start", ["--models", "a,b,a"], /--models names a twice/],
    ["start", ["--models", "a", "--models", "b"], /^Option '--models' is given twice\. --help lists/],
    ["start", ["--models"], /^Option '--models <value>' argument missing\. --help lists/],
    [
      "start",
      ["--models", "--epochs"],
      /Did you forget to specify the option argument for '--models'\? --help lists/,
    ],
    ["start", ["--lab"], /^Unknown option '--lab'\. --help lists/],
    ["start", ["--results", "r.jsonl", "--models", "a"], /give one of them/],
    ["start", ["--results", "r.jsonl", "--base-url", "http://a/v1"], /--base-url asks a server: give one/],
    ["start", ["--base-url", "localhost:11434"], /--base-url wants an address .* got "localhost:11434"/],
    ["start", ["--facet", "a=b"], /--facet is about the files of --external/],
    ["start", ["--external", "a", "--facet", "piqa"], /wants two names and "=" between them; got "piqa"/],
    [
      "start",
      ["--external", "a", "--facet", "piqa=b", "--facet", "boolq=b", "--facet", "piqa=c"],
      /^--facet TASK=FACET is given twice for piqa\.$/,
    ],
    ["start", ["--external", "a", "--same-model", "x="], /wants a name for x; got none/],
    ["start", ["--external", "a", "--scale", "chat=ten"], /wants a number above 0 for chat; got "ten"/],
    ["start", ["--external", "a", "--scale", "chat="], /wants a number above 0 for chat; got ""/],
    ["start", ["--scale", "chat=10"], /--scale is about the files of --external, and there are none/],
    ["lab", ["--epochs", "2"], /npm run lab takes no --epochs/],
    ["export", ["--results", "r.jsonl"], /npm run export takes no --results/],
  ])("%s refuses %j in words that say what would do", (command, args, message) => {
    expect(() => parseOptions(command, args, base)).toThrow(UsageError);
    expect(() => parseOptions(command, args, base)).toThrow(message);
  });
});
