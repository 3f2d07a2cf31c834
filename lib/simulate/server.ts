import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import type { Panel } from "./panel.js";
import { BadRequest } from "./request.js";

/** A running server of a panel. */
export interface PanelServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Serves a panel on 127.0.0.1 at a free port as OpenRouter's API: `POST …/chat/completions`, `GET …/models`.
 * Neither the server nor an idle connection keeps the process alive.
 */
export async function startServer(panel: Panel): Promise<PanelServer> {
  const server = createServer((request, response) => {
    handle(panel, request, response).catch((error: unknown) => {
      problem(response, error instanceof BadRequest ? 400 : 500, error instanceof Error ? error.message : "");
    });
  });
  server.on("connection", (socket) => socket.unref());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error(`simulatedPanel: the server has no port to be reached at, only ${address}.`);
  const close = async (): Promise<void> => {
    if (!server.listening) return;
    const end = once(server, "close");
    server.close();
    server.closeAllConnections();
    await end;
  };
  return { port: address.port, close };
}

async function handle(panel: Panel, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const route = `${request.method} ${request.url?.replace(/^\/v1(?=\/)/, "")}`;
  if (route === "GET /models") return send(response, 200, panel.listing());
  if (!/^Bearer\s+\S/.test(request.headers.authorization ?? ""))
    return problem(response, 401, "No auth credentials found");
  if (route !== "POST /chat/completions")
    return problem(response, 404, `The simulated panel has no page ${route}.`);

  const asked = await text(request);
  const { body, latencyMs } = panel.answer(asked);
  await setTimeout(latencyMs, null, { ref: false });
  if (response.destroyed) return;
  panel.count(asked);
  send(response, 200, body);
}

/** An error as OpenRouter words it. */
function problem(response: ServerResponse, code: number, message: string): void {
  send(response, code, { error: { code, message } });
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}
