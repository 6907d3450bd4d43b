"""The READMEs are true: their examples run, their output is what the command prints, and both say the same.

So is docs/spacy.md: its code runs from top to bottom and prints what stands below it.
"""

import ast
import contextlib
import doctest
import io
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))

import refresh_readme

import pipeline

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
        asked = re.compile(r"^\$ \w+ \w+|(?<![\w-])--[a-z-]+", re.MULTILINE)
        assert asked.findall(one) == asked.findall(other)


def test_both_readmes_name_the_same_things():
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in READMES)
    for named in (r"\]\(([^)]+)\)", r"`([^`\n]+)`", r"\bdocs/\w+\.md"):
        one, other = (set(re.findall(named, text)) - {*READMES} for text in (english, chinese))
        assert one == other


def _printed(code, names):
    """What a block of code prints, and the value of its last line as a shell shows it."""
    *lines, last = ast.parse(code).body
    is_value = isinstance(last, ast.Expr)
    with contextlib.redirect_stdout(io.StringIO()) as said:
        exec(compile(ast.Module([*lines, *([] if is_value else [last])], []), "docs", "exec"), names)
        if is_value and (value := eval(compile(ast.Expression(last.value), "docs", "eval"), names)):
            print(repr(value))
    return said.getvalue().strip()


def test_the_code_of_the_page_on_spacy_prints_what_stands_below_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs" / "spacy.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", page, re.DOTALL)
    names = {}
    try:
        printed = [_printed(code, names) for code, _ in blocks]
    finally:
        pipeline.remove_extractor("deadlines")
    told = [(said, shown.strip()) for said, (_, shown) in zip(printed, blocks, strict=True) if shown]
    assert len(told) >= 3
    assert [said for said, _ in told] == [shown for _, shown in told]
