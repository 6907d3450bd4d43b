"""The title of a page's document: the headline, freed from the name of the site."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from itertools import islice

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.document_titles import is_abridged, is_document_title
from pipeline.pages.html.labels import FOLDED, NOTE_RE
from pipeline.pages.html.tree import Element
from pipeline.pages.paragraphs import trim

TITLE_BREAK_RE = lazy_re(r"\s{0,4}(?:[_|｜»>]|-{2,4}|(?<!\d)[-–－—](?!\d|—)|::)\s{0,4}")  # 通知_中国政府网
SITE_RE = lazy_re(
    r"(?:网|网站|门户|平台|频道|专栏|政务公开|信息公开|首页|日报|晚报|新闻中心|新闻|公众号|澎湃号|(?:数字|电子)(?:报刊?|版)|号·[\u4e00-\u9fff]{2,4}|网易订阅|网易号|Government|\.(?:NET|com|cn)|The Paper)$"
    r"|^(?:首页|欢迎|Powered)|^[^《》]{2,16}(?:人民政府|委员会|教育局|教育厅|教育体育局)$|^中国[·•][\u4e00-\u9fff]{2,8}$"
)  # 中国政府网, 柳城县人民政府门户网站
NO_TITLE_RE = lazy_re(
    r"(?:信息(?:公开)?|文章|新闻|详细|页面)?(?:内容|详情|详细|正文|内容页|详情页|细览|浏览)|打印(?:文章|页面|本页|预览)?|.{0,99}(?:\{\{|\$\{).{0,99}|(?:通知|公示)?公告|通知公告|新闻(?:动态|中心|资讯)|工作动态|政策文件|政务(?:公开|要闻|动态)|信息公开|无标题(?:文档|页)?|首页|Untitled.{0,12}"
)  # a column or a template, no document
KEYWORDS_RE = lazy_re(r"(?:_[^_|]{1,6}){2,6}$|(?:\|[^_|]{1,6}){2,6}$")  # 青溪：把优质园办到乡村_教育_学前
SPACE_BREAK_RE = lazy_re(r"\s{1,9}")
PAPER_RE = lazy_re(
    r"^(?P<name>[\u4e00-\u9fff]{1,10}(?:日报|晚报|早报|时报|晨报|都市报|商报|快报))(?:社)?[·\s]?(?:多媒体)?(?:数字|电子)(?:报刊?|版|读报)"
)
CUT_RE = lazy_re(r"(?:…{1,3}|\.{3,6})$")
INSIDE_RE = lazy_re(
    r"\s{1,9}(?=[【\[（(]?(?:信息)?(?:(?:19|20)\d\d[-年/.]|来源|发布|时间|作者|点击|浏览))|[【\[](?=(?:信息|发布|更新)?(?:时间|日期)[：:])|(?=(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\s{1,4}\d{1,2}:\d\d)"
)  # <h1>title<span>2012-06-01 来源…
_MIN_TITLE, _MAX_TITLE = 4, 150
_MAX_SITE = 30
_MAX_HEADLINES = 12
_MAX_CANDIDATES = 500
_LONG_ENOUGH = 12


def _is_title(text: str) -> bool:
    return _MIN_TITLE <= len(text) <= _MAX_TITLE


def is_site(text: str) -> bool:
    """Tell what names a site or a column of one.

    >>> is_site("柳城縣人民政府門戶網站"), is_site("中国·柳城"), is_site("柳城县学前教育普惠发展方案")
    (True, True, False)
    """
    return SITE_RE.search(NOTE_RE.sub("", text).translate(FOLDED).strip()) is not None


def strip_site(title: str) -> str:
    """Return a page's <title> without the names of site and column around it.

    >>> strip_site("国务院关于推进双随机监管的意见_中国政府网")
    '国务院关于推进双随机监管的意见'
    >>> strip_site("柳城教育提质振兴三年行动计划(2023—2025年)")
    '柳城教育提质振兴三年行动计划(2023—2025年)'
    """
    start, end = 0, len(title)
    breaks = list(TITLE_BREAK_RE.finditer(title))
    while breaks and is_site(title[breaks[-1].end() : end]):
        end = breaks.pop().start()
    while breaks and is_site(title[start : breaks[0].start()]):
        start = breaks.pop(0).end()
    bare = KEYWORDS_RE.sub("", title[start:end])
    return trim(bare if len(bare) >= 6 else title[start:end])


def site_of_title(title: str) -> str | None:
    """Return the name of the site that ends a page's <title>, or of the paper whose edition online opens it, or None.

    >>> site_of_title("聽“銀”説丨銀川市教育局:全面統籌教育配比-新華網")
    '新華網'
    >>> site_of_title("青山日报数字报-青山县打造清洁能源基地")
    '青山日报'
    """
    if (paper := PAPER_RE.search(title[:_MAX_SITE])) is not None:
        return paper["name"]
    last = _last_part(title)
    return last if re.search(r"[网網]站?$|日报$|晚报$", last) and 3 <= len(last) <= _MAX_SITE else None


def end_of_title(title: str) -> str | None:
    """Return what a page's <title> ends in, or all that it says, when that names a site or a body, or None.

    >>> end_of_title("关于做好招生工作的通知_福州市鼓楼区人民政府"), end_of_title("关于做好招生工作的通知")
    ('福州市鼓楼区人民政府', None)
    """
    last = _last_part(title) or title
    return last if last and len(last) <= _MAX_SITE and is_site(last) else None


def _last_part(title: str) -> str:
    """What stands behind the last break of a <title>, "" without one."""
    breaks = list(TITLE_BREAK_RE.finditer(title))
    return trim(title[breaks[-1].end() :]) if breaks else ""


def _text(element: Element) -> str:
    text = "".join(islice(element.itertext(), 200))[:1000].strip()
    if "\n" in text or "20" in text:
        text = INSIDE_RE.split(text, maxsplit=1)[0]
    return trim(re.sub(r"\s{1,99}", " ", text).strip())


def _printed(candidates: Sequence[tuple[int, Element]]) -> list[tuple[str, Element]]:
    """Return the texts of elements that are, or are called, headline, with the elements: <h1> first."""
    found: list[tuple[int, str, Element]] = []
    n_named = 0
    for rank, element in candidates[:_MAX_CANDIDATES]:
        text = _text(element)
        if _is_title(text):
            found.append((rank, text, element))
            n_named += rank < 3
        if n_named >= _MAX_HEADLINES or len(found) >= 60:
            break
    found.sort(key=lambda one: one[0])
    return [(text, element) for _, text, element in found]


def key_of(text: str) -> str:
    """Return a title as titles are compared: letters and digits alone."""
    return re.sub(r"\W", "", text)


def _agreement(headline: str, title_tag: str, bare: str, stated: Sequence[str]) -> int:
    """Say how well a headline fits what the page's head says: 3 the same, 2 the whole of a cut one, 1 a part of it."""
    key = key_of(headline)
    if not key or is_site(headline) or NO_TITLE_RE.fullmatch(headline):
        return 0
    if key == key_of(bare) or any(key == key_of(one) for one in stated):
        return 3
    cut = key_of(CUT_RE.sub("", bare))
    if len(cut) >= 6 and key.startswith(cut):
        return 2
    whole = key_of(title_tag)
    if key in _parts(title_tag) and (len(key) >= _LONG_ENOUGH or len(key) * 2 > len(whole)):
        return 2
    return int(key in whole and (len(key) >= _LONG_ENOUGH or len(key) * 2 > len(whole)))


def find_headline(
    candidates: Sequence[tuple[int, Element]],
    title_tag: str,
    stated: Sequence[str],
    lines: Sequence[str] = (),
    fallback: str | None = None,
    above: str | None = None,
) -> tuple[str | None, Element | None]:
    """Return the title of a page's document, and the element that prints it if there is one.

    `candidates` are elements named as headlines; `stated` are titles in meta tags and info tables, best first;
    `lines` are lines of the page, one of which may be the title without its site; `fallback` is the line above the
    info bar, `above` the title right above the text. A headline counts when <title> or a meta tag has the same words:
    the first <h1> of many sites is the site's own name. One without them counts where it is worded as a title and <title>
    is not, or where <title> says the same in fewer words.
    """
    bare = strip_site(title_tag)
    rated = [
        (_agreement(text, title_tag, bare, stated), text, element) for text, element in _printed(candidates)
    ]
    agreeing = max(rated, key=lambda one: one[0], default=(0, "", None))
    if agreeing[0] >= 2:
        return _whole(agreeing[1], lines), agreeing[2]
    for title in stated:
        if _is_title(title) and not is_site(title) and not NO_TITLE_RE.fullmatch(title):
            return _whole(strip_site(title), lines), None
    if agreeing[0] == 1:
        return agreeing[1], agreeing[2]
    printed = _printed_part(title_tag, lines)
    if printed is not None:
        return printed, None
    headlines = [text for _, text, _ in rated if not is_site(text)]
    if (fuller := _fuller(bare, [*headlines, *filter(None, (above, fallback))], lines)) is not None:
        return fuller, None
    if _is_title(bare) and not is_site(bare) and not NO_TITLE_RE.fullmatch(bare):
        return _whole(bare, lines), None
    if fallback is not None:
        return fallback, None
    first = next((text for _, text, _ in rated if not is_site(text)), None)
    return first or (bare if bare and not is_site(bare) else None), None


def _fuller(bare: str, headlines: Sequence[str], lines: Sequence[str]) -> str | None:
    """Return the first headline that is worded as a title where <title> is not, or that <title> abridges."""
    key, is_worded = key_of(bare), is_document_title(bare)
    printed = "".join(map(key_of, lines))
    for headline in headlines:
        whole = key_of(headline)
        if whole in printed and (is_abridged(key, whole) or (not is_worded and is_document_title(headline))):
            return headline
    return None


def _whole(title: str, lines: Sequence[str]) -> str:
    """Return a title that was cut (…) as the page prints it whole, else the title as it is."""
    cut = CUT_RE.sub("", title)
    if cut == title or len(cut) < 6:
        return title
    printed = (line[line.find(cut) :].split("》")[0] if f"《{cut}" in line else line for line in lines)
    whole = next(
        (line for line in printed if line.startswith(cut) and line != title and _is_title(line)), None
    )
    return whole if whole is not None and not CUT_RE.search(whole) else title


@functools.lru_cache(maxsize=64)
def _parts(title_tag: str) -> frozenset[str]:
    """The keys of the parts of a <title> from one break to another."""
    marks = [*TITLE_BREAK_RE.finditer(title_tag), *SPACE_BREAK_RE.finditer(title_tag)]
    breaks = sorted(marks, key=lambda mark: mark.start())[:8]
    starts = [0, *(mark.end() for mark in breaks)]
    ends = [*(mark.start() for mark in breaks), len(title_tag)]
    if not breaks:
        return frozenset()
    runs = {key_of(title_tag[s:e]) for i, s in enumerate(starts) for e in ends[i:]}
    # a column between the body that issues and the rest of its title: 青山县人民政府 政府文件 关于…的意见
    first = key_of(title_tag[: ends[0]])
    return frozenset({*runs, *(first + key_of(title_tag[s:]) for s in starts[2:])})


def _printed_part(title_tag: str, lines: Sequence[str]) -> str | None:
    """Return the longest part of <title> between its breaks that is a line of the page, or None."""
    parts = _parts(title_tag)
    best = max((line for line in lines if _is_title(line) and key_of(line) in parts), key=len, default=None)
    return best if best is not None and len(best) >= 8 and not is_site(best) else None
