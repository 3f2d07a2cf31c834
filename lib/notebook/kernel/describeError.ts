import { dirname, sep } from "node:path";
import { inspect } from "node:util";
import { ROOT } from "../runner/paths.js";

/** What Jupyter shows of a failed cell: the content of its `error` message. */
export interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** A cell as its reader wrote it, and as tslab compiled it. */
export interface CellCode {
  readonly source: string;
  readonly compiled: string;
}

/** Where the package lies, and the folder above the notebook's, which a kernel runs in. */
const PLACES = [ROOT, dirname(process.cwd())].map((folder) => folder + sep);
const CELL_FRAME = /evalmachine\.<anonymous>:(\d+)/;
const KERNEL_FRAME = /node_modules\/tslab\/|node:vm|node:internal|node_modules\/tsx\/|notebook\/kernel\//;

/**
 * Name, message and a short traceback of what a cell threw: the line of the cell first, then the library's frames.
 * The frames of the kernel are left out, and so is the API key, should a message hold it.
 */
export function describeError(thrown: unknown, code: CellCode = { source: "", compiled: "" }): ErrorContent {
  if (isInterrupt(thrown)) {
    const evalue = "the cell was stopped. What was answered so far is kept: re-run the cell to go on.";
    return { ename: "Interrupted", evalue, traceback: [`Interrupted: ${evalue}`] };
  }
  // Errors from the kernel's vm context are no instances of this one's Error.
  const error = Object.prototype.toString.call(thrown) === "[object Error]" ? (thrown as Error) : null;
  const ename = error?.name ?? "Error";
  const evalue = discreet(error?.message ?? (typeof thrown === "string" ? thrown : inspect(thrown)));
  const frames = (error?.stack ?? "").split("\n").filter((frame) => /^\s+at /.test(frame));
  const line = sourceLine(code, Number(frames.join("\n").match(CELL_FRAME)?.[1] ?? 0));
  const where = line === null ? [] : [`  line ${line.number} of the cell: ${line.text.trim()}`];
  const library = frames.filter((frame) => !KERNEL_FRAME.test(frame) && !CELL_FRAME.test(frame)).slice(0, 6);
  return { ename, evalue, traceback: [`${ename}: ${evalue}`, ...where, ...library.map(discreet)] };
}

/** tslab's word for an interrupt of a waiting cell, and Node's for one of a cell that was computing. */
function isInterrupt(thrown: unknown): boolean {
  const { message, code } = Object(thrown) as { message?: unknown; code?: unknown };
  return message === "Interrupted asynchronously" || code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}

/** Adds one of tslab's type errors to the content: its arguments are file, line, column and message. */
export function describeDiagnostics(
  sofar: ErrorContent | null,
  [, line, column, message]: readonly unknown[],
  source: string,
): ErrorContent {
  const text = source.split("\n")[Number(line) - 1]?.trim() ?? "";
  const what = discreet(String(message));
  const entry = `  line ${String(line)}:${String(column)} of the cell: ${text}\n    ${what}`;
  if (sofar?.ename === "TypeScriptError") return { ...sofar, traceback: [...sofar.traceback, entry] };
  const evalue = `${what} (line ${String(line)})`;
  return { ename: "TypeScriptError", evalue, traceback: [`TypeScriptError: ${evalue}`, entry] };
}

/** What a page that is sent to others should not tell: the API key, and where the project lies on this machine. */
function discreet(text: string): string {
  const key = process.env["OPENROUTER_API_KEY"]?.trim();
  return PLACES.reduce(
    (rest, place) => rest.replaceAll(place, ""),
    key ? text.replaceAll(key, "[key]") : text,
  );
}

/**
 * The line of a cell that a line of its compiled form came from. tslab gives no source map, but keeps statements in
 * their order, so the line sharing the most words is taken; of equals, the one nearest to the same relative place.
 *
 * @param compiledLine Line in the compiled text, from 1; 0 when unknown.
 * @returns The line, from 1, with its text; null when nothing matches.
 */
export function sourceLine(
  { source, compiled }: CellCode,
  compiledLine: number,
): { readonly number: number; readonly text: string } | null {
  const compiledLines = compiled.split("\n");
  const wanted = words(compiledLines[compiledLine - 1] ?? "");
  const lines = source.split("\n");
  const place = (compiledLine / compiledLines.length) * lines.length;
  const scored = lines.map((text, index) => {
    const found = words(text);
    const common = [...wanted].filter((word) => found.has(word)).length;
    const likeness = common / Math.max(1, wanted.size + found.size - common);
    const score = likeness - (1e-3 * Math.abs(index + 1 - place)) / lines.length;
    return { number: index + 1, text, score };
  });
  const best = scored.reduce((one, other) => (other.score > one.score ? other : one));
  return best.score > 0.3 ? best : null;
}

/** Words that the compiler adds or drops say nothing about where a line came from. */
function words(line: string): Set<string> {
  const skipped = new Set(["exports", "const", "let", "var", "await", "async", "void"]);
  const found = line.replace(/\/\/.*$/, "").match(/[\p{L}\p{N}_$]+/gu) ?? [];
  return new Set(found.filter((word) => !skipped.has(word)));
}
