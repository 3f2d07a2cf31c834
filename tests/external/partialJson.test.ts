import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Each, PartialJson, whole, type Keep } from "../../lib/external/sources/partialJson.js";

/** What a plan keeps of a text that comes in pieces of some size. */
function sift(text: string | Buffer, keep: Keep, size = Number.POSITIVE_INFINITY): unknown {
  const json = new PartialJson(keep);
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size)
    json.write(bytes.subarray(i, Math.min(bytes.length, i + size)));
  return json.end();
}
/** Looks into the outermost value, and keeps all that it finds. */
const parts: Keep = { "*": "all" };

describe.each<[string, Keep]>([
  ["whole", "all"],
  ["by its parts", parts],
])("partial JSON kept %s", (_, all) => {
  it("keeps any value as JSON.parse reads it, wherever the text is cut", () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 1, max: 9 }), fc.boolean(), (text, size, indented) => {
        const json = indented ? JSON.stringify(JSON.parse(text), null, 2) : text;
        expect(sift(json, all, size)).toEqual(JSON.parse(json));
      }),
    );
  });

  it("reads strings of quotes and backslashes, wherever the text is cut", () => {
    const text = fc
      .array(fc.constantFrom("\\", '"', "a", "\n", "{", "]"), { maxLength: 12 })
      .map((all) => all.join(""));
    fc.assert(
      fc.property(text, text, fc.integer({ min: 1, max: 4 }), (key, value, size) => {
        const json = JSON.stringify({ [key]: [value, { [value]: key }], last: value });
        expect(sift(json, all, size)).toEqual(JSON.parse(json));
        expect(sift(json, whole("last"), size)).toMatchObject({ last: value });
      }),
    );
  });

  it.each([1, 2, 3, 100])(
    "reads bare NaN and Infinity as text, but not inside texts, in pieces of %i",
    (size) => {
      const text =
        '{"a": NaN, "b": [-Infinity, Infinity, "NaN Infinity -Infinity"], "c": {"d": -1, "NaN": NaN}}';
      expect(sift(text, all, size)).toEqual({
        a: "NaN",
        b: ["-Infinity", "Infinity", "NaN Infinity -Infinity"],
        c: { d: -1, NaN: "NaN" },
      });
    },
  );

  it("keeps an own key called __proto__ from changing anything else", () => {
    const kept = sift('{"__proto__": {"polluted": 1}, "constructor": 2}', all) as Record<string, unknown>;
    expect(Object.keys(kept)).toEqual(["__proto__", "constructor"]);
    expect("polluted" in kept).toBe(false);
  });

  it("refuses kept text that is not UTF-8", () => {
    expect(() => sift(Buffer.from('{"model": "caf\u00e9"}', "latin1"), all)).toThrow(/not UTF-8/);
  });
});

describe("partial JSON", () => {
  it.each([
    ['{"a": 1', /incomplete JSON/],
    ['{"a": "', /incomplete JSON/],
    ["", /incomplete JSON/],
    ['{"a" 1}', /unexpected "1"/],
    ['{"a": }', /unexpected "}"/],
    ["[1, 2}", /unexpected "}"/],
    ["}", /unexpected "}"/],
    ['{"a": nope}', /not JSON/],
    ['{"a": 1} {"b": 2}', /unexpected "{"/],
    ['{"a": [1, }}', /not JSON/],
  ])("refuses %s", (text, reason) => {
    expect(() => sift(text, parts)).toThrow(reason);
  });

  it("keeps what the plan names and nothing else", () => {
    const text =
      '{"a": {"b": 1, "c": [2, {"d": 3}]}, "e": "f", "g": [{"b": 4, "c": 5}, {"b": 6}], "h": null, "i": [7, []]}';
    const plan: Keep = { a: whole("c"), g: { "*": whole("b") }, h: "all", i: {}, z: "all" };
    expect(sift(text, plan)).toEqual({
      a: { c: [2, { d: 3 }] },
      g: [{ b: 4 }, { b: 6 }],
      h: null,
      i: [],
    });
  });

  it("hands over the elements of a list one by one, and leaves them out of the whole", () => {
    const seen: unknown[] = [];
    const each = new Each(whole("score"), (value) => seen.push(value));
    const text = '{"list": [{"text": "x", "score": 1}, {"score": NaN}, 7, []], "after": true}';
    expect(sift(text, { list: each, after: "all" }, 3)).toEqual({ list: [], after: true });
    expect(seen).toEqual([{ score: 1 }, { score: "NaN" }, 7, []]);
  });

  it("passes over what is large and not named without keeping any of it", () => {
    const text = `{"a": ["${"x".repeat(1000)}\\\\", {"b": [1, "]}"]}], "c": 2}`;
    for (let size = 1; size < 40; size += 1) expect(sift(text, whole("c"), size)).toEqual({ c: 2 });
  });

  it("tells the keys of the first value that its plan comes by, and stops at its end", () => {
    const keys: string[] = [];
    const json = new PartialJson({ "*": {} }, (key) => keys.push(key));
    json.write(Buffer.from('{"a": {"b": {"c": 1}}, "d": [{"e": 1}], "f": 2}\n{"g": 3}'));
    expect(keys).toEqual(["a", "a.b", "d", "f"]);
    expect(json.isDone).toBe(true);
  });

  it.each(["kept", "passed over", "entered"])("refuses nesting without end that is %s", (how) => {
    let plan: Keep = {};
    for (let i = 0; i < 1500; i += 1) plan = { "*": plan };
    const text = how === "entered" ? "[".repeat(2000) : `{"a": ${"[".repeat(2000)}`;
    const chosen = { kept: parts, "passed over": {}, entered: plan }[how]!;
    expect(() => sift(text, chosen)).toThrow("JSON nested deeper than 1000 levels");
  });

  it("refuses to keep more than 64 MB", () => {
    const json = new PartialJson("all");
    json.write(Buffer.from('["'));
    const megabyte = Buffer.alloc(2 ** 20, "x");
    expect(() => {
      for (let i = 0; i < 65; i += 1) json.write(megabyte);
    }).toThrow("its results alone take more than 64 MB");
  });
});
