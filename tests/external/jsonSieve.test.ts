import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Inside } from "../../lib/external/jsonPlan.js";
import { JsonSieve } from "../../lib/external/jsonSieve.js";

/** What a plan keeps of a text that comes in pieces of some size. */
function sift(text: string | Buffer, plan: Inside, size = Number.POSITIVE_INFINITY): unknown {
  let kept: unknown;
  const sieve = new JsonSieve({ ...plan, each: (value) => (kept = value) });
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size)
    sieve.write(bytes.subarray(i, Math.min(bytes.length, i + size)));
  sieve.end();
  return kept;
}
const all: Inside = { otherFields: "whole", elements: "whole" };

describe("a JSON sieve", () => {
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
        expect(sift(json, { fields: { last: "whole" } }, size)).toMatchObject({ last: value });
      }),
    );
  });

  it("keeps what the plan names and nothing else", () => {
    const text =
      '{"a": {"b": 1, "c": [2, {"d": 3}]}, "e": "f", "g": [{"b": 4, "c": 5}, {"b": 6}], "h": null}';
    const plan: Inside = {
      fields: {
        a: { fields: { c: "whole" } },
        g: { elements: { fields: { b: "whole" } } },
        h: "whole",
        z: "whole",
      },
    };
    expect(sift(text, plan)).toEqual({ a: { c: [2, { d: 3 }] }, g: [{ b: 4 }, { b: 6 }], h: null });
  });

  it("hands over the elements of a list one by one, and leaves them out of the whole", () => {
    const seen: unknown[] = [];
    const plan: Inside = {
      fields: {
        list: { elements: { fields: { score: "whole" }, each: (value) => seen.push(value) } },
        after: "whole",
      },
    };
    const text = '{"list": [{"text": "x", "score": 1}, {"score": NaN}, 7], "after": true}';
    expect(sift(text, plan, 3)).toEqual({ list: [], after: true });
    expect(seen).toEqual([{ score: 1 }, { score: "NaN" }, 7]);
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

  it.each([
    ['{"a": 1', /incomplete JSON/],
    ['{"a": "', /incomplete JSON/],
    ["", /incomplete JSON/],
    ['{"a" 1}', /unexpected "1"/],
    ['{"a": }', /unexpected "}"/],
    ["[1, 2}", /unexpected "}"/],
    ['{"a": nope}', /not JSON/],
    ['{"a": 1} {"b": 2}', /unexpected "{"/],
    ['{"a": [1, }}', /not JSON/],
  ])("refuses %s", (text, reason) => {
    expect(() => sift(text, all)).toThrow(reason);
  });

  it.each(["kept", "passed over", "entered"])("refuses nesting without end that is %s", (how) => {
    const deep: Inside = { elements: {} };
    let plan = deep;
    for (let i = 0; i < 1500; i += 1) plan = { elements: plan };
    const text = how === "entered" ? "[".repeat(2000) : `{"a": ${"[".repeat(2000)}`;
    const chosen = { kept: all, "passed over": {}, entered: plan }[how]!;
    expect(() => sift(text, chosen)).toThrow("JSON nested deeper than 1000 levels");
  });

  it("refuses kept text that is not UTF-8", () => {
    expect(() => sift(Buffer.from('{"model": "caf\u00e9"}', "latin1"), all)).toThrow(/not UTF-8/);
  });
});
