import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Metafile } from "esbuild";

/**
 * Name, version and licence of each package that went into a bundle, in its own words where it has a file of them.
 *
 * @param root The folder that the metafile's paths start from.
 */
export function licencesOf({ outputs }: Metafile, root: string): readonly string[] {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  const used = inputs.flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? file : []));
  const folders = used.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
  return [...new Set(folders)].toSorted().map((folder) => licenceIn(join(root, folder)));
}

function licenceIn(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly [key in "name" | "version" | "license"]?: string;
  };
  const file = readdirSync(folder).find((one) => /^(?:licen[sc]e|copying)/i.test(one));
  const text = file === undefined ? `Licence: ${license}` : readFileSync(join(folder, file), "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
