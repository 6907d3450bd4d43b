"""The READMEs are true: their examples run, their output is what the command prints, and both say the same."""

import doctest
import re
from pathlib import Path

import pytest

from pipeline.cli import main

ROOT = Path(__file__).parent.parent
READMES = ["README.md", "README.zh-CN.md"]


def _fenced(name):
    return re.findall(r"```console\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_the_examples_run_as_printed(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / name).read_text(encoding="utf-8").replace("\n```", "\n\n```")  # a fence is no output
    example = doctest.DocTestParser().get_doctest(text, {}, name, name, 0)
    failed, tried = doctest.DocTestRunner().run(example)
    assert tried >= 3
    assert failed == 0


@pytest.mark.parametrize("name", READMES)
def test_the_summary_is_what_run_prints(name, tmp_path, capsys):
    block = next(b for b in _fenced(name) if "documents:" in b)
    assert main(["run", str(ROOT / "corpus"), "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    promised = [
        line.split()
        for line in block.splitlines()
        if re.match(r"\s*[\d,]+\s+[a-z]+", line) and " MB " not in line
    ]
    assert len(promised) >= 7
    for line in promised:
        assert line in [p.split() for p in printed.splitlines()]


def test_both_readmes_show_the_same_commands():
    english, chinese = (_fenced(name) for name in READMES)
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert re.findall(r"^\$ \w+ \w+", one, re.MULTILINE) == re.findall(
            r"^\$ \w+ \w+", other, re.MULTILINE
        )
