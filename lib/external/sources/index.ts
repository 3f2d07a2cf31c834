/** Files, archives and encodings, and what reads JSON and CSV from them in bounded memory. */
export * from "./byteSource.js";
export { findFiles } from "./findFiles.js";
export { openZip, type ZipArchive } from "./openZip.js";
export { Each, whole, type Keep, type Parts } from "./partialJson.js";
export { firstRecords, readCsv } from "./readCsv.js";
export { firstKeys, readJson, readJsonLines } from "./readJson.js";
