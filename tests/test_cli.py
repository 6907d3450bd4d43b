"""The command line: its letters and its exit codes."""

import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from pipeline.cli import main
from pipeline.errors import SettingsError
from pipeline.settings import load_settings

CORPUS = Path(__file__).parent.parent / "corpus"
SEED = CORPUS / "001_b5c54a53bf2725bf.txt"


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    out = tmp_path_factory.mktemp("out")
    assert main(["run", str(SEED), "--out", str(out)]) == 0
    return out


def test_a_report_of_an_earlier_run_is_named(tmp_path, capsys):
    assert main(["run", str(SEED), "--out", str(tmp_path)]) == 0
    assert "report.html" not in capsys.readouterr().out
    assert main(["report", str(tmp_path)]) == 0
    assert main(["run", str(SEED), "--out", str(tmp_path)]) == 0
    assert f"{tmp_path}/report.html, of an earlier run" in " ".join(capsys.readouterr().out.split())


def test_compare_says_for_which_documents_the_pmc_index_says_little(tmp_path, capsys):
    pages = tmp_path / "pages"
    pages.mkdir()
    lines = "".join(f"新建农村公路{n}公里，改造危桥{n}座，整治河道{n}公里。\n" for n in range(3, 30))
    (pages / "a.txt").write_text(f"青溪县2024年交通水利工作要点\n一、工作任务\n{lines}", encoding="utf-8")
    assert main(["run", str(pages), "-o", str(tmp_path / "out")]) == 0
    command = ["compare", str(tmp_path / "out"), "--out", str(tmp_path / "x"), "--only"]
    assert main([*command, "pmc"]) == 0
    assert "models/pmc.toml is for documents of 教育: of 1 of 1 documents" in capsys.readouterr().out
    assert main([*command, "measure_profile"]) in (0, 2)
    assert "pmc.toml" not in capsys.readouterr().out


@pytest.mark.parametrize(
    "pages", [{"a.txt": ""}, {"a.txt": "青溪县交通局关于修路的通知\n新建农村公路12公里。", "b.txt": ""}]
)
def test_a_run_of_fewer_than_two_documents_is_told_where_to_look(tmp_path, capsys, monkeypatch, pages):
    monkeypatch.setenv("COLUMNS", "300")
    folder, out = tmp_path / "pages", tmp_path / "out"
    folder.mkdir()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    where = f"zhengce tables {out} documents"
    main(["run", str(folder), "--out", str(out)])
    assert (f"next:   {where}" in capsys.readouterr().out) == (len(pages) == 1)
    assert main(["compare", str(out), "--out", str(tmp_path / "c"), "--by", "document"]) == 0
    notes = [line for line in capsys.readouterr().out.splitlines() if line.startswith("note:")]
    assert where in notes[0]
    assert ("pmc.toml" in "".join(notes)) == (len(pages) == 2)
    assert main(["tables", str(out), "citations"]) == 0
    assert where in capsys.readouterr().out
    assert main(["report", str(out)]) == 0


def test_compare_says_which_documents_have_no_place_to_be_compared_by(tmp_path, capsys):
    (tmp_path / "pages").mkdir()
    for name, title in (("a", "青溪县2024年校园安全工作方案"), ("b", "关于做好校园安全工作的通知")):
        text = f"{title}\n各学校要完善应急预案{name}，落实一岗双责。\n"
        (tmp_path / "pages" / f"{name}.txt").write_text(text, encoding="utf-8")
    assert main(["run", str(tmp_path / "pages"), "-o", str(tmp_path / "out")]) == 0
    command = ["compare", str(tmp_path / "out"), "--out", str(tmp_path / "x"), "--only", "slogan_uses"]
    capsys.readouterr()
    assert main(command) == 0
    n_without = int(pipeline.load(tmp_path / "out")["documents"]["county"].isna().sum())
    assert n_without
    assert f"of {n_without} of 2 documents no county is known" in capsys.readouterr().out
    assert main([*command, "--by", "document"]) == 0
    assert "is known" not in capsys.readouterr().out


def test_run_prints_what_was_done_and_what_to_do_next(tmp_path, capsys):
    assert main(["run", str(SEED), "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "1 documents" in printed
    assert "1 ok, 0 duplicate, 0 empty, 0 failed" in printed
    assert "slogans 数字口号" in printed
    assert f"zhengce tables {tmp_path}" in printed


def test_a_folder_is_printed_as_it_is_called(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "400")
    (tmp_path / "a.txt").write_text("青溪县教育局关于开学的通知\n新增学位1200个。\n", encoding="utf-8")
    (tmp_path / "空[b].txt").write_text("", encoding="utf-8")
    out = tmp_path / "out[bold]:warning:"
    main(["run", str(tmp_path), "--out", str(out), "--format", "csv"])
    (out / "report.html").write_text("x", encoding="utf-8")
    main(["run", str(tmp_path), "--out", str(out)])
    printed = capsys.readouterr().out
    places = [line for line in printed.splitlines() if line.startswith(("tables:", "anew:", "old:", "next:"))]
    assert len(places) == 6
    assert all(str(out) in line for line in places)


def test_names_of_files_do_not_speak_to_the_terminal(tmp_path, capsys):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "a\x1b]0;owned\x07\x1b[2J\r.txt").write_bytes(b"\x7fELF" + bytes(500))
    assert main(["run", str(pages), "--out", str(tmp_path / "out")]) == 3
    printed = capsys.readouterr()
    assert not {"\x1b", "\x07", "\r"} & set(printed.out + printed.err)
    assert main(["show", str(next(pages.iterdir()))]) != 0
    assert not {"\x1b", "\x07"} & set(capsys.readouterr().err)


def test_run_returns_3_when_an_input_failed_and_writes_the_rest(tmp_path, capsys):
    pages = tmp_path / "pages"
    pages.mkdir()
    (pages / "good.txt").write_bytes(SEED.read_bytes())
    (pages / "bad.html").write_bytes(b"\x7fELF" + bytes(500))
    assert main(["run", str(pages), "--out", str(tmp_path / "out")]) == 3
    printed = capsys.readouterr().out
    assert "1 ok" in printed
    assert "failed" in printed
    assert "bad.html" in printed
    assert (tmp_path / "out" / "tables" / "slogans.parquet").is_file()


@pytest.mark.parametrize(
    ("arguments", "letter"),
    [
        (["run", "no-such-folder", "--out", "x"], "no-such-folder"),
        (["run", str(SEED)], "--out"),
        (["run", str(SEED), "--out", "x", "--format", "docx"], "docx"),
        (["run", str(SEED), "--out", "x", "--workers", "-1"], "--workers"),
        (["run", str(SEED), "--out", "x", "--workers", "99999999"], "99,999,999 workers are too many"),
        (["run", str(SEED), "--out", "x", "--settings", "no.toml"], "no.toml: there is no such file"),
        (["run", str(SEED), "--out", str(SEED)], "--out names a file"),
        (["show", "no-such-file.txt"], "no-such-file.txt"),
        (["show", str(CORPUS)], "not one file"),
        (["tables", "no-such-run"], "no run is here"),
        (["frobnicate"], "frobnicate"),
    ],
    ids=lambda value: " ".join(value)[-40:] if isinstance(value, list) else "",
)
def test_wrong_usage_gets_a_letter_and_code_2(arguments, letter, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert letter in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["run", "", "--out", "x"], ["run", ".", "--out", ""], ["crawl", "", "--out", "x"], ["show", ""], ["tables", "x", "--csv", ""],
     ["report", "x", "--out", ""], ["run", ".", "--out", "x", "--settings", ""]],
)  # fmt: skip
def test_an_empty_name_is_no_folder(arguments, capsys, tmp_path, monkeypatch):
    """A variable that is unset in a shell gives one: what it would read or write is the folder one happens to be in."""
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert "the name of the place is empty; write . for this folder" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("line", "letter"),
    [
        (f"seconds_per_document = {10**24}", "must be 1,000,000 or less"),
        (f"max_bytes = {2**63 - 1}", "must be 1,099,511,627,776 or less"),
        ("memory_per_document = 1", "268,435,456 at least, or 0 for no limit"),
    ],
)
def test_a_limit_that_no_system_takes_is_refused(tmp_path, line, letter):
    (tmp_path / "settings.toml").write_text(line)
    with pytest.raises(SettingsError, match=letter):
        load_settings(tmp_path / "settings.toml")


def test_a_settings_file_with_an_unknown_name_lists_the_known_ones(tmp_path, capsys):
    settings = tmp_path / "s.toml"
    settings.write_text("wrokers = 2\n", encoding="utf-8")
    assert main(["run", str(SEED), "--out", str(tmp_path / "o"), "--settings", str(settings)]) == 2
    assert "known: max_bytes" in capsys.readouterr().err


def test_show_prints_facts_outline_and_text(capsys):
    assert main(["show", str(SEED)]) == 0
    printed = capsys.readouterr().out
    for part in ("旬邑县推动义务教育优质均衡发展", "610429", "四个强化", "层次 outline", "强化组织领导"):
        assert part in printed


def test_tables_prints_extractions_by_default(out, capsys):
    assert main(["tables", str(out)]) == 0
    printed = capsys.readouterr().out
    assert "旬邑县" in printed
    assert "20 of" in printed


def test_tables_takes_a_condition_on_the_columns_of_documents(out, capsys):
    assert (
        main(["tables", str(out), "slogans", "--where", "county = '旬邑县' AND numeral = 4", "--head", "3"])
        == 0
    )
    assert "3 of 5 rows" in capsys.readouterr().out
    assert main(["tables", str(out), "slogans", "--where", "county = '乾县'"]) == 0
    assert "0 of 0 rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "letter"),
    [(["slogan"], "known: extractions"), (["slogans", "--where", "nonsense ="], "--where takes a condition")],
)
def test_tables_answers_a_wrong_name_or_condition_with_a_letter(out, capsys, arguments, letter):
    assert main(["tables", str(out), *arguments]) == 2
    assert letter in capsys.readouterr().err


def test_a_condition_cannot_read_other_files(out, capsys):
    assert (
        main(["tables", str(out), "slogans", "--where", "1 IN (SELECT 1 FROM read_text('/etc/passwd'))"]) == 2
    )
    assert "DuckDB could not answer" in capsys.readouterr().err


def test_tables_writes_csv_and_xlsx(out, tmp_path, capsys):
    csv, xlsx = tmp_path / "s.csv", tmp_path / "s.xlsx"
    assert main(["tables", str(out), "slogans", "--csv", str(csv), "--xlsx", str(xlsx)]) == 0
    assert csv.read_text(encoding="utf-8-sig").startswith(
        "doc_id,county,year,publish_date,title,slogan_id,label"
    )
    assert xlsx.stat().st_size > 3_000


def test_a_narrow_terminal_is_told_what_it_has_no_room_for(out, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "72")
    assert main(["tables", str(out), "quantities"]) == 0
    printed = capsys.readouterr().out
    assert "indicator" in printed
    assert "no room for" in printed
    assert max(map(len, printed.splitlines())) <= 72


def test_columns_name_what_is_shown_and_written(out, tmp_path, capsys):
    csv = tmp_path / "s.csv"
    assert main(["tables", str(out), "slogans", "--columns", "label, issuer", "--head", "1"]) == 0
    assert capsys.readouterr().out.split()[:2] == ["label", "issuer"]
    assert main(["tables", str(out), "slogans", "--columns", "label,adcode", "--csv", str(csv)]) == 0
    assert csv.read_text(encoding="utf-8-sig").splitlines()[:2] == ["label,adcode", "四个强化,610429"]
    assert main(["tables", str(out), "slogans", "--columns", "lable"]) == 2
    assert "like it: label" in capsys.readouterr().err


@pytest.mark.parametrize("option", ["csv", "xlsx"])
def test_the_folder_of_a_file_is_made(out, tmp_path, option):
    place = tmp_path / "new" / "folder" / f"s.{option}"
    assert main(["tables", str(out), "slogans", f"--{option}", str(place)]) == 0
    assert place.stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "letter"),
    [
        (["tables", "{out}", "--head", "-5"], "argument --head: '-5' is no number of rows"),
        (["tables", "{out}", "--csv", "{out}"], "is a folder; name a file"),
        (["tables", "{out}", "--csv", "rows.xlsx"], "must end in .csv"),
        (["tables", "{out}", "--xlsx", "rows.csv"], "must end in .xlsx"),
        (["tables", "{out}", "--xlsx", "{out}/policy.xlsx"], "of the run's own files"),
        (["tables", "{out}", "--csv", "{out}/csv/slogans.csv"], "of the run's own files"),
        (["report", "{out}", "--out", "{out}/policy.duckdb"], "must end in .html or .htm"),
        (["report", "{out}", "--out", "{out}/tables/all.html"], "of the run's own files"),
        (["report", "{out}", "--out", "{out}"], "is a folder; name a file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_place_that_no_file_belongs_in_is_refused_and_left_as_it_is(
    out, tmp_path, capsys, monkeypatch, arguments, letter
):
    monkeypatch.chdir(tmp_path)
    before = (out / "policy.duckdb").read_bytes()
    assert main([one.replace("{out}", str(out)) for one in arguments]) == 2
    assert letter in capsys.readouterr().err
    assert (out / "policy.duckdb").read_bytes() == before
    assert not list(tmp_path.iterdir())


def test_failures_that_are_not_listed_are_counted_and_each_names_its_file_once(tmp_path, capsys):
    pages = tmp_path / "pages"
    pages.mkdir()
    for k in range(12):
        (pages / f"{k:02}.pdf").write_bytes(b"\x7fELF" + bytes(500 + k))
    assert main(["run", str(pages), "--out", str(tmp_path / "out")]) == 3
    printed = capsys.readouterr().out
    assert printed.count("00.pdf") == 1
    assert (
        f"… and 2 more: zhengce tables {tmp_path / 'out'} documents --where \"status = 'failed'\"" in printed
    )


@pytest.mark.parametrize("option", ["csv", "xlsx"])
def test_a_place_that_cannot_be_written_gets_a_letter(out, capsys, option):
    assert main(["tables", str(out), "slogans", f"--{option}", f"/proc/none/slogans.{option}"]) == 2
    letter = capsys.readouterr().err
    assert "/proc/none" in letter
    assert "may be written to" in letter


def test_a_condition_that_no_row_fits_says_where_to_look(out, capsys):
    assert main(["tables", str(out), "slogans", "--where", "county = '旬邑'"]) == 0
    assert "no row fits the condition; here is county 旬邑县" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("condition", "hint"),
    [
        ("county = '旬邑'", "here is county 旬邑县"),
        ("issuer LIKE '%公安厅%'", "counties here: 旬邑县"),
        ("doc_type = '通知' AND county = '旬县'", "county 旬邑县"),
        ("length(county) > 40", "counties here: 旬邑县"),
    ],
)
@pytest.mark.parametrize("command", ["compare", "report"])
def test_a_condition_that_no_document_fits_writes_nothing_and_names_what_is_like_it(
    out, tmp_path, capsys, command, condition, hint
):
    place = tmp_path / "written.html"
    assert main([command, str(out), "--out", str(place), "--where", condition]) == 2
    letter = capsys.readouterr().err
    assert f"zhengce {command}: {condition}: no document fits the condition" in letter
    assert hint in letter
    assert not place.exists()


def test_python_dash_m_pipeline_works():
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("zhengce ")


def test_help_needs_none_of_the_heavy_libraries():
    code = "import sys; from pipeline.cli import main; main(['--help']); print(sorted({'spacy','pandas','sklearn','jieba','pyarrow','duckdb'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_first_document_waits_for_no_library_that_it_does_not_need():
    heavy = "{'spacy','pandas','pyarrow','duckdb','sklearn','scipy','matplotlib','bs4','docx','pypdfium2','opencc','loky','rich'}"
    code = (
        "import sys, pipeline; pipeline.read(sys.argv[1]).measures; "
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    page = Path(__file__).parent.parent / "corpus" / "001_b5c54a53bf2725bf.txt"
    done = subprocess.run([sys.executable, "-c", code, str(page)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
