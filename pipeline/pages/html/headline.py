"""The title of a page's document: the headline, freed from the name of the site."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import islice

from pipeline import lexicon
from pipeline.pages.html.tree import Element
from pipeline.pages.paragraphs import trim

TITLE_BREAK_RE = re.compile(r"\s{0,4}(?:[_|｜»>]|-{2,4}|(?<!\d)[-–－—](?!\d|—)|::)\s{0,4}")  # 通知_中国政府网
SITE_RE = re.compile(
    r"(?:网|網|网站|網站|门户|門戶|平台|频道|頻道|专栏|政务公开|信息公开|首页|首頁|日报|晚报|新闻中心|公众号|Government)$"
    r"|^(?:首页|首頁|欢迎|Powered)|^[^《》]{2,16}(?:人民政府|委员会|教育局|教育厅|教育體育局|教育体育局)$"
)  # 中国政府网, 柳城县人民政府门户网站
_MIN_TITLE, _MAX_TITLE = 4, 150
_MAX_HEADLINES = 12


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(lexicon.words("page_headlines.txt"))


def _is_title(text: str) -> bool:
    return _MIN_TITLE <= len(text) <= _MAX_TITLE


def strip_site(title: str) -> str:
    """Return a page's <title> without the names of site and column around it.

    >>> strip_site("国务院关于推进双随机监管的意见_中国政府网")
    '国务院关于推进双随机监管的意见'
    >>> strip_site("柳城教育提质振兴三年行动计划(2023—2025年)")
    '柳城教育提质振兴三年行动计划(2023—2025年)'
    """
    start, end = 0, len(title)
    breaks = list(TITLE_BREAK_RE.finditer(title))
    while breaks and SITE_RE.search(title[breaks[-1].end() : end].strip()):
        end = breaks.pop().start()
    while breaks and SITE_RE.search(title[start : breaks[0].start()].strip()):
        start = breaks.pop(0).end()
    return trim(title[start:end])


def site_of_title(title: str) -> str | None:
    """Return the name of the site that ends a page's <title>, or None.

    >>> site_of_title("聽“銀”説丨銀川市教育局:全面統籌教育配比-新華網")
    '新華網'
    """
    breaks = list(TITLE_BREAK_RE.finditer(title))
    if not breaks:
        return None
    last = trim(title[breaks[-1].end() :])
    return last if re.search(r"[网網]站?$|日报$|晚报$", last) and 3 <= len(last) <= 30 else None


def _text(element: Element) -> str:
    return trim(re.sub(r"\s{1,99}", " ", "".join(islice(element.itertext(), 200))[:1000].strip()))


def _headlines(root: Element) -> list[str]:
    """The texts of elements that are, or are called, headline: <h1> first."""
    found: list[tuple[int, str]] = []
    for element in root.iter("h1", "h2", "h3", "div", "p", "span", "td", "ucaptitle"):
        if element.tag == "h1":
            rank = 0
        elif _names().isdisjoint(f"{element.get('class') or ''} {element.get('id') or ''}".lower().split()):
            continue
        else:
            rank = 1
        text = _text(element)
        if _is_title(text):
            found.append((rank, text))
        if len(found) >= _MAX_HEADLINES:
            break
    found.sort(key=lambda pair: pair[0])
    return [text for _, text in found]


def _key(text: str) -> str:
    return re.sub(r"\W", "", text)


def find_headline(root: Element, title_tag: str, stated: Sequence[str]) -> str | None:
    """Return the title of a page's document; `stated` are titles in meta tags and info tables, best first.

    A headline counts when <title> has the same words: the first <h1> of many sites is the site's own name.
    """
    bare = strip_site(title_tag)
    key = _key(bare)
    for title in stated:
        if _is_title(title):
            return strip_site(title)
    headlines = _headlines(root)
    for headline in headlines:
        its_key = _key(headline)
        if (
            its_key
            and key
            and (its_key in _key(title_tag) or key in its_key)
            and not SITE_RE.search(headline)
        ):
            return headline
    if _is_title(bare) and not SITE_RE.search(bare):
        return bare
    return next((headline for headline in headlines if not SITE_RE.search(headline)), bare or None)
