import { listAt, parsedJson, shownValue, textAt, valueAt } from "../shared/json.js";
import { askWithRetries } from "./askWithRetries.js";
import { cachedAsk, questionKey } from "./cachedAsk.js";
import { RequestFailed, failure } from "./failures.js";
import { type OpenRouterOptions, clientSettings, redactor } from "./options.js";
import { RateLimits } from "./rateLimits.js";
import { atLeastZero, readAnswer } from "./readAnswer.js";
import type { Answer, AskOptions, ChatClient, ChatRequest, ModelListing } from "./types.js";

/**
 * A client of OpenRouter, or of any server that speaks OpenAI's chat completions. It asks with the retries, time limits
 * and concurrency of its options, and no error or answer of it holds the key.
 *
 * `ask` never rejects for a server's doing: it says what came of it. `listModels` rejects with one line.
 *
 * @throws Error when there is no usable key (none is needed for a server of one's own), RangeError for a bad number.
 */
export function openRouter(options: OpenRouterOptions = {}): ChatClient {
  const settings = clientSettings(options, process.env);
  const limits = new RateLimits(settings.concurrency);
  const settle = askWithRetries(settings, limits);
  const redact = redactor(settings.apiKey);
  const askCached = cachedAsk();

  /** @param keep Done before the slot goes to the next, so that no more is lost at once than is in flight. */
  async function askAfresh(
    request: ChatRequest,
    { signal, slot }: AskOptions,
    keep: (answer: Answer) => Promise<void>,
  ): Promise<Answer> {
    const settled = await settle<Answer>({
      request,
      signal,
      slot,
      read: async (received, spent) => {
        const reading = readAnswer(received, request.model, redact.answer);
        const answer: Answer = { ok: true, ...reading, ...spent(), cached: false };
        await keep(answer);
        return answer;
      },
    });
    if ("value" in settled) return settled.value;
    const { failed, spent } = settled;
    return { ok: false, ...failed, message: redact.message(failed.message), ...spent };
  }

  /** A page of the server, its JSON read. @throws Error in one line when there is no such page. */
  async function page<T>(path: string, read: (body: unknown) => T, signal?: AbortSignal): Promise<T> {
    const settled = await settle({
      request: path,
      signal,
      read: ({ text }) => read(parsedJson(redact.answer(text).trim())),
    });
    if ("value" in settled) return settled.value;
    const { kind, message } = settled.failed;
    const hint = /\/v\d+$/.test(settings.baseURL) ? "" : " Should its address end in /v1?";
    const why = kind === "model" ? `the server has no such page.${hint}` : redact.message(message);
    throw new Error(`GET ${path}: ${why}`);
  }

  const cacheKey = (request: ChatRequest, epoch: number): string =>
    questionKey(settings.baseURL, { ...request }, epoch);
  return {
    concurrency: settings.concurrency,
    isLocal: LOCAL_HOST.test(new URL(settings.baseURL).hostname),
    limits,
    cacheKey,
    ask(request, asked = {}) {
      const { cache, epoch = 0 } = asked;
      const answer = cache
        ? askCached(cacheKey(request, epoch), cache, asked, (keep) => askAfresh(request, asked, keep))
        : askAfresh(request, asked, async () => undefined);
      return answer.finally(() => asked.slot?.release());
    },
    listModels: ({ signal } = {}) => page("/models", listingOf, signal),
  };
}

/** This machine, a name or number of its own network, or a container's name. */
const LOCAL_HOST =
  /^(?:127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$|^\[::1\]$|^[^.:]+$|\.(?:local|internal)$/;

/**
 * The models in the body of GET /models. A server of one's own names ids only: the rest is then null.
 *
 * @throws RequestFailed when the body is no such list.
 */
function listingOf(body: unknown): readonly ModelListing[] {
  if (!Array.isArray(valueAt(body, "data"))) {
    const message = `the server sent no list of models but ${shownValue(body)}.`;
    throw new RequestFailed(failure({ kind: "bad_body", message, retriable: false }));
  }
  return listAt(body, "data").flatMap((entry) => {
    const id = textAt(entry, "id");
    const canonicalId = textAt(entry, "canonical_slug") || id;
    if (id === "") return [];
    return [
      {
        id,
        ...(canonicalId === id ? {} : { canonicalId }),
        name: textAt(entry, "name") || id,
        // A router's price is "-1": it depends on the model chosen, so it is not known.
        promptUsd: atLeastZero(valueAt(entry, "pricing", "prompt")),
        completionUsd: atLeastZero(valueAt(entry, "pricing", "completion")),
      },
    ];
  });
}
