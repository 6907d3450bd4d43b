"""What an address says about the page behind it: an article, a list, an attachment, or nothing."""

from __future__ import annotations

import datetime
import re
from urllib.parse import parse_qsl, unquote, urlsplit

from pipeline.lazy_re import lazy_re

_PAGE = r"\.(?:s?html?|jhtml|jsp|jspx|aspx?|php|do|action)"

_NAME_RE = lazy_re(r"[0-9A-Za-z]{1,200}")
_DIGITS_RE = lazy_re(r"[0-9]{1,200}")

# one line for a family of site software; each is matched against the path
ARTICLE_RES = tuple(
    lazy_re(pattern, re.IGNORECASE)
    for pattern in (
        r"/t(?:19|20)\d{6}_\d{1,12}\.s?html?$",  # TRS WCM: 202303/t20230330_123456.html
        r"/art/(?:19|20)\d{2}/\d{1,2}/\d{1,2}/art_\d{1,9}_\d{1,12}\.html?$",  # jcms: art/2023/3/30/art_12_345.html
        r"/art/(?:19|20)\d{2}/(?:\d{1,2}/\d{1,2}/)?art_[0-9a-f]{32}\.html?$",  # newer jcms: art/2023/art_6b1f….html
        r"/show-\d{1,6}-\d{1,9}-\d{1,4}\.html?$",  # PHPCMS: show-12-345-1.html
        r"/\d{1,12}\.jhtml$",  # JEECMS: zwgk/345.jhtml
        r"/info/\d{3,6}/\d{1,9}\.html?$",  # VSB: info/1001/2345.htm
        r"/c\d{1,9}a\d{1,12}/page\d{0,3}\.html?$",  # WebPlus: 2023/0330/c12a345/page.htm
        r"/(?:post|content|article|detail|show|info|news|view|doc|a)[_-]?\d{3,12}\.s?html?$",  # content/post_123.html
        r"/(?:19|20)\d{2}[-/_]?(?:0?[1-9]|1[0-2])(?:[-/_]?\d{1,2})?/(?:[^/]{1,60}/)?[^/]{0,60}\d[^/]{0,40}"
        + _PAGE
        + "$",
        r"/(?:[^/]{0,20}[_-])?\d{5,20}\.s?html?$",  # zwgk/123456.html
        r"/[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\.s?html?$",  # a UUID
    )
)
# programs that show one page: the name says so, a parameter names the page
SHOWS_ONE_RE = lazy_re(
    r"/[^/]{0,40}(?:show|view|detail|content|article|news|info|read|doc|xx)[^/]{0,20}$", re.IGNORECASE
)
SHOWS_MANY_RE = lazy_re(
    r"(?:list|more|column|channel|class|categor|catalog|search|query|index|calendar)", re.IGNORECASE
)
PAGE_ID_RE = lazy_re(r"(?:^|_)(?:\w{0,20}id|no|key|code)$", re.IGNORECASE)
LIST_RES = tuple(
    lazy_re(pattern, re.IGNORECASE)
    for pattern in (
        r"/$",
        r"/(?:index|list|default|main|node|channel|column|more)[_-]?\d{0,6}"
        + _PAGE
        + "$",  # index_2.html, list3.htm
        r"/col/col\d{1,9}(?:/index\d{0,3}\.html?)?$",  # jcms: col/col123/index.html
        r"/channels?/\d{1,9}\.html?$",
        r"/[A-Za-z]{2,20}\.html?$",  # VSB names columns by letters: zwgk/tzgg.htm
        r"/[^/]{0,40}(?:list|more|channel|column)[^/]{0,20}" + _PAGE + "$",
    )
)
ATTACHMENT_SUFFIXES = (".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".et", ".ofd", ".ppt", ".pptx", ".dps", ".rtf",
                       ".csv", ".txt", ".zip", ".rar", ".7z", ".ceb", ".cebx", ".odt", ".ods")  # fmt: skip
_NEVER = (".css", ".js", ".jpg", ".jpeg", ".png", ".gif", ".ico", ".svg", ".webp", ".bmp", ".mp4", ".mp3", ".flv", ".wmv",
          ".avi", ".swf", ".exe", ".apk", ".ttf", ".woff", ".xml", ".json", ".rss")  # fmt: skip
DOWNLOAD_RE = lazy_re(
    r"/(?:[^/]{0,30}download[^/]{0,30}|downfile|attach(?:ment)?s?|fileDown)(?:/|\.|$)", re.IGNORECASE
)
URL_DATE_RES = (
    lazy_re(r"/[tP](?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})\d{0,14}_"),  # t20230330_123
    lazy_re(r"/(?P<year>(?:19|20)\d{2})[-/_](?P<month>\d{1,2})[-/_](?P<day>\d{1,2})/"),  # /2023/3/30/
    lazy_re(r"/(?P<year>(?:19|20)\d{2})[-/_]?(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)/"),  # /2023/0330/
)
# day and month in tags of their own, as in a calendar leaf: 05 / 2023-03, 2023-03 / 05, 03-05 / 2023, 2023 / 03-05
_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d{2})", r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_ALONE = r"(?![\d\u4e00-\u9fff./-])"
SPLIT_DATE_RES = tuple(
    lazy_re(rf"(?<![\d./-]){pattern}{_ALONE}")
    for pattern in (
        rf"{_DAY}日?\s{{1,4}}{_YEAR}\s?[-/.年]\s?{_MONTH}月?",
        rf"{_YEAR}\s?[-/.年]\s?{_MONTH}月?\s{{1,4}}{_DAY}日?",
        rf"{_MONTH}\s?[-/.月]\s?{_DAY}日?\s{{1,4}}{_YEAR}年?",
        rf"{_YEAR}年?\s{{1,4}}{_MONTH}\s?[-/.月]\s?{_DAY}日?",
    )
)
LINE_DATE_RE = lazy_re(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s{0,2}[-/.年]\s{0,2}(?P<month>\d{1,2})\s{0,2}[-/.月]\s{0,2}(?P<day>\d{1,2})(?!\d)"
)


def shape(url: str) -> str | None:
    """Return article, list or attachment for an address that looks like one, else None; `never` for pictures and styles.

    >>> shape("https://www.qingxi.gov.cn/zwgk/202303/t20230330_123.html"), shape("https://www.qingxi.gov.cn/zwgk/")
    ('article', 'list')
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    lowered = path.lower()
    if lowered.endswith(_NEVER):
        return "never"
    if lowered.endswith(ATTACHMENT_SUFFIXES):
        return "attachment"
    if any(pattern.search(path) for pattern in ARTICLE_RES):
        return "article"
    if parts.query:
        values = parse_qsl(parts.query, max_num_fields=50) if parts.query.count("&") < 50 else []
        if any(value.lower().endswith(ATTACHMENT_SUFFIXES) for _, value in values) or DOWNLOAD_RE.search(
            path
        ):
            return "attachment"
        if (
            SHOWS_ONE_RE.search(path)
            and not SHOWS_MANY_RE.search(path)
            and any(PAGE_ID_RE.search(n) for n, _ in values)
        ):
            return "article"
    return "list" if any(pattern.search(path) for pattern in LIST_RES) else None


def names_a_file(text: str) -> bool:
    """Tell whether the words of a link are a file's name.

    >>> names_a_file("附件1：任务分工表.docx"), names_a_file("关于印发方案的通知")
    (True, False)
    """
    return text.strip(" 　）)】]").lower().endswith(ATTACHMENT_SUFFIXES)


def _day(match: re.Match[str] | None) -> datetime.date | None:
    try:
        return datetime.date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None


def line_date(line: str) -> datetime.date | None:
    """Return the last date printed in a line of a list, or None.

    >>> line_date("关于2021年1月5日会议的通知 [2023-03-30]")
    datetime.date(2023, 3, 30)
    >>> line_date("05 2023-03 关于印发方案的通知")
    datetime.date(2023, 3, 5)
    """
    last = None
    for last in LINE_DATE_RE.finditer(line[:500]):  # noqa: B007
        pass
    if last is None:
        last = next(filter(None, (pattern.search(line[:500]) for pattern in SPLIT_DATE_RES)), None)
    return _day(last)


def url_date(url: str) -> datetime.date | None:
    """Return the day that an article's address names, or None.

    >>> url_date("https://www.qingxi.gov.cn/art/2023/3/30/art_12_345.html")
    datetime.date(2023, 3, 30)
    """
    return next((day for pattern in URL_DATE_RES if (day := _day(pattern.search(url)))), None)


def pattern_of(url: str) -> str:
    """Return what the addresses of one list's articles have in common: numbers are 0, names of letters and digits x.

    >>> pattern_of("https://www.qingxi.gov.cn/wj/12.asp?id=7"), pattern_of("https://www.qingxi.gov.cn/wj/6b1f0f4c0d9a.html")
    ('www.qingxi.gov.cn/wj/0.asp?id=0', 'www.qingxi.gov.cn/wj/x.html')
    """
    parts = urlsplit(url)
    path, query = (_NAME_RE.sub(_place, text) for text in (parts.path, parts.query))
    return parts.netloc + path + (f"?{query}" if query else "")


def _place(name: re.Match[str]) -> str:
    """What stands for a name in a pattern: x for a long one of letters and digits, else the name with its numbers as 0."""
    word = name.group()
    is_key = len(word) >= 8 and any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return "x" if is_key else _DIGITS_RE.sub("0", word)


def scope(start: str) -> str:
    """Return the beginning of the addresses that lie under a start page.

    Under a file lies the folder of its name; under a program with parameters, or a numbered file, nothing can be told to lie.

    >>> scope("https://www.qingxi.gov.cn/zwgk/index.html"), scope("https://www.qingxi.gov.cn/zwgk/tzgg.htm")
    ('www.qingxi.gov.cn/zwgk/', 'www.qingxi.gov.cn/zwgk/tzgg/')
    """
    parts = urlsplit(start)
    folder, _, name = parts.path.rpartition("/")
    stem = name.rpartition(".")[0] or name
    if parts.query:
        return f"{parts.netloc}{parts.path}?"
    if not stem or stem.lower() in ("index", "list", "default", "main", "home"):
        return f"{parts.netloc}{folder}/"
    return f"{parts.netloc}{folder}/{stem}/"


def lies_in(url: str, scopes: tuple[str, ...]) -> bool:
    """Tell whether an address lies under one of the start pages."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}".startswith(scopes)
