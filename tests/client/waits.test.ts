import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { waitBefore } from "../../lib/client/askWithRetries.js";
import { askedWaitMs, failure } from "../../lib/client/failures.js";
import type { Failure } from "../../lib/client/types.js";

const NOW = Date.parse("2026-11-23T12:00:00Z");

describe("askedWaitMs", () => {
  it.each<[string, Record<string, string>, unknown, number | null]>([
    ["nothing is said", {}, undefined, null],
    ["seconds", { "retry-after": "7" }, undefined, 7000],
    ["a fraction of a second", { "retry-after": "0.5" }, undefined, 500],
    ["a date", { "retry-after": "Mon, 23 Nov 2026 12:00:09 GMT" }, undefined, 9000],
    ["a date that is past", { "retry-after": "Mon, 23 Nov 2026 11:00:00 GMT" }, undefined, 0],
    ["milliseconds, which go first", { "retry-after-ms": "250", "retry-after": "7" }, undefined, 250],
    ["negative milliseconds beside seconds", { "retry-after-ms": "-1", "retry-after": "7" }, undefined, 7000],
    [
      "garbage",
      { "retry-after": "soon", "retry-after-ms": "NaN" },
      { availability: { retry_after: -5 } },
      null,
    ],
    ["a negative number", { "retry-after": "-5" }, undefined, null],
    ["infinity", { "retry-after": "Infinity" }, undefined, null],
    ["the body", {}, { availability: { retry_after: 3 } }, 3000],
    [
      "the body beside a header, which goes first",
      { "retry-after": "1" },
      { availability: { retry_after: 3 } },
      1000,
    ],
    ["the reset header", { "x-ratelimit-reset": String(NOW + 4000) }, undefined, 4000],
    [
      "the reset in the body",
      {},
      { metadata: { headers: { "X-RateLimit-Reset": String(NOW + 4000) } } },
      4000,
    ],
    ["a reset that is past", { "x-ratelimit-reset": String(NOW - 4000) }, undefined, 0],
    ["a reset in seconds, which it never is", { "x-ratelimit-reset": "60" }, undefined, null],
    ["a body that is no object", {}, "slow down", null],
  ])("reads %s", (_what, headers, error, expected) => {
    expect(askedWaitMs(new Headers(headers), error, NOW)).toBe(expected);
  });
});

function asks(waitMs: number | null): Failure {
  return failure({ kind: "rate_limit", message: "Slow.", retriable: true, waitMs });
}

describe("waitBefore", () => {
  const settings = { baseMs: 1500, maxWaitMs: 30_000 };

  it("never waits less than asked, and at most 250 ms more", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 30_000 }),
        fc.nat(10),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (asked, k, random) => {
          const wait = waitBefore(asks(asked), k + 1, settings, 1e6, random);
          expect(wait).toBeGreaterThanOrEqual(asked);
          expect(wait).toBeLessThanOrEqual(asked + 250);
        },
      ),
    );
  });

  it.each([
    [1, 0, 1125],
    [1, 0.5, 1500],
    [1, 1, 1875],
    [2, 0.5, 3000],
    [3, 0.5, 6000],
    [10, 0.5, 30_000],
  ])(
    "backs off before try %i + 1 by baseMs doubled, a quarter more or less (random %d: %d ms)",
    (k, random, expected) => {
      expect(waitBefore(asks(null), k, settings, 1e6, random)).toBe(expected);
    },
  );

  it("gives up at once when the wait is longer than allowed or than the time left", () => {
    expect(() => waitBefore(asks(30_001), 1, settings, 1e6, 0)).toThrow("rate_limit");
    expect(() => waitBefore(asks(null), 1, settings, 1000, 0.5)).toThrow("rate_limit");
  });
});
