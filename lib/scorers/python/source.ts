/** A statement at the left margin of a program, with everything indented under it. */
export interface Statement {
  readonly text: string;
  /** The text with string literals as `"` and comments as spaces: what regular expressions may read. */
  readonly mask: string;
}

/** A function that a program defines at its left margin. */
export interface PythonFunction {
  readonly name: string;
  readonly parameters: string;
  readonly docstring: boolean;
  /** The statement's mask from the body on. */
  readonly body: string;
}

/**
 * Covers a program's literals and comments, character for character, so that its structure can be read without a parser.
 * Literals become `"`, comments spaces; line breaks inside literals are covered, too.
 */
export function maskOf(source: string): string {
  let mask = "";
  let i = 0;
  while (i < source.length) {
    const character = source[i]!;
    if (character === "#") {
      const end = endOfLine(source, i);
      mask += " ".repeat(end - i);
      i = end;
    } else if (character === '"' || character === "'") {
      const end = endOfLiteral(source, i);
      mask += '"'.repeat(end - i);
      i = end;
    } else {
      mask += character;
      i++;
    }
  }
  return mask;
}

const endOfLine = (source: string, from: number): number => {
  const end = source.indexOf("\n", from);
  return end < 0 ? source.length : end;
};

function endOfLiteral(source: string, start: number): number {
  const triple = source.slice(start, start + 3);
  const quote = triple === '"""' || triple === "'''" ? triple : source[start]!;
  for (let i = start + quote.length; i < source.length; i++) {
    if (source[i] === "\\") i++;
    else if (source.startsWith(quote, i)) return i + quote.length;
    // A one-line literal that is not closed ends with its line, as an apostrophe in prose does.
    else if (quote.length === 1 && source[i] === "\n") return i;
  }
  return source.length;
}

/** The statements at the left margin, in order. Decorators belong to what they decorate, `else` to its `if`. */
export function statementsOf(source: string): Statement[] {
  const mask = maskOf(source);
  const starts: number[] = [];
  let depth = 0;
  let decorated = false;
  let line = 0;
  while (line < mask.length) {
    const end = endOfLine(mask, line);
    const text = mask.slice(line, end);
    if (depth <= 0 && /^[^\s)\]}]/.test(text)) {
      if (!decorated && !/^(?:else|elif|except|finally)\b/.test(text)) starts.push(line);
      decorated = text.startsWith("@");
    }
    for (const character of text) {
      if ("([{".includes(character)) depth++;
      else if (")]}".includes(character)) depth = Math.max(0, depth - 1);
    }
    line = end + 1;
  }
  return starts.map((start, i) => ({
    text: source.slice(start, starts[i + 1] ?? source.length).trimEnd(),
    mask: mask.slice(start, starts[i + 1] ?? source.length).trimEnd(),
  }));
}

const DEF = /^(?:@[^\n]*\n)*(?:async\s+)?def\s+([\p{L}_]\w*)\s*\(/u;

/** The function that a statement defines, `def` or a named `lambda`; null when it defines none. */
export function functionOf({ text, mask }: Statement): PythonFunction | null {
  const lambda = /^([\p{L}_]\w*)\s*(?::[^=\n]+)?=\s*\(*\s*lambda\b([^:]*):/u.exec(mask);
  if (lambda) {
    return {
      name: lambda[1]!,
      parameters: lambda[2]!.trim(),
      docstring: false,
      body: mask.slice(lambda[0].length),
    };
  }
  const def = DEF.exec(mask);
  if (!def) return null;
  const close = matching(mask, def[0].length - 1);
  const colon = mask.indexOf(":", close);
  if (close < 0 || colon < 0) return null;
  // A return type may hold colons only inside brackets or literals: none is common enough to parse here.
  return {
    name: def[1]!,
    parameters: mask.slice(def[0].length, close).trim(),
    docstring: startsWithDocstring(text.slice(colon + 1), mask.slice(colon + 1)),
    body: mask.slice(colon + 1),
  };
}

/** Index of the bracket that closes the one at `open`; -1 when none does. */
export function matching(mask: string, open: number): number {
  let depth = 0;
  for (let i = open; i < mask.length; i++) {
    if ("([{".includes(mask[i]!)) depth++;
    else if (")]}".includes(mask[i]!) && --depth === 0) return i;
  }
  return -1;
}

/** A docstring is a plain literal (no f, no b), not empty, that is the body's whole first statement. */
function startsWithDocstring(body: string, mask: string): boolean {
  const literal = /^\s*([A-Za-z]{0,2})("+(?:[ \t]+"+)*)[ \t]*(?=[\n;]|$)/.exec(mask);
  if (!literal || /[fbt]/i.test(literal[1]!)) return false;
  const end = literal[0].trimEnd().length;
  return /[\p{L}\p{N}]/u.test(body.slice(end - literal[2]!.length, end));
}
