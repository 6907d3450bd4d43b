"""A run goes on where it was: after a kill at any moment, and when files came, went or changed, the tables are those of one clean run."""

import ast
import dataclasses
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import pipeline
from pipeline.analysis import Analysis
from pipeline.batch import keys
from pipeline.batch.plan import KeptResults
from pipeline.batch.shards import read_footer, writing_shard
from pipeline.batch.stores import Store
from pipeline.cli import main
from pipeline.columns import ALL_TABLES
from pipeline.errors import SourceError
from pipeline.records import DocumentRow, document_id
from pipeline.rows import document_row
from pipeline.settings import Settings
from pipeline.sources import InputFile, list_inputs

ROOT = Path(__file__).parent.parent
ALONE = Settings(workers=1)


def page(number: int, year: int = 2023) -> str:
    return (
        f"青溪县{number}号学区{year}年工作方案\n一、落实“四个强化”\n（一）强化师资保障。新增教师{number + 3}名，"
        f"{number % 7 + 1}月底前完成。\n（二）强化经费投入，安排资金{number * 11 + 5}万元。\n"
    )


def make_pages(folder: Path, n_pages: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(n_pages):
        (folder / f"{number:03d}.txt").write_text(page(number), encoding="utf-8")
    shutil.copy(folder / "001.txt", folder / "zz_same_bytes.txt")
    (folder / "zy_reprint.txt").write_text(page(2) + "责任编辑：王小明\n", encoding="utf-8")
    (folder / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    (folder / "empty.txt").write_bytes(b"")
    with zipfile.ZipFile(folder / "m.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", page(900 + number))
    return folder


def assert_same_tables(one: Path, other: Path) -> None:
    first, second = pipeline.load(one), pipeline.load(other)
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(first[name], second[name], obj=name)


def clean_run(pages, out):
    shutil.rmtree(out, ignore_errors=True)
    return pipeline.run(pages, out, settings=ALONE)


def test_a_second_run_reads_nothing_again(tmp_path, monkeypatch):
    pages = make_pages(tmp_path / "pages", 10)
    first = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    before = pipeline.load(tmp_path / "out")
    monkeypatch.setattr("pipeline.batch.work.analysed", lambda *_: 1 / 0)
    second = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert (first.n_reused, second.n_reused) == (0, 17)
    told = [dataclasses.replace(one, n_reused=0, seconds=0) for one in (first, second)]
    assert told[0] == told[1]
    after = pipeline.load(tmp_path / "out")
    for name in ALL_TABLES:
        pd.testing.assert_frame_equal(before[name], after[name])
    with pytest.raises(ZeroDivisionError):
        pipeline.run(pages, tmp_path / "out", settings=ALONE, fresh=True)


CHANGES = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "change", "rename", "touch"]), st.integers(0, 11)),
    min_size=1,
    max_size=5,
)


@hypothesis_settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=CHANGES)
def test_files_added_removed_changed_and_renamed_give_the_tables_of_a_clean_run(tmp_path, changes):
    pages = tmp_path / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    make_pages(pages, 12)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    for kind, number in changes:
        path = pages / f"{number:03d}.txt"
        if kind == "add":
            (pages / f"{number:03d}_new.txt").write_text(page(number + 100), encoding="utf-8")
        elif kind == "remove":
            path.unlink(missing_ok=True)
        elif not path.exists():
            continue
        elif kind == "change":  # of the same size and time
            times = path.stat()
            path.write_text(page(number, year=2024), encoding="utf-8")
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        elif kind == "rename":
            path.rename(pages / f"{number:03d}_renamed.txt")
        else:
            path.touch()
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    clean_run(pages, tmp_path / "clean")
    assert_same_tables(tmp_path / "out", tmp_path / "clean")


def test_only_what_is_new_is_read_and_what_is_gone_is_forgotten(tmp_path):
    pages = make_pages(tmp_path / "pages", 10)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    (pages / "003_new.txt").write_text(page(55), encoding="utf-8")
    summary = pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert (summary.n_reused, sum(summary.statuses.values())) == (17, 18)
    store = Store(str(tmp_path / "out" / ".work" / "shards"))
    assert len(store.names()) == 2
    for path in pages.glob("*"):
        if path.name != "003_new.txt":
            path.unlink()
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert len(store.names()) == 1


def test_another_rule_or_a_setting_that_matters_reads_again_and_a_worker_more_does_not(tmp_path, monkeypatch):
    pages = make_pages(tmp_path / "pages", 8)

    def n_reused(**settings):
        return pipeline.run(pages, tmp_path / "out", settings=Settings(workers=1, **settings)).n_reused

    assert n_reused() == 0
    assert n_reused(near_duplicates=False) == 15
    assert n_reused(max_members=7) == 0
    assert n_reused(max_members=7) == 15
    # more memory may help what failed, and only that
    assert n_reused(max_members=7, memory_per_document=3 * 1024**3) == 14
    monkeypatch.setattr(keys, "rules_version", lambda: "another")
    assert n_reused(max_members=7, memory_per_document=3 * 1024**3) == 0


def test_what_wanted_a_program_is_read_again_once_it_is_installed(tmp_path, monkeypatch):
    unread = "its automatic numbers were not read: antiword gives none, LibreOffice does"
    rows = {"a.txt": None, "old.txt": unread, "scan.txt": "2 of 3 pages hold no text"}
    read = []

    def analysed(file, settings):
        read.append(Path(file.source).name)
        return Analysis(DocumentRow(document_id(file.raw), file.source, error=rows[read[-1]]))

    monkeypatch.setattr("pipeline.batch.work.analysed", analysed)
    for name in rows:
        (tmp_path / "pages" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "pages" / name).write_text(name)

    def read_now():
        read.clear()
        pipeline.run(tmp_path / "pages", tmp_path / "out", settings=ALONE)
        return list(read)

    monkeypatch.setattr(keys, "find_spec", lambda name: None)
    monkeypatch.setattr(keys.shutil, "which", lambda name: None)
    assert (read_now(), read_now()) == (sorted(rows), [])
    monkeypatch.setattr(keys, "find_spec", lambda name: name)
    assert (read_now(), read_now()) == (["old.txt"], [])
    monkeypatch.setattr(keys.shutil, "which", lambda name: f"/opt/{name}")
    assert read_now() == ["old.txt"]


def test_the_version_changes_with_code_and_models_and_not_with_the_command_line(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "pipeline", tmp_path / "pipeline", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "models", tmp_path / "models")
    monkeypatch.setattr(keys, "_PACKAGE", tmp_path / "pipeline")
    monkeypatch.setattr(keys, "MODELS", tmp_path / "models")

    def versions(changed=None):
        if changed:
            with (tmp_path / changed).open("ab") as file:
                file.write(b"\n")
        return keys.rules_version.__wrapped__(), keys.text_version.__wrapped__()

    rules, texts = zip(
        versions(),
        versions("pipeline/repair/stray_spaces.py"),
        versions("models/measure_verbs.csv"),
        versions("pipeline/extract/measures/verbs.py"),
        versions("models/units.csv"),
        strict=True,
    )
    assert len(set(rules)) == 5
    assert len(set(texts)) == 3
    assert texts[1] == texts[2] == texts[3]  # what is extracted from a text does not change it
    assert (
        versions("pipeline/cli/commands.py")
        == versions("pipeline/engines/processes.py")
        == (rules[-1], texts[-1])
    )


def test_what_editors_leave_behind_is_no_rule(tmp_path, monkeypatch):
    shutil.copytree(ROOT / "models", tmp_path / "models")
    monkeypatch.setattr(keys, "MODELS", tmp_path / "models")
    before = keys.rules_version.__wrapped__()
    for name in (".units.csv.swp", "units.csv~", "#units.csv#", "units.csv.bak", ".git/HEAD"):
        (tmp_path / "models" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "models" / name).write_bytes(b"")
    assert keys.rules_version.__wrapped__() == before
    (tmp_path / "models" / "more.csv").write_bytes(b"")
    assert keys.rules_version.__wrapped__() != before


def test_nothing_that_a_document_passes_through_is_left_out_of_the_version():
    script = (
        "import sys, pipeline.flow, pipeline.rows, pipeline.sources, pipeline.repair, pipeline.extract\n"
        "print('\\n'.join(m.__file__ for n, m in sys.modules.items() if n.startswith('pipeline') and m.__file__))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    package = Path(pipeline.__file__).parent
    loaded = [Path(line).relative_to(package).as_posix() for line in done.stdout.split()]
    assert len(loaded) > 50
    assert [name for name in loaded if name.startswith(keys.BESIDE_THE_ROWS)] == []


def imported_modules(path):
    """The names a file imports anywhere but for types alone; of `from a import b` both a and a.b."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for_types = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in set(ast.walk(tree)) - for_types:
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{one.name}" for one in node.names))


def test_what_no_document_passes_through_is_left_out_of_the_version():
    package = Path(pipeline.__file__).parent
    reached, waiting = set(), ["pipeline.batch", "pipeline.pages"]
    waiting += [f"pipeline.pages.{one.stem}" for one in (package / "pages").iterdir()]  # read by the format
    while waiting:
        name = waiting.pop()
        base = package.parent / name.replace(".", "/")
        for path in (base.with_suffix(".py"), base / "__init__.py"):
            if path.is_file() and name.startswith("pipeline.") and path not in reached:
                reached.add(path)
                waiting += imported_modules(path)
    tops = {path.relative_to(package).parts[0] for path in reached} | {"__init__.py"}
    others = {
        path.name for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    }
    assert {"flow.py", "extract", "repair"} < tops
    assert sorted(others - tops - set(keys.BESIDE_THE_ROWS)) == []


def test_a_shard_that_was_cut_or_overwritten_is_made_again(tmp_path):
    pages = make_pages(tmp_path / "pages", 8)
    clean_run(pages, tmp_path / "clean")
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    (shard,) = (tmp_path / "out" / ".work" / "shards").glob("*.parquet")
    whole = shard.read_bytes()
    for broken in (b"", whole[: len(whole) // 2], b"PAR1" * 10):
        shard.write_bytes(broken)
        assert pipeline.run(pages, tmp_path / "out", settings=ALONE).n_reused == 0
        assert_same_tables(tmp_path / "out", tmp_path / "clean")
    harmed = bytearray(whole)  # the footer is whole: found by the checksum of the page
    harmed[len(whole) // 3 : len(whole) // 3 + 40] = bytes(40)
    shard.write_bytes(harmed)
    with pytest.raises(SourceError, match="run again"):
        pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert_same_tables(tmp_path / "out", tmp_path / "clean")
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    assert_same_tables(tmp_path / "out", tmp_path / "clean")


def test_a_file_that_changes_while_it_is_read_is_read_again_the_next_time(tmp_path, monkeypatch):
    from pipeline.batch import work

    pages = make_pages(tmp_path / "pages", 8)
    analysed = work.analysed

    def change_and_analyse(file, settings):
        if file.source.endswith("004.txt"):
            (pages / "004.txt").write_text(page(4, year=2020), encoding="utf-8")
        return analysed(file, settings)

    monkeypatch.setattr(work, "analysed", change_and_analyse)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    monkeypatch.undo()
    assert pipeline.run(pages, tmp_path / "out", settings=ALONE).n_reused == 14
    clean_run(pages, tmp_path / "clean")
    assert_same_tables(tmp_path / "out", tmp_path / "clean")


def test_a_file_name_that_is_not_utf8_is_a_row(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xb9\xab.txt"
    try:
        Path(os.fsdecode(name)).write_text(page(1), encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    for n_reused in (0, 1):
        summary = pipeline.run(tmp_path, tmp_path / "out", settings=ALONE)
        assert (summary.n_reused, summary.statuses["ok"]) == (n_reused, 1)
    assert pipeline.load(tmp_path / "out")["documents"]["source"][0].endswith("/公.txt")  # GBK


@pytest.mark.skipif(os.name != "posix", reason="the lock is one of POSIX systems")
def test_two_runs_do_not_write_to_one_folder(tmp_path):
    import fcntl

    pages = make_pages(tmp_path / "pages", 2)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    with (tmp_path / "out" / ".work" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SourceError, match="another run"):
            pipeline.run(pages, tmp_path / "out", settings=ALONE)


def test_the_index_finds_every_kept_result_and_no_other(tmp_path):
    pages = make_pages(tmp_path / "pages", 30)
    pipeline.run(pages, tmp_path / "out", settings=ALONE)
    store = Store(str(tmp_path / "out" / ".work" / "shards"))
    kept = KeptResults(store, ALONE, keys.rules_version())
    listed = list(pipeline.sources.iter_inputs([pages]))
    found = [kept.find(keys.input_key(one, ALONE)) for one in listed]
    assert all(has_rows for _, has_rows in found)
    places = [place for place, _ in found]
    assert [place.n_documents for place in places] == [
        3 if one.path.suffix == ".zip" else 1 for one in listed
    ]
    every = [one.key for name in store.names() for one in read_footer(store, name).inputs]
    assert all(kept.find(key) for key in every)
    assert kept.find("") is None
    assert kept.find("0" * 32) is None


@pytest.mark.skipif(os.name != "posix", reason="processes are killed as POSIX systems do")
def test_runs_that_are_killed_at_any_moment_end_with_the_tables_of_a_clean_run(tmp_path):
    """Three kills here; benchmarks/batch_kills.py does thirty."""
    pages = make_pages(tmp_path / "pages", 150)
    started = time.monotonic()
    subprocess.run(command(pages, tmp_path / "clean"), check=False, capture_output=True)
    seconds = time.monotonic() - started
    chance = random.Random(11)
    for _ in range(3):
        running = subprocess.Popen(
            command(pages, tmp_path / "out"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(seconds * chance.uniform(0.3, 0.9))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    done = subprocess.run(command(pages, tmp_path / "out"), check=False, capture_output=True, text=True)
    assert done.returncode == 3, done.stderr  # the picture
    assert_same_tables(tmp_path / "out", tmp_path / "clean")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        ".work",
        ".zhengce-written",
        "policy.duckdb",
        "tables",
    ]


def command(pages: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "pipeline", "run", str(pages), "--out", str(out), "--workers", "2"]


def test_keys_of_any_digits_are_found(tmp_path):
    """Also those that end in zeros, which numpy's strings of bytes lose."""
    store = Store(str(tmp_path))
    inputs = [InputFile(tmp_path / str(k), str(k), 1) for k in range(600)]
    named = [f"{k:04x}{'00' * 14}" if k % 2 else f"{'00' * 14}{k:04x}" for k in range(600)]
    with writing_shard(store, inputs, named) as writer:
        for one, key in zip(inputs, named, strict=True):
            writer.add({"documents": [document_row(DocumentRow(None, one.source))]})
            writer.end_input(key, "")
    kept = KeptResults(store, ALONE, keys.rules_version())
    assert [kept.find(key)[0].first for key in named] == list(range(600))
    assert kept.find("f" * 32) is None


def test_workers_and_engines_give_the_same_rows_in_the_same_order(tmp_path, monkeypatch):
    from pipeline.batch import chunks

    pages = make_pages(tmp_path / "pages", 30)
    clean_run(pages, tmp_path / "clean")
    monkeypatch.setattr(chunks, "_CHUNK_FILES", 3)
    for engine, workers in (("serial", 0), ("processes", 2), ("processes", 3), ("auto", 0)):
        pipeline.run(
            pages, tmp_path / f"{engine}{workers}", engine=engine, settings=Settings(workers=workers)
        )
        assert_same_tables(tmp_path / f"{engine}{workers}", tmp_path / "clean")
    with pytest.raises(SourceError, match="known: auto, serial, processes, ray"):
        pipeline.run(pages, tmp_path / "none", engine="spark")


def test_an_out_folder_inside_the_pages_is_not_read(tmp_path):
    pages = make_pages(tmp_path / "pages", 3)
    for _ in range(2):
        summary = pipeline.run(pages, pages / "out", settings=ALONE, formats=["csv", "xlsx"])
        assert sum(summary.statuses.values()) == 10


def test_what_this_program_wrote_is_read_by_no_run(tmp_path):
    """With --out, a report and comparisons among the pages, and another run's tables there too."""
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a.txt").write_text("关于印发学位建设方案的通知\n新建公办幼儿园3所。\n", encoding="utf-8")
    for name in ("one", "two"):
        assert main(["run", str(pages), "--out", str(pages / name), "--format", "csv"]) == 0
        assert main(["report", str(pages / name)]) == 0
        assert main(["compare", str(pages / name), "--out", str(pages / name / "compared")]) == 0
    assert main(["report", str(pages / "two"), "--out", str(pages / "report.html")]) == 0
    summary = pipeline.run(pages, tmp_path / "out")
    assert sum(summary.statuses.values()) == 1


def test_a_note_that_came_with_the_pages_hides_none_of_them(tmp_path):
    names = ["a.txt", "b.html", "通知（1）.csv", "c/e.txt", "d.pdf"]
    (tmp_path / "c").mkdir()
    for name in names:
        (tmp_path / name).write_text("关于印发学位建设方案的通知\n新建公办幼儿园3所。\n", encoding="utf-8")
    (tmp_path / ".zhengce-written").write_text(json.dumps([*names, "c"]), encoding="utf-8")
    assert [one.source.removeprefix(f"{tmp_path}/") for one in list_inputs([tmp_path])] == sorted(names)


def test_a_note_reaches_no_file_of_another_folder(tmp_path):
    (tmp_path / "a.txt").write_text("新建公办幼儿园3所。\n", encoding="utf-8")
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    for folder in ("csv", "tables"):
        (tmp_path / "out" / folder).mkdir(parents=True)
        note = ["../../thesis.docx", str(tmp_path / "thesis.docx"), "..", "../../../x"]
        (tmp_path / "out" / folder / ".zhengce-written").write_text(json.dumps(note), encoding="utf-8")
    for _ in range(2):
        pipeline.run(tmp_path / "a.txt", tmp_path / "out")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "out", "thesis.docx"]


def test_files_of_the_user_in_a_folder_of_shards_stay(tmp_path):
    shards = tmp_path / "shards"
    shards.mkdir()
    (shards / "mine.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.txt").write_text("新建公办幼儿园3所。", encoding="utf-8")
    for fresh in (False, True):
        pipeline.run(tmp_path / "a.txt", tmp_path / "out", shards=str(shards), fresh=fresh)
    assert (shards / "mine.parquet").read_bytes() == b"PAR1"
    assert len(list(shards.glob("*.shard.parquet"))) == 1


def test_a_folder_of_shards_serves_one_run_at_a_time(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    shards = tmp_path / "shards"
    shards.mkdir()
    (tmp_path / "a.txt").write_text("新建公办幼儿园3所。", encoding="utf-8")
    with (shards / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SourceError, match="another run is writing here"):
            pipeline.run(tmp_path / "a.txt", tmp_path / "out", shards=str(shards))


# --- a mistake in models/ ----------------------------------------------------------------------------------

_RUN_WITH_MODELS = """
import sys
from pathlib import Path
from pipeline import lexicon
lexicon.MODELS = Path(sys.argv.pop(1))
from pipeline.cli import main
sys.exit(main(sys.argv[1:]))
"""


def _run_with_models(models, pages, out):
    command = [sys.executable, "-c", _RUN_WITH_MODELS, models, "run", pages, "--out", out, "--workers", "1"]
    return subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, encoding="utf-8")


def test_a_mistake_in_models_stops_the_run_and_leaves_the_earlier_one_whole(tmp_path):
    models = shutil.copytree(ROOT / "models", tmp_path / "models")
    pages, out = tmp_path / "pages", tmp_path / "out"
    pages.mkdir()
    for number in range(2):
        (pages / f"{number}.txt").write_text(page(number), encoding="utf-8")
    assert _run_with_models(models, pages, out).returncode == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    words = models / "indicators.csv"
    words.write_text(words.read_text(encoding="utf-8") + "一行,二列\n", encoding="utf-8")
    run = _run_with_models(models, pages, out)
    assert run.returncode == 2
    assert "indicators.csv:" in run.stderr
    assert "2 fields instead of" in run.stderr
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
