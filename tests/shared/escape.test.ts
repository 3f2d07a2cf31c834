import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  escapeHtml,
  escapePlotly,
  escapeTerminal,
  escapeXml,
  jsonForScript,
  shortName,
  shortText,
  visibleText,
} from "../../lib/shared/escape.js";
import { HOSTILE_STRINGS } from "../page/hostileStrings.js";

/** Any string, halves of surrogate pairs included, and the hostile ones. */
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
    .map((units) => String.fromCharCode(...units)),
  fc.constantFrom(...HOSTILE_STRINGS.filter((text) => text.length < 10_000)),
);

const ENTITY = /&(?:amp|lt|gt|quot|apos|#39|#96|#36|#37);/g;

it("has more than a hundred hostile strings, all different", () => {
  expect(new Set(HOSTILE_STRINGS).size).toBe(HOSTILE_STRINGS.length);
  expect(HOSTILE_STRINGS.length).toBeGreaterThan(100);
});

describe("visibleText", () => {
  it.each([
    ["ESC", "a\u001B[31mb", "a␛[31mb"],
    ["NUL and DEL", "\u0000\u007F", "␀␡"],
    ["a C1 control", "\u009B31m", "[U+009B]31m"],
    ["a bidi override", "user\u202Etxt.exe", "user[U+202E]txt.exe"],
    ["a zero-width space", "a\u200Bb", "a[U+200B]b"],
    ["invisible tags", "\u{E0068}i", "[U+E0068]i"],
    ["a lone surrogate", "a\uD800b\uDC00", "a\uFFFDb\uFFFD"],
    ["a noncharacter", "\uFFFE\u{1FFFF}", "\uFFFD\uFFFD"],
    ["a line separator", "a\u2028b", "a[U+2028]b"],
    ["a lone carriage return", "done\rfake", "done␍fake"],
    ["CR LF", "a\r\nb", "a\nb"],
  ])("writes out %s", (_, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it.each(["plain", "tab\tand\nnewline", "مرحبا", "👩‍👩‍👧‍👦", "❤️", "नमस्ते", "café", "日本語", "𝕿𝖍𝖊"])(
    "leaves ordinary writing alone: %s",
    (text) => {
      expect(visibleText(text)).toBe(text);
    },
  );

  it("says the same when asked twice, of any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visibleText(visibleText(text))).toBe(visibleText(text));
      }),
    );
  });
});

describe("the escapes", () => {
  it("leave no markup character in HTML, of any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeHtml(text).replaceAll(ENTITY, "")).not.toMatch(/[<>"'`&]/);
      }),
    );
  });

  it("leave only characters that XML 1.0 allows, of any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const xml = escapeXml(text).replaceAll(ENTITY, "");
        expect(xml).not.toMatch(/[<>"'&]/);
        expect(xml).toMatch(/^[\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u);
      }),
    );
  });

  it("leave Plotly no tag, template, formula or second line, of any text", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 2, max: 80 }), (text, length) => {
        const plotly = escapePlotly(text, length);
        expect(plotly.replaceAll(ENTITY, "")).not.toMatch(/[<>$%&\n]/);
        expect(Array.from(plotly.replaceAll(ENTITY, "x")).length).toBeLessThanOrEqual(length);
      }),
    );
  });

  it("give a script JSON that reads back as it was and holds no markup, for any value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), anyText, (value, text) => {
        const json = jsonForScript({ value, text });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify({ value, text })));
      }),
    );
  });

  it("leave a terminal one line without control characters, of any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(escapeTerminal(text)).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it("refuse what has no JSON", () => {
    expect(() => jsonForScript(undefined)).toThrow(/undefined has no JSON/);
  });
});

describe("shortText and shortName", () => {
  it("cut at whole characters, and say so", () => {
    expect(shortText("👩‍👩‍👧‍👦 family", 3)).toMatch(/…$/u);
    expect(shortText("exactly", 7)).toBe("exactly");
    expect(shortText("exactly so", 7)).toBe("exactl…");
  });

  it("keep both ends of a model's name, where models of one family differ", () => {
    const [high, low] = ["high", "low"].map((effort) =>
      shortName(`claude-opus-4-5-20251101-thinking-${effort}`, 24),
    );
    expect(high).not.toBe(low);
    expect(Array.from(high ?? "").length).toBe(24);
  });

  it("take a 1 MB name without reading it all", () => {
    expect(Array.from(shortText("x".repeat(1_000_000), 40)).length).toBe(40);
  });
});
