/** A fenced block of an answer. */
export interface Fence {
  /** The language after the opening marks, in lower case; "" when there is none. */
  readonly language: string;
  readonly body: string;
}

const OPENING = /^[ \t>]*(`{3,}|~{3,})[ \t]*([\w+#.-]*)[^\n`]*$/;

/** The fenced blocks of a text, in order. A block that is never closed runs to the end: the answer was cut off. */
export function fencesIn(text: string): Fence[] {
  const fences: Fence[] = [];
  let marks: string | null = null;
  let language = "";
  let body: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (marks === null) {
      const opening = OPENING.exec(line);
      if (!opening) continue;
      marks = opening[1]!;
      language = opening[2]!.toLowerCase();
      body = [];
    } else if (line.trim().startsWith(marks) && line.trim().replaceAll(marks[0]!, "") === "") {
      fences.push({ language, body: body.join("\n") });
      marks = null;
    } else body.push(line);
  }
  if (marks !== null) fences.push({ language, body: body.join("\n") });
  return fences;
}

/** What stands inside backticks or a fence that enclose the whole text; the text itself where nothing does. */
export function withoutCodeMarks(text: string): string {
  const inline = /^(`{1,2})([^`\n]+)\1$/.exec(text);
  if (inline) return inline[2]!.trim();
  if (!/^(?:```|~~~)/.test(text) || !/(?:```|~~~)$/.test(text)) return text;
  const oneLine = /^```([^`\n]+)```$/.exec(text);
  if (oneLine) return oneLine[1]!.trim();
  const fences = fencesIn(text);
  const enclosing = text.split("\n").length === (fences[0]?.body.split("\n").length ?? 0) + 2;
  return fences.length === 1 && enclosing ? fences[0]!.body.trim() : text;
}
