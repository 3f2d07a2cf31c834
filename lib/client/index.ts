/** Asks a language model over HTTP and says what came of it: chat, retries, rate limits, answers kept. */
export { answerCache } from "./answerCache.js";
export { GENERATION, askModel, chatRequest } from "./askModel.js";
export { asHit, tolerant, untilEnded } from "./cachedAsk.js";
export { failure } from "./failures.js";
export { openRouter } from "./openRouter.js";
export { RateLimits } from "./rateLimits.js";
export type { ClearableCache } from "./answerCache.js";
export type { AskModelOptions, GenerationOptions } from "./askModel.js";
export type { OpenRouterOptions } from "./options.js";
export type { Slot } from "./rateLimits.js";
