import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** What a server process says of the chat requests it got. */
export interface ServerCounts {
  readonly chats: number;
  readonly peak: number;
}

/** A server in a process of its own, so that its work does not count as the client's. */
export interface ServerProcess {
  readonly baseURL: string;
  counts(): Promise<ServerCounts>;
  close(): void;
}

const SCRIPT = fileURLToPath(new URL("./openrouter-server-plain.mjs", import.meta.url));

/** A plain, fast server: every question gets a good answer after `latencyMs`. */
export async function startServerProcess({
  latencyMs,
}: {
  readonly latencyMs: number;
}): Promise<ServerProcess> {
  const child = fork(SCRIPT, [String(latencyMs)], { execArgv: [] });
  const { port } = await told<{ readonly port: number }>(child);
  return {
    baseURL: `http://127.0.0.1:${port}/api/v1`,
    counts() {
      child.send("counts");
      return told<ServerCounts>(child);
    },
    close: () => void child.kill(),
  };
}

async function told<T>(child: ChildProcess): Promise<T> {
  const over = new AbortController();
  const ended = once(child, "exit", { signal: over.signal }).then(() => {
    throw new Error("the server process ended");
  });
  try {
    const [message] = (await Promise.race([once(child, "message", { signal: over.signal }), ended])) as [T];
    return message;
  } finally {
    over.abort();
    await ended.catch(() => undefined);
  }
}
