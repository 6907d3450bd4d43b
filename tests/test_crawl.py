"""The crawler against a real server on loopback: what it asks, what it keeps, and that a kill costs nothing."""

import dataclasses
import datetime
import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from effort import takes_less_than

pytest.importorskip("scrapy")

import itertools

from county_site.pages import HTML, Served, article, county, listing
from county_site.server import serving

import pipeline
from pipeline.cli import main
from pipeline.errors import SettingsError, SourceError
from pipeline.records import RawFile
from pipeline.settings import DEFAULT
from pipeline.sources import iter_files
from pipeline.sources.crawl import SiteReport, json_lists
from pipeline.sources.crawl.addresses import is_public, normalised, refusal
from pipeline.sources.crawl.article_pages import further_pages
from pipeline.sources.crawl.attachments import attachment_links
from pipeline.sources.crawl.link_shapes import lies_in, scope, shape
from pipeline.sources.crawl.list_pages import page_links, parse_page, pointer
from pipeline.sources.crawl.paging import first_number, next_page
from pipeline.sources.crawl.sites import Site, load_sources, read_sources
from pipeline.sources.crawl.warc_records import Answer
from pipeline.sources.crawl.warc_store import WarcStore

HERE = Path(__file__).parent
STARTS = (
    "/zwgk/zcwj/",
    "/xxgk/tzgg.htm",
    "/col/col21/index.html",
    "/gb/list.shtml",
    "/qk/list.jsp?id=7&page=1",
)


def cases(name):
    found = json.loads((HERE / "cases" / "crawl" / f"{name}.json").read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["label"]) for case in found]


# --- addresses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.3.4", "192.168.1.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "2002:7f00:1::", "nonsense",
    ],
)  # fmt: skip
def test_an_address_that_is_not_public_is_told(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["114.114.114.114", "2400:3200::1", "::ffff:114.114.114.114"])
def test_a_public_address_is_told(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.1/", "http://127.0.0.1:8000/", "http://[::1]/", "http://2130706433/", "http://0x7f000001/", "http://127.1/",
        "http://0177.0.0.1/", "http://8.8.8.8/", "https://other.gov.cn/", "http://www.qingxi.gov.cn:8080/", "file:///etc/passwd",
        "ftp://www.qingxi.gov.cn/", "gopher://www.qingxi.gov.cn/", "http://www.qingxi.gov.cn.evil.com/", "http://evilqingxi.gov.cn/",
    ],
)  # fmt: skip
def test_nothing_but_the_allowed_hosts_passes(url):
    hosts = ("www.qingxi.gov.cn", "*.qingxi.gov.cn")
    assert refusal(url, hosts, allow_private=False)
    assert refusal("http://www.qingxi.gov.cn/", hosts, allow_private=False) is None


def test_an_address_is_remembered_in_one_spelling():
    base = "http://www.qingxi.gov.cn/zwgk/index.html"
    spellings = ["t1.html", "./t1.html", "../zwgk/t1.html", "http://WWW.qingxi.gov.cn:80/zwgk/t1.html", "/zwgk/t1.html#top",
                 " t1.html\n", "/zwgk/t1.html;jsessionid=AB12", "t1.html?JSESSIONID=9F0A", "t1.html?_=168", "/(S(mkbe3h45zqxsha55ywq0vd45))/zwgk/t1.html",
                 "http://www.qingxi.gov.cn/x/../zwgk/t1.html"]  # fmt: skip
    assert {normalised(one, base) for one in spellings} == {"http://www.qingxi.gov.cn/zwgk/t1.html"}
    assert normalised("list.jsp?sid=4&PHPSESSID=1f&id=7", base).endswith("?sid=4&id=7")
    assert normalised("list.jsp?w=教育", base, charset="gbk").endswith("?w=%BD%CC%D3%FD")
    for url in (
        "javascript:void(0)",
        "mailto:a@b.cn",
        "http://user@h/",
        "http://[::1",
        "http://h:99999/",
        "x" * 3000,
    ):
        assert normalised(url, base) is None


def test_a_name_that_resolves_to_a_private_address_is_not_connected_to():
    """What comes out of the resolver is what is connected to: an answer that changes gains nothing."""
    from twisted.internet.address import IPv4Address

    from pipeline.sources.crawl.resolver import PublicResolver

    class Inner:
        def resolveHostName(self, receiver, *more):
            receiver.resolutionBegan(None)
            for host in ("10.0.0.1", "114.114.114.114"):
                receiver.addressResolved(IPv4Address("TCP", host, 80))
            receiver.resolutionComplete()

    class Receiver:
        def __init__(self):
            self.found = []

        def resolutionBegan(self, resolution): ...

        def addressResolved(self, address):
            self.found.append(address.host)

        def resolutionComplete(self): ...

    for free, expected in (((), ["114.114.114.114"]), (("h:80",), ["10.0.0.1", "114.114.114.114"])):
        receiver = Receiver()
        PublicResolver(Inner(), free).resolveHostName(receiver, "h", 80)
        assert receiver.found == expected


# --- what a page says -------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", cases("link_shapes"))
def test_the_shape_of_an_address(case):
    assert shape(case["text"]) == case["expect"]


@pytest.mark.parametrize("case", cases("paging"))
def test_the_next_page_of_a_list(case):
    text = f"<html><body>{case['text']}</body></html>"
    root = parse_page(text)
    charset = case.get("charset", "utf-8")
    links = page_links(root, case["address"], charset=charset)
    found = next_page(case["address"], root, text, links, charset=charset, first=case.get("first"))
    assert found == case["expect"]


def test_the_first_page_of_a_list_says_where_its_numbers_begin():
    for first in (0, 1):
        said = f"<script>createPageHTML(3, {first}, 'index', 'html')</script>"
        assert first_number("http://h/zwgk/", said) == first
        assert first_number("http://h/zwgk/index_1.html", said) is None


def test_a_hostile_page_is_turned_in_time():
    for piece in ("<a onclick=\"go('", "createPageHTML(3,0,'a','html');/*", "<!--", "<span tagname='/1'>下",
                  "<option value='a.html'>2", "<a class=next href='?p=1&p=2'>&gt;</a>", "<script>//"):  # fmt: skip
        text = "<p>1</p>" + piece * (400_000 // len(piece))
        root = parse_page(text)
        started = time.process_time()
        next_page("http://h/zwgk/", root, text, [])
        assert time.process_time() - started < 10, piece


@pytest.mark.parametrize("left_open", ["<li><font>", "<tr><td><div>"])
def test_elements_that_are_left_open_hide_no_link(left_open):
    rows = "".join(f'{left_open}<a href="t20230330_{n}.html">关于印发方案{n}的通知</a>' for n in range(500))
    assert len(page_links(parse_page(f"<html><body>{rows}"), "http://h/zwgk/")) == 500


def test_half_a_character_in_a_list_of_json_hides_no_link():
    rows = [{"title": f"关于印发方案{n}的通知\ud83d", "url": f"./t\ud83d20230330_{n}.html"} for n in range(3)]
    page = parse_page(json_lists.listing(json.dumps({"data": rows})))
    assert [link.text for link in page_links(page, "http://h/zwgk/")] == [
        f"关于印发方案{n}的通知?" for n in range(3)
    ]


def test_a_digit_that_is_no_number_is_none():
    text = "<script>createPageHTML(²,0,'a','html');createPageHTML(3,0,'index','html')</script>"
    assert next_page("http://h/zwgk/", parse_page(text), text, []) == "http://h/zwgk/index_1.html"


def test_names_of_hosts_that_none_has_are_refused_in_time():
    hosts = [f"{chr(0x4E00 + n)}{'县' * 1800}.cn" for n in range(2_000)]
    page = parse_page("".join(f"<a href='http://{host}/'>关于印发方案的通知</a>" for host in hosts))
    assert takes_less_than(3, lambda: page_links(page, "http://h/"))


def test_a_page_that_nobody_foresaw_is_counted_as_failed(monkeypatch):
    from scrapy.http import HtmlResponse, Request

    from pipeline.sources.crawl.spider import SiteSpider

    report = SiteReport("青溪县")
    spider = SiteSpider(
        site=Site("青溪县", ("http://h/",)),
        store=None,
        report=report,
        read_text=lambda raw, declared: (raw.decode(), "utf-8"),
        progress=lambda report: None,
    )
    monkeypatch.setattr("pipeline.sources.crawl.list_walk.page_links", lambda *args, **more: 1 // 0)
    request = Request("http://h/zwgk/", meta={"kind": "list", "depth": 1})
    page = HtmlResponse(request.url, body=b"<p>1</p>", request=request)
    assert list(spider.parse(page)) == []
    ((url, reason),) = report.errors
    assert (url, reason.startswith("internal error in test_crawl.py:")) == ("http://h/zwgk/", True)


def test_a_dated_list_makes_articles_of_any_address():
    rows = "".join(
        f'<li><a href="wj/{n}">关于印发方案{n}的通知</a><i>2023-03-{n + 10}</i></li>' for n in range(3)
    )
    page = parse_page(f'<ul><li><a href="about">机构职能介绍</a></li></ul><ul>{rows}</ul>')
    found = {link.url.rpartition("/")[2]: (link.kind, link.date) for link in page_links(page, "http://h/")}
    assert found["0"] == ("article", datetime.date(2023, 3, 10))
    assert found["about"] == (None, None)


def dated(rows, **more):
    """The dates of the articles of a list, by address."""
    page = parse_page("<ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>")
    found = page_links(page, "http://h/", **more)
    return {link.url.partition("h/")[2]: f"{link.date}"[5:] for link in found if link.kind == "article"}


@pytest.mark.parametrize(
    "row",
    [
        "<div><b>0{n}</b><i>2023-03</i></div><a href='wj/{n}'>关于印发方案{n}的通知</a>",
        "<a href='wj/{n}'>关于印发方案{n}的通知</a><b>2023年3月</b><i>0{n}日</i>",
        "<p>03-0{n}</p><p>2023</p><a href='wj/{n}'>关于印发方案{n}的通知</a>",
        "<span>2023</span><b>3/{n}</b><a href='wj/{n}'>关于印发方案{n}的通知</a>",
        "<a href='/list-3.html'>[通知公告]</a><a href='wj/{n}'>关于第{n}号事项的通知</a><span>2023-03-0{n}</span>",
        "<span>[2023-03-0{n}]</span><a href='wj/{n}'>关于废止2015年1月1日前规范性文件的决定</a>",
        "<a href='wj/{n}'><i>2023-03-0{n}</i>关于2018年5月1日起施行的《办法》的解读</a>",
        "<div><a href='wj/{n}'>关于2018年5月1日起施行的《办法》的解读</a></div><span>2023-03-0{n}</span>",
    ],
)
def test_the_date_of_a_row(row):
    found = dated([row.format(n=n) for n in (1, 2, 3)])
    assert found == {f"wj/{n}": f"03-0{n}" for n in (1, 2, 3)}


def test_a_date_in_the_address_comes_before_one_in_the_title():
    row = "<a href='t20230301_1.html'>关于2018年5月1日起施行的《办法》的解读</a>"
    assert dated([row]) == {"t20230301_1.html": "03-01"}


def test_numbers_beside_a_month_are_no_day():
    rows = [f"<a href='wj/{n}'>关于2023-03 1{n}家企业名单的通知</a>" for n in range(4)]
    assert dated(rows) == {}


def test_a_short_page_of_a_list_has_articles_of_the_shape_that_earlier_pages_showed():
    rows = [
        f"<a href='{url}'>关于印发方案的通知</a><i>2023-03-10</i>"
        for url in ("wj/6b1f0f4c0d9a4d8f", "about/1a")
    ]
    assert dated(rows) == {}
    assert dated(rows, patterns=("h/wj/x",)) == {"wj/6b1f0f4c0d9a4d8f": "03-10"}


def test_a_page_that_only_points_elsewhere_is_followed():
    for text in (
        '<meta http-equiv="refresh" content="0; url=/zwgk/index.html">',
        '<script>window.location.href = "zwgk/index.html"</script>',
    ):
        assert pointer(parse_page(text), text, "http://h/") == "http://h/zwgk/index.html"
    said = '<script>location.replace("/zwgk/")</script>如未跳转请点击<a href="/zwgk/">这里</a>'
    assert pointer(parse_page(said), said, "http://h/") == "http://h/zwgk/"
    more = said + '<a href="/a.html">关于印发方案的通知</a>'
    assert pointer(parse_page(more), more, "http://h/") is None
    plain = (
        '<noscript><meta http-equiv="refresh" content="0;url=/nojs.html"></noscript><a href="a.html">通知</a>'
    )
    assert pointer(parse_page(plain), plain, "http://h/zwgk/") is None
    slow = '<meta http-equiv="refresh" content="300; url=/"><a href="a.html">关于印发方案的通知</a>'
    assert pointer(parse_page(slow), slow, "http://h/zwgk/") is None


def test_lists_are_followed_below_the_start_page_only():
    scopes = (scope("http://h/zwgk/index.html"), scope("http://h/xxgk/tzgg.htm"))
    assert lies_in("http://h/zwgk/zcwj/", scopes)
    assert lies_in("http://h/xxgk/tzgg/gs.htm", scopes)
    assert not lies_in("http://h/xxgk/ldzc.htm", scopes)
    assert not lies_in("http://h/", scopes)


def test_a_page_of_very_many_links_is_read_in_time():
    text = (
        "<div>"
        + "<a href='a.html'>关于印发方案的通知</a> 2023-01-01 " * 20_000
        + "</div>"
        + "<![CDATA[" * 20_000
        + "<p "
        + " ".join(f"a{n}=1" for n in range(40_000))
        + ">"
    )
    started = time.process_time()
    page_links(parse_page(text), "http://h/")
    assert time.process_time() - started < 10


def test_a_list_of_ten_million_characters_does_not_hold_the_crawler():
    rows = (
        "<li data-url='./t1.html' onclick=\"go('/f/1.pdf')\">1</li>",
        "<a href='/x.html'>2</a>",
        "<iframe src='/f.html'></iframe>",
    )
    url = "http://h/zwgk/"

    def walk(row):
        text = row * (10_000_000 // len(row))
        root = parse_page(text)
        pointer(root, text, url), next_page(url, root, text, page_links(root, url))
        list(further_pages(url, root, text)), list(attachment_links(root, url))

    for row in rows:
        assert takes_less_than(3.5, lambda row=row: walk(row)), row


# --- the file of sites ------------------------------------------------------------------------------------


def test_a_site_needs_two_lines():
    (site,) = read_sources(
        {"site": [{"name": "青溪县", "starts": "https://www.qingxi.gov.cn:8443/zwgk/"}]}
    ).sites
    assert (site.hosts, site.max_depth, site.allow_private) == (("www.qingxi.gov.cn:8443",), 3, False)


@pytest.mark.parametrize(
    ("line", "letter"),
    [
        ("dealy = 3", "unknown name 'dealy'.*known: name, starts"),
        ("max_pages = -1", "max_pages must be a whole number"),
        ("max_pages = true", "max_pages must be a whole number"),
        ("delay = '1 s'", "delay must be a number of seconds"),
        ("allow_private = 1", "allow_private must be true or false"),
        ("since = 2020", "since must be a day"),
        ("articles = ['(']", "no regular expression"),
        ("hosts = ['http://h/']", "is no host"),
        ("starts = ['ftp://h/']", "is no http or https address"),
        ("starts = []", "starts is missing"),
        ("name = 'a/b'", "name must be one line without slashes"),
    ],
)
def test_a_wrong_line_is_named_with_what_is_known(line, letter, tmp_path):
    path = tmp_path / "sites.toml"
    given = "[[site]]\nname = '青溪县'\nstarts = ['http://h/']\n".splitlines()
    kept = [one for one in given if one.split(" ")[0] != line.split(" ")[0]]
    path.write_text("\n".join([*kept, line]), encoding="utf-8")
    with pytest.raises(SettingsError, match=letter):
        load_sources(path)


@pytest.mark.parametrize(
    ("text", "letter"),
    [("", "no site is named"), ("sites = 1", "unknown name 'sites'"), ("[[site]", "cannot be read as TOML"),
     ("[defaults]\nname = 'a'\n[[site]]", "without name and starts"), ("contact = 1", "contact"),
     ("[[site]]\nname='a'\nstarts=['http://h/']\n" * 2, "two sites are called 'a'")],
)  # fmt: skip
def test_a_wrong_file_gets_a_letter(text, letter, tmp_path, capsys):
    path = tmp_path / "sites.toml"
    path.write_text(text, encoding="utf-8")
    assert main(["crawl", str(path), "--out", str(tmp_path / "out")]) == 2
    assert letter in capsys.readouterr().err


def test_the_docs_name_every_option_of_a_site():
    text = (HERE.parent / "docs" / "crawl.md").read_text(encoding="utf-8")
    assert [f.name for f in dataclasses.fields(Site) if f"`{f.name}`" not in text] == []


def test_without_scrapy_the_letter_says_what_to_install(tmp_path):
    path = sites_file(tmp_path, 9, "/")
    code = "import sys; sys.modules['scrapy'] = None; from pipeline.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "crawl", str(path), "--out", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "zhengce[crawl]" in done.stderr
    assert "Traceback" not in done.stderr


def test_help_does_not_import_scrapy():
    code = "import sys; from pipeline.cli import main; main(['--help']); print({'scrapy','twisted','warcio','lxml'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


# --- the store --------------------------------------------------------------------------------------------

ANSWER = Answer("http://h/1.html", 200, [("Content-Type", "text/html"), ("ETag", '"a"')], b"<p>1</p>" * 99,
                "GET /1.html HTTP/1.1\r\nHost: h\r\n\r\n", "article", "青溪县", "http://h/", "关于印发方案的通知")  # fmt: skip


def opened(folder, **more):
    return WarcStore(folder, agent="zhengce/test", file_bytes=10**6, **more)


def urls(store):
    return list(store.index.current)


def put(folder, *numbers):
    with opened(folder) as store:
        for n in numbers:
            store.put(dataclasses.replace(ANSWER, url=f"http://h/{n}.html", body=b"<p>%d</p>" % n * 99))


def test_a_torn_last_record_is_cut_off_wherever_it_was_torn(tmp_path):
    put(tmp_path, 1, 2)
    (path,) = tmp_path.glob("*.warc.gz")
    two = path.read_bytes()
    rest = [json.loads(line) for line in (tmp_path / "manifest.jsonl").read_text("utf-8").splitlines()]
    path.unlink()
    put(tmp_path, 1)
    n_one = path.stat().st_size
    assert rest[1]["offset"] > n_one
    path.write_bytes(two)
    for cut in range(1, len(two) - n_one, 37):
        path.write_bytes(two[:-cut])
        with opened(tmp_path) as store:
            assert store.is_continued
            assert urls(store) == ["http://h/1.html"]
            assert store.load(store.index.settled("http://h/1.html"))[2] == b"<p>1</p>" * 99
        assert (tmp_path / "manifest.jsonl").read_text("utf-8").count("\n") == 1
        assert abs(path.stat().st_size - n_one) < 40  # numbers and times pack differently


def test_damage_in_the_middle_is_never_cut(tmp_path):
    put(tmp_path, 1, 2, 3)
    (path,) = tmp_path.glob("*.warc.gz")
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 30] = bytes(30)
    path.write_bytes(raw)
    with pytest.raises(SourceError, match="damaged behind byte"), opened(tmp_path):
        pass
    assert path.read_bytes() == raw


def test_a_file_of_another_crawler_is_left_as_it_is(tmp_path):
    """Others write the request behind the response: no torn end."""
    from test_warc import warc_file

    path = warc_file(
        tmp_path / "z-00001.warc.gz",
        ("http://h/1.html", b"<p>1</p>", {}),
        ("http://h/1.html", b"", {}, "", "metadata"),
    )
    before = path.read_bytes()
    with opened(tmp_path) as store:
        assert not store.is_continued
    assert path.read_bytes() == before
    path.write_bytes(before[:-30])
    with pytest.raises(SourceError, match="damaged"), opened(tmp_path):
        pass
    assert path.read_bytes() == before[:-30]


def test_a_page_with_the_bytes_of_another_is_an_input_and_one_fetched_again_is_not(tmp_path):
    for n_more in (2, 0):
        with opened(tmp_path) as store:
            other = dataclasses.replace(ANSWER, url="http://h/2.html")
            captures = [store.put(ANSWER), store.put(other)]
            assert sum(not capture.is_revisit for capture in captures) == n_more
            store.finish()
    inputs = [file.url for file in iter_files([tmp_path], DEFAULT) if isinstance(file, RawFile)]
    assert inputs == [ANSWER.url, "http://h/2.html"]


def test_the_body_of_an_address_is_stored_once(tmp_path):
    with opened(tmp_path) as store:
        store.put(ANSWER)
        capture = store.put(ANSWER)
        assert capture.is_revisit
        assert store.load(capture)[2] == ANSWER.body
        same_list = dataclasses.replace(ANSWER, kind="list")
        store.put(same_list)
        assert store.put(dataclasses.replace(same_list, url="http://h/2.html")).is_revisit
        store.finish()
    with opened(tmp_path) as store:
        assert not store.is_continued
        assert store.index.settled(ANSWER.url) is None
        earlier = store.index.earlier(ANSWER.url)
        assert earlier.etag == '"a"'
        unchanged = store.put_unchanged(
            dataclasses.replace(ANSWER, status=304, body=b"", headers=[]), earlier
        )
        assert store.load(unchanged)[2] == ANSWER.body
        store.finish()
    with opened(tmp_path) as store:
        assert store.index.earlier(ANSWER.url).etag == '"a"'  # asked for again with the first answer's stamp


def test_a_document_is_never_a_reference_to_a_list(tmp_path):
    with opened(tmp_path) as store:
        store.put(dataclasses.replace(ANSWER, kind="list"))
        capture = store.put(dataclasses.replace(ANSWER, url="http://h/2.html"))
        assert not capture.is_revisit
    assert [file.url for file in iter_files([tmp_path], DEFAULT)] == ["http://h/2.html"]


def test_a_full_disk_leaves_whole_records(tmp_path):
    script = f"""
import os, resource, signal, dataclasses, pathlib, sys
sys.path.insert(0, {str(HERE)!r})
from test_crawl import ANSWER, opened
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
with opened(pathlib.Path({str(tmp_path / "a")!r})) as store:
    for n in range(9):
        try:
            store.put(dataclasses.replace(ANSWER, url=f"http://h/{{n}}.html", body=os.urandom(900)))
        except OSError:
            print(n)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    n_stored = int(done.stdout.split()[0])
    assert 0 < n_stored < 8
    with opened(tmp_path / "a") as store:
        assert len(urls(store)) == n_stored


def test_a_folder_is_written_by_one_crawl_at_a_time(tmp_path):
    with opened(tmp_path), pytest.raises(SourceError, match="another crawl"), opened(tmp_path):
        pass


def test_files_are_rotated_by_size(tmp_path):
    with WarcStore(tmp_path, agent="zhengce/test", file_bytes=1500) as store:
        for n in range(6):
            store.put(dataclasses.replace(ANSWER, url=f"http://h/{n}.html", body=os.urandom(400)))
    assert len(list(tmp_path.glob("*.warc.gz"))) > 2
    with opened(tmp_path) as store:
        assert len(urls(store)) == 6


# --- the whole way ----------------------------------------------------------------------------------------


def sites_file(folder, port, *starts, extra="", more=""):
    """Write a file with one site, and `more` sites as they stand; all tests are quick, so nothing waits."""
    path = folder / "sites.toml"
    addresses = ", ".join(f'"http://127.0.0.1:{port}{start}"' for start in starts)
    path.write_text(
        'contact = "https://example.org/study"\n[defaults]\ndelay = 0\ntimeout = 1\nretries = 1\nmax_bytes = 2_000_000\n'
        f'allow_private = true\n[[site]]\nname = "青溪县"\nstarts = [{addresses}]\n{extra}\n{more}\n',
        encoding="utf-8",
    )
    return path


def started(path, out, *more):
    command = [sys.executable, "-m", "pipeline", "crawl", str(path), "--out", str(out), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def crawled(path, out, *more):
    process = started(path, out, *more)
    printed, said = process.communicate(timeout=60)
    assert "Traceback" not in said, said
    return process.returncode, printed


def manifest(out):
    return [json.loads(line) for line in (out / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def kept(out):
    """What a crawl has kept, without what differs from one crawl to the next."""
    names = ("url", "status", "kind", "digest", "linked_from", "link_text", "mime", "error", "n_bytes")
    return {tuple(row.get(name) for name in names) for row in manifest(out) if row.get("status") != 500}


@pytest.fixture(scope="module")
def site():
    with serving(lambda port: {}) as other, serving(lambda port: county(port, other.port)) as server:
        server.other = other
        yield server


@pytest.fixture(scope="module")
def first(site, tmp_path_factory):
    """One uninterrupted crawl of the county, and the tables of `zhengce run`."""
    folder = tmp_path_factory.mktemp("first")
    out = folder / "qingxi"
    path = sites_file(folder, site.port, *STARTS, "/traps/", extra="since = 2020-01-01")
    code, printed = crawled(path, out)
    site.first_log = list(site.log)
    pipeline.run(out, folder / "tables")
    return {
        "code": code,
        "printed": printed,
        "out": out,
        "path": path,
        "tables": pipeline.load(folder / "tables"),
    }


def test_the_summary_says_what_became_of_the_site(first):
    assert first["code"] == 3
    for part in ("青溪县: 21 lists 列表, 51 articles 文章, 5 attachments 附件", "2 robots.txt", "another host", "4 HTTP 404", "from store",
                 "next:   zhengce run"):  # fmt: skip
        assert part in first["printed"], first["printed"]


def test_every_list_is_followed_to_its_end(first):
    found = {
        row["url"].partition("/")[2].partition("/")[2].partition("/")[2] for row in manifest(first["out"])
    }
    for pattern, numbers in (
        ("zwgk/zcwj/202303/t20230330_{}.html", range(1, 13)),
        ("zwgk/zcwj/sub/202304/t20230401_{}.html", (21, 22, 23)),
        ("info/1011/{}.htm", range(2001, 2010)),
        ("art/2023/3/30/art_21_{}.html", range(301, 308)),
        ("qk/show.jsp?id={}", range(503, 512)),
        ("gb/content/content_{}.shtml", (400, 401, 402, 403, 410, 411, 412, 413)),
    ):
        assert {pattern.format(n) for n in numbers} <= found, pattern
    assert not {f"gb/content/content_{n}.shtml" for n in range(420, 424)} & found  # older than `since`


def test_nothing_is_asked_that_must_not_be(site, first):
    assert site.other.log == []
    asked = [one.path for one in site.first_log]
    assert {one.host for one in site.first_log} == {f"127.0.0.1:{site.port}"}
    assert asked[0] == "/robots.txt"
    assert not [path for path in asked if path.startswith(("/secret/", "/zwgk/zcwj/nb/"))]
    assert {one.agent for one in site.first_log} == {
        f"zhengce/{pipeline.__version__} (+https://example.org/study)"
    }
    again = {path for path in asked if asked.count(path) > 1}
    failing = {
        "/zwgk/zcwj/202303/t20230330_11.html",
        "/traps/t20230330_903.html",
        "/traps/t20230330_908.html",
    }
    assert again == failing  # asked once more after a failure, nothing else twice
    assert max(asked.count(path) for path in failing) == 2


def test_traps_end(site, first):
    asked = [one.path for one in site.first_log]
    assert sum(path.startswith("/traps/calendar/") for path in asked) < 10
    assert sum(path.startswith("/traps/?page=") for path in asked) == 2
    rows = {row["url"].rpartition("/")[2]: row for row in manifest(first["out"])}
    for name in ("t20230330_904.html", "t20230330_905.html"):
        assert rows[name]["error"] == "more than 2,000,000 bytes"
    assert "unpacks" in rows["t20230330_906.html"]["error"]
    assert rows["t20230330_901.html"]["location"].endswith("/stolen.html")  # kept, not followed
    assert "a redirect that goes round" in (first["out"] / "crawl.log").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in first["out"].glob("*.warc.gz")) < 1_000_000


def test_the_tables_hold_every_article_in_its_right_charset(first):
    documents = first["tables"]["documents"]
    by_page = {row.source.rpartition("/")[2]: row for row in documents.itertuples()}
    for number, encoding in (
        (1, "utf-8"),
        (2, "gb18030"),
        (3, "gb18030"),
        (4, "utf-8"),
        (5, "gb18030"),
        (6, "utf-8"),
    ):
        row = by_page[f"t20230330_{number}.html"]
        assert (row.status, row.encoding) == ("ok", encoding)
        assert row.title == f"青溪县教育局关于做好第{number}号重点工作的通知"
    assert not [
        source for source in documents["source"] if "index" in source or source.endswith("/zwgk/zcwj/")
    ]
    copy = by_page["t20230330_8.html"]  # the same bytes as t20230330_1.html
    assert (copy.status, copy.duplicate_of) == ("duplicate", by_page["t20230330_1.html"].doc_id)


def test_an_attachment_knows_its_page(first):
    documents = first["tables"]["documents"].set_index("source")
    by_name = {source.partition("!/")[2].rpartition("/")[2]: row for source, row in documents.iterrows()}
    page, files = by_name["t20230330_1.html"], ("P020230330123.docx", "plan.pdf", "list.xlsx", "说明.txt")
    assert {by_name[name]["attachment_of"] for name in files} == {page["doc_id"]}
    named = next(row for name, row in by_name.items() if name.startswith("download.jsp"))
    assert named["attachment_of"] == by_name["2001.htm"]["doc_id"]
    (row,) = [row for row in manifest(first["out"]) if row["url"].endswith("P020230330123.docx")]
    assert (row["kind"], row["link_text"]) == ("attachment", "任务分工表.docx")
    assert row["linked_from"].endswith("/zwgk/zcwj/202303/t20230330_1.html")
    assert row["doc_id"] == by_name["P020230330123.docx"]["doc_id"]


def test_the_files_are_sound_warc(first):
    from warcio.checker import Checker

    for path in first["out"].glob("*.warc.gz"):
        checker = Checker(type("Arguments", (), {"inputs": [str(path)], "verbose": False})())
        assert checker.process_all() in (None, 0)


@pytest.mark.parametrize("moments", [(2, 17, 50)])
def test_a_kill_costs_nothing_that_was_stored(site, first, tmp_path, moments):
    out = tmp_path / "qingxi"
    site.failed.clear()
    for moment in moments:
        site.log.clear()
        process = started(first["path"], out)
        before = {row["url"] for row in manifest(out)} if out.exists() else set()
        n_asked = moment - sum(1 for _ in before)
        while len(site.log) < max(1, n_asked) and process.poll() is None:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    time.sleep(0.1)
    site.log.clear()
    code, printed = crawled(first["path"], out)
    assert code == 3
    assert "continued" in printed
    asked = [f"http://{one.host}{one.path}" for one in site.log]
    rows = manifest(out)
    good = [row["url"] for row in rows if row.get("status", 0) not in (0, 500)]
    assert len(good) == len(set(good))  # nothing was kept twice
    earlier = {row["url"] for row in rows if not row["warc"].endswith(f"{len(moments) + 1:05}.warc.gz")}
    assert earlier
    assert not (earlier & set(asked)) - {row["url"] for row in rows if row.get("status") == 500}
    assert kept(out) == kept(first["out"])


def test_a_later_crawl_asks_again_and_stores_only_what_is_new(site, first):
    site.log.clear()
    before = {path.name: path.stat().st_size for path in first["out"].glob("*.warc.gz")}
    new = "/zwgk/zcwj/202303/t20230330_13.html"
    changed, start = site.pages["/zwgk/zcwj/202303/t20230330_12.html"], site.pages["/zwgk/zcwj/"]
    site.pages["/zwgk/zcwj/202303/t20230330_12.html"] = Served(
        article(12, after="<p>本通知已修订。</p>").encode()
    )
    site.pages["/zwgk/zcwj/"] = Served(
        start.body.replace(b"<ul>", f'<ul><li><a href="{new}">关于增补的通知</a>2023-03-31</li>'.encode())
    )
    site.pages[new] = Served(article(13).encode())
    path = sites_file(first["out"].parent, site.port, "/zwgk/zcwj/")
    try:
        code, printed = crawled(path, first["out"])
    finally:
        site.pages |= {"/zwgk/zcwj/202303/t20230330_12.html": changed, "/zwgk/zcwj/": start}
    assert code == 3
    assert "continued" not in printed
    conditional = {one.path for one in site.log if one.conditional}
    assert conditional == {f"/zwgk/zcwj/202303/t20230330_{n}.html" for n in (1, 7)}
    rows = manifest(first["out"])
    mine = [row for row in rows if row["crawl"] == rows[-1]["crawl"] and row.get("status") == 200]
    assert {row["url"].rpartition("/")[2] for row in mine if not row.get("is_revisit")} == {
        "", "t20230330_12.html", "t20230330_13.html"
    }  # fmt: skip
    assert all(
        path.stat().st_size == before[path.name]
        for path in first["out"].glob("*.warc.gz")
        if path.name in before
    )


def test_private_addresses_are_refused_unless_a_site_allows_them(site, tmp_path):
    site.log.clear()
    more = f'[[site]]\nname = "二"\nstarts = ["http://localhost:{site.port}/zwgk/zcwj/"]\nallow_private = false\n'
    path = sites_file(tmp_path, site.port, "/zwgk/zcwj/", extra="allow_private = false", more=more)
    code, printed = crawled(path, tmp_path / "a")
    assert code == 3
    assert "refused: an address of numbers" in printed
    assert "refused: its name resolves to 127.0.0.1, a private address" in printed
    assert site.log == []


def short_list(n_articles, robots):
    rows = [(f"t20230330_{n}.html", f"关于印发方案{n}的通知", "2023-03-30") for n in range(n_articles)]
    pages = {"/robots.txt": robots, "/": Served(listing(rows).encode(), HTML)}
    return pages | {f"/{url}": Served(article(n).encode()) for n, (url, _, _) in enumerate(rows)}


def test_robots_txt_is_obeyed_to_the_letter(tmp_path):
    """A delay is kept between requests; a robots.txt that cannot be read is a refusal."""
    patient = Served(b"User-agent: zhengce\nCrawl-delay: 0.3\n", "text/plain")
    with (
        serving(lambda _: short_list(3, patient)) as slow,
        serving(lambda _: short_list(3, Served(status=503))) as busy,
    ):
        more = f'[[site]]\nname = "二"\nstarts = ["http://127.0.0.1:{busy.port}/"]\n'
        code, printed = crawled(sites_file(tmp_path, slow.port, "/", more=more), tmp_path / "a")
        times = [one.at for one in slow.log]
        assert len(times) == 5
        assert times[-1] - times[0] > 1.0  # four pauses of 0.3 s; the server's clock is not exact
        assert min(b - a for a, b in itertools.pairwise(times)) > 0.15
        assert code == 3
        assert "robots.txt cannot be read (HTTP 503)" in printed
        assert {one.path for one in busy.log} == {"/robots.txt"}


def test_a_robots_txt_with_a_byte_order_mark_is_obeyed(tmp_path):
    marked = Served("\ufeffUser-agent: *\nDisallow: /t2\n".encode(), "text/plain")
    with serving(lambda _: short_list(3, marked)) as server:
        _, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
        assert [one.path for one in server.log] == ["/robots.txt", "/"]
    assert "3 robots.txt" in printed


def test_a_crawl_that_ran_out_of_time_goes_on(tmp_path):
    robots = Served(b"User-agent: *\nCrawl-delay: 0.4\n", "text/plain")
    with serving(lambda _: short_list(5, robots)) as server:
        code, printed = crawled(
            sites_file(tmp_path, server.port, "/", extra="max_seconds = 1"), tmp_path / "a"
        )
        assert code == 3
        assert "max_seconds = 1 reached" in printed
        assert len(server.log) < 6
        code, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
        assert code == 0
        assert "continued" in printed
        paths = [one.path for one in server.log]
        assert len(paths) == len(set(paths)) == 7


def test_a_list_in_json_is_a_list(tmp_path):
    """Titles and addresses of its records, or HTML inside of it; the number of pages turns the page."""

    def page(n):
        records = [
            {
                "docTitle": f"<em>关于</em>印发方案{n}{k}的通知",
                "docPubUrl": f"./t20230330_{n}{k}.html",
                "pubDate": "2023-03-30",
            }
            for k in range(2)
        ]
        return Served(
            json.dumps({"data": {"pages": 2, "pageNum": n, "list": records}}).encode(), "application/json"
        )

    pages = {"/robots.txt": Served(status=404), "/api/list?page=1": page(1), "/api/list?page=2": page(2)}
    pages["/api/html"] = Served(
        json.dumps({"html": "<li><a href='/api/t20230330_5.html'>关于印发办法的通知</a></li>"}).encode(),
        "application/json",
    )
    pages |= {f"/api/t20230330_{n}.html": Served(article(n).encode()) for n in (10, 11, 20, 21, 5)}
    with serving(lambda _: pages) as server:
        code, printed = crawled(
            sites_file(tmp_path, server.port, "/api/list?page=1", "/api/html"), tmp_path / "a"
        )
        asked = [one.path for one in server.log]
    assert code == 0, printed
    assert sorted(asked) == sorted(pages)
    assert "3 lists" in printed


def test_a_server_that_wants_its_number_in_every_address_gets_it(tmp_path):
    """ASP.NET without cookies and Tomcat lead from an address to the same one with a session's number."""
    s = "/(S(mkbe3h45zqxsha55ywq0vd45))"
    pages = {
        "/robots.txt": Served(status=404),
        "/zwgk/": Served(status=302, headers={"Location": f"{s}/zwgk/"}),
        f"{s}/zwgk/": Served(listing([(f"{s}/zwgk/t20230330_1.html", "关于印发方案的通知", "2023-03-30")]).encode()),
        "/zwgk/t20230330_1.html": Served(status=302, headers={"Location": "t20230330_1.html;jsessionid=9F0A"}),
        "/zwgk/t20230330_1.html;jsessionid=9F0A": Served(article(1).encode()),
    }  # fmt: skip
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/zwgk/"), tmp_path / "a")
        asked = [one.path for one in server.log]
    assert code == 0, printed
    assert sorted(asked) == sorted(pages)


def test_a_start_page_that_points_elsewhere_opens_what_lies_there(tmp_path):
    pages = {
        "/robots.txt": Served(status=404),
        "/old/": Served(b"<meta http-equiv='refresh' content='0;url=/new/'>"),
        "/new/": Served(listing([("sub/", "下级栏目", "")]).encode()),
        "/new/sub/": Served(listing([("t20230330_1.html", "关于印发方案的通知", "2023-03-30")]).encode()),
        "/new/sub/t20230330_1.html": Served(article(1).encode()),
        "/away/": Served(b"<script>location.href='http://www.elsewhere.gov.cn/'</script>"),
    }
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/old/", "/away/"), tmp_path / "a")
        asked = [one.path for one in server.log]
    assert code == 3
    assert "leads to http://www.elsewhere.gov.cn/: another host, not among hosts" in printed
    assert sorted(asked) == sorted(pages)


def test_hosts_are_compared_as_the_network_writes_them():
    starts = [
        "HTTP://WWW.Qingxi.gov.cn:80/zwgk/",
        "https://www.青溪.政务/zwgk/",
        "http://www.qingxi.gov.cn:8080/",
    ]
    (given,) = read_sources({"site": [{"name": "青溪县", "starts": starts}]}).sites
    assert all(refusal(normalised(start), given.hosts, allow_private=False) is None for start in starts)
    (given,) = read_sources(
        {"site": [{"name": "a", "starts": starts[:1], "hosts": ["*.青溪.政务:443", "[2400::1]:81"]}]}
    ).sites
    assert given.hosts[1] == "[2400::1]:81"
    assert refusal(normalised("https://xxgk.青溪.政务/"), given.hosts, allow_private=False) is None


def test_a_site_does_not_speak_to_the_terminal():
    import io

    from rich.console import Console

    from pipeline.crawling import print_summary
    from pipeline.sources.crawl import CrawlSummary, SiteReport

    assert normalised("http://a\x1b[31m.gov.cn/") is None
    report = SiteReport("青溪\x9b31m县", notes=["a\x1b]0;b\x07"], errors=[("http://h/\x1b[2J", "\u202e坏")])
    report.refuse("another \x1b host", "http://h/\x1b[2J")
    stream = io.StringIO()
    print_summary(Console(file=stream), CrawlSummary(Path("a"), "1", False, [report]))
    assert all(c == "\n" or c.isprintable() for c in stream.getvalue()), stream.getvalue()


def test_the_folder_of_a_crawl_is_printed_as_it_is_called(capsys):
    from pipeline.crawling import print_summary
    from pipeline.sources.crawl import CrawlSummary
    from pipeline.terminal import Terminal

    summary = CrawlSummary(Path("a[red]:warning:"), "1", False, [], False, ["b[/]"])
    print_summary(Terminal(highlight=False), summary)
    printed = capsys.readouterr().out
    assert printed.count("a[red]:warning:") == 3
    assert "b[/]" in printed


@pytest.mark.parametrize(
    ("facts", "is_told"),
    [
        ({}, True),
        ({"from_store": 3}, False),  # a later crawl that found nothing new
        ({"notes": ["max_pages = 6 reached"]}, False),
        ({"kinds": {"list": 2, "article": 1}}, False),
    ],
)
def test_a_crawl_without_any_article_says_what_to_do(facts, is_told):
    import io
    from collections import Counter

    from rich.console import Console

    from pipeline.crawling import print_summary
    from pipeline.sources.crawl import CrawlSummary, SiteReport

    facts = {"kinds": {"list": 2}, **facts}
    report = SiteReport("青溪县", **{**facts, "kinds": Counter(facts["kinds"])})
    stream = io.StringIO()
    print_summary(Console(file=stream, width=200), CrawlSummary(Path("a"), "1", False, [report]))
    assert ("articles = ['…']" in stream.getvalue()) == is_told


def test_limits_and_patterns_of_a_site_hold(site, tmp_path):
    site.log.clear()
    extra = "max_pages = 6\narticles = ['/t20230330_[1-4]\\.html$']\nlists = ['/none/']"
    more = f'[[site]]\nname = "二"\nstarts = ["http://127.0.0.1:{site.port}/xxgk/tzgg.htm"]\nmax_total_bytes = 2000\n'
    more += f'[[site]]\nname = "三"\nstarts = ["http://127.0.0.1:{site.port}/gb/list.shtml"]\nmax_list_pages = 2\nattachments = false\n'
    code, printed = crawled(
        sites_file(tmp_path, site.port, "/zwgk/zcwj/", extra=extra, more=more), tmp_path / "a"
    )
    assert code == 0
    assert "max_pages = 6 reached" in printed
    assert "max_total_bytes = 2,000 reached" in printed
    asked = [one.path for one in site.log]
    assert len([path for path in asked if path.startswith("/zwgk/")]) == 6
    assert not [path for path in asked if "/sub/" in path]
    assert 1 < len([path for path in asked if path.startswith(("/info/", "/xxgk/"))]) < 6
    assert "max_list_pages = 2 reached" in printed
    assert [path for path in asked if path.startswith("/gb/list")] == ["/gb/list.shtml", "/gb/list_1.shtml"]


def test_the_pages_of_an_article_belong_to_its_first(tmp_path):
    """By script, by link, in a frame; the next page of a list that stands beside the article is not taken."""
    rows = [(f"t20230330_{n}.html", f"关于印发方案{n}的通知", "2023-03-30") for n in (1, 2, 3)]
    side = "<a href='/side/index_2.html'>下一页</a>"
    pages = {
        "/": Served(listing(rows).encode(), HTML),
        "/robots.txt": Served(status=404),
        "/t20230330_2.html": Served(article(2, after="<a href='t20230330_2_2.html'>下一页</a>").encode()),
        "/t20230330_2_2.html": Served(article(22, after="<a href='t20230330_2.html'>上一页</a>" + side).encode()),
        "/t20230330_3.html": Served("<html><body><h1>通知</h1><iframe src='/body/3.html'></iframe></body></html>".encode()),
        "/body/3.html": Served(article(3, after=side).encode()),
        "/side/index_2.html": Served(article(9).encode()),
    }  # fmt: skip
    for n in range(3):
        script = f'<script>createPageHTML(3, {n}, "t20230330_1", "html");</script>'
        pages["/t20230330_1.html" if n == 0 else f"/t20230330_1_{n}.html"] = Served(
            article(10 + n, after=script).encode()
        )
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
        asked = [one.path for one in server.log]
    assert code == 0, printed
    assert sorted(asked) == sorted({*pages} - {"/side/index_2.html"})
    pipeline.run(tmp_path / "a", tmp_path / "tables")
    documents = pipeline.load(tmp_path / "tables")["documents"]
    names = {row.source.rpartition("/")[2]: row for row in documents.itertuples()}
    for name, first in (
        ("t20230330_1_1.html", "t20230330_1.html"), ("t20230330_1_2.html", "t20230330_1.html"),
        ("t20230330_2_2.html", "t20230330_2.html"), ("3.html", "t20230330_3.html"),
    ):  # fmt: skip
        assert names[name].attachment_of == names[first].doc_id, name


def test_pages_of_an_article_that_are_only_numbers_are_fetched(tmp_path):
    """By file or parameter, 0 and 1 being the page itself; a frame on another host only where that is allowed."""
    rows = [
        (url, "关于印发方案的通知", "2023-03-30")
        for url in ("t20230330_11234.html", "show.jsp?id=7", "t20230330_55555.html", "t20230330_66666.html")
    ]
    bar = "<div class='pagination'><a href='{0}1'>1</a><a href='{0}2'>[2]</a><a href='{0}3'>[3]</a></div>".format
    frame = (
        "<html><body><h1>通知</h1><iframe src='http://127.0.0.1:{}/body.html'></iframe></body></html>".format
    )
    with serving(lambda _: {}) as allowed, serving(lambda _: {}) as foreign:
        allowed.pages = foreign.pages = {
            "/robots.txt": Served(status=404),
            "/body.html": Served(article(66).encode()),
        }
        pages = {
            "/": Served(listing(rows).encode()),
            "/robots.txt": Served(status=404),
            "/t20230330_11234.html": Served(
                article(
                    1, after="<a href='t20230330_11234_2.html'>2</a><a href='t20230330_55555.html'>3</a>"
                ).encode()
            ),
            "/t20230330_11234_2.html": Served(article(12).encode()),
            "/t20230330_55555.html": Served(frame(allowed.port).encode()),
            "/t20230330_66666.html": Served(frame(foreign.port).encode()),
            **{
                f"/show.jsp?id=7{more}": Served(article(70 + n, after=bar("show.jsp?id=7&page=")).encode())
                for n, more in enumerate(("", "&page=2", "&page=3"))
            },
        }
        with serving(lambda _: pages) as server:
            hosts = f'hosts = ["127.0.0.1:{server.port}", "127.0.0.1:{allowed.port}"]'
            code, printed = crawled(sites_file(tmp_path, server.port, "/", extra=hosts), tmp_path / "a")
            asked = [one.path for one in server.log]
        assert code == 0, printed
        assert sorted(asked) == sorted(pages)
        assert [one.path for one in allowed.log] == ["/robots.txt", "/body.html"]
        assert foreign.log == []


@pytest.mark.parametrize("first", [0, 1])
def test_numbers_of_pages_may_begin_at_0(first):
    at = "http://h/show.jsp?id=7"
    root = parse_page("".join(f"<a href='show.jsp?id=7&page={first + n}'>{n + 1}</a>" for n in range(3)))
    url, found = at, []
    while (following := next(further_pages(url, root, ""), None)) is not None:
        found.append(url := following.url)
    assert found == [f"{at}&page={first + 1}", f"{at}&page={first + 2}"]


def test_headers_without_end_are_given_up(tmp_path):
    import socket
    import threading

    sent = []

    def pour(listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                asked = connection.recv(4096)
                if b"robots.txt" in asked:
                    connection.sendall(
                        b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    )
                    continue
                try:
                    connection.sendall(b"HTTP/1.1 200 OK\r\n")
                    sent.extend(connection.send(b"X-%d: %s\r\n" % (n, b"a" * 900)) for n in range(1_000_000))
                except OSError:
                    pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=pour, args=(listener,), daemon=True).start()
        path = sites_file(tmp_path, listener.getsockname()[1], "/", extra="retries = 0")
        began = time.monotonic()
        code, printed = crawled(path, tmp_path / "a")
    assert code == 3
    assert "headers of more than 262,144 bytes" in printed, printed
    assert sum(sent) < 40_000_000  # what the buffers of both sides hold
    assert time.monotonic() - began < 30


def test_one_site_does_not_end_the_crawl_of_another(tmp_path):
    robots = Served(b"User-agent: *\nCrawl-delay: 0.4\n", "text/plain")
    with (
        serving(lambda _: short_list(4, robots)) as slow,
        serving(lambda _: short_list(2, Served(status=404))) as quick,
    ):
        more = f'[[site]]\nname = "二"\nstarts = ["http://127.0.0.1:{quick.port}/"]\n'
        path = sites_file(tmp_path, slow.port, "/", extra="max_seconds = 1", more=more)
        assert crawled(path, tmp_path / "a", "--site", "青溪县")[0] == 3
        path = sites_file(tmp_path, slow.port, "/", more=more)
        code, printed = crawled(path, tmp_path / "a", "--site", "二")
        assert (code, "not at its end: 青溪县, which this crawl has begun earlier" in printed) == (0, True)
        code, printed = crawled(path, tmp_path / "a", "--site", "青溪县")
        assert code == 0
        assert "continued" in printed
        assert "not at its end" not in printed
        for server, n_asked in ((slow, 6), (quick, 4)):
            paths = [one.path for one in server.log]
            assert len(paths) == len(set(paths)) == n_asked
        assert "continued" not in crawled(path, tmp_path / "a", "--site", "二")[1]


def test_a_list_that_cannot_be_turned_is_noted(tmp_path):
    pages = short_list(2, Served(status=404))
    more = b"<div totalpage='3'><a href='javascript:go()'>\xe4\xb8\x8b\xe4\xb8\x80\xe9\xa1\xb5</a></div>"
    pages["/"] = Served(pages["/"].body + more, HTML)
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
        assert code == 0
        said = f"1 lists say more pages than could be found (http://127.0.0.1:{server.port}/: 1 of 3)"
        assert said in printed


def test_a_list_that_its_server_does_not_know_for_a_page_is_read(tmp_path):
    pages = short_list(2, Served(status=404))
    pages["/"] = dataclasses.replace(pages["/"], content_type="application/octet-stream")
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
    assert code == 0
    assert "1 lists 列表, 2 articles 文章" in printed


def test_a_file_that_a_click_opens_is_an_attachment():
    text = (
        "<a href='javascript:void(0)' onclick=\"window.open('/f/b.pdf')\">附件2</a><a href=\"javascript:down('/f/c.doc')\">附件3</a>"
        "<a onclick=\"go('/index.html')\">首页</a><span onclick=\"open('files/附件.xls')\">附件4</span>"
    )
    found = attachment_links(parse_page(text), "http://h/zwgk/t20230330_1.html", charset="gbk")
    assert [(link.url, link.text) for link in found] == [
        ("http://h/f/b.pdf", "附件2"),
        ("http://h/f/c.doc", "附件3"),
        (f"http://h/zwgk/files/{quote('附件')}.xls", "附件4"),
    ]


def test_an_answer_that_is_not_what_its_head_says_is_kept_as_it_came(tmp_path):
    """Shorter than its Content-Length, or not packed; the list counts too, and a later crawl asks for it anew."""
    pages = short_list(2, Served(status=404))
    pages["/t20230330_0.html"] = Served(article(0).encode(), headers={"Content-Encoding": "gzip"})
    pages["/t20230330_1.html"] = Served(article(1).encode(), headers={"ETag": '"v1"'}, how="says more")
    with serving(lambda _: pages) as server:
        path = sites_file(tmp_path, server.port, "/")
        code, printed = crawled(path, tmp_path / "a")
        assert code == 0, printed
        assert "note 2 answers were cut off or packed otherwise than they say" in printed
        kept_as_sent = {file.raw for file in iter_files([tmp_path / "a"], DEFAULT)}
        assert kept_as_sent == {article(n).encode() for n in (0, 1)}
        server.log.clear()
        crawled(path, tmp_path / "a")
        assert not any(one.conditional for one in server.log)


def test_a_page_that_is_not_packed_as_it_says_is_kept_whatever_it_says(tmp_path):
    codings = ("gzip", "deflate", "br", "zstd", "x-gzip", "br, gzip", "unheard-of")
    pages = short_list(len(codings) + 1, Served(status=404))
    for n, coding in enumerate(codings):
        pages[f"/t20230330_{n}.html"] = Served(article(n).encode(), headers={"Content-Encoding": coding})
    n_file = len(codings)
    pdf = b"%PDF-1.4\n" + bytes(600)
    pages[f"/t20230330_{n_file}.html"] = Served(pdf, "application/pdf", headers={"Content-Encoding": "br"})
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
    assert code == 0, printed
    kept = {file.raw for file in iter_files([tmp_path / "a"], DEFAULT)}
    assert kept == {*(article(n).encode() for n in range(n_file)), pdf}


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_a_packed_page_that_is_broken_is_said_and_not_kept_as_text(tmp_path, coding):
    packed = {"gzip": gzip.compress, "br": pytest.importorskip("brotli").compress}[coding]
    pages = short_list(2, Served(status=404))
    broken = b"\0".join((packed(article(0).encode())[:12], bytes(40)))
    pages["/t20230330_0.html"] = Served(broken, headers={"Content-Encoding": coding})
    with serving(lambda _: pages) as server:
        code, printed = crawled(sites_file(tmp_path, server.port, "/"), tmp_path / "a")
    assert code == 3, printed
    assert {file.raw for file in iter_files([tmp_path / "a"], DEFAULT)} == {article(1).encode()}


def test_ctrl_c_stops_in_order_and_the_next_crawl_goes_on(site, tmp_path):
    site.log.clear()
    path = sites_file(tmp_path, site.port, "/xxgk/tzgg.htm")
    process = started(path, tmp_path / "a")
    while len(site.log) < 4 and process.poll() is None:
        time.sleep(0.002)
    process.send_signal(signal.SIGINT)
    printed, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert "goes on where it stopped" in printed
    code, printed = crawled(path, tmp_path / "a")
    assert code == 0
    assert "continued" in printed
    paths = [one.path for one in site.log]
    assert len(paths) == len(set(paths))
