"""Put what the commands really print into both READMEs: refresh_readme.py

The blocks are found by what they hold, so that words around them may change freely.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh-CN.md")
TABLES = ("tables", "out", "quantities", "--where", "county = '柳城县' AND status = 'target'", "--head", "6")


def printed(folder: Path, *arguments: str) -> str:
    """Return what a command prints in a folder, without blank lines around and blanks behind."""
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "COLUMNS": "110", "PYTHONPATH": path}
    command = [sys.executable, "-m", "pipeline", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines() if line.strip())


def where_to_look() -> str:
    """Return the lines that `make run` prints itself."""
    target = re.search(r"^run:.*?\n\n", (ROOT / "Makefile").read_text(encoding="utf-8"), re.DOTALL | re.M)
    lines = re.findall(r'@echo "(.*)"', target[0]) if target else []
    return "\n".join(line.replace("$(BIN)", ".venv/bin").replace("$(OUT)", "out") for line in lines)


def blocks(folder: Path) -> dict[str, str]:
    """Return the blocks of output, by a pattern of what each begins with, from runs in a folder."""
    run = printed(folder, "run", str(ROOT / "corpus"), "--out", "out", "--format", "xlsx")
    report = printed(folder, "report", "out", "--out", "out/report.html")
    shown = " ".join(f'"{a}"' if " " in a else a for a in TABLES)
    return {
        r"\d+ documents:": f"{run}\n\n{where_to_look()}\n{report}",
        r"\$ zhengce tables out quantities": f"$ zhengce {shown}\n{printed(folder, *TABLES)}",
    }


def main() -> None:
    """Rewrite the two blocks of output in both READMEs."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    (ROOT / "out" / "report.html").unlink(missing_ok=True)  # a run would name it as an older one
    found_blocks = blocks(ROOT)
    for name in READMES:
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        for mark, output in found_blocks.items():
            text, found = re.subn(
                rf"(```console\n)(?:{mark}).*?(\n```)",
                lambda m, o=output: m[1] + o + m[2],
                text,
                flags=re.DOTALL,
            )
            if found != 1:
                sys.exit(f"{name}: {found} blocks instead of one for {mark}")
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
