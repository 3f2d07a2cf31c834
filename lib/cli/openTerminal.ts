import { escapeTerminal } from "../shared/escape.js";
import type { Terminal } from "../notebook/types.js";

/** A stream as a terminal. */
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
