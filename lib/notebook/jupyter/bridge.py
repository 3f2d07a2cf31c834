"""What only Python can do for the runner: execute a notebook and sign it, turn it into HTML.

    python bridge.py run IN.ipynb OUT.ipynb DIR   execute IN in DIR; write OUT, whole or as far as it got
    python bridge.py html IN.ipynb OUT.html       one self-contained page

Prints one JSON object a line. Works with nbclient 0.7 and nbconvert 6.5 (Debian 12) and with current ones.
"""

import asyncio
import contextlib
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
    from nbclient.exceptions import CellExecutionError
    from nbformat.sign import NotebookNotary

    class Client(NotebookClient):
        def process_message(self, msg, cell, cell_index):
            content, kind = msg["content"], msg["msg_type"]
            if kind == "stream":
                tell(event="stream", cell=cell_index, name=content["name"], text=content["text"])
            elif kind in ("display_data", "update_display_data"):
                shown = content.get("data", {}).get("text/html", "")
                progress = re.search(r'class="fb-progress".*?<span>([^<]*)</span>', shown[:20000], re.DOTALL)
                if progress:
                    tell(event="progress", cell=cell_index, text=html.unescape(progress.group(1)))
            return super().process_message(msg, cell, cell_index)

        async def async_execute_cell(self, cell, cell_index, **options):
            # nbclient's own handler kills the kernel. (Windows has no handlers of a loop: none of nbclient's either.)
            loop = asyncio.get_running_loop()
            with contextlib.suppress(NotImplementedError):
                loop.remove_signal_handler(signal.SIGINT)
            signal.signal(signal.SIGINT, lambda *_: loop.call_soon_threadsafe(interrupt))
            nonlocal current
            current = cell_index
            if cell.cell_type == "code":
                tell(event="cell", cell=cell_index)
            return await super().async_execute_cell(cell, cell_index, **options)

    def interrupt():
        nonlocal stopped
        stopped = True
        asyncio.ensure_future(client.km.interrupt_kernel())

    def fail(error, ename, evalue, cell=None):
        where = re.search(r"^ +line \d.*", str(error), re.MULTILINE)
        place = where and where.group().strip()
        tell(event="failed", cell=cell, ename=ename, evalue=evalue, where=place, interrupted=stopped)

    notebook = nbformat.read(source, as_version=4)
    options = {"kernel_name": "tslab", "timeout": None, "startup_timeout": 120, "record_timing": False}
    resources = {"metadata": {"path": folder}}
    client = Client(notebook, shutdown_kernel="immediate", resources=resources, **options)
    stopped, current, code = False, None, 1
    try:
        asyncio.run(client.async_execute())
        code = 0
    except CellExecutionError as error:
        fail(error, error.ename, error.evalue, current)
    except (RuntimeError, AssertionError) as error:  # The kernel died, or did not start.
        fail(error, "DeadKernel", str(error) or str(error.__context__), current)
    write_whole(target, nbformat.writes(notebook))
    # Signed, so that JupyterLab shows its outputs without a re-run; where there is no home folder, it asks.
    with contextlib.suppress(OSError):
        NotebookNotary().sign(nbformat.read(target, as_version=4))
    return code


def to_html(source, target):
    from nbconvert.exporters import HTMLExporter
    from traitlets.config.loader import PyFileConfigLoader

    notebook = nbformat.read(source, as_version=4)
    # The page's title, as the server's own export names it.
    name = os.path.splitext(os.path.basename(source))[0]
    config = PyFileConfigLoader("jupyter_nbconvert_config.py", os.path.join(os.path.dirname(__file__), "config"))
    exporter = HTMLExporter(config=config.load_config())
    page, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": name}})
    write_whole(target, page)
    return 0


if __name__ == "__main__":
    sys.exit({"run": run, "html": to_html}[sys.argv[1]](*sys.argv[2:]))
