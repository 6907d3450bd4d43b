"""Every benchmark runs, on inputs as small as it takes, and prints what it says; every one is named in a page of docs by a command that it takes."""

import argparse
import json
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import types
from pathlib import Path

import pytest

from pipeline.extract import EXTRACTORS
from pipeline.repair import REPAIRS

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "benchmarks"
SHARED = ROOT.parent / "shared"
IS_SCRIPT = 'if __name__ == "__main__"'
SCRIPTS = sorted(path.stem for path in FOLDER.glob("*.py") if IS_SCRIPT in path.read_text(encoding="utf-8"))
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md"))]

# what others write must not stop a benchmark; what we write is held by all other tests
pytestmark = pytest.mark.filterwarnings("ignore")

PLAN = (
    "柳城县2024年义务教育工作方案\n一、工作任务\n落实“四个强化”，完善教师培训制度，推进城乡学校均衡发展。"
    "县财政局安排资金{n}万元，新建幼儿园3所，到2027年学前教育毛入园率达到95%以上。\n"
    "二、保障措施\n各乡镇要贯彻《中华人民共和国义务教育法》，加强校园安全管理，{n}月底前完成排查。\n柳城县人民政府\n2024年3月30日"
)


@pytest.fixture
def pages(tmp_path):
    """Two pages of text and one of a site."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in (3, 7):
        (folder / f"{number}.txt").write_text(PLAN.format(n=number), encoding="utf-8")
    lines = "".join(f"<p>{line}</p>" for line in PLAN.format(n=9).split("\n"))
    page = (
        f'<html><head><title>工作方案</title></head><body><div class="TRS_Editor">{lines}</div></body></html>'
    )
    (folder / "page.html").write_text(page, encoding="utf-8")
    return folder


@pytest.fixture
def corpora(tmp_path):
    """Texts laid out and named as those that the character model was not built from."""
    folder = tmp_path / "corpora"
    (folder / "county_reports").mkdir(parents=True)
    (folder / "state_council_html").mkdir()
    text = "\n".join(PLAN.format(n=number) for number in range(3, 9))
    (folder / "county_reports" / "容城_2030.txt").write_text(text, encoding="utf-8")
    (folder / "state_council_html" / "031.html").write_text(f"<p>{PLAN.format(n=11)}</p>", encoding="utf-8")
    row = json.dumps({"year": 2015, "content": PLAN.format(n=12)}, ensure_ascii=False)
    (folder / "government_work_reports.jsonl").write_text(row + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(monkeypatch, capsys):
    """Run a benchmark in this process, as `python benchmarks/NAME.py …` would; return the lines it prints."""
    known, path = set(sys.modules), list(sys.path)
    monkeypatch.chdir(ROOT)

    def call(name, *arguments):
        monkeypatch.setattr(sys, "path", [str(FOLDER), *path])
        monkeypatch.setattr(sys, "argv", [f"benchmarks/{name}.py", *map(str, arguments)])
        runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
        return [line for line in capsys.readouterr().out.splitlines() if line.strip()]

    yield call
    for name in set(sys.modules) - known:  # `compare` and the like stand for nothing outside of that folder
        if (
            getattr(sys.modules[name], "__file__", None)
            and FOLDER in Path(sys.modules[name].__file__).parents
        ):
            del sys.modules[name]


def numbers(line):
    """Return the numbers in a line."""
    return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.])", line)]


def cells(line):
    """Return the cells of a row of a table in Markdown."""
    return [cell.strip() for cell in line.strip("| ").split("|")]


def test_speed(run, pages):
    lines = run("speed", pages, "--rounds", 1, "--workers", 1, "--documents", 2)
    assert lines[0].startswith("pages: 3 pages, ")
    assert [line.split()[0] for line in lines[1:4]] == ["zhengce", "jieba.posseg", "jieba.cut"]
    assert "zhengce is 1.0 times as fast" in lines[1]
    stages = {line[:18].strip(): int(line[:-1].split()[-1]) for line in lines[4:-1]}
    named = {"decode, pages", "repair", "simplify", "structure", "segment", "all else"}
    assert stages.keys() == named | {name for name, _ in EXTRACTORS}
    assert sum(stages.values()) == pytest.approx(100, abs=len(stages))
    assert re.fullmatch(r"1 worker: [\d.]+ MB in [\d.]+ s, 1\.00 times as fast as the first", lines[-1])


def test_speed_says_when_a_stage_is_no_longer_asked(run, pages, monkeypatch):
    from pipeline import flow, reading

    elsewhere = types.FunctionType(reading.build_reading.__code__, dict(vars(reading)), argdefs=(None,))
    monkeypatch.setattr(flow, "build_reading", elsewhere)
    with pytest.raises(SystemExit, match="nobody asked find_sections, find_sentences, segment: "):
        run("speed", pages, "--rounds", 1, "--workers")


def test_batch_cost(run):
    lines = run("batch_cost", "--documents", 2)
    assert [line.split(":")[0] for line in lines] == ["2 made-up plans", "5 documents of corpus/"]
    assert min(min(numbers(line)) for line in lines) > 0


def test_large(run):
    lines = run("large", "--scale", 0.005)
    assert lines[0].split() == ["input", "MB", "s", "twice", "exponent"]
    assert len(lines) == 11
    assert {line.split()[-1] for line in lines[1:]} == {"ok"}


def test_hostile(run):
    lines = run("hostile", "--kb", 1)
    assert len(lines) == 16
    kinds = {kind for kind, _ in REPAIRS}
    assert all(cells(line)[3] in kinds and float(cells(line)[1]) > 0 for line in lines[2:])


def test_startup(run):
    lines = run("startup", "--rounds", 1)
    named = ["python", "zhengce --help", "import pipeline", "first document", "first spaCy Doc"]
    assert [line[:16].strip() for line in lines] == named
    seconds = [float(line[16:].split()[0]) for line in lines]
    assert 0 < seconds[0] < seconds[3] < seconds[4]


def test_texts_kept(run, pages):
    from pipeline.batch import keys

    version = keys.rules_version()
    (line,) = run("texts_kept", pages)
    assert re.match(r"pages +read +[\d.]+ s +texts kept +[\d.]+ s .* results kept +[\d.]+ s", line)
    assert keys.rules_version() == version


def test_engines(run, pages):
    lines = run("engines", pages, "--workers", 1)
    assert lines[0].startswith("3 files, ")
    assert [cells(line)[:2] for line in lines[3:5]] == [["serial", "1"], ["processes", "1"]]
    assert "ROWS DIFFER" not in "".join(lines)


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_readers(run):
    formats = ["text", "html", "mht", "docx", "xlsx", "pdf", "ofd"]
    lines = run("readers", "--paragraphs", 12, "--seconds", 0, "--formats", *formats)
    assert [line.split()[0] for line in lines[1:]] == formats
    n_chars = [int(line.split()[2].replace(",", "")) for line in lines[1:]]
    assert max(n_chars) < 1.6 * min(n_chars)
    assert all(float(line.split()[-1]) >= 0 for line in lines[1:])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_readers_by_libreoffice(run):
    lines = run("readers", "--paragraphs", 12, "--seconds", 0, "--formats", "xls")
    assert lines[1].split()[0] == "xls"


def test_compare(run):
    from pipeline.compare import COMPARISONS

    lines = run("compare", "--largest", 10, "--doublings", 0)
    named = [names[0] for names, _ in COMPARISONS]
    assert [line.split()[0] for line in lines[1:]] == [*named, "all", "peak", "of"]


def test_report(run):
    lines = run("report", "--largest", 10, "--doublings", 1)
    assert [line.split()[0] for line in lines] == ["documents", "5", "10", "exponent"]
    assert all(int(line.split()[5].replace(",", "")) > 0 for line in lines[1:3])


def test_duplicates(run, tmp_path):
    lines = run("duplicates", "--sizes", 50, "--forms", 20)
    assert len([line for line in lines if " right" in line]) == 12
    assert "1 duplicates of 1 planted" in lines[1]
    assert lines[-1].endswith("(neither copy nor original): 0")
    for number in range(4):
        text = "\n".join(PLAN.format(n=number * 10 + k) for k in range(4))
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    lines = run("duplicates", tmp_path)
    assert min(int(re.search(r"of (\d+) right", line)[1]) for line in lines if " right" in line) > 0


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_batch_memory(run):
    (line,) = run("batch_memory", "--sizes", 8, "--workers", 1)
    assert re.search(
        r" 8 documents of \d+ bytes: .* run \d\d+ MB, no worker; again .* \.work \d+ bytes each", line
    )
    (line,) = run("batch_memory", "--planted", 8, "--workers", 1)
    assert re.search(r" 8 planted results: [\d.]+ s .* run \d\d+ MB", line)


@pytest.mark.skipif(sys.platform == "win32", reason="runs are forked")
def test_batch_kills():
    """In a process of its own: it forks, and this one may have threads."""
    command = [sys.executable, str(FOLDER / "batch_kills.py"), "--kills", "1", "--pages", "8"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 kills while a run was under way; 1 comparisons, all equal" in done.stdout


def test_clean_speed(run, corpora):
    lines = run("clean_speed", corpora, "--rounds", 1)
    assert lines[0].startswith("3 clean documents, ")
    named = [*(kind for kind, _ in REPAIRS), "signs", "all", "all, line by line"]
    assert [line[:26].strip() for line in lines[1:]] == named


def test_repair(run, corpora):
    lines = run("repair", corpora, "--chars", 600, "--kind", "UTF-8 as GBK, bytes lost, browser")
    assert lines[0].startswith("3 pages, ")
    name, damaged, whole, _, single, _ = cells(lines[3])
    assert name == "UTF-8 as GBK, bytes lost, browser"
    assert int(damaged.replace(",", "")) > 300
    assert min(float(whole), float(single)) > 0.9
    assert lines[-1].startswith("clean text: 0 edits, 0 of ")
    with pytest.raises(SystemExit, match="no document kept aside with more than 10000 characters"):
        run("repair", corpora, "--skip", 10_000)


def test_encoding(run, corpora):
    lines = run("encoding", corpora, "--samples", 1)
    tools = lines[0].removeprefix("share of inputs read rightly: ").split(" / ")
    assert tools[0] == "zhengce"
    rows = [line for line in lines if re.match(r" +\d+ ", line)]
    assert len(rows) == 4 * 6
    assert {len(cell.split("/")) for row in rows for cell in row.split()[1:]} == {len(tools)}
    assert rows[4].split()[1].split("/")[0] == "100"  # 100 characters of UTF-8


def test_main_text(run, pages, tmp_path):
    told = {
        "file": "page.html", "title": "柳城县2024年义务教育工作方案", "date": None, "source": None,
        "first": "一、工作任务", "last": "2024年3月30日", "must": ["毛入园率"], "mustnot": ["<p>"],
    }  # fmt: skip
    truth = tmp_path / "truth.jsonl"
    truth.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
    lines = run("main_text", pages, truth, "-v")
    assert lines[1].split() == [
        "title",
        "date",
        "source",
        "first",
        "last",
        "must",
        "mustnot",
        "MB/s",
        "ratio",
    ]
    row = next(line for line in lines if line.startswith("zhengce"))
    assert row.split()[2:8] == ["0/0", "0/0", "1/1", "1/1", "1/1", "1/1"]


@pytest.mark.skipif(
    not (SHARED / "score.py").is_file(), reason="the marked documents are not beside the checkout"
)
def test_quality(run):
    lines = run("quality", SHARED)
    tables = ["slogans", "quantities", "citations", "measures", "documents", "text"]
    assert [line.split()[0] for line in lines] == [*tables, "own", *tables]


def test_every_benchmark_is_run_here():
    tested = {name.removeprefix("test_") for name in globals() if name.startswith("test_")}
    assert [name for name in SCRIPTS if name not in tested] == []


class AcceptedError(Exception):
    """A command was taken by the parser of its benchmark."""


COMMANDS = [
    pytest.param(shlex.split(command), id=f"{page.name}: {command}")
    for page in DOCS
    for command in re.findall(
        r"`python benchmarks/([^`]*)`", " ".join(page.read_text(encoding="utf-8").split())
    )
]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_command_in_the_docs_is_one_that_the_benchmark_takes(command, run, monkeypatch):
    parse = argparse.ArgumentParser.parse_args

    def taken(parser, *given):
        parse(parser, *given)
        raise AcceptedError

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", taken)
    script, *arguments = command
    with pytest.raises(AcceptedError):
        run(script.removesuffix(".py"), *arguments)


def test_every_benchmark_is_named_in_the_docs_with_a_command():
    named = {param.values[0][0].removesuffix(".py") for param in COMMANDS}
    assert [name for name in SCRIPTS if name not in named] == []
    texts = {page.name: page.read_text(encoding="utf-8") for page in DOCS}
    gone = {
        f"{page}: {name}"
        for page, text in texts.items()
        for name in re.findall(r"benchmarks/(\w+\.py)", text)
        if not (FOLDER / name).is_file()
    }
    assert gone == set()
