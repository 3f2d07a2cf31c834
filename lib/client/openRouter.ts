import type { Answer, AskOptions, ChatClient, ChatRequest } from "./types.js";
import { questionKey } from "./questionKey.js";
import { readCredits, readListing } from "./readListing.js";
import { type OpenRouterOptions, clientSettings } from "./options.js";
import { Questioner } from "./questioner.js";
import { Sharing } from "./sharing.js";

/**
 * A client of OpenRouter, or of any server that speaks OpenAI's chat completions. It asks with the retries, time limits
 * and concurrency of its options, and no error or answer of it holds the key.
 *
 * `ask` never rejects for a server's doing: it says what came of it. `listModels` and `credits` reject with one line.
 *
 * @throws Error when there is no usable key (none is needed for a server of one's own), RangeError for a bad number.
 */
export function openRouter(options: OpenRouterOptions = {}): ChatClient {
  const settings = clientSettings(options, process.env);
  const questioner = new Questioner(settings);
  const sharing = new Sharing();
  const cacheKey = (request: ChatRequest, epoch: number): string =>
    questionKey(settings.baseURL, { ...request }, epoch);
  return {
    concurrency: settings.concurrency,
    cacheKey,
    ask(request: ChatRequest, { signal, epoch = 0, cache, onWait }: AskOptions = {}): Promise<Answer> {
      const fresh = (): Promise<Answer> => questioner.ask(request, signal, onWait);
      return cache ? sharing.ask(cacheKey(request, epoch), cache, fresh, signal) : fresh();
    },
    listModels: async ({ signal } = {}) =>
      readOrSay("listModels", await questioner.get("/models", signal), readListing),
    credits: async () => readOrSay("credits", await questioner.get("/credits", undefined), readCredits),
  };
}

function readOrSay<T>(what: string, text: string, read: (text: string) => T): T {
  try {
    return read(text);
  } catch (error) {
    throw new Error(`${what}: ${error instanceof Error ? error.message : "unreadable"}`, { cause: error });
  }
}
