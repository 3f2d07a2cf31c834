import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT } from "../lib/notebook/runner/paths.js";

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")) as {
  packages: Readonly<Record<string, Locked>>;
};

describe("package-lock.json", () => {
  // `npm install` drops the platforms that it does not install for; `npm ci` then fails elsewhere.
  it("names the binaries of every platform, not only of the one it was written on", () => {
    const missing = Object.values(packages)
      .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
      .filter((name) => packages[`node_modules/${name}`] === undefined);
    expect(missing).toEqual([]);
  });

  // Both bring their binaries as packages or files, so that npm ci --ignore-scripts does.
  it("has two packages that would run a script at their installation, and needs neither script", () => {
    const scripted = Object.keys(packages).filter((name) => packages[name]?.hasInstallScript === true);
    expect(scripted).toEqual(["node_modules/esbuild", "node_modules/zeromq"]);
  });

  it("names no registry's address", () => {
    const hosts = Object.values(packages).filter((entry) => entry.resolved?.startsWith("http"));
    expect(hosts).toEqual([]);
  });
});
