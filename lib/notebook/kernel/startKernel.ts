import { createRequire } from "node:module";
import type * as Executors from "tslab/dist/executor.js";
import type * as Kernels from "tslab/dist/jupyter.js";
import type * as Starters from "tslab/dist/main.js";
import { tuneCompiler } from "./tuneCompiler.js";
import type { ErrorContent } from "./describeError.js";
import { describeDiagnostics, describeError } from "./describeError.js";
import { expandShorthands } from "./expandShorthands.js";
import { abortRunningCell, beginCell } from "./interruptSignal.js";

// Before tslab is loaded.
tuneCompiler();

/** The parts of tslab's compiled kernel that are wrapped here: tslab is pinned exactly for their sake. */
const require = createRequire(import.meta.url);
const tslabExecutor = require("tslab/dist/executor.js") as typeof Executors;
const tslabJupyter = require("tslab/dist/jupyter.js") as typeof Kernels;
const tslabMain = require("tslab/dist/main.js") as typeof Starters;

/** What went wrong in the cell that ran last; null when nothing did. */
let failure: ErrorContent | null = null;

/**
 * Starts tslab's own kernel with what it lacks: a failing cell tells its name, message and line to whoever runs it;
 * an interrupt aborts `interruptSignal()`; a runner that goes on after errors gets the next cell executed; `{ name }`
 * finds a variable of an earlier cell.
 *
 * @param configPath Jupyter's connection file.
 */
export function startKernel(configPath: string): void {
  tellExecutorFailures();
  sendFailures();
  tslabMain.startKernel({ configPath, enableFindLocal: false, jsKernel: false, globalVersion: "" });
}

/** tslab prints a failure and forgets it: catch what it prints, and what ran, before it is lost. */
function tellExecutorFailures(): void {
  const create = tslabExecutor.createExecutor;
  const createExecutor: typeof create = (rootDir, converters, console) => {
    let source = "";
    let compiled = "";
    const { node } = converters;
    const convert = node.convert.bind(node);
    node.convert = (declarations, cell) => {
      const converted = convert(declarations, expandShorthands(cell));
      compiled = converted.output ?? "";
      return converted;
    };
    const executor = create(rootDir, converters, {
      log: console.log,
      error: (first: unknown, ...rest: unknown[]) => {
        // A printf-style call is one type error; a single argument is what the cell threw.
        const isTypeError = rest.length > 0;
        failure = isTypeError
          ? describeDiagnostics(failure, rest, source)
          : describeError(first, { source, compiled });
        // Node keeps an interrupt of a computing cell from the kernel's own listener.
        if (failure.ename === "Interrupted") abortRunningCell();
      },
    });
    return {
      ...executor,
      execute: (cell: string) => {
        source = cell;
        failure = null;
        beginCell();
        return executor.execute(cell);
      },
      interrupt: () => {
        abortRunningCell();
        executor.interrupt();
      },
    };
  };
  Object.assign(tslabExecutor, { createExecutor });
}

/** Adds name, message and traceback to the reply of a failed cell, and shows them as Jupyter's `error` output. */
function sendFailures(): void {
  const { JupyterHandlerImpl, ZmqServer } = tslabJupyter;
  const handleExecute = ZmqServer.prototype.handleExecute;
  ZmqServer.prototype.handleExecute = function (socket, message) {
    const { handler, connInfo, iopub } = this;
    const telling: Pick<typeof handler, "handleExecute"> = {
      async handleExecute(request, ...writers) {
        const reply = await handler.handleExecute(request, ...writers);
        if (reply.status === "abort") return { ...reply, status: "aborted" };
        if (reply.status !== "error") return reply;
        // tslab drops the requests of the next 200 ms, which skips a cell of a runner that wants to go on.
        if (request.stop_on_error === false && handler instanceof JupyterHandlerImpl)
          handler["execQueue"].reset();
        const content = failure ?? describeError(new Error("The cell failed without saying why."));
        const output = message.createReply();
        output.header.msg_type = "error";
        output.content = content;
        output.signAndSend(connInfo.key, iopub);
        return { ...reply, ...content };
      },
    };
    return handleExecute.call(Object.create(this, { handler: { value: telling } }), socket, message);
  };
}
