export { answerCache } from "./answer-cache.js";
export { openRouter } from "./open-router.js";
export type { FolderCache } from "./answer-cache.js";
export type { OpenRouterOptions } from "./options.js";
