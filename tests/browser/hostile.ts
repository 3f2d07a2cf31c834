import type { ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { HOSTILE, HOSTILE_STRINGS } from "../page/hostileStrings.js";
import { VIEWS } from "./notebookFigures.js";
import { editNotebook } from "../helpers/editNotebook.js";

/** Ids are the server's own; what is hostile is what a model is called and what it says. */
const ANSWERING = 13;
const REFUSING = 4;
const TASKS_EACH = 12;
/** Facets and names that stand in titles, on axes and at points. Of elements in a file only the text is taken. */
const FACETS = (HOSTILE["plotly"] ?? []).filter((text) => !text.startsWith("<")).slice(0, 3);
const MORE_FACETS = 5;
const NAMES = Object.values(HOSTILE).map((strings) => strings[0] || "a");

export interface HostileServer {
  readonly baseURL: string;
  /** Every text that the server has answered with, as an answer or as an error. */
  readonly said: ReadonlySet<string>;
  close(): Promise<void>;
}

/** A server that speaks OpenAI's way and says, one by one, every hostile string: as answers, and as errors. */
export async function startHostileServer(): Promise<HostileServer> {
  const said = new Set<string>();
  let at = 0;
  const next = () => {
    const text = HOSTILE_STRINGS[at++ % HOSTILE_STRINGS.length] ?? "";
    said.add(text);
    return text;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (!request.url?.endsWith("/chat/completions"))
        return send(response, 404, { error: { message: next() } });
      const { model } = JSON.parse(Buffer.concat(chunks).toString("utf8")) as { model: string };
      if (model.startsWith("refusing")) return send(response, 400, { error: { code: 400, message: next() } });
      const text = next();
      return send(response, 200, {
        id: text,
        object: "chat.completion",
        model: text,
        provider: text,
        choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: text } }],
        usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2, cost: 0 },
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`,
    said,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** How many answers and errors a run of the hostile notebook shows. */
export const HOSTILE_ROWS = (ANSWERING + REFUSING) * TASKS_EACH;

/** Facet means, correlations, the views of a surface, those of equal scores, which have no effects to show, and the explorer's, of these. */
export const HOSTILE_FIGURES = 2 + VIEWS + 2 * (VIEWS - 1);

/**
 * Puts a notebook into the project's copy that asks models of hostile names, reads a CSV of hostile names, facets and
 * cells, and draws a surface over facets of hostile names.
 */
export function writeHostileNotebook(
  folder: string,
  target: string,
  setUp: (source: string) => string = (source) => source,
): void {
  writeFileSync(join(folder, "hostile.csv"), hostileCsv());
  const ids = [
    ...Array.from({ length: ANSWERING }, (_, i) => `answering/${i}`),
    ...Array.from({ length: REFUSING }, (_, i) => `refusing/${i}`),
  ];
  const specs = ids.map((id, i) => ({
    id,
    alias: `${i} ${NAMES[i % NAMES.length]}`.slice(0, 500),
    enabled: true,
  }));
  const notebook = join(folder, "notebooks/facet_interactions.ipynb");
  editNotebook(notebook, join(folder, target), {
    client: setUp,
    models: `const MODEL_SPECS: ModelSpec[] = ${JSON.stringify(specs)};`,
    external: (source) =>
      source.replace(/= \[\];/, () => `= ["../hostile.csv", ${JSON.stringify(`../${NAMES[0]}`)}];`),
    surfaces: `const SURFACES: [string, string, string][] = ${JSON.stringify([
      FACETS,
      ["reasoning", "instruction", "coding"],
      ["gone", NAMES[0], "coding"],
    ])};`,
  });
}

/** Scores of a model by every hostile name on three hostile facets; then every string as a score, a facet, a source. */
function hostileCsv(): string {
  const names = HOSTILE_STRINGS.filter((name) => name.trim() !== "");
  const lines = names.flatMap((name, i) =>
    FACETS.map((facet, j) => [name, facet, ((i * (j + 2)) % 11) / 10, 5, name]),
  );
  const bad = names.flatMap((text, i) => [
    [`m${i}`, FACETS[0] ?? "", text, 5, text],
    ["m", i < MORE_FACETS ? `facet ${text}` : "coding", 0.5, text, text],
  ]);
  return [["model", "facet", "score", "n", names[0] ?? ""], ...lines, ...bad]
    .map((line) => line.map(csvCell).join(","))
    .join("\n");
}

function csvCell(value: string | number): string {
  return `"${String(value).replaceAll('"', '""')}"`;
}
