#!/usr/bin/env node
import { nearestName } from "../shared/nearestName.js";
import { UsageError } from "../shared/usageError.js";
import type { RunnerOptions, Terminal } from "../notebook/types.js";
import { openTerminal } from "./openTerminal.js";

type Command = (args: readonly string[], base: string, terminal: Terminal) => Promise<number>;

/** Each loads what it needs and no more. */
const COMMANDS: Readonly<Record<string, Command>> = {
  start: ofNotebook("start"),
  lab: ofNotebook("lab"),
  export: ofNotebook("export"),
  new: async (...given) => (await import("./newFolder.js")).newFolder(...given),
  fit: async (...given) => (await import("./fit.js")).fit(...given),
};

function ofNotebook(command: RunnerOptions["command"]): Command {
  return async (args, base, terminal) => {
    const { parseOptions } = await import("./parseOptions.js");
    const options = parseOptions(command, args, base);
    return (await import("../notebook/index.js")).runCommand(options, terminal);
  };
}

/** `facet-bench`, and npm start and its kin. Every failure ends in one readable message: code 2 for what was typed, else 1. */
async function main([name = "", ...args]: readonly string[]): Promise<number> {
  const terminal = openTerminal();
  const asks = (...flags: readonly string[]): boolean => [name, ...args].some((arg) => flags.includes(arg));
  if (asks("--help", "-h") || name === "" || name === "help") {
    terminal.say((await import("./help.js")).HELP);
    return name === "" ? 2 : 0;
  }
  if (asks("--version", "-v")) {
    terminal.say((await import("./help.js")).VERSION);
    return 0;
  }
  try {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (command === undefined) {
      const names = Object.keys(COMMANDS);
      throw new UsageError(
        `There is no command "${name}"; did you mean "${nearestName(name, names)}"? There are ${names.join(", ")}; --help says more.`,
      );
    }
    // npm runs scripts in the project's folder; paths are meant from where the person stands.
    return await command(args, process.env["INIT_CWD"] ?? process.cwd(), terminal);
  } catch (error) {
    terminal.clear();
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof UsageError ? 2 : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
