"""When a page was published: from lines without a label, scripts, structured data, and its address."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.labels import Candidate, is_bar, label_in
from pipeline.pages.html.tree import Element

DATE_RE = lazy_re(
    r"(?<!\d)(?P<year>(?:19|20)\d{2})\s{0,3}[-/.年]\s{0,3}(?P<month>\d{1,2})\s{0,3}[-/.月]\s{0,3}(?P<day>\d{1,2})(?!\d)"
)  # 2023-03-30, 2022/11/22, 2019年1月27日
BAR_DATE_RE = lazy_re(
    r"(?P<front>[^。；！？，《\d]{0,30}?)\s{0,3}(?:19|20)\d{2}\s{0,3}[-/.年]\s{0,3}\d{1,2}\s{0,3}[-/.月]\s{0,3}\d{1,2}(?!\d)日?"
    r"(?P<rest>[^。；！？]{0,60})"
)  # 2024-10-17 15:21
PAGE_OF_PAPER_RE = lazy_re(
    r"^第?\s?[A-Z]?\d{1,3}\s?版\s?(?:[：:]\s?[\u4e00-\u9fff]{0,8})?[\s|｜]{1,9}"
)  # 第02版：要闻　2021-11-23
# a label of what happens then, or the clock of the page: 报名时间：, 归档时间：, 今天是
EVENT_RE = lazy_re(
    r"(?:开标|报名|截止|公示|归档|来信|回复|施行|实施|生效|失效|废止|有效|会议|活动|考试|面试|申报|受理|投标|评审|起止|办理|恢复|停水|停电)(?:时间|日期|期限?)\s?[：:为]|今天是|现在是"
)
CLOCK_RE = lazy_re(r"\d{1,2}[:：]\d{2}")
URL_DATE_RE = lazy_re(
    r"[/_t](?P<year>(?:19|20)\d{2})[-/_]?(?P<month>0[1-9]|1[0-2]|[1-9](?=[-/_]))[-/_]?(?P<day>0[1-9]|[12]\d|3[01]|[1-9](?=[/_]))(?=[/_.]|\d{0,6}[_/])"
)  # /2023-03/30/, t20230330_, /2023/3/30/art_
SCRIPT_DATE_RE = lazy_re(
    r"(?:\bct|createTime|create_time|publish_time|pubtime|pubDate|publishTime|ptime|pubTime|PubDate|datePublished)"
    r"[\"']?\s{0,3}[:=]\s{0,3}[\"'](?P<value>1\d{9}(?:\d{3})?(?=[\"'])|(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2})"
)  # var ct = "1665219900"; "pubDate": "2019-09-07T…
_MAX_SCRIPTS = 200
_MAX_SCRIPT = 60_000
_BEIJING = datetime.timezone(datetime.timedelta(hours=8))


def iso_date(text: str) -> str | None:
    """Return the first date in a text as ISO, or None.

    >>> iso_date("发布日期：2022/11/2 10:28:47")
    '2022-11-02'
    """
    match = DATE_RE.search(text)
    if match is None:
        return None
    return _iso(int(match["year"]), int(match["month"]), int(match["day"]))


def _iso(year: int, month: int, day: int) -> str | None:
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def bar_dates(lines: Sequence[str], priority: int, *, is_near: bool = False) -> Iterator[Candidate]:
    """Yield the dates of lines that begin with one and are no sentence: 2013年11月05日　星期二　青溪日报.

    Between headline and text (`is_near`) a name may stand in front: 中国网 2019-11-25 10:37.
    """
    for line in lines:
        bare = PAGE_OF_PAPER_RE.sub("", line.strip()) if len(line) < 100 else ""
        match = BAR_DATE_RE.fullmatch(bare) if bare else None
        if match is None or (match["front"].strip("[【（( ") and not is_near):
            continue
        if EVENT_RE.search(match["front"]):
            continue
        if match["rest"].count("，") and not CLOCK_RE.search(match["rest"]):
            continue
        yield priority + (0 if CLOCK_RE.search(match["rest"]) else 5), "publish_date", line


def dates_in_bars(lines: Sequence[str]) -> Iterator[Candidate]:
    """Yield the one date of an info bar that has no label, wherever it stands in it.

    >>> [line for *_, line in dates_in_bars(["浏览次数：26次 | 来源：柳城县教育局 | 2021-12-26 | 打印", "成文日期：2021-12-26"])]
    ['浏览次数：26次 | 来源：柳城县教育局 | 2021-12-26 | 打印']
    """
    for line in filter(is_bar, lines):
        found = list(DATE_RE.finditer(line))
        if len(found) != 1:
            continue
        beside = line[: found[0].start()].rstrip(" \t|｜[【(（")
        if not beside.endswith(("：", ":")) and not label_in(re.split(r"[\s|｜]", beside)[-1]):
            yield 40, "publish_date", line


def date_of_address(url: str | None) -> str | None:
    """Return the date in the address of a page, or None.

    >>> date_of_address("http://www.gov.cn/zhengce/2023-03/30/content_1.htm"), date_of_address("/a/t20230330_9.html")
    ('2023-03-30', '2023-03-30')
    """
    match = URL_DATE_RE.search((url or "")[:500])
    return _iso(int(match["year"]), int(match["month"]), int(match["day"])) if match else None


def script_dates(root: Element) -> Iterator[Candidate]:
    """Yield the dates that scripts and structured data of a page state."""
    for script in islice(root.iter("script"), _MAX_SCRIPTS):
        code = (script.text or "")[:_MAX_SCRIPT]
        if "application/ld+json" in (script.get("type") or ""):
            value = _structured(code)
            if value:
                yield 27, "publish_date", value
                continue
        match = SCRIPT_DATE_RE.search(code)
        if match is not None:
            yield 60, "publish_date", from_clock(match["value"]) or match["value"]


def from_clock(value: str) -> str | None:
    """Return the date of a count of seconds or milliseconds since 1970, in China's time, or None.

    >>> from_clock("1665219900")
    '2022-10-08'
    """
    if not re.fullmatch(r"1\d{9}(?:\d{3})?", value):
        return None
    moment = datetime.datetime.fromtimestamp(int(value[:10]), _BEIJING)
    return moment.date().isoformat()


def _structured(code: str) -> str | None:
    try:
        rows: Any = json.loads(code)
    except (ValueError, RecursionError):
        return None
    for row in rows[:20] if isinstance(rows, list) else [rows]:
        if isinstance(row, dict):
            value = row.get("datePublished") or row.get("pubDate")
            if isinstance(value, str):
                return value
    return None
