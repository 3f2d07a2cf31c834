import { type Progress, progressLine } from "./progressLine.js";

/** Where progress is written: a terminal, a file or a pipe. `process.stdout` is one. */
export interface Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shows the progress of one evaluation. Its two functions fit `onProgress` and `onNote`. */
export interface ProgressWriter {
  readonly onProgress: (progress: Progress) => void;
  readonly onNote: (line: string) => void;
}

/** Without a terminal a line is written at each such part of the whole. */
const PARTS = 10;

/** In a terminal one line that is rewritten in place, notes standing above it; elsewhere a plain line every tenth. */
export function progressWriter(stream: Writable): ProgressWriter {
  return stream.isTTY === true ? inPlace(stream) : plain(stream);
}

function inPlace(stream: Writable): ProgressWriter {
  const clear = "\r\u001B[2K";
  let shown = "";
  return {
    onProgress(progress) {
      // A line that wraps could not be rewritten: it is cut instead.
      shown = progressLine(progress).slice(0, Math.max(20, (stream.columns ?? 80) - 1));
      stream.write(`${clear}${shown}${isOver(progress) ? "\n" : ""}`);
      if (isOver(progress)) shown = "";
    },
    onNote(line) {
      stream.write(`${shown === "" ? "" : clear}${line}\n${shown}`);
    },
  };
}

function plain(stream: Writable): ProgressWriter {
  let next = 0;
  return {
    onProgress(progress) {
      const part = Math.floor((PARTS * progress.done) / Math.max(1, progress.total));
      if (part < next && !isOver(progress)) return;
      next = part + 1;
      stream.write(`${progressLine(progress)}\n`);
    },
    onNote: (line) => void stream.write(`${line}\n`),
  };
}

function isOver({ done, total, stopped }: Progress): boolean {
  return done >= total || stopped !== null;
}
