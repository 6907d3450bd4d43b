"""Run every notebook top to bottom: run_notebooks.py [--write] [NAME ...]

Without --write nothing is changed, and a cell that raises fails the run: what CI does. With --write the outputs are stored
anew, always those of corpus/, freed of what differs from machine to machine. NAME is a part of a file's name: 02, slogans.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"
SECONDS_PER_CELL = 600


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the notebooks; return 1 when one of them fails or none has such a name."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="store the outputs")
    parser.add_argument("--folder", type=Path, default=NOTEBOOKS, help="where the notebooks are")
    parser.add_argument("names", nargs="*", metavar="NAME", help="only notebooks with this in their name")
    args = parser.parse_args(arguments)
    paths = [
        path
        for path in sorted(args.folder.glob("*.ipynb"))
        if not args.names or any(n in path.name for n in args.names)
    ]
    if not paths:
        print(
            f"no notebook in {args.folder} is called {' or '.join(args.names) or '*.ipynb'}", file=sys.stderr
        )
        return 1
    if args.write:
        os.environ.pop("ZHENGCE_CORPUS", None)  # another corpus is nobody else's business
    return max([run(path, is_written=args.write) for path in paths])


def run(path: Path, *, is_written: bool = False) -> int:
    """Run one notebook in its own folder; return 1 when a cell raises, takes too long or kills its kernel."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    began = time.perf_counter()
    try:
        NotebookClient(notebook, timeout=SECONDS_PER_CELL, resources=resources).execute()
    except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
        print(f"{path.name}: {error}", file=sys.stderr)
        return 1
    print(f"{path.name}: ok ({time.perf_counter() - began:.0f} s)")
    if is_written:
        nbformat.write(_without_chance(notebook), path)
    return 0


def _without_chance(notebook: NotebookNode) -> NotebookNode:
    """The notebook without run times and versions, so that a second run stores the same bytes."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
    notebook.metadata.language_info = {"name": "python"}
    return notebook


if __name__ == "__main__":
    sys.exit(main())
