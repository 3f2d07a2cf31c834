/** The server of openrouter-server-process.ts: plain JavaScript, so that it starts and answers as fast as Node can. */
import { createServer } from "node:http";

const latencyMs = Number(process.argv[2] ?? 0);
let chats = 0;
let inFlight = 0;
let peak = 0;

function answer(model, prompt) {
  return JSON.stringify({
    id: `gen-${chats}`,
    model,
    provider: "Plain server",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: prompt } }],
    usage: { prompt_tokens: 12, completion_tokens: 8, cost: 0.00001 },
  });
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    if (!request.url?.endsWith("/chat/completions")) {
      response.writeHead(404, { "content-type": "application/json" });
      response.end('{"error":{"code":404,"message":"Not found"}}');
      return;
    }
    chats++;
    inFlight++;
    peak = Math.max(peak, inFlight);
    const { model, messages } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    const send = () => {
      inFlight--;
      response.writeHead(200, { "content-type": "application/json" });
      response.end(answer(model, messages[0].content));
    };
    if (latencyMs > 0) setTimeout(send, latencyMs);
    else send();
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.on("message", () => process.send({ chats, peak }));
process.on("disconnect", () => process.exit());
