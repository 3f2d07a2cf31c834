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
  const shown = notebook.cells.flatMap((cell) => cell.outputs ?? []).map(({ data }) => data?.["text/html"]);
  const html = shown.map((lines = "") => (typeof lines === "string" ? lines : lines.join("")));
  const pictures = html.flatMap((text) => [...text.matchAll(PICTURE)]);
  return pictures.map(([, alt = "", picture = ""], index) => {
    // The first words, fit for a file's name on every system.
    const words =
      alt
        .toLowerCase()
        .match(/[a-z0-9]+/g)
        ?.slice(0, 7)
        .join("-")
        .slice(0, 60) ?? "figure";
    const name = `${String(index + 1).padStart(2, "0")}-${words}.svg`;
    writeFileSync(join(folder, name), Buffer.from(picture, "base64"));
    return name;
  });
}
