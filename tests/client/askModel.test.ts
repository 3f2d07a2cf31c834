import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askModel, openRouter } from "../../lib/client/index.js";
import { type OpenRouterServer, startOpenRouter } from "../helpers/openrouter-server.js";

let server: OpenRouterServer;
beforeAll(async () => {
  server = await startOpenRouter();
});
afterAll(() => server.close());

const client = () => openRouter({ apiKey: "sk-or-v1-test", baseURL: server.baseURL, baseMs: 1 });

describe("askModel", () => {
  it("gives the answer to one prompt, asked as the notebook asks", async () => {
    expect(await askModel(client(), "ok/echo", " What is 6 x 7? ")).toBe("What is 6 x 7?");
    expect(server.chats[0]?.body).toEqual({
      model: "ok/echo",
      messages: [{ role: "user", content: " What is 6 x 7? " }],
      max_tokens: 4096,
      temperature: 0.2,
    });
  });

  it("takes another length and temperature, a seed and a system's message", async () => {
    await askModel(client(), "ok/echo", "hello", {
      maxTokens: 7,
      temperature: 0,
      seed: 3,
      system: "Be brief.",
    });
    expect(server.chats.at(-1)?.body).toEqual({
      model: "ok/echo",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "hello" },
      ],
      max_tokens: 7,
      temperature: 0,
      seed: 3,
    });
  });

  it.each([
    ["fault/402", /^askModel: fault\/402: Insufficient credits/],
    ["fault/404-deprecated", /^askModel: fault\/404-deprecated: .*good\/model-2/],
    ["ok/refusal", /^askModel: ok\/refusal gave no text: I cannot help with that\.$/],
    ["ok/content-filter", /^askModel: ok\/content-filter gave no text: the provider's filter withheld it\.$/],
    ["ok/reasoning-exhausted", /gave no text: all tokens went into thinking\. Raise maxTokens\.$/],
    ["ok/null", /^askModel: ok\/null gave no text: empty\.$/],
    ["ok/tool-only", /gave no text: it called a tool\.$/],
  ])("throws for %s, saying why there is no answer", async (model, message) => {
    await expect(askModel(client(), model, "hello")).rejects.toThrow(message);
  });

  it("ends with its signal", async () => {
    const asked = askModel(client(), "ok/echo", "hello", { signal: AbortSignal.abort() });
    await expect(asked).rejects.toThrow("interrupted");
  });
});
