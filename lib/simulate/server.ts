import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { problem, type Panel } from "./panel.js";

/** A longer body is no question. */
const LONGEST_BODY = 10_000_000;

/** A running server of a panel. */
export interface PanelServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a panel on 127.0.0.1 at a free port as OpenRouter's API: `POST …/chat/completions`, `GET …/models`,
 * `GET …/credits`. Neither the server nor an idle connection keeps the process alive.
 */
export async function startServer(panel: Panel): Promise<PanelServer> {
  const server = createServer((request, response) => {
    handle(panel, request, response).catch((error: unknown) => {
      send(response, 500, problem(500, error instanceof Error ? error.message : String(error)));
    });
  });
  server.on("connection", (socket) => socket.unref());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error("simulatedPanel: the server has no port to be reached at.");
  return { port: address.port, close: () => closed(server) };
}

async function closed(server: Server): Promise<void> {
  const end = once(server, "close");
  server.close();
  server.closeAllConnections();
  await end;
}

async function handle(panel: Panel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? "/", "http://localhost").pathname;
  const route = `${request.method} ${path.replace(/^.*(?=\/(?:chat\/completions|models|credits)$)/, "")}`;
  if (route === "GET /models") return send(response, 200, panel.listing());
  if (!/^Bearer\s+\S/.test(request.headers.authorization ?? ""))
    return send(response, 401, problem(401, "No auth credentials found"));
  if (route === "GET /credits") return send(response, 200, { data: { total_credits: 0, total_usage: 0 } });
  if (route !== "POST /chat/completions")
    return send(response, 404, problem(404, `The simulated panel has no ${request.method} ${path}.`));

  const text = await bodyOf(request);
  if (text === null) return send(response, 413, problem(413, "The body is too long."));
  const answer = panel.answer(text);
  await waitFor(answer.latencyMs, response);
  if (response.destroyed) return;
  if (answer.status === 200) panel.count(text);
  send(response, answer.status, answer.body);
}

/** The body's text; null when it is longer than any question. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= LONGEST_BODY) chunks.push(chunk);
  }
  return length > LONGEST_BODY ? null : Buffer.concat(chunks).toString("utf8");
}

/** Waits as long as the model takes, or until the client goes away. */
async function waitFor(ms: number, response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
