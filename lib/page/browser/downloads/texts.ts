import type { Row } from "../../../shared/types.js";
import { FORMULA } from "../../../shared/escape.js";
import { count, slug } from "../../../shared/text.js";
import manifest from "../../../package.json" with { type: "json" };
import type { RunFacts } from "../../runData.js";

const { version } = manifest;

/** A run, as far as its settings and its citation speak of it. */
interface Run extends RunFacts {
  readonly questions: readonly { readonly facet: string; readonly task: string; readonly prompt: string }[];
}

/**
 * Rows of text as CSV for spreadsheets and for programs. What a spreadsheet would take for a formula gets a ' in front;
 * numbers stay numbers, the negative ones too.
 */
export function csvOf(rows: readonly (readonly string[])[]): string {
  // The mark tells Excel that it is UTF-8.
  return `\uFEFF${rows.map((row) => `${row.map(field).join(",")}\r\n`).join("")}`;
}

function field(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n;']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Every answer on a line of its own, as `saveRows` writes it. */
export function jsonlOf(rows: readonly Row[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join("");
}

/** A file's name from a caption, whatever that is. */
export function fileName(caption: string, extension: string): string {
  return `${slug(caption) || "facet-bench"}.${extension}`;
}

/** What made the run, as JSON that is read by people, too. */
export function settingsOf({ simulated, made, settings, models, columns, questions }: Run): string {
  const facets = columns.map(({ name, contains }) => ({ name, contains }));
  return `${JSON.stringify({ version, made, simulated, settings, models, facets, questions }, null, 2)}\n`;
}

/** How to cite a run, in a sentence and for BibTeX. */
export function citation({ made, simulated, models, columns, questions }: Run): {
  readonly text: string;
  readonly bibtex: string;
} {
  const facets = columns.filter(({ contains }) => contains.length === 0).map(({ name }) => name);
  const asked = questions.length === 0 ? "scores from files" : count(questions.length, "question");
  const what = `${simulated ? "Simulated: " : ""}${count(models.length, "model")}, ${asked}, ${count(facets.length, "facet")} (${facets.join(", ")})`;
  const plain = what.replaceAll(/[^\p{L}\p{N} .,:;()/-]/gu, " ");
  return {
    text: `Facet Interaction Mini-Benchmark. ${what}. Made on ${made} with facet-bench ${version}.`,
    bibtex: [
      `@misc{facet-bench-${made},`,
      "  title = {Facet Interaction Mini-Benchmark},",
      `  year = {${made.slice(0, 4)}},`,
      `  note = {${plain}. Made on ${made} with facet-bench ${version}}`,
      "}",
    ].join("\n"),
  };
}
