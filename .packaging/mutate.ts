import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Pinned here and not among the dependencies, whose number they would double; the last of them that runs on Node 20. */
const PACKAGES = ["@stryker-mutator/core@9.6.1", "@stryker-mutator/vitest-runner@9.6.1", "vitest@4.1.12"];

interface Room {
  /** The tests that are to notice: those of the room that take no minutes, by simulating, for each change. */
  readonly tests: string;
  /** Least share of the changes that they must notice, in percent. */
  readonly least: number;
}

const ROOMS: Readonly<Record<string, Room>> = {
  "spline/linear": { tests: "spline/linear/*", least: 85 },
  table: { tests: "table/!(coverage)", least: 85 },
  client: { tests: "client/!(secrets)", least: 85 },
  scorers: { tests: "scorers/!(growth|hostile)", least: 80 },
};

/**
 * `npm run mutate -- table`: changes the code of a room in small ways, one at a time, and tells which changes its own
 * tests do not notice. `table/familyOf.ts` is one file of it; without a name it is every room above. What was found is
 * kept in `out/mutate`, and only what changed since is tried again.
 */
function mutate(path: string, name: string, { tests, least }: Room): number {
  const out = join("out", "mutate", name.replaceAll("/", "-"));
  const config = {
    mutate: [path.endsWith(".ts") ? `lib/${path}` : `lib/${path}/**/*.ts`],
    testRunner: "vitest",
    // Prose is not pinned by tests.
    mutator: { excludedMutations: ["StringLiteral"] },
    // What is made once, as the file is read, would take all tests for each change: not tried.
    ignoreStatic: true,
    concurrency: 2,
    incremental: true,
    incrementalFile: `${out}.json`,
    reporters: ["clear-text"],
    clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
    // It would need TypeScript beside it to rewrite one, and nothing reads it there.
    tsconfigFile: "none",
    tempDirName: join("out", "mutate", "sandbox"),
    ignorePatterns: ["/out", "/dist", "/.cache", "/.venv"],
    thresholds: { high: 100, low: least, break: least },
  };
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(`${out}.config.json`, JSON.stringify(config));
  const packages = PACKAGES.flatMap((name) => ["-p", name]);
  const args = ["--yes", "--ignore-scripts", ...packages, "stryker", "run", `${out}.config.json`];
  const env = { ...process.env, FACET_TESTS: `tests/${tests}.test.ts` };
  return spawnSync("npx", args, { env, stdio: "inherit", shell: process.platform === "win32" }).status ?? 1;
}

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
setPriority(5);
const [named = ""] = process.argv.slice(2);
const chosen = Object.entries(ROOMS).filter(([name]) => named === "" || `${named}/`.startsWith(`${name}/`));
if (chosen.length === 0) {
  console.error(`npm run mutate: "${named}" is in none of the rooms ${Object.keys(ROOMS).join(", ")}.`);
  process.exitCode = 1;
}
for (const [name, room] of chosen) process.exitCode ||= mutate(named || name, name, room);
