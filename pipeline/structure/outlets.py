"""The site or paper a document came from, as its page names it."""

from __future__ import annotations

import functools
import re

from pipeline.lazy_re import lazy_re
from pipeline.lexicon import table
from pipeline.records import PageFacts
from pipeline.structure.dates import CLOCK, PRINTED_DAY
from pipeline.structure.info_labels import LABEL_END
from pipeline.structure.numbers import is_number

OUTLET_RE = lazy_re(
    rf"(?:来源(?!时间|于)|稿源){LABEL_END}(?P<value>(?!https?|(?:更新|发布|发表|录入|添加)(?:时间|日期))[^\s：:|｜）)】\]，。]{{2,30}}?)"
    r"(?!\s?[：:])(?=[\s|｜）)】\]，。]|$|(?:19|20)\d\d[-/.年]|(?:阅读|浏览|点击|访问|发布(?=[时日人者单机部于：:])|作者|编辑|审核|字体|字号|时间|日期|打印))"
)  # （文章来源：南方plus）; not 来源： 关键词：
_PAPER = r"[\u4e00-\u9fff]{2,10}(?:日报|晚报|早报|都市报|融媒体中心|融媒体?|广播电视台|电视台|新闻网|报社)"
BESIDE_DATE_RE = lazy_re(
    rf"^[ 　]*(?:https?://[\w./-]{{4,60}}[ \t]{{1,4}})?(?P<value>[\u4e00-\u9fff]{{2,14}})[ 　\t]{{1,4}}{PRINTED_DAY}[T ]{CLOCK}"
    rf"|^[ 　]*(?P<before>{_PAPER})[ 　\t]{{1,4}}{PRINTED_DAY}$|^[ 　]*(?:发布(?:时间|日期)[：:]\s?)?{PRINTED_DAY}(?: {CLOCK}(?::\d\d)?)?[ 　\t]{{1,4}}(?P<behind>{_PAPER})$",
    re.MULTILINE,
)  # 青山教育 2024-07-07 23:08; a paper also without the clock: 2024-07-07 青山日报
# a paper that opens its own piece, marks it as its own, or stands in the last line below it: 原创 青山日报
OWN_PIECE_RE = lazy_re(
    rf"^[ 　]*原创[ 　]{{1,4}}(?P<marked>{_PAPER})[ 　]*$|^[ 　]*(?![省市县区旗州])(?P<closing>{_PAPER})\s{{0,8}}\Z"
    r"|\A\s{0,8}(?!本|据)(?P<opening>[\u4e00-\u9fff—-]{2,12}?[网报社])(?:(?:消息|讯)[ 　：:（(]|[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日(?:电|讯))"
    r"|^[ 　]*(?P<wire>[\u4e00-\u9fff]{2,8}?[网社])[\u4e00-\u9fff]{0,6}\d{1,2}月\d{1,2}日(?:电|讯)",
    re.MULTILINE,
)
_OF_DATA = tuple("据标金费料入水款能电财食货")  # 数据来源：, 资金来源：
# what a reprint, or the foot of a paper, says of itself: （以上内容由…网发布于…）, 某某日报社 版权所有
SAID_BY_RE = lazy_re(
    r"(?:以上内容|本文|本信息)由(?P<value>[\u4e00-\u9fff]{3,20}?)(?:发布|提供|整理|供稿)"
    r"|(?P<paper>[\u4e00-\u9fff]{2,8}(?:日报|晚报|早报))(?:社?\s{0,2}版权所有|网址\s?[：:])"
)
SAID_RE = lazy_re(r"[以本日晚早](?:上内容由|文由|信息由|报社?\s{0,2}(?:版权所有|网址))")
CONTRIBUTOR_RE = lazy_re(rf"(?:供稿|撰稿)(?:单位|人|员)?{LABEL_END}(?P<value>[^\s：:|｜）)，。]{{3,30}})")


# the name of a site behind a title: …的通知_中国政府网
SITE_END_RE = lazy_re(r"\s?(?:[-—–_|｜丨·]{1,3}|::|<)\s?(?P<site>[^-—–_|｜丨，。]{2,30})$")


@functools.cache
def _outlet_kinds() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in table("outlets.csv")}


def find_outlet(page_text: str, page_facts: PageFacts) -> str | None:
    """Return the outlet that a page names; a mirror or 本站 is none.

    >>> find_outlet("发布时间：2023-11-19 16:00:00 来源：陕西省教育厅网站", PageFacts())
    '陕西省教育厅网站'
    """
    edges = page_text[:3000] + "\n" + page_text[-1500:]
    named = [
        m["value"]
        for m in OUTLET_RE.finditer(edges)
        if edges[max(0, m.start() - 1) : m.start()] not in _OF_DATA
        # in the line below its label it stands alone: 来源： | 中新网4月28日电…
        and ("\n" not in m[0] or edges[m.end() : m.end() + 1] in ("", "\n"))
    ]
    named += [page_facts.outlet] if page_facts.outlet else []
    named += [m["value"] for m in CONTRIBUTOR_RE.finditer(edges)]
    named += [m[m.lastgroup or 0] for m in BESIDE_DATE_RE.finditer(page_text[:1500])]
    if SAID_RE.search(edges):  # hardly a page says it
        named += [m["value"] or m["paper"] for m in SAID_BY_RE.finditer(edges)]
    if not named:
        named = [m[m.lastgroup or 0] for m in OWN_PIECE_RE.finditer(edges)]
    # the site's name behind a page's own title, where nothing else is named: …的通知_中国政府网
    titles = (page_facts.title or "", page_text[:300].strip().split("\n", 1)[0])
    sites = [m["site"].strip() for t in titles if (m := SITE_END_RE.search(t))]
    named += [site for site in sites if _outlet_kinds().get(site) == "outlet"]
    for name in named:
        bare = name.strip(" 《》“”【】[]-|　")
        if (
            len(bare) >= 2
            and _outlet_kinds().get(bare, "outlet") == "outlet"
            and not re.search(r"时间|日期|作者|浏览|^\d|于$", bare)
            and not ("号" in bare and is_number(bare))  # in the line below a 来源： without a value
        ):
            return bare
    return None
