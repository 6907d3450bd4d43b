"""WARC files as inputs: what is read, under which name and charset, and what is refused with a letter."""

import gzip
import hashlib
import io
import itertools
import subprocess
import sys
import time
import tracemalloc
from dataclasses import replace

import make_files
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import pipeline
from pipeline.errors import Failure
from pipeline.records import RawFile
from pipeline.settings import DEFAULT, Settings
from pipeline.sources import iter_files

TEXT = "各乡镇人民政府：到2025年，全县新增公办学位1200个。"
PAGE = f"<html><body><p>{TEXT}</p></body></html>"


def warc_file(path, *records, gz=True):
    """Write records given as (address, body, HTTP headers) or with a status and a record type."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=gz, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for url, body, headers, *more in records:
            status, kind = (*more, *("200 OK", "response")[len(more) :])
            http = StatusAndHeaders(status, list(headers.items()), protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url, kind, payload=io.BytesIO(body), length=len(body), http_headers=http
                )
            )
    return path


def read(path, settings=DEFAULT):
    return list(iter_files([path], settings))


def test_a_page_has_its_address_and_the_charset_of_the_header(tmp_path):
    url = "https://www.qingxi.gov.cn/zwgk/t20230330_1.html"
    path = warc_file(
        tmp_path / "a.warc.gz", (url, PAGE.encode("gbk"), {"Content-Type": 'text/html; charset="GB2312"'})
    )
    (file,) = read(path)
    assert (file.source, file.url, file.charset) == (f"{path.as_posix()}!/{url}", url, "GB2312")
    assert file.raw == PAGE.encode("gbk")


def test_an_address_does_not_speak_to_the_terminal(tmp_path):
    url = "http://h/ \x1b]0;seized\x07"
    path = warc_file(tmp_path / "a.warc.gz", ("http://h/1.html", PAGE.encode(), {}), gz=True)
    record = gzip.decompress(path.read_bytes()).replace(b"http://h/1.html", url.encode())
    path.write_bytes(gzip.compress(record))
    code = f"from pipeline.sources import *; from pipeline.settings import DEFAULT; print(len(list(iter_files([{str(path)!r}], DEFAULT))))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("1\n", "")


@pytest.mark.parametrize("name", ["a.warc", "a.WARC.gz"])
def test_packed_and_plain_files_are_read(tmp_path, name):
    path = warc_file(tmp_path / name, ("http://h/1.html", b"<p>1</p>", {}), gz=name.endswith("gz"))
    assert [file.raw for file in read(path)] == [b"<p>1</p>"]


def test_only_pages_that_were_fetched_well_are_inputs(tmp_path):
    html = {"Content-Type": "text/html"}
    path = warc_file(
        tmp_path / "a.warc.gz",
        ("http://h/robots.txt", b"User-agent: *", {"Content-Type": "text/plain"}),
        ("http://h/logo.png", b"\x89PNG", {"Content-Type": "image/png"}),
        ("http://h/a.css", b"p {}", {"Content-Type": "text/css"}),
        ("http://h/gone.html", b"<p>404</p>", html, "404 Not Found"),
        ("http://h/moved.html", b"", {"Location": "/"}, "302 Found"),
        ("http://h/again.html", b"", html, "200 OK", "revisit"),
        ("dns:h", b"h. 1 IN A 1.2.3.4", {}),
        ("http://h/good.html", b"<p>200</p>", html),
    )
    assert [file.url for file in read(path)] == ["http://h/good.html"]


@pytest.mark.parametrize("coding", ["gzip", "chunked"])
def test_bodies_are_unpacked(tmp_path, coding):
    packed = {
        "gzip": gzip.compress(PAGE.encode()),
        "chunked": b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE.encode()), PAGE.encode()),
    }
    header = {"gzip": "Content-Encoding", "chunked": "Transfer-Encoding"}[coding]
    path = warc_file(tmp_path / "a.warc.gz", ("http://h/1.html", packed[coding], {header: coding}))
    assert read(path)[0].raw.decode() == PAGE


def test_a_body_over_the_limit_is_refused_also_when_it_is_packed(tmp_path):
    bomb = gzip.compress(bytes(30_000_000))
    path = warc_file(
        tmp_path / "a.warc.gz",
        ("http://h/bomb.html", bomb, {"Content-Encoding": "gzip"}),
        ("http://h/big.html", b"x" * 20_000, {}),
        ("http://h/good.html", b"<p>1</p>", {}),
    )
    bomb_row, big_row, good = read(path, Settings(max_bytes=10_000))
    assert isinstance(bomb_row, Failure)
    assert isinstance(big_row, Failure)
    assert "limit is 10,000" in big_row.message
    assert good.url == "http://h/good.html"


def test_a_torn_file_gives_what_stands_before_the_damage(tmp_path):
    pages = [(f"http://h/{n}.html", hashlib.sha512(b"%d" % n).hexdigest().encode() * 2, {}) for n in range(3)]
    path = warc_file(tmp_path / "a.warc.gz", *pages)
    for cut in (40, 120):
        torn = tmp_path / f"torn{cut}.warc.gz"
        torn.write_bytes(path.read_bytes()[:-cut])
        files = read(torn)
        assert [file.url for file in files[:-1]] == ["http://h/0.html", "http://h/1.html"]
        assert "damaged" in files[-1].message


def _small(tmp_path, *, gz=True):
    pages = [(f"http://h/{n}.html", hashlib.sha512(b"%d" % n).hexdigest().encode(), {}) for n in range(3)]
    return warc_file(tmp_path / ("a.warc.gz" if gz else "a.warc"), *pages, gz=gz)


@pytest.mark.parametrize("gz", [True, False])
def test_every_cut_is_said_but_one_between_two_records(tmp_path, gz):
    raw = _small(tmp_path, gz=gz).read_bytes()
    mark = b"\x1f\x8b\x08" if gz else b"WARC/"
    n_blank = 0 if gz else 4  # bytes between two records of a plain file, of which none is missed
    torn = tmp_path / ("torn.warc.gz" if gz else "torn.warc")
    silent = []
    for cut in range(1, len(raw), 3):
        torn.write_bytes(raw[:cut])
        *pages, last = read(torn)
        assert [page.url for page in pages] == [f"http://h/{n}.html" for n in range(len(pages))]
        is_said = isinstance(last, Failure) and (
            "damaged" in last.message or "holds no record" in last.message
        )
        is_between = any((raw + mark)[at:].startswith(mark) for at in range(cut, cut + n_blank + 1))
        if not is_said and not is_between:
            silent.append(cut)
    assert silent == []


def test_a_damaged_byte_costs_one_record(tmp_path):
    raw = _small(tmp_path).read_bytes()
    starts = [at for at in range(len(raw)) if raw[at:].startswith(b"\x1f\x8b\x08")]
    hurt = tmp_path / "hurt.warc.gz"
    for at in range(0, len(raw), 5):
        if at in [start + n for start in starts for n in range(4, 10)]:
            continue  # the time in the head of a member: nothing is lost by it
        hurt.write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        *pages, letter = read(hurt)
        assert len(pages) >= 2, at
        assert "damaged behind record" in letter.message
        assert letter.message.isascii() or letter.message.replace("—", "").isascii()  # no bytes of the file
        assert {page.raw for page in pages} <= {
            hashlib.sha512(b"%d" % n).hexdigest().encode() for n in range(3)
        }


def test_what_looks_like_a_record_of_another_format_proves_no_record_whole(tmp_path):
    """A flipped bit may unpack to the end of the file as characters, of which a line may look like one of an ARC file."""
    *whole, last = _members(_small(tmp_path).read_bytes())
    junk = b"http://h/a 1.2.3.4 20200101000000 text/html 3\r\nabc\r\n"
    unproved = gzip.compress(gzip.decompress(last) + junk)[:-8]  # without its checksum
    hurt = tmp_path / "hurt.warc.gz"
    hurt.write_bytes(b"".join(whole) + unproved)
    *pages, letter = read(hurt)
    assert [page.url for page in pages] == ["http://h/0.html", "http://h/1.html"]
    assert "damaged behind record 3" in letter.message


def _members(raw):
    starts = [at for at in range(len(raw)) if raw[at:].startswith(b"\x1f\x8b\x08")]
    return [raw[start:end] for start, end in itertools.pairwise([*starts, len(raw)])]


def test_records_in_one_gzip_member_are_read(tmp_path):
    path = tmp_path / "b.warc.gz"
    path.write_bytes(gzip.compress(_small(tmp_path, gz=False).read_bytes()))
    assert [page.url for page in read(path)] == [f"http://h/{n}.html" for n in range(3)]


def test_an_answer_that_is_missing_behind_what_is_told_of_it_is_said(tmp_path):
    from test_crawl import ANSWER, opened

    with opened(tmp_path) as store:
        store.put(ANSWER)
        store.put(replace(ANSWER, url="http://h/2.html", body=b"<p>2</p>"))
    (path,) = tmp_path.glob("*.warc.gz")
    raw = path.read_bytes()
    path.write_bytes(raw[: raw.rfind(b"\x1f\x8b\x08")])
    page, letter = read(path)
    assert page.url == ANSWER.url
    assert "the answer to its last request is missing" in letter.message


def test_a_file_of_nothing_but_beginnings_of_records_comes_to_an_end(tmp_path):
    whole = gzip.compress(b"WARC/1.1\r\n" + b"\0" * 3_000_000)
    for piece in (b"\x1f\x8b\x08\0", whole[:900], gzip.compress(b"WARC/1.1 ")[:-1]):
        path = tmp_path / "many.warc.gz"
        path.write_bytes(piece * (1_000_000 // len(piece)))
        started = time.process_time()
        (letter,) = read(path)
        assert time.process_time() - started < 20
        assert "damaged" in letter.message


def test_what_only_is_called_a_warc_file_is_a_row(tmp_path):
    for number, raw in enumerate((b"", b"nothing", gzip.compress(b"nothing"), bytes(500))):
        path = tmp_path / f"{number}.warc.gz"
        path.write_bytes(raw)
        (row,) = read(path)
        assert isinstance(row, Failure)
        assert row.source == path.as_posix()


def test_a_head_without_end_is_refused_within_its_limit(tmp_path):
    for head in (b"WARC/1.1\r\nA: " + b"a" * 30_000_000, b"WARC/1.1\r\n" + b"A: b\r\n" * 5_000_000):
        path = tmp_path / "bomb.warc.gz"
        path.write_bytes(gzip.compress(head))
        (row,) = read(path)
        assert "no end" in row.message


def test_a_zip_attachment_is_opened_and_a_word_file_is_not(tmp_path):
    packed = make_files.zip_file({"通知.txt": TEXT.encode()})
    named = {"Content-Disposition": 'attachment; filename="all.zip"'}
    path = warc_file(
        tmp_path / "a.warc.gz",
        ("http://h/all.zip", packed, {}),
        ("http://h/download.jsp?id=5", packed, named),
        ("http://h/plan.docx", make_files.docx_file(), {}),
    )
    files = read(path)
    assert [file.source.removeprefix(f"{path.as_posix()}!/") for file in files] == [
        "http://h/all.zip!/通知.txt",
        "http://h/download.jsp?id=5!/通知.txt",
        "http://h/plan.docx",
    ]
    assert files[0].url == "http://h/all.zip"


def test_the_charset_of_the_header_is_heard_where_the_page_declares_none(tmp_path):
    heard = []

    def decode(raw, declared):
        heard.append(declared)
        return pipeline.records.DecodedText(TEXT, "utf-8", "")

    from pipeline.pages import read_page

    for raw in (PAGE.encode(), b"<meta charset='utf-8'>" + PAGE.encode(), TEXT.encode()):
        read_page(RawFile("a", raw, charset="gbk"), decode)
    assert heard == ["gbk", "utf-8", "gbk"]


def test_run_reads_a_folder_with_a_crawl_and_passes_over_its_manifest(tmp_path):
    folder = tmp_path / "qingxi"
    folder.mkdir()
    header = {"Content-Type": "text/html; charset=gbk"}
    warc_file(
        folder / "qingxi-00001.warc.gz", ("http://www.qingxi.gov.cn/1.html", PAGE.encode("gbk"), header)
    )
    (folder / "manifest.jsonl").write_text("{}\n", encoding="utf-8")
    (folder / "crawl.log").write_text("...\n", encoding="utf-8")
    summary = pipeline.run(folder, tmp_path / "out")
    assert summary.statuses == {"ok": 1}
    (row,) = pipeline.load(tmp_path / "out")["documents"].itertuples()
    assert row.encoding == "gb18030"
    assert row.source.endswith("qingxi-00001.warc.gz!/http://www.qingxi.gov.cn/1.html")


def _chunked(body):
    pieces = (body[at : at + 50] for at in range(0, len(body), 50))
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("is_chunked", [True, False])
def test_a_body_packed_with_brotli_is_read(tmp_path, is_chunked):
    brotli = pytest.importorskip("brotli")
    packed = brotli.compress(PAGE.encode() * 20)
    headers = {"Content-Encoding": "br"} | ({"Transfer-Encoding": "chunked"} if is_chunked else {})
    path = warc_file(
        tmp_path / "a.warc.gz",
        ("http://h/1.html", _chunked(packed) if is_chunked else packed, headers),
        ("http://h/2.html", PAGE.encode(), headers),  # unpacked by the crawler, which left the word
        ("http://h/3.html", PAGE.encode(), {}),
    )
    assert [file.raw for file in read(path)] == [PAGE.encode() * 20, PAGE.encode(), PAGE.encode()]


def test_a_body_that_cannot_be_unpacked_is_the_failure_of_its_record_alone(tmp_path):
    brotli = pytest.importorskip("brotli")
    packed = brotli.compress(PAGE.encode() * 20)
    path = warc_file(
        tmp_path / "a.warc.gz",
        ("http://h/cut.html", packed[:-9], {"Content-Encoding": "br"}),
        ("http://h/zstd.html", b"\x28\xb5\x2f\xfd" + packed, {"Content-Encoding": "zstd"}),
        ("http://h/3.html", PAGE.encode(), {}),
    )
    cut, other, good = read(path)
    assert (cut.source.rsplit("/")[-1], "cannot be unpacked" in cut.message) == ("cut.html", True)
    assert "packed as 'zstd'" in other.message
    assert good.raw == PAGE.encode()


def test_a_brotli_body_that_grows_without_measure_is_refused_within_its_limit(tmp_path):
    brotli = pytest.importorskip("brotli")
    bomb = brotli.compress(b"\0" * 300_000_000)
    path = warc_file(tmp_path / "a.warc.gz", ("http://h/bomb.html", bomb, {"Content-Encoding": "br"}))
    tracemalloc.start()
    (failure,) = read(path, Settings(max_bytes=1_000_000))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "the limit is 1,000,000" in failure.message
    assert peak < 50_000_000


def test_a_crawl_without_a_page_has_a_row_that_counts_what_it_holds(tmp_path):
    path = warc_file(
        tmp_path / "a.warc.gz",
        ("http://h/1.html", b"", {}, "404 Not Found"),
        ("http://h/2.html", b"", {}, "404 Not Found"),
        ("http://h/a.png", b"\x89PNG", {"Content-Type": "image/png"}),
    )
    (failure,) = read(path)
    assert (failure.status, failure.source) == ("empty", path.as_posix())
    assert "2 HTTP 404, 1 image/png" in failure.message


def _crawl(tmp_path):
    url = "http://h/1.html"
    zipped = make_files.zip_file({"附件.txt": TEXT.encode()})
    attached = ("http://h/a.zip", zipped, {"Content-Type": "application/zip"})
    return warc_file(tmp_path / "c.warc.gz", (url, PAGE.encode(), {}), attached).read_bytes()


@pytest.mark.parametrize("name", ["整理.zip", "整理.tar", "crawl.wacz"])
def test_a_crawl_inside_of_an_archive_is_read_as_one(tmp_path, name):
    members = {"archive/c.warc.gz": _crawl(tmp_path), "pages/pages.jsonl": b'{"url": "http://h/1.html"}'}
    if not name.endswith("wacz"):
        del members["pages/pages.jsonl"]
    path = tmp_path / "in" / name
    path.parent.mkdir()
    path.write_bytes((make_files.tar_file if name.endswith("tar") else make_files.zip_file)(members))
    page, attached = read(path)
    inside = f"{path.as_posix()}!/archive/c.warc.gz!/"
    assert (page.source, page.url, page.raw) == (f"{inside}http://h/1.html", "http://h/1.html", PAGE.encode())
    assert (attached.source, attached.raw) == (f"{inside}http://h/a.zip!/附件.txt", TEXT.encode())


def test_crawls_and_archives_inside_of_one_another_come_to_an_end(tmp_path):
    raw = _crawl(tmp_path)
    for number in range(4):
        zipped = make_files.zip_file({"c.warc.gz": raw})
        name = tmp_path / f"{number}.warc.gz"
        raw = warc_file(name, ("http://h/b.zip", zipped, {"Content-Type": "application/zip"})).read_bytes()
    path = tmp_path / "all.warc.gz"
    path.write_bytes(raw)
    (failure,) = read(path)
    assert "to depth 2" in failure.message
