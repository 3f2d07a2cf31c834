import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { slug } from "../../shared/text.js";
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
  const shown = notebook.cells.flatMap((cell) => cell.outputs ?? []).map(({ data }) => data?.["text/html"]);
  const html = shown.map((lines = "") => (typeof lines === "string" ? lines : lines.join("")));
  const pictures = html.flatMap((text) => [...text.matchAll(PICTURE)]);
  return pictures.map(([, alt = "", picture = ""], index) => {
    const name = `${String(index + 1).padStart(2, "0")}-${slug(alt) || "figure"}.svg`;
    writeFileSync(join(folder, name), Buffer.from(picture, "base64"));
    return name;
  });
}
