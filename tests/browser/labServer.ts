import { execFile, spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { findJupyter, jupyterEnv, imports } from "../../lib/notebook/runner/findJupyter.js";
import { ROOT } from "../../lib/notebook/runner/paths.js";

const run = promisify(execFile);

/** A folder that, beside the project, makes a JupyterLab of its own for machines that have none. */
const LAB_FOLDER = join(ROOT, "../shared/lab");
const LAB_ROOT = process.env["LAB_ROOT"] ?? "/var/tmp/jupyterlab-root";

/** A JupyterLab that serves a copy of the project. */
export interface LabServer {
  /** "http://127.0.0.1:PORT" */
  readonly origin: string;
  /** Runs what `npm run export` runs, with the Jupyter that this server has. */
  exportSaved(): Promise<string>;
  stop(): void;
}

/** How a JupyterLab can be had here; null: it cannot. */
export function labWay(): "folder" | "installed" | null {
  if (existsSync(join(LAB_FOLDER, "start.sh")) && existsSync(join(LAB_ROOT, ".ready"))) return "folder";
  return imports(
    findJupyter(() => {}),
    "jupyterlab",
  )
    ? "installed"
    : null;
}

/**
 * Starts JupyterLab on a whole copy of the project (`copyProject({ isWhole: true })`), with the project's kernel and
 * page template in place as `npm run lab` puts them.
 *
 * @throws Error when it does not answer in a minute or two.
 */
export async function startLab(folder: string, way: "folder" | "installed"): Promise<LabServer> {
  const port = String(await freePort());
  const files = join(folder, "lib/notebook/jupyter");
  return way === "folder" ? startInFolder(folder, files, port) : startInstalled(folder, port);
}

async function startInFolder(folder: string, files: string, port: string): Promise<LabServer> {
  const stop = () => void spawnSync(join(LAB_FOLDER, "stop.sh"));
  const env = { ...withoutKeys(), PORT: port, JUPYTER_CONFIG_PATH: join(files, "config") };
  // Jupyter keeps the script's output open: only its end is waited for.
  const script = spawn(join(LAB_FOLDER, "start.sh"), [folder, files], { env, stdio: "ignore" });
  const code = await new Promise((resolve) => script.on("exit", resolve));
  if (code !== 0) {
    stop();
    throw new Error(`${LAB_FOLDER}/start.sh ended with code ${String(code)}: is another JupyterLab running?`);
  }
  const command = `cd '${folder}' && exec node node_modules/tsx/dist/cli.mjs lib/cli/main.ts export`;
  const path = "/opt/hostnode:/usr/local/bin:/usr/bin:/bin";
  return {
    origin: `http://127.0.0.1:${port}`,
    exportSaved: async () =>
      (
        await run("/usr/sbin/chroot", [LAB_ROOT, "/bin/sh", "-c", command], {
          env: { PATH: path, HOME: "/root", LANG: "C.UTF-8" },
        })
      ).stdout,
    stop,
  };
}

async function startInstalled(folder: string, port: string): Promise<LabServer> {
  const python = findJupyter(() => {});
  const options = [
    "--no-browser",
    "--ip=127.0.0.1",
    `--port=${port}`,
    "--ServerApp.token=",
    "--ServerApp.password=",
  ];
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const files = join(folder, "lib/notebook/jupyter");
  const child = spawn(
    python,
    [
      "-m",
      "jupyterlab",
      ...options,
      ...asRoot,
      `--ServerApp.root_dir=${folder}`,
      "--LabApp.expose_app_in_browser=True",
    ],
    {
      cwd: folder,
      env: {
        ...withoutKeys(),
        ...jupyterEnv(),
        JUPYTER_PATH: files,
        JUPYTER_CONFIG_PATH: join(files, "config"),
      },
      stdio: "ignore",
    },
  );
  const origin = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + 120_000;
  while (!(await answers(`${origin}/api/status`))) {
    if (Date.now() > deadline || child.exitCode !== null) {
      child.kill();
      throw new Error(`${python} -m jupyterlab does not answer on port ${port}.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return {
    origin,
    exportSaved: async () => (await run("npm", ["run", "--silent", "export"], { cwd: folder })).stdout,
    stop: () => void child.kill(),
  };
}

function withoutKeys(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("OPENROUTER_")));
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
