import { escapeTerminal } from "../../shared/escape.js";

/** Live progress on a terminal: one line rewritten in place; elsewhere a plain line every five seconds. */
export interface Terminal {
  /** A line that stays. */
  say(line: string): void;
  /** The line that is rewritten; the next one takes its place. */
  status(line: string): void;
  /** Takes the rewritten line away. */
  clear(): void;
}

export function openTerminal(stream: NodeJS.WriteStream = process.stdout): Terminal {
  let lastPlain = 0;
  const clear = () => void (stream.isTTY && stream.write("\r\u001b[2K"));
  return {
    clear,
    say(line) {
      clear();
      stream.write(`${line}\n`);
    },
    status(line) {
      const text = escapeTerminal(line);
      if (stream.isTTY) {
        clear();
        stream.write(text.slice(0, (stream.columns ?? 80) - 1));
      } else if (Date.now() - lastPlain >= 5000) {
        lastPlain = Date.now();
        stream.write(`${text}\n`);
      }
    },
  };
}
