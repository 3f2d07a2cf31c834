import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    sharedFolder: string;
  }
}

/** Gives all files of one run of the tests a folder, where one leaves what the others need, too. */
export function setup(tests: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "facet-shared-"));
  tests.provide("sharedFolder", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}
