"""Run every notebook top to bottom, with its outputs stored: run_notebooks.py [--write]

Without --write nothing is changed, and a cell that raises fails the run: what CI does.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parent.parent / "notebooks"


def main(arguments: list[str]) -> int:
    """Run all notebooks; return 1 when one of them fails."""
    failed = 0
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        try:
            NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(NOTEBOOKS)}}).execute()
        except CellExecutionError as error:
            print(f"{path.name}: {error}", file=sys.stderr)
            failed = 1
            continue
        print(f"{path.name}: ok")
        if "--write" in arguments:
            for cell in notebook.cells:
                cell.metadata.pop("execution", None)
            nbformat.write(notebook, path)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
