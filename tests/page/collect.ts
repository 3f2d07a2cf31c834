import type { Display } from "../../lib/shared/types.js";

/** A display that keeps what it is shown, each time the last. */
export interface Collector extends Display {
  readonly shown: readonly string[];
}

export function collector(): Collector {
  const shown: string[] = [];
  return {
    shown,
    html: (html) => void shown.push(html),
    text: (text) => void shown.push(text),
  };
}
