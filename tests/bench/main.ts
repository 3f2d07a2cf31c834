import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The last two take long, and run only when they are named. */
const BENCHES = ["spline", "plot", "page", "scorers", "external", "eval", "soak", "truth"];

/** Runs the benches one after the other, each in a process of its own: all of them, or those named on the command line. */
const here = dirname(fileURLToPath(import.meta.url));
const [named, options] = [
  process.argv.slice(2).filter((arg) => !arg.startsWith("-")),
  process.argv.slice(2).filter((arg) => arg.startsWith("-")),
];
const unknown = named.find((name) => !BENCHES.includes(name));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}"; there are ${BENCHES.join(", ")}.`);
  process.exit(1);
}
for (const name of named.length > 0 ? named : BENCHES.slice(0, -2)) {
  console.log(`\n# ${name}`);
  const { status } = spawnSync(process.execPath, ["--import", "tsx", join(here, `${name}.ts`), ...options], {
    stdio: "inherit",
  });
  process.exitCode ||= status ?? 1;
}
