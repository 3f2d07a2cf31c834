import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { OUT } from "../../lib/notebook/runner/paths.js";

const FOLDER = join(OUT, "screenshots");

/** Leaves a picture to look at in `out/screenshots`, where `FACET_SCREENSHOTS` asks for it: 3-D in software takes seconds. */
export async function screenshot(page: Page, name: string, fullPage = false): Promise<void> {
  if (!process.env["FACET_SCREENSHOTS"]) return;
  mkdirSync(FOLDER, { recursive: true });
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage, timeout: 120_000 });
}
