import { escapeTerminal } from "../../shared/escape.js";

/** Live progress on a terminal: one line rewritten in place, or plain lines where there is no terminal. */
export interface Terminal {
  /** A line that stays. */
  say(line: string): void;
  /** The line that is rewritten; the next one takes its place. */
  status(line: string): void;
  /** Takes the rewritten line away. */
  clear(): void;
}

const PLAIN_INTERVAL_MS = 5000;

export function openTerminal(stream: NodeJS.WriteStream = process.stdout): Terminal {
  let lastPlain = 0;
  let lastText = "";
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
      } else if (text !== lastText && Date.now() - lastPlain >= PLAIN_INTERVAL_MS) {
        lastPlain = Date.now();
        lastText = text;
        stream.write(`${text}\n`);
      }
    },
  };
}
