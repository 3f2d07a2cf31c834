"""What only Python can do for the runner: execute a notebook, turn it into HTML, sign it.

    python bridge.py run IN.ipynb OUT.ipynb DIR   execute IN in DIR; write OUT, whole or as far as it got
    python bridge.py html IN.ipynb OUT.html       one self-contained page
    python bridge.py trust NB.ipynb               sign it, so that JupyterLab shows its outputs without a re-run

Prints one JSON object a line. Works with nbclient 0.7 and nbconvert 6.5 (Debian 12) and with current ones.
"""

import asyncio
import html
import json
import os
import re
import signal
import sys

import nbformat


def tell(**event):
    print(json.dumps(event), flush=True)


def write_whole(path, text):
    """Writes beside the target and renames: a reader never sees half a file."""
    part = path + ".part"
    with open(part, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(part, path)


def run(source, target, folder):
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, DeadKernelError

    class Client(NotebookClient):
        def process_message(self, msg, cell, cell_index):
            content = msg["content"]
            kind = msg["msg_type"]
            if kind == "stream":
                tell(event="stream", cell=cell_index, name=content["name"], text=content["text"])
            elif kind in ("display_data", "update_display_data"):
                shown = content.get("data", {}).get("text/html", "")
                progress = re.search(r'class="fb-progress".*?<span>([^<]*)</span>', shown[:20000], re.DOTALL)
                if progress:
                    tell(event="progress", cell=cell_index, text=html.unescape(progress.group(1)))
            return super().process_message(msg, cell, cell_index)

        async def async_execute_cell(self, cell, cell_index, **options):
            # Set here and not before: starting the kernel, nbclient sets handlers of its own that kill it.
            # (The loop's own add_signal_handler is not there on Windows; threadsafe, since it wakes a waiting loop.)
            loop = asyncio.get_running_loop()
            signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(interrupt))
            if cell.cell_type == "code":
                tell(event="cell", cell=cell_index)
            return await super().async_execute_cell(cell, cell_index, **options)

    notebook = nbformat.read(source, as_version=4)
    client = Client(
        notebook,
        kernel_name="tslab",
        timeout=None,
        startup_timeout=120,
        record_timing=False,
        shutdown_kernel="immediate",
        resources={"metadata": {"path": folder}},
    )
    stopped = False

    def interrupt():
        nonlocal stopped
        stopped = True
        asyncio.ensure_future(client.km.interrupt_kernel())

    code = 0
    try:
        asyncio.run(client.async_execute())
    except CellExecutionError as error:
        code = 1
        tell(event="failed", cell=failing_cell(notebook), ename=error.ename, evalue=error.evalue, interrupted=stopped)
    except DeadKernelError as error:
        code = 1
        tell(event="failed", cell=None, ename="DeadKernel", evalue=str(error), interrupted=stopped)
    except RuntimeError as error:
        code = 1
        tell(event="failed", cell=None, ename=type(error).__name__, evalue=str(error), interrupted=stopped)
    write_whole(target, nbformat.writes(notebook))
    return code


def failing_cell(notebook):
    """Index of the cell with an error among its outputs."""
    for index, cell in enumerate(notebook.cells):
        if any(output.output_type == "error" for output in cell.get("outputs", [])):
            return index
    return None


def to_html(source, target):
    from nbconvert.exporters import HTMLExporter

    notebook = nbformat.read(source, as_version=4)
    # The page's title, as the server's own export names it.
    name = os.path.splitext(os.path.basename(source))[0]
    resources = {"metadata": {"name": name}}
    page, _ = HTMLExporter(template_name="facet-bench").from_notebook_node(notebook, resources)
    write_whole(target, page)
    return 0


def trust(path):
    from nbformat.sign import NotebookNotary

    NotebookNotary().sign(nbformat.read(path, as_version=4))
    return 0


COMMANDS = {"run": run, "html": to_html, "trust": trust}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]](*sys.argv[2:]))
