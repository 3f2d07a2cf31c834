export { answerCache } from "./answerCache.js";
export { memoryCache } from "./memoryCache.js";
export { openRouter } from "./openRouter.js";
export type { FolderCache } from "./answerCache.js";
export type { OpenRouterOptions } from "./options.js";
