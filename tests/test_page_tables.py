"""Tables of pages as scrapers leave them: each row an input with its address and what other columns say of it."""

import csv
import datetime
import io
import json
import sqlite3
import tracemalloc
import zipfile

import make_files
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from pipeline.errors import Failure
from pipeline.flow import analyse
from pipeline.records import RawFile
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import iter_files

TEXT = (
    "各乡镇人民政府：\n到2025年，全县学前教育毛入园率达到95%，新增公办学位1200个。"
    + "县教育局要会同县财政局抓好落实。" * 8
)
ROWS = [
    {
        "标题": f"青溪县学位建设行动方案（{n}）",
        "正文": f"<p>{TEXT}</p><p>第{n}件</p>".replace("\n", "</p><p>"),
        "发布时间": f"2025-03-0{n} 10:20:00",
        "链接": f"https://www.qingxi.gov.cn/t{n}.html",
        "来源": "青溪县教育局",
    }
    for n in (1, 2, 3)
]


def jsonl(rows):
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def array(rows):
    return json.dumps(rows).encode()


def wrapped(rows):
    return json.dumps({"code": 0, "data": {"total": len(rows), "list": rows}}, indent=1).encode()


def table(rows, encoding="utf-8-sig", delimiter=","):
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode(encoding)


def database(rows, path):
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE log (id INTEGER, text TEXT)")
        connection.execute(f"CREATE TABLE 文章 ({', '.join(rows[0])})")
        connection.executemany(
            "INSERT INTO 文章 VALUES (?, ?, ?, ?, ?)", [tuple(row.values()) for row in rows]
        )
        connection.execute("INSERT INTO log VALUES (1, 'started')")
        connection.execute("CREATE VIEW 全部 AS SELECT * FROM 文章")
    connection.close()
    return path.read_bytes()


def workbook(rows, *more):
    book = openpyxl.Workbook()
    for n, of_sheet in enumerate((rows, *more)):
        sheet = book.active if n == 0 else book.create_sheet()
        sheet.append(list(of_sheet[0]))
        for row in of_sheet:
            sheet.append([*row.values()])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(rows, path):
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path.read_bytes()


MADE = {
    "a.jsonl": jsonl(ROWS),
    "a.json": array(ROWS),
    "b.json": wrapped(ROWS),
    "c.json": jsonl(ROWS),
    "a.csv": table(ROWS),
    "gbk.csv": table(ROWS, "gb18030"),
    "wide.csv": table(ROWS, "utf-16"),
    "a.tsv": table(ROWS, "utf-8", "\t"),
    "a.xlsx": workbook(ROWS),
    "dates.xlsx": workbook(
        [row | {"发布时间": datetime.datetime(2025, 3, n, 10, 20)} for n, row in enumerate(ROWS, 1)]
    ),
    "sheets.xlsx": workbook(ROWS[:2], ROWS[2:]),
    "a.db": None,
    "a.parquet": None,
}


def made(tmp_path, name):
    path = tmp_path / "pages" / name
    path.parent.mkdir()
    makers = {"a.db": database, "a.parquet": parquet}
    path.write_bytes(makers[name](ROWS, tmp_path / "made") if name in makers else MADE[name])
    return path


@pytest.mark.parametrize("name", MADE)
def test_each_row_is_a_document_with_its_address_and_facts(tmp_path, name):
    path = made(tmp_path, name)
    files = list(iter_files([path], DEFAULT))
    assert [file.url for file in files] == [row["链接"] for row in ROWS]
    assert [file.source for file in files] == [f"{path.as_posix()}!/{row['链接']}" for row in ROWS]
    analysis = analyse(files[1])
    assert analysis.reading.text == TEXT + "\n第2件"
    row = analysis.row
    assert (row.title, row.publish_date, row.outlet) == (ROWS[1]["标题"], "2025-03-02", "青溪县教育局")
    assert row.url == ROWS[1]["链接"]


@pytest.mark.parametrize("name", ["a.jsonl", "a.db", "a.csv", "a.xlsx"])
def test_a_table_inside_of_an_archive_is_read_as_one(tmp_path, name):
    raw = made(tmp_path, name).read_bytes()
    path = tmp_path / "a.zip"
    path.write_bytes(make_files.zip_file({name: raw, "说明.json": b'{"n": 3}'}))
    files = list(iter_files([path], DEFAULT))
    assert [file.url for file in files] == [*(row["链接"] for row in ROWS), None]


DATA = [{"指标": "毛入园率", "2024年": "90%", "2025年": "95%", "内容": "说明" * n} for n in range(1, 30)]
TASKS = [
    {"序号": str(n), "内容": "县教育局会同县财政局新建公办幼儿园" * 9, "责任单位": "县教育局"}
    for n in range(9)
]


@pytest.mark.parametrize("rows", [DATA, TASKS])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "a.xlsx"])
def test_a_table_of_data_is_one_document_as_it_stands(tmp_path, name, rows):
    path = tmp_path / name
    path.write_bytes({"a.jsonl": jsonl, "a.json": array, "a.csv": table, "a.xlsx": workbook}[name](rows))
    assert list(iter_files([path], DEFAULT)) == [RawFile(path.as_posix(), path.read_bytes())]


def test_a_workbook_with_a_sheet_of_data_is_one_document(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(ROWS, DATA))
    assert [file.source for file in iter_files([path], DEFAULT)] == [path.as_posix()]


@pytest.mark.parametrize("harm", [lambda raw: raw[:-200], lambda raw: raw[:90] + b"\0" * 60 + raw[150:]])
def test_a_damaged_workbook_is_told_of_by_the_reader_of_workbooks(tmp_path, harm):
    path = tmp_path / "a.xlsx"
    path.write_bytes(harm(workbook(ROWS)))
    (file,) = iter_files([path], DEFAULT)
    assert analyse(file).row.status == "failed"


def test_one_page_in_a_file_of_its_own_is_that_page(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(
        json.dumps({**ROWS[0], "附件": [{"名称": "附表.xlsx"}]}, ensure_ascii=False, indent=2).encode(
            "gb18030"
        )
    )
    (file,) = iter_files([path], DEFAULT)
    assert file.url == ROWS[0]["链接"]
    assert ROWS[0]["正文"] in file.raw.decode()


def test_a_bad_line_is_a_row_and_the_others_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    deep = b'{"a":' * 100_000
    path.write_bytes(jsonl(ROWS[:2]) + b'\n{"cut": "off\n[1]\n' + deep + b"\n" + jsonl(ROWS[2:]))
    found = list(iter_files([path], DEFAULT))
    assert [isinstance(one, Failure) for one in found] == [False, False, True, True, True, False]
    assert "no JSON" in found[2].message
    assert "no object" in found[3].message


@pytest.mark.parametrize("cut", [0.4, 0.9])
def test_a_cut_array_gives_the_rows_before_and_says_so(tmp_path, cut):
    path = tmp_path / "a.json"
    raw = json.dumps(ROWS * 20).encode()
    path.write_bytes(raw[: int(len(raw) * cut)])
    *rows, failure = iter_files([path], DEFAULT)
    assert all(isinstance(row, RawFile) for row in rows)
    assert len(rows) == int(60 * cut)
    assert "damaged" in failure.message


def test_a_large_table_is_read_row_by_row(tmp_path):
    path = tmp_path / "a.json"
    with path.open("w") as stream:
        stream.write("[")
        for n in range(4000):
            stream.write("," * bool(n) + json.dumps({"title": str(n), "content": "县" * 3000}))
        stream.write("]")
    tracemalloc.start()
    n_read = sum(isinstance(file, RawFile) for file in iter_files([path], DEFAULT))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n_read == 4000
    assert path.stat().st_size > 10 * 6_000_000 > 10 * peak / 2


def test_a_row_over_the_limit_is_refused_and_the_others_are_read(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl([ROWS[0], {**ROWS[1], "正文": "县" * 40_000}, ROWS[2]]))
    one, failure, other = iter_files([path], Settings(max_bytes=50_000))
    assert "50,000" in failure.message
    assert (one.url, other.url) == (ROWS[0]["链接"], ROWS[2]["链接"])


@pytest.mark.parametrize("raw", [b"SQLite format 3\0" + bytes(5000), b"SQLite format 3\0", b"nothing"])
def test_a_broken_database_is_one_input_as_any_file(tmp_path, raw):
    path = tmp_path / "a.db"
    path.write_bytes(raw)
    assert list(iter_files([path], DEFAULT)) == [RawFile(path.as_posix(), raw)]


def test_a_column_of_nulls_hides_no_other_and_a_source_that_names_a_body_is_no_place(tmp_path):
    path = tmp_path / "a.parquet"
    rows = [
        {"content": None, "text": TEXT, "source": "青溪县教育局", "url": f"https://h/{n}"} for n in (1, 2)
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    files = list(iter_files([path], DEFAULT))
    assert [file.url for file in files] == ["https://h/1", "https://h/2"]
    assert files[0].source.endswith("!/https://h/1")
    assert files[0].raw == TEXT.encode()
    assert files[0].told.outlet == "青溪县教育局"


@pytest.mark.parametrize("half", [chr(0xD83D), chr(0xDC00)])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_half_a_character_costs_itself_alone(tmp_path, name, half):
    path = tmp_path / name
    rows = [ROWS[0], {**ROWS[1], "正文": TEXT + half}, ROWS[2]]
    path.write_bytes(array(rows) if name == "a.json" else "\n".join(map(json.dumps, rows)).encode())
    files = list(iter_files([path], DEFAULT))
    assert [file.url for file in files] == [row["链接"] for row in ROWS]
    assert files[1].raw.decode() == TEXT + "\ufffd"


def test_a_damaged_place_of_a_table_in_utf_16_costs_itself_alone(tmp_path):
    path = tmp_path / "wide.csv"
    half = b"\x00\xd8"
    path.write_bytes(
        table(ROWS, "utf-16").replace("第2件".encode("utf-16-le"), half) + b"\n"
    )  # cut in a character
    files = list(iter_files([path], DEFAULT))
    assert [file.url for file in files[:3]] == [row["链接"] for row in ROWS]
    assert "\ufffd" in files[1].raw.decode()


def test_strings_that_cells_of_a_workbook_share_give_no_more_than_it_holds(tmp_path):
    path = tmp_path / "a.xlsx"
    long = "".join(chr(0x4E00 + n * 7919 % 20_000) for n in range(30_000))
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for n, row in enumerate([("链接", "正文"), *((f"https://h/{n}", long) for n in range(2_000))]):
            sheet.write_row(n, 0, row)
    with zipfile.ZipFile(path) as package:
        n_unpacked = sum(info.file_size for info in package.infolist())
    assert n_unpacked < 1_000_000
    *pages, failure = iter_files([path], DEFAULT)
    assert 0 < sum(len(page.raw) for page in pages) < 20 * n_unpacked
    assert failure.message.startswith("this workbook gives more than it holds")


def test_a_database_whose_mistake_cannot_be_told_is_one_input_as_any_file(tmp_path):
    raw = database(ROWS, tmp_path / "made").replace("文章".encode(), b"\xff" * 6)
    raw = raw.replace(
        b"CREATE TABLE \xff", b"CREATE TRAIL \xff"
    )  # which names it, and no text holds the name
    path = tmp_path / "a.db"
    path.write_bytes(raw)
    assert list(iter_files([path], DEFAULT)) == [RawFile(path.as_posix(), raw)]
