import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ROWS, play } from "../helpers/openrouter-server-rows.js";
import { seeded } from "../helpers/seeded.js";

/** A good answer that went out whole: to whom, and as how manieth of its asker's. */
export interface Delivered {
  readonly question: string;
  readonly key: string;
  /** performance.now() */
  readonly at: number;
}

/** A day's server: models by the names of the test server's rows do as these say, all others fail now and then. */
export interface SoakServer {
  readonly baseURL: string;
  readonly delivered: readonly Delivered[];
  /** Requests for models that answer, since the last reading. */
  asked(): number;
  /** The share of requests that fail, and whether every key is refused for now. */
  set(weather: { readonly faults?: number; readonly isRevoked?: boolean }): void;
  close(): Promise<void>;
}

/** Faults that ask a client to wait do so for a moment. Left out is what ends the whole run, and what is a good answer. */
const FAULTS = Object.keys(ROWS)
  .filter((row) => row.startsWith("fault/") && !row.startsWith("fault/401") && row !== "fault/200-text-json")
  .map((row) => `${row}?s=0.05`);

export async function startSoakServer(latencyMs: number): Promise<SoakServer> {
  const delivered: Delivered[] = [];
  const counts = new Map<string, number>();
  const random = seeded(16);
  let [faults, isRevoked, asked, inFlight] = [0, false, 0, 0];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const sent = await text(request);
    if (!request.url?.endsWith("/chat/completions")) return void response.writeHead(404).end();
    const body = JSON.parse(sent) as { model: string; messages: readonly { content: string }[] };
    const n = (counts.get(body.model) ?? 0) + 1;
    counts.set(body.model, n);
    inFlight++;
    response.once("close", () => inFlight--);
    const isAnswering = body.model.startsWith("soak/");
    if (isAnswering) asked++;
    const fails = isAnswering && random() < faults;
    const model = isRevoked
      ? "fault/401-echoes-key"
      : fails
        ? (FAULTS[Math.floor(random() * FAULTS.length)] ?? "")
        : body.model;
    if (isAnswering && model === body.model)
      response.once("finish", () =>
        delivered.push({
          question: `${body.model} ${body.messages.at(-1)?.content ?? ""}`,
          key: request.headers.authorization ?? "",
          at: performance.now(),
        }),
      );
    const exchange = { model, body, headers: request.headers, response, inFlight, ceiling: 16, recent: 0 };
    setTimeout(() => {
      // A kernel that was killed meanwhile hears nothing more.
      if (!response.destroyed) play({ ...exchange, n: fails ? 1 : n, answer: (prompt) => prompt });
    }, latencyMs);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    delivered,
    asked: () => {
      const count = asked;
      asked = 0;
      return count;
    },
    set: (weather) => ({ faults = faults, isRevoked = isRevoked } = weather),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
