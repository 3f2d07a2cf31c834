import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * What this notebook runs on, in one line.
 *
 * @param kernel tslab's `versions`.
 * @throws Error when Node is too old for the packages below; npm warns of that, but does not refuse.
 */
export function describeSetup(kernel: { readonly tslab: string; readonly typescript: string }): string {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`This kernel runs on Node ${process.versions.node}; the notebook needs 20.19 or later.`);
  }
  const { version } = require("facet-bench/package.json") as { version: string };
  return `facet-bench ${version} on Node ${process.versions.node}, tslab ${kernel.tslab} (TypeScript ${kernel.typescript}): ready.`;
}
