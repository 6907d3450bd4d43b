"""The READMEs are true: their examples run, their output is what the command prints, and both say the same."""

import doctest
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

import refresh_readme

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


@pytest.fixture(scope="module")
def blocks(tmp_path_factory):
    return refresh_readme.blocks(tmp_path_factory.mktemp("readme"))


def _without_seconds(text):
    return re.sub(r"in [\d.]+ s \([\d.]+ MB/s\)", "in … s", text.strip())


@pytest.mark.parametrize("name", READMES)
def test_every_line_of_output_is_what_the_commands_print(name, blocks):
    shown = [block for block in _fenced(name) if any(re.match(mark, block) for mark in blocks)]
    assert [_without_seconds(block) for block in shown] == [*map(_without_seconds, blocks.values())]


@pytest.mark.parametrize("name", READMES)
def test_every_page_of_docs_and_every_notebook_is_linked(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    pages = [*ROOT.glob("docs/*.md"), *ROOT.glob("notebooks/*.ipynb")]
    paths = [page.relative_to(ROOT).as_posix() for page in sorted(pages)]
    assert len(paths) > 10
    assert [path for path in paths if f"]({path})" not in text] == []


def test_both_readmes_show_the_same_commands():
    english, chinese = (_fenced(name) for name in READMES)
    assert len(english) == len(chinese)
    for one, other in zip(english, chinese, strict=True):
        assert re.findall(r"^\$ \w+ \w+", one, re.MULTILINE) == re.findall(
            r"^\$ \w+ \w+", other, re.MULTILINE
        )
