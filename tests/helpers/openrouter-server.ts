import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { play } from "./openrouter-server-rows.js";

export interface ServerOptions {
  /** Before every chat answer. Default 0. */
  readonly latencyMs?: number;
  /** The body's `data` of GET /models; null: the page does not exist, as with many servers of one's own. */
  readonly models?: readonly Readonly<Record<string, unknown>>[] | null;
  /** `limit/conc` answers 429 above so many requests in flight. Default 4. */
  readonly ceiling?: number;
  /** The text of ok/echo; default: the prompt. */
  readonly answer?: (prompt: string, model: string) => string;
}

/** One request as it came. */
export interface Logged {
  readonly path: string;
  readonly model: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: IncomingMessage["headers"];
  /** performance.now() */
  readonly at: number;
}

/** OpenRouter as the tests play it: what it does is chosen by model id. Nothing but 127.0.0.1 is touched. */
export interface OpenRouterServer {
  readonly baseURL: string;
  /** Every chat request since the start or the last `reset`. */
  readonly chats: readonly Logged[];
  /** Every request to another path. */
  readonly others: readonly Logged[];
  /** The most chat requests in flight at once. */
  readonly peak: number;
  /** Resolves when so many chat requests have come. */
  came(count: number): Promise<void>;
  /** Chat requests whose connection the client gave up. */
  readonly abandoned: number;
  reset(): void;
  close(): Promise<void>;
}

export const MODELS = [
  {
    id: "ok/echo",
    name: "Echo",
    pricing: { prompt: "0.000001", completion: "0.000002" },
    context_length: 8192,
  },
  { id: "ok/nth", name: "Nth", pricing: { prompt: "0", completion: "0" }, context_length: 8192 },
  { id: "openrouter/auto", name: "Auto", pricing: { prompt: "-1", completion: "-1" }, context_length: null },
];

export async function startOpenRouter(options: ServerOptions = {}): Promise<OpenRouterServer> {
  const { latencyMs = 0, models = MODELS, ceiling = 4, answer = (prompt: string) => prompt } = options;
  let chats: Logged[] = [];
  let others: Logged[] = [];
  let counts = new Map<string, number>();
  let rate: number[] = [];
  let peak = 0;
  let inFlight = 0;
  let abandoned = 0;
  let waiters: { count: number; resolve: () => void }[] = [];

  const answerChat = async (logged: Logged, response: ServerResponse): Promise<void> => {
    chats.push(logged);
    const n = (counts.get(logged.model) ?? 0) + 1;
    counts.set(logged.model, n);
    inFlight++;
    peak = Math.max(peak, inFlight);
    const here = inFlight;
    response.once("close", () => {
      inFlight--;
      if (!response.writableFinished) abandoned++;
    });
    for (const waiter of waiters) if (chats.length >= waiter.count) waiter.resolve();
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    if (response.destroyed) return;
    rate = rate.filter((at) => performance.now() - at < 200);
    play({ ...logged, n, response, inFlight: here, ceiling, recent: rate.length, answer });
    if (response.statusCode === 200) rate.push(performance.now());
  };

  const server = createServer((request, response) => {
    readBody(request)
      .then((text) => {
        const path = request.url ?? "/";
        const body = text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
        const model = typeof body["model"] === "string" ? body["model"] : "";
        const logged: Logged = { path, model, body, headers: request.headers, at: performance.now() };
        if (path.endsWith("/chat/completions")) return answerChat(logged, response);
        others.push(logged);
        return answerOther(path, models, response);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    get chats() {
      return chats;
    },
    get others() {
      return others;
    },
    get peak() {
      return peak;
    },
    get abandoned() {
      return abandoned;
    },
    came: (count) =>
      new Promise((resolve) => {
        if (chats.length >= count) resolve();
        else waiters.push({ count, resolve });
      }),
    reset() {
      chats = [];
      others = [];
      counts = new Map();
      rate = [];
      waiters = [];
      peak = 0;
      abandoned = 0;
    },
    close: () => closeServer(server),
  };
}

function answerOther(path: string, models: ServerOptions["models"], response: ServerResponse): void {
  const json = (status: number, value: unknown): void => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
  if (path.endsWith("/models") && models) return json(200, { data: models });
  return json(404, { error: { code: 404, message: "Not found" } });
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
