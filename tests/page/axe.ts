import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

/**
 * What axe-core finds seriously or critically wrong, and where.
 *
 * @param include The part of the page that is looked at.
 * @param exclude What of it is not.
 */
export async function seriousFaults(
  page: Page,
  include = "html",
  exclude: readonly string[] = [],
): Promise<readonly string[]> {
  await page.evaluate(`if (!("axe" in window)) { ${AXE} }`);
  const place = JSON.stringify({ include: [include], exclude });
  return page.evaluate<string[]>(
    `axe.run(${place}, { resultTypes: ["violations"] }).then(({ violations }) => violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => id + ": " + nodes.slice(0, 5).map((node) => node.html.slice(0, 200)).join(" | ")))`,
  );
}
