"""Who keeps the site that a page is on: behind its title, in its banner, at the head of its path, at its foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.headline import end_of_title
from pipeline.pages.html.labels import Candidate
from pipeline.site_codes import find_site_code

# below the text: 主办：柳城县人民政府办公室
KEPT_BY_RE = lazy_re(r"主办(?:单位)?[：:][ \u3000]{0,4}(?P<site>[\u4e00-\u9fff]{4,30})")
TAG_RE = lazy_re(r"<[^<>]{0,400}>|&nbsp;")
_FOOT = 20_000  # characters of markup in which the foot of a page stands
# above it alone on a line, or where a path begins: 当前位置：首页>柳城县人民政府>大埔镇
BANNER_RE = lazy_re(
    r"(?:位置[：:\s]{0,4})?(?:(?:网站)?首页(?:\s|>|&gt;|»){1,8})?(?P<site>[\u4e00-\u9fff]{2,14}人民政府(?:门户|政务|官方|公众信息)?(?:网站?)?)\s{0,4}(?:$|>|&gt;|»)"
)
_PATH = 600  # characters of markup in which a path names its first steps
_N_ABOVE = 60


def keeper_facts(markup: str, title_tag: str, before: Sequence[str]) -> Iterator[Candidate]:
    """Yield who keeps a page's site, and its number; its path and `before`, the lines above its text, when they name one government.

    >>> list(keeper_facts("<p>当前位置：<a>柳城县人民政府</a>&gt;<a>大埔镇</a></p><p>主办：柳城县教育局</p>", "招生公告", []))
    [(70, 'site', '柳城县教育局'), (80, 'site', '柳城县人民政府')]
    """
    if (owner := end_of_title(title_tag)) is not None:
        yield 60, "site", owner
    foot = markup[-_FOOT:]
    if "主办" in foot and (kept_by := KEPT_BY_RE.search(TAG_RE.sub("", foot))):
        yield 70, "site", kept_by["site"]
    if "标识码" in foot and (code := find_site_code(TAG_RE.sub("", foot))):
        yield 70, "site_code", code
    at = markup.find("位置")
    path = TAG_RE.sub("", markup[at : at + _PATH]) if at >= 0 else ""
    banners = {m["site"] for line in (path, *before[:_N_ABOVE]) if (m := BANNER_RE.match(line.strip()))}
    if len(banners) == 1:
        yield 80, "site", banners.pop()
