import { fencesIn } from "../fences.js";
import { statementsOf } from "./source.js";
import type { Statement } from "./source.js";

const PYTHON = new Set(["", "python", "py", "python3", "py3", "pycon", "ipython", "ipython3"]);
/** Where code begins in an answer without fences. */
const BEGINS =
  /^[ \t]*(?:>>> )?(?:@\w|(?:async\s+)?def\s+\w+\s*\(|import\s+\w+|from\s+[\w.]+\s+import\b|[A-Za-z_]\w*\s*=\s*lambda\b)/m;
/** A line at the margin that may be code; prose between code is left out. */
const CODE =
  /^(?:@|(?:async\s+)?def\s|import\s|from\s+\S+\s+import\b|class\s|(?:if|for|while|with|return|assert|raise|print|else|elif|except|finally|try|pass)\b|[\p{L}_][\w.]*(?:\s*:\s*[\w[\], .|]+)?\s*[-+*/]?=[^=]|[\p{L}_][\w.]*\(|["'])/u;

/** The Python programs of an answer: one a fence, or else its bare code, each as statements. */
export function programsIn(text: string): readonly (readonly Statement[])[] {
  const fences = fencesIn(text);
  if (fences.length > 0) {
    const code = fences
      .filter(({ language }) => PYTHON.has(language))
      .map(({ body }) => statementsOf(plain(body)));
    if (code.length > 0) return code;
  }
  const inline = [...text.matchAll(/`([^`\n]+)`/g)]
    .map((span) => span[1]!)
    .filter((span) => BEGINS.test(span));
  const bare = fences.length > 0 ? null : BEGINS.exec(text);
  if (bare) {
    const code = statementsOf(plain(text.slice(bare.index)));
    return [code.filter((statement) => CODE.test(statement.text))];
  }
  return inline.map((span) => statementsOf(span));
}

/** Code without an interpreter's prompts and the indentation that all of its lines share. */
export function plain(code: string): string {
  const lines = code.replaceAll("\r\n", "\n").replaceAll("\t", "    ").split("\n");
  if (lines.some((line) => line.startsWith(">>> "))) {
    return lines.flatMap((line) => (/^(?:>>>|\.\.\.)(?: |$)/.test(line) ? [line.slice(4)] : [])).join("\n");
  }
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = indents.reduce((least, indent) => Math.min(least, indent), indents[0] ?? 0);
  return shared === 0 ? lines.join("\n") : lines.map((line) => line.slice(shared)).join("\n");
}
