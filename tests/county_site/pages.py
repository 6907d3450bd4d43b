"""The pages of 青溪县: three kinds of site software, every kind of paging, right and wrong charsets, and traps.

All names and sentences are made up; no such county, office or document exists.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from dataclasses import dataclass, field

import make_files
import xlsxwriter

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Served:
    """What the server answers; `how` names a way of misbehaving."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    how: str = ""


def redirect(target: str) -> Served:
    return Served(status=302, headers={"Location": target})


def article(number: int, *, meta: str = "", after: str = "", office: str = "教育局") -> str:
    title = f"青溪县{office}关于做好第{number}号重点工作的通知"
    declared = f'<meta http-equiv="Content-Type" content="text/html; charset={meta}">' if meta else ""
    return (
        f"<html><head>{declared}<title>{title}_青溪县人民政府</title></head><body><div class='nav'><a href='/'>首页</a></div>"
        f"<h1>{title}</h1><div class='TRS_Editor'><p>各乡镇人民政府，县直各部门：</p>"
        f"<p>到2025年，全县新增公办学位{1200 + number}个，普惠性幼儿园覆盖率达到{80 + number % 15}%以上。</p>"
        f"<p>实施第{number}批“四个一批”培养计划，每年培训园长和骨干教师不少于{200 + number}人次。</p>{after}</div>"
        f"<p>上一篇：<a href='/zwgk/zcwj/202301/t20230101_1.html'>关于开展检查的通知</a></p></body></html>"
    )


def listing(links: Iterable[tuple[str, str, str]], *, paging: str = "", before: str = "") -> str:
    rows = "".join(
        f'<li><a href="{url}" title="{text}">{text}</a><span>{date}</span></li>' for url, text, date in links
    )
    return f"<html><head><meta charset='utf-8'><title>政策文件</title></head><body>{before}<ul>{rows}</ul>{paging}</body></html>"


def _rows(pattern: str, numbers: Iterable[int]) -> list[tuple[str, str, str]]:
    return [
        (pattern.format(n=n), f"关于做好第{n}号重点工作的通知", f"2023-03-{1 + n % 28:02}") for n in numbers
    ]


def xlsx_file() -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream)
    book.add_worksheet("任务分工").write_string(0, 0, "新增公办学位")
    book.close()
    return stream.getvalue()


def county(port: int, other_port: int) -> dict[str, Served]:
    """Return every page by its path and query."""
    pages: dict[str, Served] = {
        "/robots.txt": Served(b"User-agent: *\nDisallow: /secret/\nDisallow: /zwgk/zcwj/nb/\n", "text/plain"),
    }
    pages |= trs(port, other_port) | vsb() | jcms() | counted() | queried() | traps(port, other_port)
    return pages


def _page(text: str, charset: str = "utf-8", header: str = HTML, **more: object) -> Served:
    return Served(text.encode(charset), header, **more)  # type: ignore[arg-type]


def trs(port: int, other_port: int) -> dict[str, Served]:
    """TRS: numbers begin at 0, a script builds the paging; the articles come in all states of charset."""
    pages = {}
    outside = (
        f'<a href="http://127.0.0.1:{other_port}/zwgk/t20230330_1.html">邻县同日发布的通知</a>'
        f'<a href="http://10.0.0.1/zwgk/t20230330_2.html">内网的通知一</a><a href="http://[::1]:{port}/t20230330_3.html">内网的通知二</a>'
        f'<a href="http://169.254.169.254/t20230330_4.html">内网的通知三</a><a href="http://2130706433:{port}/t20230330_5.html">内网的通知四</a>'
        f'<a href="http://localhost:{port}/zwgk/t20230330_6.html">另一主机的通知</a><a href="ftp://127.0.0.1/t20230330_7.html">文件服务器</a>'
        '<a href="/secret/t20230330_8.html">不许抓取的通知</a><a href="javascript:void(0)">更多</a>'
    )
    for page in range(3):
        rows = _rows("./202303/t20230330_{n}.html", range(page * 4 + 1, page * 4 + 5))
        name = "" if page == 0 else f"index_{page}.html"
        pages[f"/zwgk/zcwj/{name}"] = _page(
            listing(
                rows,
                paging=f'<script>createPageHTML(3, {page}, "index", "html");</script>',
                before=outside + "<a href='/'>首页</a><a href='sub/'>下级栏目</a><a href='nb/'>内部栏目</a>"
                if page == 0
                else "",
            )
        )
    files = (
        '<p>附件：1.<a href="./P020230330123.docx">任务分工表.docx</a> 2.<a href="/zwgk/files/plan.pdf">建设规划</a>'
        ' 3.<a href="/zwgk/files/list.xlsx">学位清单</a> 4.<a href="/zwgk/files/all.zip">全部材料</a>'
        '<a href="/zwgk/files/gone.doc">旧表</a></p>'
    )
    at = "/zwgk/zcwj/202303/t20230330_{}.html".format
    pages |= {
        at(1): _page(article(1, meta="utf-8", after=files), headers={"ETag": '"v1"'}),
        at(2): _page(article(2), "gbk", "text/html; charset=gb2312"),  # only the header says so
        at(3): _page(article(3), "gbk", HTML),  # the header is wrong
        at(4): _page(article(4, meta="gb2312")),  # the page is wrong
        at(5): _page(article(5), "gbk", "text/html"),  # nothing is declared
        at(6): Served(gzip.compress(article(6, meta="utf-8").encode()), headers={"Content-Encoding": "gzip"}),
        at(7): _page(article(7), headers={"Last-Modified": "Thu, 30 Mar 2023 01:00:00 GMT"}),
        at(8): _page(article(1, meta="utf-8", after=files)),  # the same page under another address
        at(9): _page(
            article(9, after='<iframe src="/pdfjs/web/viewer.html?file=/zwgk/files/plan.pdf"></iframe>')
        ),
        at(10): Served(b"<html>gone</html>", status=404),
        at(11): _page(article(11), how="fails once"),
        at(12): _page(article(12)),
    }
    pages |= {
        "/zwgk/zcwj/202303/P020230330123.docx": Served(make_files.docx_file(), "application/msword"),
        "/zwgk/files/plan.pdf": Served(
            make_files.pdf_file(make_files.printed(make_files.PARAGRAPHS), title="建设规划"),
            "application/pdf",
        ),
        "/zwgk/files/list.xlsx": Served(xlsx_file(), "application/octet-stream"),
        "/zwgk/files/all.zip": Served(
            make_files.zip_file({"说明.txt": "见各附件。".encode()}), "application/zip"
        ),
        "/zwgk/zcwj/sub/": _page(listing(_rows("/zwgk/zcwj/sub/202304/t20230401_{n}.html", (21, 22, 23)))),
    }
    pages |= {f"/zwgk/zcwj/sub/202304/t20230401_{n}.html": _page(article(n)) for n in (21, 22, 23)}
    return pages


def vsb() -> dict[str, Served]:
    """VSB: names of letters, page numbers that count down, files through a program; GBK throughout."""
    pages = {}
    names = ("/xxgk/tzgg.htm", "/xxgk/tzgg/2.htm", "/xxgk/tzgg/1.htm")
    following = ("tzgg/2.htm", "1.htm", "")
    for page, (name, target) in enumerate(zip(names, following, strict=True)):
        rows = _rows("/info/1011/{n}.htm", range(2001 + page * 3, 2004 + page * 3))
        paging = f'<a href="{target}" class="Next">下页</a>' if target else "<span>下页</span>"
        body = listing(rows, paging=paging).replace("<meta charset='utf-8'>", "<meta charset='gbk'>")
        pages[name] = _page(body, "gbk", "text/html")
    download = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=17&wbfileid=5"
    after = f'<p>附件【<a href="{download}">附件1：申报表.docx</a>】</p>'
    for n in range(2001, 2010):
        text = article(n, meta="gbk", office="财政局", after=after if n == 2001 else "")
        pages[f"/info/1011/{n}.htm"] = _page(text, "gbk", "text/html")
    pages[download] = Served(make_files.docx_with(_docx_text()), "application/octet-stream")
    return pages


def _docx_text() -> bytes:
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    line = "申报单位须在2023年6月底前完成自评，自评得分不低于80分。"
    return f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{line}</w:t></w:r></w:p></w:body></w:document>'.encode()


def jcms() -> dict[str, Served]:
    """jcms: the list is XML for a script, and a program gives the records behind the first groups."""

    def records(numbers: Iterable[int]) -> str:
        return "".join(
            f'<record><![CDATA[<li><a href="/art/2023/3/30/art_21_{n}.html" title="关于第{n}号项目的公告">关于第{n}号项目'
            f"的公告</a><span>2023-03-30</span></li>]]></record>"
            for n in numbers
        )

    shown = (
        f'<html><head><meta charset="utf-8"></head><body><div id="217"><script type="text/xml"><datastore><recordset>'
        f"{records(range(301, 305))}</recordset></datastore></script></div><script>$('#217').jpage({{showPageSum: true, perPage: 2, "
        "groupSize: 2, totalRecord: 7, proxyUrl: '/module/web/jpage/dataproxy.jsp', openCookies: false, "
        "ajaxParam: {col: '1', webid: '8', path: '/', columnid: '21', unitid: '217'}});</script></body></html>"
    )
    query = "startrecord=5&endrecord=7&perpage=2&col=1&webid=8&path=%2F&columnid=21&unitid=217"
    data = f"<?xml version='1.0' encoding='utf-8'?><datastore><totalrecord>7</totalrecord><recordset>{records(range(305, 308))}</recordset></datastore>"
    pages = {
        "/col/col21/index.html": _page(shown),
        f"/module/web/jpage/dataproxy.jsp?{query}": _page(data, header="text/xml;charset=utf-8"),
    }
    pages |= {
        f"/art/2023/3/30/art_21_{n}.html": _page(article(n, meta="utf-8", office="水利局"))
        for n in range(301, 308)
    }
    return pages


def counted() -> dict[str, Served]:
    """A list whose script only knows `countPage` and `currentPage`; what is older than the day asked for is left out."""
    pages = {}
    for page in range(3):
        name = "list.shtml" if page == 0 else f"list_{page}.shtml"
        year = 2023 - page * 2
        rows = [
            (
                f"/gb/content/content_{400 + page * 10 + n}.shtml",
                f"第{page}页第{n}件公报文件",
                f"{year}年3月{n + 1}日",
            )
            for n in range(4)
        ]
        paging = f"<script>var countPage = 3; var currentPage = {page};</script>"
        pages[f"/gb/{name}"] = _page(listing(rows, paging=paging))
        pages |= {url: _page(article(9000 + page * 10 + n)) for n, (url, _, _) in enumerate(rows)}
    return pages


def queried() -> dict[str, Served]:
    """Programs: list.jsp?id=7&page=2, show.jsp?id=501; the number of pages stands in words."""
    pages = {}
    for page in range(1, 4):
        rows = _rows("show.jsp?id={n}", range(500 + page * 3, 503 + page * 3))
        body = listing(rows, paging=f"<div>第{page}页 共<b>3</b>页</div>")
        pages[f"/qk/list.jsp?id=7&page={page}"] = _page(body)
        pages |= {f"/qk/{url}": _page(article(int(url[-3:]))) for url, _, _ in rows}
    return pages


def traps(port: int, other_port: int) -> dict[str, Served]:
    """A list of everything that goes wrong on the web."""
    names = {
        "loop": "a_1", "elsewhere": "a_2", "private": "a_3", "slow": "a_4", "big": "a_5", "endless": "a_6", "bomb": "a_7",
        "moved": "a_8", "broken": "a_9",
    }  # fmt: skip
    rows = [
        (f"/traps/t20230330_{n + 900}.html", f"关于{name}事项的通知", "2023-03-30")
        for n, name in enumerate(names)
    ]
    at = {name: rows[n][0] for n, name in enumerate(names)}
    years = "".join(f'<a href="/traps/calendar/2023-{m:02}/">{m}月</a>' for m in (1, 2))
    bomb = gzip.compress(b"<p>0</p>" * 4_000_000)
    return {
        "/traps/": _page(listing(rows, before=years, paging='<a href="/traps/?page=2">下一页</a>')),
        # a list that never ends: every page says the same
        **{f"/traps/?page={n}": _page(listing(_rows("/traps/t20230330_95{n}.html", (0, 1, 2)), paging=f'<a href="/traps/?page={n + 1}">下一页</a>', before=f"第{n}页")) for n in range(2, 60)},
        **{f"/traps/t20230330_95{n}.html": _page(article(950 + n)) for n in (0, 1, 2)},
        at["loop"]: redirect("/traps/loop-b.html"),
        "/traps/loop-b.html": redirect(at["loop"]),
        at["elsewhere"]: redirect(f"http://127.0.0.1:{other_port}/stolen.html"),
        at["private"]: redirect("http://169.254.169.254/latest/meta-data/"),
        at["slow"]: Served(b"x" * 4000, how="drips"),
        at["big"]: Served(how="50 MB, said before"),
        at["endless"]: Served(how="50 MB, not said"),
        at["bomb"]: Served(bomb, headers={"Content-Encoding": "gzip"}),
        at["moved"]: redirect("/traps/moved/t20230331_999.html"),
        "/traps/moved/t20230331_999.html": _page(article(999)),
        at["broken"]: Served(b"<p>error</p>", status=500),
    }  # fmt: skip


def calendar(path: str) -> Served:
    """A calendar without end: every month links the next and a day of it."""
    year, month = map(int, path.rstrip("/").rpartition("/")[2].split("-"))
    year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    text = f'<a href="/traps/calendar/{year}-{month:02}/">&gt;</a><a href="/traps/calendar/{year}-{month:02}/day/">{month}月1日</a>'
    return _page(f"<html><head><meta charset='utf-8'></head><body><h1>{year}</h1>{text}</body></html>")
