import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { openRouter } from "../../lib/client/index.js";
import { startOpenRouter } from "../helpers/openrouter-server.js";
import { ROWS } from "../helpers/openrouter-server-rows.js";

const KEY = "sk-or-v1-5ec7e75ec7e75ec7e75ec7e75ec7e75e";

/** A process is started: on a busy machine that takes its time. */
describe("the key", { timeout: 120_000 }, () => {
  it("is in no byte of what every row prints, caches and saves, debug logging asked for", async () => {
    const server = await startOpenRouter({ models: null });
    const dir = mkdtempSync(join(tmpdir(), "facet-bench-"));
    const script = join(import.meta.dirname, "..", "helpers", "secrets-child.ts");
    const env = { ...process.env, OPENROUTER_API_KEY: KEY, OPENAI_LOG: "debug" };
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      ["--import", "tsx", script, server.baseURL, dir],
      { env, maxBuffer: 1e8 },
    );
    const saved = readdirSync(dir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
    expect(server.chats.every((chat) => chat.headers.authorization === `Bearer ${KEY}`)).toBe(true);
    await server.close();
    rmSync(dir, { recursive: true, force: true });

    expect(stdout).toContain(`asked ${Object.keys(ROWS).length}, rows ${Object.keys(ROWS).length}`);
    expect(saved.length).toBeGreaterThan(10);
    const everything = [stdout, stderr, ...saved].join("\n");
    expect(stderr).not.toContain("Warning");
    expect(everything).toContain("You sent Bearer [key]");
    expect(everything).not.toContain(KEY);
    expect(everything).not.toContain(KEY.slice(9));
    expect(everything).not.toContain("user_secret");
  });

  it("of a listing error is hidden too", async () => {
    const server = await startOpenRouter({ models: null });
    const client = openRouter({ apiKey: KEY, baseURL: server.baseURL });
    await expect(client.listModels()).rejects.toThrow(/^GET [^k]*$/);
    await server.close();
  });
});
