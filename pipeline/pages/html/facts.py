"""What a page says about its document outside of the running text: meta tags, headline, info bar, info table."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from bs4 import BeautifulSoup
from bs4.filter import SoupStrainer

from pipeline import lexicon
from pipeline.lazy_re import lazy_re
from pipeline.pages.html.beside import is_above_text
from pipeline.pages.html.document_titles import title_above
from pipeline.pages.html.headline import (
    find_headline,
    is_site,
    key_of,
    site_of_title,
    strip_site,
)
from pipeline.pages.html.labels import (
    MAX_BAR,
    Candidate,
    has_label,
    is_bar,
    labelled_facts,
    outlet_of,
)
from pipeline.pages.html.page_data import PageData
from pipeline.pages.html.page_dates import (
    bar_dates,
    date_of_address,
    dates_in_bars,
    from_clock,
    iso_date,
    script_dates,
)
from pipeline.pages.html.site_keeper import keeper_facts
from pipeline.pages.html.tree import Element
from pipeline.pages.paragraphs import trim
from pipeline.records import PageFacts

# which makes the parser warn that the page is none of XML
PROLOG_RE = lazy_re(r"\s{0,80}<\?xml[^<>]{0,400}>", re.IGNORECASE)
HEAD_END_RE = lazy_re(r"</head\b|<body\b", re.IGNORECASE)
BAR_OUTLET_RE = lazy_re(
    r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\s|｜]{0,4}(?:\d{1,2}:\d{2}(?::\d{2})?)?[\s|｜]{0,9}(?:星期[一二三四五六日]|周[一二三四五六日])?"
    r"[\s|｜·•]{1,9}(?P<outlet>[\u4e00-\u9fff·]{2,16}(?:网|报|社|台|刊|局|委|办|中心|时报|日报|新闻|客户端))"
)  # 2013年11月05日　星期二　青溪日报
# 青政任〔2019〕4号　2019-06-21　信息来源：县政府办公室
NUMBER_IN_BAR_RE = lazy_re(
    r"(?:^|[\s|｜])(?P<number>[\u4e00-\u9fff]{2,14}[〔\[（(](?:19|20)\d\d[〕\]）)]\s?\d{1,5}\s?号)(?=[\s|｜]|$)"
)
# <!-- saved from url=(0061)http://… --> of a browser, <!-- Page saved with SingleFile url: https://… -->
SAVED_RE = lazy_re(
    r"<!--\s{0,9}(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s{1,9}url:\s{0,9})(?P<url>https?://[^\s<>\"']{4,500})",
    re.IGNORECASE,
)
NUMBER_OR_DATE_RE = lazy_re(r"[〔\[（(](?:19|20)\d\d[〕\]）)]\s?\d{1,4}\s?号$|^[\d\s./年月日-]+$")
_OF_SITES = {"sitename": "site", "og:site_name": "site", "siteidcode": "site_code"}
_LONGEST_SITE = 40
_MAX_HEAD = 65_536  # characters in which a page's head must end
_MAX_LINES = 400
_NEAR_TOP = 8
_NEAR = 12  # lines between headline and text


@functools.cache
def _meta_names() -> dict[str, tuple[str, int]]:
    return {
        row["name"].lower(): (row["field"], int(row["priority"])) for row in lexicon.table("page_meta.csv")
    }


def meta_facts(markup: str) -> Iterator[Candidate]:
    """Yield what the meta tags of a page say, those of Chinese government sites first.

    >>> list(meta_facts('<head><meta name="PubDate" content="2023-11-19 16:00">'))
    [(20, 'publish_date', '2023-11-19 16:00')]
    >>> list(meta_facts('<?xml version="1.0"?><html><head><meta name="PubDate" content="2023-11-19">'))
    [(20, 'publish_date', '2023-11-19')]
    """
    head = markup[:_MAX_HEAD]
    if prolog := PROLOG_RE.match(head):
        head = head[prolog.end() :]
    end = HEAD_END_RE.search(head)
    tags = BeautifulSoup(head[: end.start()] if end else head, "lxml", parse_only=SoupStrainer("meta"))
    for meta in tags.find_all("meta"):
        name = str(meta.get("name") or meta.get("property") or meta.get("itemprop") or "").strip().lower()
        value = trim(str(meta.get("content") or ""))
        if value and name in _meta_names():
            field, priority = _meta_names()[name]
            outlet = outlet_of(value) if field == "outlet" else value
            if outlet is not None:
                yield priority * 10, field, outlet
        if value and name in _OF_SITES:
            yield 30, _OF_SITES[name], value[:_LONGEST_SITE]


def named_facts(named: Sequence[tuple[str, Element]], near: Sequence[str]) -> Iterator[Candidate]:
    """Yield what elements say that are named for it, such as <span class="source">; near the text, or in an id."""
    joined = "\n".join(near)
    for field, element in named[:40]:
        text = trim("".join(islice(element.itertext(), 30))[:300].strip())
        stored = element.tag == "textarea"
        if not 2 <= len(text) <= 60 or not (stored or element.get("id") or text in joined):
            continue
        if field == "publish_date":
            yield 28, field, from_clock(text) or text
        elif (outlet := outlet_of(text)) is not None and not iso_date(outlet):
            yield 6 if element.get("id") or stored else 16, field, outlet


def _near_lines(before: Sequence[str], top: Sequence[str], title: str | None) -> list[str]:
    """The lines between the headline and the text."""
    key = key_of(title or "")
    tail = list(before[-60:])
    at = next((i for i in range(len(tail) - 1, -1, -1) if key and key_of(tail[i]) == key), None)
    near = tail[at + 1 : at + 1 + _NEAR] if at is not None else tail[-_NEAR:]
    at_top = next((i for i, line in enumerate(top[:6]) if key and key_of(line) == key), None)
    if at_top is not None:
        near += top[at_top + 1 : at_top + 7]
    return [line for line in near if len(line) <= MAX_BAR]


def _above_bar(before: Sequence[str], top: Sequence[str]) -> str | None:
    """The line above the info bar: a headline that neither tag nor name gives away; no row of an info table, whose rows are bars too."""
    lines = [*before[-30:], *top[:4]]
    for above, bar in pairwise(lines):
        if (
            is_bar(bar)
            and 8 <= len(above) <= 100
            and not is_bar(above)
            and not has_label(above)
            and not is_site(above)
            and not above.endswith("。")
            and not NUMBER_OR_DATE_RE.search(above)
        ):
            return above
    return None


def page_facts(
    root: Element,
    markup: str,
    before: Sequence[str],
    after: Sequence[str],
    top: Sequence[str],
    named: Sequence[tuple[str, Element]],
    headlines: Sequence[tuple[int, Element]],
    data: PageData,
    url: str | None,
) -> tuple[PageFacts, Element | None]:
    """Return the facts of a page, and the element that prints its title.

    They come from its tags, the lines before and behind its text, the first lines of its text, and named elements; `headlines`
    are the elements named so, `data` is what scripts and hidden fields keep.
    """
    bars = [*before[:_MAX_LINES], *after[:_MAX_LINES], *top[:_NEAR_TOP]]
    candidates = [*meta_facts(markup), *labelled_facts(bars), *data.titles()]
    title_tag = trim(" ".join((root.findtext(".//title") or "")[:MAX_BAR].split()))
    stated = [strip_site(v) for _, f, v in sorted(candidates, key=lambda c: c[0]) if f == "title"]
    printed = [line for line in [*before[-80:], *top[:_NEAR_TOP]] if len(line) <= MAX_BAR]
    above = title_above(before, is_above_text, is_site)
    title, element = find_headline(headlines, title_tag, stated, printed, _above_bar(before, top), above)
    near = _near_lines(before, top, title)
    candidates += data.facts(title)
    candidates += [*named_facts(named, [*near, *top[:_NEAR_TOP]]), *bar_dates(near, 30, is_near=True)]
    if not any(f == "publish_date" and iso_date(v) for _, f, v in candidates):
        candidates += script_dates(root)
    candidates += [
        c for c in bar_dates([*before[-60:], *top[:3]], 85) if " " in c[2].strip() or "日" not in c[2]
    ][:3]
    candidates += dates_in_bars(near)
    numbers = (NUMBER_IN_BAR_RE.search(line) for line in filter(is_bar, near))
    candidates += [(50, "doc_number", match["number"]) for match in numbers if match]
    candidates += [(50, "outlet", match["outlet"]) for line in near if (match := BAR_OUTLET_RE.search(line))]
    site = site_of_title(title_tag)
    if site is not None:
        candidates.append((95, "outlet", site))
    candidates += keeper_facts(markup, title_tag, before)
    if (saved := SAVED_RE.search(markup[:_MAX_HEAD])) is not None:
        candidates.append((5, "url", saved["url"]))
    found: dict[str, str] = {}
    for _, field, value in sorted(candidates, key=lambda c: c[0]):
        stated_date = iso_date(value) if field.endswith("_date") else value
        if stated_date is not None:
            found.setdefault(field, stated_date)
    found.pop("title", None)
    own_url = found.pop("url", None)
    if own_url is not None and not own_url.startswith(("http://", "https://")):
        own_url = None
    if "publish_date" not in found and (dated := date_of_address(url or own_url)):
        found["publish_date"] = dated
    return PageFacts(title=title, url=url or own_url, **found), element
