import { at, numberOf, record } from "./json.js";

/**
 * How long the server asks to wait, in milliseconds, or null when it does not say.
 * The first valid of: `retry-after-ms`; `Retry-After` in seconds or as an HTTP date; the body's
 * `error.availability.retry_after` in seconds; `X-RateLimit-Reset` in epoch milliseconds, as a header or in
 * `error.metadata.headers`. A negative or unreadable value counts as not said.
 *
 * @param error The body's `error`, if any.
 * @param now Epoch milliseconds.
 */
export function askedWaitMs(headers: Headers | null, error: unknown, now: number): number | null {
  const retryAfter = headers?.get("retry-after") ?? null;
  const inBody = at(error, "availability", "retry_after") ?? at(error, "metadata", "retry_after");
  const candidates = [
    atLeastZero(numberOf(headers?.get("retry-after-ms"))),
    atLeastZero(times1000(numberOf(retryAfter))),
    fromDate(retryAfter, now),
    atLeastZero(times1000(numberOf(inBody))),
    fromReset(headers?.get("x-ratelimit-reset"), now),
    fromReset(resetInBody(error), now),
  ];
  return candidates.find((wait) => wait !== null) ?? null;
}

function times1000(seconds: number | null): number | null {
  return seconds === null ? null : seconds * 1000;
}

function atLeastZero(ms: number | null): number | null {
  return ms !== null && ms >= 0 ? Math.ceil(ms) : null;
}

function fromDate(text: string | null, now: number): number | null {
  // A bare number is seconds, never a date, although Date.parse would take "-5" for a year.
  if (text === null || !/[a-z]{3}/i.test(text) || !/\d/.test(text)) return null;
  const then = Date.parse(text);
  return Number.isNaN(then) ? null : Math.max(0, then - now);
}

function fromReset(value: unknown, now: number): number | null {
  const reset = numberOf(value);
  // Smaller numbers are not epoch milliseconds (12 September 2001 and later) but some other clock.
  return reset === null || reset < 1e12 ? null : Math.max(0, Math.ceil(reset - now));
}

function resetInBody(error: unknown): unknown {
  const headers = record(at(error, "metadata", "headers"));
  const name = Object.keys(headers).find((key) => key.toLowerCase() === "x-ratelimit-reset");
  return name === undefined ? null : headers[name];
}
