"""What docs/ and CONTRIBUTING.md show holds: commands and options are those of the command line, code runs, examples come out as told."""

import argparse
import dataclasses
import pkgutil
import re
import shlex
from pathlib import Path

import pandas
import pytest

import pipeline
from pipeline.cli import build_parser
from pipeline.repair import REPAIRS
from pipeline.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "README.zh-CN.md", "CONTRIBUTING.md")),
    *sorted(ROOT.glob("docs/*.md")),
]
TEXTS = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
PARSERS = next(a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction)).choices
OPTION_RE = re.compile(r"(?<![\w-])--[a-z][a-z-]*")


def in_blocks(text):
    """Return the commands of zhengce in blocks of a console, without what is said behind them."""
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("$ zhengce ")]
    return [re.sub(r"\s+#.*", "", line[2:]) for line in lines]


def in_lines(text):
    """Return the commands of zhengce within sentences."""
    return [" ".join(one.split()) for one in re.findall(r"`(zhengce [a-z][^`]*)`", text)]


def options_of(command):
    """Return the long options that a command has."""
    return {name for action in PARSERS[command]._actions for name in action.option_strings if name[1] == "-"}


@pytest.mark.parametrize(
    ("page", "command"), [(page, one) for page, text in TEXTS.items() for one in in_blocks(text)]
)
def test_a_command_in_a_block_is_one_that_is_taken(page, command):
    assert build_parser().parse_args(shlex.split(command)[1:]).command in PARSERS


@pytest.mark.parametrize("page", TEXTS)
def test_a_command_in_a_sentence_has_the_options_it_is_shown_with(page):
    wrong = [
        (command, option)
        for command in in_lines(TEXTS[page])
        for option in OPTION_RE.findall(command)
        if option not in options_of(command.split()[1])
    ]
    assert wrong == []


def test_no_page_speaks_of_an_option_that_is_not_there():
    known = set().union(*map(options_of, PARSERS)) | {"--version"}
    strange = {
        f"{page}: {option}"
        for page, text in TEXTS.items()
        for code in re.findall(r"`([^`\n]*)`", text)
        if not code.startswith(("python ", "mypy ", "pip ", "apt-get "))
        for option in OPTION_RE.findall(code)
        if option not in known
    }
    assert strange == set()


@pytest.mark.parametrize("command", PARSERS)
def test_every_option_is_named_in_a_page_and_says_what_it_does(command):
    pages = "\n".join(TEXTS.values())
    assert [option for option in options_of(command) - {"--help"} if option not in pages] == []
    assert [action.dest for action in PARSERS[command]._actions if not action.help] == []


def test_every_setting_is_named_in_a_page():
    pages = "\n".join(TEXTS.values())
    assert [f.name for f in dataclasses.fields(Settings) if f"`{f.name}" not in pages] == []


@pytest.mark.parametrize("page", TEXTS)
def test_every_file_that_a_page_names_is_there(page):
    named = re.findall(
        r"\b((?:pipeline|tests|models|scripts|benchmarks|docs|notebooks)/[\w./*-]*[\w*])", TEXTS[page]
    )
    linked = re.findall(r"\]\(([^)#:]+)\)", TEXTS[page])
    folder = next(one.parent for one in PAGES if one.name == page)
    gone = {name for name in named if not any(ROOT.glob(name))}
    assert gone | {name for name in linked if not (folder / name).exists()} == set()


@pytest.mark.parametrize("page", TEXTS)
def test_every_function_that_a_page_names_is_there(page):
    named = re.findall(r"(?<![\w./])((?:pipeline|compare)(?:\.[a-z_]+)+)(?=[\s(`,)])", TEXTS[page])
    for name in {name for name in named if not name.endswith(".md")}:
        pkgutil.resolve_name(name if name.startswith("pipeline.") else f"pipeline.{name}")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A folder with what the code in the pages asks for: corpus/, pages/, page.html, and a run of corpus/ in out/."""
    folder = tmp_path_factory.mktemp("checkout")
    (folder / "corpus").symlink_to(ROOT / "corpus")
    (folder / "pages").mkdir()
    page = "<html><body><p>柳城县2024年工作方案</p><p>到2025年，新建“四好农村路”30公里。</p></body></html>"
    for path in (folder / "page.html", folder / "pages" / "a.html"):
        path.write_text(page, encoding="utf-8")
    (folder / "county_statistics.csv").write_text("adcode,year,people\n610429,2023,28\n", encoding="utf-8")
    pipeline.run(folder / "corpus", folder / "out", formats=["csv"])
    return folder


@pytest.mark.parametrize(
    "page", ["README.md", "README.zh-CN.md", "CONTRIBUTING.md", "tables.md", "compare.md"]
)
def test_the_code_of_a_page_runs_from_top_to_bottom(page, checkout, monkeypatch):
    monkeypatch.chdir(checkout)
    read_excel = pandas.read_excel
    # a person has filled in the column by then
    monkeypatch.setattr(pandas, "read_excel", lambda *a, **k: read_excel(*a, **k).assign(right=1))
    blocks = re.findall(r"```python\n(.*?)```", TEXTS[page], re.DOTALL)
    code = [block for block in blocks if not block.startswith(">>>")]
    assert code
    names = {}
    try:
        for block in code:
            exec(compile(block, page, "exec"), names)
    finally:
        pipeline.remove_extractor("offices")


def test_the_examples_of_damage_are_repaired_as_told():
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\| `(.*)` \| (.*) \|$", TEXTS["repair.md"], re.MULTILINE)
    whole = [row for row in rows if not re.search(r"⏎|…[^…]|\\u|`，`|^（", row[1]) and row[2].strip()]
    assert len(whole) > 18
    assert {kind for kind, _, _ in whole} < {kind for kind, _ in REPAIRS}
    for kind, printed, meant in whole:
        repaired = pipeline.repair_text(printed.replace("\\|", "|"))
        assert repaired.text == meant, kind
        assert kind in {repair.kind for repair in repaired.repairs}
