"""Put what the commands really print into both READMEs: refresh_readme.py

The blocks are found by what they hold, so that words around them may change freely.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ZHENGCE = Path(sys.executable).with_name("zhengce")
ENVIRONMENT = {**os.environ, "COLUMNS": "110"}
TABLES = ("tables", "out", "quantities", "--where", "county = '柳城县' AND status = 'target'", "--head", "6")
WHERE_TO_LOOK = """

look:   .venv/bin/zhengce tables out
        .venv/bin/zhengce show corpus/001_b5c54a53bf2725bf.txt
Excel:  out/policy.xlsx
"""


def printed(*arguments: str) -> str:
    """Return what a command prints, without blank lines around and blanks behind."""
    done = subprocess.run(
        [ZHENGCE, *arguments], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return "\n".join(line.rstrip() for line in done.stdout.strip("\n").splitlines() if line.strip())


def main() -> None:
    """Rewrite the two blocks of output in both READMEs."""
    run = printed("run", "corpus", "--out", "out", "--format", "xlsx") + WHERE_TO_LOOK
    run += printed("report", "out", "--out", "out/report.html").splitlines()[-1]
    shown = " ".join(f'"{a}"' if " " in a else a for a in TABLES)
    tables = f"$ zhengce {shown}\n{printed(*TABLES)}"
    for name in ("README.md", "README.zh-CN.md"):
        path = ROOT / name
        text = path.read_text(encoding="utf-8")
        for mark, output in (
            (r"@RUN@|\d+ documents:", run),
            (r"@TABLES@|\$ zhengce tables out quantities", tables),
        ):
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
