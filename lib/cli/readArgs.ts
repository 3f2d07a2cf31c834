import { parseArgs, type ParseArgsConfig } from "node:util";
import { nearestNames } from "../shared/nearestName.js";
import { UsageError } from "../shared/usageError.js";

type Flags = NonNullable<ParseArgsConfig["options"]>;
type Parsed<F extends Flags> = ReturnType<
  typeof parseArgs<{ allowPositionals: true; tokens: true; options: F }>
>;

/**
 * The flags of a command with their values, and everything else in its order.
 *
 * @throws UsageError naming the argument that cannot be taken, and the flag nearest to an unknown one.
 */
export function readArgs<F extends Flags>(args: readonly string[], options: F): Parsed<F> {
  try {
    const parsed = parseArgs({ args: [...args], allowPositionals: true, tokens: true, options });
    const given = parsed.tokens.flatMap((token) => (token.kind === "option" ? [token.name] : []));
    const twice = given.find((name, i) => given.indexOf(name) < i && options[name]?.multiple !== true);
    // Node would take the last without a word, and an empty path, of a shell's unset variable, is the whole folder.
    if (twice !== undefined) throw new Error(`Option '--${twice}' is given twice`);
    const isEmpty = parsed.tokens.some((token) => "value" in token && token.value === "");
    if (isEmpty) throw new Error("An argument is empty");
    return parsed;
  } catch (error) {
    // The rest of Node's sentence is on how to pass a file of that name.
    const [said = ""] = (error as Error).message.split(/\s(?=To )/);
    const unknown = /^Unknown option '--?([^']*)'/.exec(said)?.[1];
    const [nearest] = nearestNames(unknown ?? "", Object.keys(options));
    const advice = nearest === undefined ? "" : ` Did you mean --${nearest}?`;
    const line = said.replace(/(?<![.?])$/, ".").replaceAll("\n", " ");
    throw new UsageError(`${line}${advice} --help lists all options.`, { cause: error });
  }
}
