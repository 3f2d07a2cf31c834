import { afterEach, describe, expect, it, vi } from "vitest";
import { errorStatus, networkFailure, seconds, serverFailure } from "../../lib/client/failures.js";

const PROXIES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "NODE_USE_ENV_PROXY"];

/** The message for a failed fetch, whose cause has this code, in this environment. */
function messageOf(code: string, env: Readonly<Record<string, string>> = {}): string {
  for (const name of PROXIES) vi.stubEnv(name, env[name]);
  const cause = Object.assign(new Error("no way"), { code });
  return networkFailure(new TypeError("fetch failed", { cause }), "OpenRouter").message;
}

describe("a server that cannot be reached", () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.each(["HTTPS_PROXY", "https_proxy", "http_proxy"])(
    "where %s is set and Node takes no notice of it, tells how it would",
    (name) => {
      const message = messageOf("ETIMEDOUT", { [name]: "http://user:secret@proxy:8080" });
      expect(message).toContain(
        `(ETIMEDOUT). ${name} is set, but Node uses it only where NODE_USE_ENV_PROXY=1`,
      );
      expect(message).not.toContain("secret");
    },
  );

  it("says nothing of a proxy that there is not, or that is used", () => {
    expect(messageOf("ETIMEDOUT")).toBe("could not reach OpenRouter (ETIMEDOUT).");
    const used = { HTTPS_PROXY: "http://proxy:8080", NODE_USE_ENV_PROXY: "1" };
    expect(messageOf("ECONNREFUSED", used)).toBe("could not reach OpenRouter (ECONNREFUSED).");
  });

  it("asks to check the address where the name does not exist, and only then is not tried again", () => {
    const cause = Object.assign(new Error("no way"), { code: "ENOTFOUND" });
    expect(networkFailure(new TypeError("fetch failed", { cause }), "x.test")).toMatchObject({
      message: "could not reach x.test (ENOTFOUND). Check OPENROUTER_BASE_URL.",
      retriable: false,
    });
    expect(networkFailure(new TypeError("fetch failed"), "x.test")).toMatchObject({
      message: "could not reach x.test (no connection).",
      retriable: true,
    });
  });

  it.each(["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "CERT_UNTRUSTED"])(
    "for the certificate (%s), tells where a company's own goes",
    (code) => expect(messageOf(code)).toMatch(/NODE_EXTRA_CA_CERTS wants the file/),
  );
});

const said = (status: number, error: unknown, text = "") =>
  serverFailure({ status, error, headers: null, text, model: "some/model:free", server: "OpenRouter" });

describe("an error of the server", () => {
  it.each([
    [
      400,
      { message: "x/y is not a valid model ID" },
      "model",
      false,
      /Check the id at openrouter\.ai\/models\.$/,
    ],
    [
      400,
      { message: "not a valid model", availability: { retryable: true } },
      "model",
      false,
      /Check the id/,
    ],
    [422, { message: "not a valid model" }, "request", false, /^HTTP 422: not a valid model\.$/],
    [
      400,
      { message: "No", metadata: { raw: " too long " } },
      "request",
      false,
      /The provider said: too long$/,
    ],
    [
      400,
      { message: "No", metadata: { raw: { why: 1 } } },
      "request",
      false,
      /The provider said: \{"why":1\}$/,
    ],
    [401, { message: "sk-or-v1-secret is bad" }, "auth", false, /^OpenRouter rejected the API key/],
    [
      402,
      { message: "You can only afford 1,200" },
      "credits",
      false,
      /Lower max_tokens to 1,200 or less, or add/,
    ],
    [402, { message: "No credits" }, "credits", false, /^No credits\. Add credits at openrouter\.ai/],
    [403, { message: "Key limit exceeded" }, "credits", false, /Raise the key's limit/],
    [
      403,
      { message: "No", metadata: { reasons: ["violence", 7] } },
      "blocked",
      false,
      /Reasons: violence\.$/,
    ],
    [403, { message: "No" }, "blocked", false, /^No\.$/],
    [404, { message: "Gone" }, "model", false, /^Gone\. Check the id/],
    [404, { message: "Gone", availability: { retryable: true } }, "model", true, /Check the id/],
    [
      404,
      { message: "Gone", availability: { fallback_models: ["a/b"] } },
      "model",
      false,
      /OpenRouter suggests a\/b/,
    ],
    [408, { message: "Slow" }, "server", true, /^HTTP 408: Slow\.$/],
    [409, { message: "Busy" }, "server", true, /^HTTP 409/],
    [425, { message: "Early" }, "server", true, /^HTTP 425/],
    [429, { message: "Key limit of requests" }, "rate_limit", true, /Free models allow 20/],
    [429, { message: "50 requests per day" }, "rate_limit", false, /per day/],
    [429, { message: "No", availability: { retryable: false } }, "rate_limit", false, /^No\./],
    [499, { message: "No" }, "request", false, /^HTTP 499: No\.$/],
    [500, { message: "Oh!" }, "server", true, /^HTTP 500: Oh!$/],
    [503, { message: "No", metadata: { availability: { retryable: false } } }, "server", false, /^HTTP 503/],
    [599, "  out of luck  ", "server", true, /^HTTP 599: out of luck\.$/],
    [500, {}, "server", true, /the server gave no reason\.$/],
  ] as const)(
    "with status %i and %j is of kind %s, to be tried again: %s",
    (status, error, kind, retriable, message) => {
      expect(said(status, error)).toMatchObject({ kind, status, retriable });
      expect(said(status, error).message).toMatch(message);
    },
  );

  it.each([
    ["  Bad gateway\n", "HTTP 502: Bad gateway."],
    [" <!DOCTYPE html><p>Bad gateway", "HTTP 502: an HTML page."],
    ["see <html>", "HTTP 502: see <html>."],
    [" ", "HTTP 502: an empty body, or one that names no error."],
    ["x".repeat(300), `HTTP 502: ${"x".repeat(200)}.`],
  ])("whose body is the text %j says so", (text, message) => {
    expect(said(502, undefined, text).message).toBe(message);
  });

  it("sent with a good status has the one that it names, or else 502", () => {
    const errors = [{ code: 400 }, { code: "429" }, { code: 599 }, { status: 503 }];
    expect(errors.map(errorStatus)).toEqual([400, 429, 599, 503]);
    expect([{ code: 399 }, { code: 600 }, { code: "no_such" }, {}, "text"].map(errorStatus)).toEqual(
      Array(5).fill(502),
    );
  });

  it.each([
    ["OpenRouter", "a/b:free", "7", "Slow. It asks to wait 7 s. Free models allow 20 requests a minute"],
    ["OpenRouter", "a/b", "12.4", "Slow. It asks to wait 12 s."],
    ["localhost:80", "a/b:free", "", "Slow."],
  ])("that %s sends for %s with Retry-After %j says %j", (server, model, wait, message) => {
    const headers = new Headers(wait === "" ? {} : { "retry-after": wait });
    const failed = serverFailure({
      status: 429,
      error: { message: "Slow" },
      headers,
      text: "",
      model,
      server,
    });
    expect(failed.message.startsWith(message)).toBe(true);
    expect(failed.message.length > message.length).toBe(message.includes("Free"));
  });

  it("is cut where it is long", () => {
    const long = "v1.5 ".repeat(200);
    const error = { message: long, metadata: { raw: long } };
    expect(said(400, error).message.length).toBe(
      "HTTP 400: ".length + 401 + " The provider said: ".length + 200,
    );
  });
});

describe("seconds for a reader", () => {
  it("are whole from ten on", () => {
    expect([0, 1234, 9_940, 10_000, 12_400].map(seconds)).toEqual(["0", "1.2", "9.9", "10", "12"]);
  });
});
