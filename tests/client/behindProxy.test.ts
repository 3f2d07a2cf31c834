import { afterEach, describe, expect, it, vi } from "vitest";
import { networkFailure } from "../../lib/client/failures.js";

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

  it.each(["SELF_SIGNED_CERT_IN_CHAIN", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "CERT_UNTRUSTED"])(
    "for the certificate (%s), tells where a company's own goes",
    (code) => expect(messageOf(code)).toMatch(/NODE_EXTRA_CA_CERTS wants the file/),
  );
});
