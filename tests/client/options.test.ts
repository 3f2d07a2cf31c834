import { describe, expect, it } from "vitest";
import { clientSettings, redactor } from "../../lib/client/options.js";
import type { OpenRouterOptions } from "../../lib/client/options.js";

const KEY = "sk-or-v1-5ec7e75ec7e75ec7e75ec7e75ec7e75e";

describe("clientSettings", () => {
  it("has a default for everything but the key", () => {
    expect(clientSettings({ apiKey: KEY }, {})).toEqual({
      apiKey: KEY,
      baseURL: "https://openrouter.ai/api/v1",
      attempts: 3,
      baseMs: 1500,
      maxWaitMs: 30_000,
      attemptTimeoutMs: 120_000,
      totalMs: 300_000,
      concurrency: 4,
    });
  });

  it.each<[OpenRouterOptions, Record<string, string>, string, string]>([
    [{}, { OPENROUTER_API_KEY: ` ${KEY}\n` }, KEY, "https://openrouter.ai/api/v1"],
    [{ apiKey: "own" }, { OPENROUTER_API_KEY: KEY }, "own", "https://openrouter.ai/api/v1"],
    [{}, { OPENROUTER_BASE_URL: " http://x.test/v1// " }, "none", "http://x.test/v1"],
    [{ baseURL: "http://y.test" }, { OPENROUTER_BASE_URL: "http://x.test" }, "none", "http://y.test"],
    [{ apiKey: KEY, baseURL: " " }, {}, KEY, "https://openrouter.ai/api/v1"],
  ])("takes %j in the environment %j: key %s, address %s", (options, env, apiKey, baseURL) => {
    expect(clientSettings(options, env)).toMatchObject({ apiKey, baseURL });
  });

  const [least, most] = [0, 2 ** 31 - 1];
  it.each<[keyof OpenRouterOptions, number, number]>([
    ["attempts", 1, 100],
    ["baseMs", least, most],
    ["maxWaitMs", least, most],
    ["attemptTimeoutMs", 1, most],
    ["totalMs", 1, most],
    ["concurrency", 1, 10_000],
  ])("takes whole %s from %i to %i alone", (name, from, to) => {
    for (const value of [from, to])
      expect(clientSettings({ apiKey: KEY, [name]: value }, {})).toMatchObject({ [name]: value });
    for (const value of [from - 1, to + 1, from + 0.5, NaN])
      expect(() => clientSettings({ apiKey: KEY, [name]: value }, {})).toThrow(
        `openRouter: ${name} must be a whole number from ${from} to ${to}, got ${value}.`,
      );
  });

  it.each([
    ["openrouter.ai", /baseURL "openrouter\.ai" is not a URL; it should look like https:/],
    ["ftp://openrouter.ai", /must begin with http:\/\/ or https:\/\/, got "ftp:\/\/"/],
    ["https://me@x.test", /must hold no user, password, query or fragment/],
    ["https://:secret@x.test", /must hold no user/],
    ["https://x.test?a=b", /must hold no user/],
    ["https://x.test#a", /must hold no user/],
  ])("refuses the address %s", (baseURL, message) => {
    expect(() => clientSettings({ apiKey: KEY, baseURL }, {})).toThrow(message);
    expect(() => clientSettings({ apiKey: KEY, baseURL }, {})).not.toThrow(/secret/);
  });

  it("refuses to ask OpenRouter without a key", () => {
    expect(() => clientSettings({ apiKey: " " }, {})).toThrow(/OPENROUTER_API_KEY is not set/);
  });

  it.each(["sk-or-v1-abc def", "sk-or-v1-abc\ndef", "sk-or-v1-“abc”", "sk-or-v1-abc\u0000"])(
    "refuses the key %j in one line that does not quote it",
    (apiKey) => {
      const refused = (): unknown => clientSettings({ apiKey }, {});
      expect(refused).toThrow(/^openRouter: the API key holds a space, .*OPENROUTER_API_KEY\.$/);
      expect(refused).not.toThrow(/abc/);
    },
  );
});

describe("redactor", () => {
  it.each([
    [`bad key ${KEY}!`, "bad key [key]!"],
    ["bad key sk-or-v1-abcd1234", "bad key [key]"],
    ["cut key sk-or-v1-abc...xyz here", "cut key [key] here"],
    ["header Authorization: Bearer abc.def-123, sent", "header Authorization: Bearer [key], sent"],
    ["two\nlines\tof  text\n", "two lines of text"],
  ])("turns the message %j into %j", (text, expected) => {
    expect(redactor(KEY).message(text)).toBe(expected);
  });

  it("leaves an answer as it is, but for the exact key", () => {
    const text = `Use "Authorization: Bearer <token>"\nand sk-or-v1-yours, not ${KEY}`;
    expect(redactor(KEY).answer(text)).toBe(text.replace(KEY, "[key]"));
    expect(redactor("none").answer("none of these")).toBe("none of these");
    expect(redactor("12345").answer("12345 of these")).toBe("12345 of these");
    expect(redactor("123456").answer("123456 of these, 123456")).toBe("[key] of these, [key]");
  });
});
