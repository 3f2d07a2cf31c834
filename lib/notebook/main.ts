import { lab } from "./runner/lab.js";
import { parseOptions, USAGE } from "./runner/parseOptions.js";
import { exportSaved, start } from "./runner/start.js";
import { openTerminal } from "./runner/openTerminal.js";

/** What npm start, npm run lab and npm run export run. Every failure ends in one readable message and exit code 1. */
async function main(args: readonly string[]): Promise<number> {
  const terminal = openTerminal();
  if (args.some((arg) => arg === "--help" || arg === "-h")) {
    terminal.say(USAGE);
    return 0;
  }
  try {
    // npm runs scripts in the project's folder; paths are meant from where the person stands.
    const options = parseOptions(args, process.env["INIT_CWD"] ?? process.cwd());
    if (options.command === "lab") return await lab(terminal);
    return options.command === "export" ? exportSaved(terminal) : await start(options, terminal);
  } catch (error) {
    terminal.clear();
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
