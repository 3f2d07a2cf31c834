import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { NotebookFile } from "./withOverrides.js";

const PICTURE = /<img class="fb-picture" alt="([^"]*)" src="data:image\/svg\+xml;base64,([A-Za-z0-9+/=]+)"/g;

/**
 * Writes the still picture of every figure in an executed notebook as an SVG file, numbered in the notebook's order
 * and named by the beginning of its text alternative. Pictures of an earlier run are removed.
 *
 * @returns The files' names.
 */
export function saveFigures(notebook: NotebookFile, folder: string): readonly string[] {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const html = notebook.cells.flatMap((cell) => cell.outputs ?? []).map(htmlOf);
  return html
    .flatMap((text) => [...text.matchAll(PICTURE)])
    .map(([, alt = "", picture = ""], index) => {
      const name = `${String(index + 1).padStart(2, "0")}-${slug(alt)}.svg`;
      writeFileSync(join(folder, name), Buffer.from(picture, "base64"));
      return name;
    });
}

function htmlOf(output: Readonly<Record<string, unknown>>): string {
  const data = output["data"] as Readonly<Record<string, string | readonly string[]>> | undefined;
  const html = data?.["text/html"] ?? "";
  return typeof html === "string" ? html : html.join("");
}

/** The first words, fit for a file's name on every system. */
function slug(text: string): string {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return words.slice(0, 7).join("-").slice(0, 60) || "figure";
}
