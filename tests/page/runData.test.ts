import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { explore, setUpFigures } from "../../lib/page/index.js";
import type { RunFacts } from "../../lib/page/runData.js";
import { facetMeans, pointsAmong, pointsOf, wideTable, withComposite } from "../../lib/table/index.js";
import { collector } from "./collect.js";
import { HOSTILE } from "./hostileStrings.js";

const rows = ["a-8b", "a-70b", "b"].flatMap((model, i) =>
  ["coding", "logic"].flatMap((facet) =>
    [0, 1].map((k) => ({ model, facet, score: (i + k) / 3, n: 10, source: `${facet}-${k}` })),
  ),
);
const means = facetMeans([...rows, { model: "c", facet: "coding", score: 0.5, source: "x" }]);
const wide = withComposite(wideTable(means), "both", (row) => (row["coding"]! + row["logic"]!) / 2);

/** What a page would find in what `explore` shows. */
function embedded(...options: Parameters<typeof explore> extends [unknown, ...infer O] ? O : never) {
  setUpFigures(collector());
  const display = collector();
  explore(display, ...options);
  const html = display.shown.join("");
  const [, facts = ""] = /class="fb-run">(.*?)<\/script>/s.exec(html) ?? [];
  const [, packed = ""] = /class="fb-rows">(.*?)<\/script>/s.exec(html) ?? [];
  return {
    html,
    facts: JSON.parse(facts) as RunFacts,
    rows: JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString()) as unknown,
  };
}

describe("what a page carries of its run", () => {
  const { facts } = embedded(wide, { means, families: { b: "the bees" }, settings: { EPOCHS: 1 } });

  it("has each model's family, each score with its items and interval, and null where there is none", () => {
    expect(facts.models.map(({ family }) => family)).toEqual(["a", "a", "the bees", "c"]);
    const coding = facts.columns.find(({ name }) => name === "coding")!;
    expect(coding.items.slice(0, 3)).toEqual([20, 20, 20]);
    expect(coding.low[0]).toBeLessThan(coding.scores[0]!);
    expect(facts.columns.find(({ name }) => name === "logic")!.scores[3]).toBeNull();
    expect(facts.settings).toEqual({ EPOCHS: 1 });
  });

  it("makes the same points of them as the kernel does, with what z contains", () => {
    const points = pointsAmong(facts, ["coding", "logic", "both"]);
    expect(points).toEqual(pointsOf(wide, "coding", "logic", "both", () => {}, { b: "the bees" }));
    expect(points?.contains).toEqual(["x", "y"]);
  });

  it("leaves out the models that it is told to", () => {
    expect(pointsAmong(facts, ["coding", "logic", "both"], (i) => i < 2)?.label).toEqual(["b"]);
    expect(pointsAmong(facts, ["coding", "logic", "both"], () => true)).toBeNull();
    expect(pointsAmong(facts, ["coding", "logic", "nothing"])).toBeNull();
  });

  it.each(Object.entries(HOSTILE))("keeps hostile text inside its scripts, and as it was: %s", (_, texts) => {
    const answers = texts.map((text) => ({ model: text, response: text })) as never;
    const names = texts.map((text, i) => ({ model: `${i} ${text}`, facet: "f", score: 0.5, source: "s" }));
    const found = embedded(wideTable(facetMeans(names)), { rows: answers, settings: { texts } });
    expect(found.facts.models.map(({ name }) => name)).toEqual(names.map(({ model }) => model));
    expect(found.facts.settings).toEqual({ texts });
    expect(found.rows).toEqual(answers);
    expect(found.html.match(/<\/?script/g)).toHaveLength(4);
  });
});
