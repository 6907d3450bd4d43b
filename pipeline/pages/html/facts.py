"""What a page says about its document outside of the running text: meta tags, headline, info bar, info table."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from pipeline import lexicon
from pipeline.pages.html.headline import find_headline, site_of_title
from pipeline.pages.html.tree import Element
from pipeline.pages.paragraphs import trim
from pipeline.records import PageFacts

DATE_RE = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s{0,3}[-/.年]\s{0,3}(?P<month>\d{1,2})\s{0,3}[-/.月]\s{0,3}(?P<day>\d{1,2})(?!\d)"
)  # 2023-03-30, 2022/11/22, 2019年1月27日
STAMP_RE = re.compile(
    r"\s{0,3}(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?\s{1,4}\d{1,2}:\d{2}"
)  # 2024-10-17 15:21
SPACED_RE = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]{1,8}(?=[\u4e00-\u9fff][ \u3000\xa0]{0,8}[\u4e00-\u9fff：:])"
)
_PAGE_MAKERS = frozenset(
    {"本站", "本网", "本站原创", "原创", "网络", "未知", "互联网", "转载", "本網", "網絡"}
)
HEAD_END_RE = re.compile(r"</head\b|<body\b", re.IGNORECASE)
_MAX_HEAD = 65_536  # characters in which a page's head must end
_MAX_BAR = 200  # characters; a longer line is running text
_MAX_LINES = 400
_NEAR_TOP = 8

Candidate = tuple[int, str, str]  # priority, field, value


@functools.cache
def _labels() -> dict[str, tuple[str, int]]:
    return {row["label"]: (row["field"], int(row["priority"])) for row in lexicon.table("page_labels.csv")}


@functools.cache
def _label_re() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _labels()), key=len, reverse=True))
    return re.compile(rf"(?P<label>{names})\s{{0,4}}[】\]]?\s{{0,4}}[:：]\s{{0,8}}")  # 发文字号：


@functools.cache
def _meta_names() -> dict[str, tuple[str, int]]:
    return {
        row["name"].lower(): (row["field"], int(row["priority"])) for row in lexicon.table("page_meta.csv")
    }


def meta_facts(markup: str) -> Iterator[Candidate]:
    """Yield what the meta tags of a page say, those of Chinese government sites first.

    >>> list(meta_facts('<head><meta name="PubDate" content="2023-11-19 16:00">'))
    [(20, 'publish_date', '2023-11-19 16:00')]
    """
    head = markup[:_MAX_HEAD]
    end = HEAD_END_RE.search(head)
    tags = BeautifulSoup(head[: end.start()] if end else head, "lxml", parse_only=SoupStrainer("meta"))
    for meta in tags.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or "").strip().lower()
        value = trim(str(meta.get("content") or ""))
        if value and name in _meta_names():
            field, priority = _meta_names()[name]
            yield priority * 10, field, value


def labelled_facts(lines: Iterable[str]) -> Iterator[Candidate]:
    """Yield what labels say in info bars and info tables; a row of a table is one line with tabs.

    >>> [(field, value) for _, field, value in labelled_facts(["來源: 柳城縣教育局  發布日期：2023-03-30"])]
    [('outlet', '柳城縣教育局'), ('publish_date', '2023-03-30')]
    """
    for line in lines:
        if len(line) > _MAX_BAR:
            continue
        line = SPACED_RE.sub("", line)  # 索 引 号：
        cells = line.split("\t")
        for cell, value in zip(cells, [*cells[1:], ""], strict=True):
            label = re.sub(r"[\s\u3000:：【】\[\]]", "", cell)
            if label in _labels() and value and not _label_re().match(value):
                yield from _candidate(label, value)
        for cell in cells:
            marks = list(_label_re().finditer(cell))
            for mark, following in zip(marks, [*marks[1:], None], strict=False):
                value = cell[mark.end() : following.start() if following else len(cell)]
                yield from _candidate(mark["label"], value)


def _candidate(label: str, value: str) -> Iterator[Candidate]:
    field, priority = _labels()[label]
    value = value.strip(" \t\u3000\xa0|｜[]【】")
    if field == "outlet":
        value = re.split(r"[\s|｜]|(?:作者|编辑|浏览|点击|字体|责任)", value, maxsplit=1)[0].strip("：:，,")
        if not 2 <= len(value) <= 30 or value in _PAGE_MAKERS:
            return
    if field in ("issuer", "title"):
        value = re.split(r"[\s\u3000]{2,}", value, maxsplit=1)[0]
    if field and 2 <= len(value) <= 120:
        # a source named beside the text beats the site's own tag, other labels stand behind the tags
        yield priority + (4 if field == "outlet" else 10), field, value


def iso_date(text: str) -> str | None:
    """Return the first date in a text as ISO, or None.

    >>> iso_date("发布日期：2022/11/2 10:28:47")
    '2022-11-02'
    """
    match = DATE_RE.search(text)
    if match is None:
        return None
    month, day = int(match["month"]), int(match["day"])
    return f"{match['year']}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def page_facts(
    root: Element, markup: str, around: Sequence[str], top: Sequence[str], url: str | None
) -> PageFacts:
    """Return the facts of a page from its tags, the lines around its text and the first lines of its text."""
    bars = [*around[:_MAX_LINES], *top[:_NEAR_TOP]]
    candidates = [*meta_facts(markup), *labelled_facts(bars)]
    candidates += [
        (90, "publish_date", line) for line in bars if len(line) < _MAX_BAR and STAMP_RE.match(line)
    ][:1]
    title_tag = trim(" ".join((root.findtext(".//title") or "")[:_MAX_BAR].split()))
    site = site_of_title(title_tag)
    if site is not None:
        candidates.append((95, "outlet", site))
    found: dict[str, str] = {}
    for _, field, value in sorted(candidates, key=lambda c: c[0]):
        stated = iso_date(value) if field.endswith("_date") else value
        if stated is not None:
            found.setdefault(field, stated)
    found.pop("title", None)
    stated_titles = [v for _, f, v in sorted(candidates, key=lambda c: c[0]) if f == "title"]
    title = find_headline(root, title_tag, stated_titles)
    own_url = found.pop("url", None)
    if own_url is not None and not own_url.startswith(("http://", "https://")):
        own_url = None
    return PageFacts(title=title, url=url or own_url, **found)
