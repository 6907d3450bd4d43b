"""Lists of 大汉 jcms: a page holds the first groups of records, and a program of the site gives the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipeline.lazy_re import lazy_re
from pipeline.sources.crawl.addresses import normalised

# $('#12').jpage({proxyUrl: '/module/web/jpage/dataproxy.jsp', perPage: 15, totalRecord: 345, ajaxParam: {…}})
JPAGE_RE = lazy_re(r"\.jpage\s{0,4}\(\s{0,4}\{")
_MAX_CALL = 4000  # characters of a call
OPTION_RE = lazy_re(
    r"\b(?P<name>\w{1,30})\s{0,4}:\s{0,4}(?:'(?P<quoted>[^']{0,300})'|\"(?P<double>[^\"]{0,300})\"|(?P<bare>\d{1,9}))"
)
# what jcms puts before the records: <nextgroup><![CDATA[<a href="/module/web/jpage/dataproxy.jsp?page=2&…"></a>]]></nextgroup>
NEXT_GROUP_RE = lazy_re(
    r"<nextgroup>\s{0,40}<!\[CDATA\[\s{0,40}<a\b[^<>]{0,40}\bhref=[\"'](?P<url>[^\"'<>]{1,1900})[\"']",
    re.IGNORECASE,
)
TOTAL_RECORD_RE = lazy_re(r"<totalrecord>\s{0,9}(?P<total>\d{1,9})", re.IGNORECASE)
_OWN_OPTIONS = frozenset(
    {
        "proxyurl",
        "perpage",
        "totalrecord",
        "groupsize",
        "opencookies",
        "contentui",
        "ajaxparam",
        "barposition",
    }
)


def next_records(url: str, text: str) -> str | None:
    """Return the address of the next records of a list without <nextgroup>, or None.

    >>> call = "$('#1').jpage({proxyUrl: '/jpage/dataproxy.jsp', perPage: 15, totalRecord: 345, groupSize: 3})"
    >>> next_records("http://www.qingxi.gov.cn/col/col1/index.html", call)
    'http://www.qingxi.gov.cn/jpage/dataproxy.jsp?startrecord=46&endrecord=90&perpage=15'
    """
    query = dict(parse_qsl(urlsplit(url).query)) if urlsplit(url).query.count("&") < 50 else {}
    if {"startrecord", "endrecord", "perpage"} <= query.keys():
        total = TOTAL_RECORD_RE.search(text)
        start, end = (query[name] for name in ("startrecord", "endrecord"))
        if not (total and start.isdigit() and end.isdigit() and int(end) < int(total["total"])):
            return None
        step = int(end) - int(start) + 1
        query |= {
            "startrecord": str(int(end) + 1),
            "endrecord": str(min(int(end) + step, int(total["total"]))),
        }
        return normalised(urlunsplit(urlsplit(url)._replace(query=urlencode(query))))
    call = JPAGE_RE.search(text)
    options = dict(_options(text[call.end() : call.end() + _MAX_CALL].partition("})")[0])) if call else {}
    proxy, per_page, total_record = (options.get(n, "") for n in ("proxyUrl", "perPage", "totalRecord"))
    if not (proxy and per_page.isdigit() and total_record.isdigit()):
        return None
    groups = options.get("groupSize", "3")
    shown = int(per_page) * (int(groups) if groups.isdigit() else 3)
    if not 0 < shown < int(total_record):
        return None
    asked = {"startrecord": shown + 1, "endrecord": min(2 * shown, int(total_record)), "perpage": per_page}
    rest = {name: value for name, value in options.items() if name.lower() not in _OWN_OPTIONS}
    return normalised(f"{proxy}?{urlencode({**asked, **rest})}", url)


def _options(body: str) -> Iterator[tuple[str, str]]:
    for match in OPTION_RE.finditer(body):
        yield match["name"], match["quoted"] or match["double"] or match["bare"] or ""
