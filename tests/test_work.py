"""Speed, held by counting function calls and not by the clock: a ceiling falls, or its commit says why it rose (tests/work_ceilings.json)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
CEILINGS = json.loads((HERE / "work_ceilings.json").read_text(encoding="utf-8"))
SMALL = 60  # calls per 1,000 characters below which a stage is not worth a ceiling


def calls(*files: Path) -> dict[str, int]:
    """Count in a process of its own, with sets in the same order each time."""
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(HERE.parent)}
    command = [sys.executable, str(HERE / "count_work.py"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return dict(json.loads(done.stdout))


@pytest.mark.parametrize("name", sorted(CEILINGS["pages"]))
def test_a_page_takes_no_more_calls_than_it_did(name: str) -> None:
    ceilings = CEILINGS["pages"][name]
    counted = calls(CORPUS / name)
    over = {stage: n for stage, n in counted.items() if n > max(ceilings.get(stage, 0), SMALL)}
    assert not over, f"more calls per 1,000 characters than {ceilings}"


def plan(n_lines: int) -> str:
    """Make up a plan whose lines all differ."""
    return "某县教育工作方案\n" + "".join(
        f"{n}.全面推进第{n * 7919 % 10007}学区建设，到2027年新建学校{n % 97 + 3}所，投资{n * 31 % 977}.5万元，由县教育局牵头落实《第{n}号规划》。\n"
        for n in range(1, n_lines + 1)
    )


def test_twice_the_text_takes_twice_the_calls(tmp_path: Path) -> None:
    counts = []
    for n_lines in (400, 800):
        file = tmp_path / f"{n_lines}.txt"
        file.write_text(plan(n_lines), encoding="utf-8")
        counts.append(calls(file))
    small, large = counts
    grown = {
        stage: (small.get(stage, 0), n) for stage, n in large.items() if n > 1.1 * small.get(stage, 0) + 5
    }
    assert not grown, "calls per 1,000 characters grow with the text"
