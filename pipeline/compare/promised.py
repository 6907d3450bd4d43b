"""Which targets promise something: what is only counted, called on or told in brackets is kept by no report."""

from __future__ import annotations

import pandas as pd

from pipeline.compare.common_units import kind_of
from pipeline.compare.frames import is_text, texts_by_id
from pipeline.compare.series import direction_of
from pipeline.lazy_re import lazy_re

# kinds of units of things that a text may count in passing: 12个部门, 21公里道路
_COUNTED = frozenset({"count", "people", "length", "area", ""})
_NUMBER_FIRST_RE = lazy_re(r"[\d一二三四五六七八九十百千两几]")
# verbs that bring about what is counted after them: 新建3所学校, 完成90个老旧小区改造
_BRINGS_ABOUT_RE = lazy_re(
    r"[新再续改扩迁修]建|建[设成立起造]|打造|搭建|打通|创[建成]|争[创取]|培[育养训]|遴选|选[树聘派]|完成|实施|组[建织]|新增|净增|增[加设]|引[进入]|改造|实现|启动|开[工展通办设]|安排|举办|召开|谋划|储备|盘活|整[理治改]|腾出|修[缮复筑]|解决|淘汰|拆除|取缔|规划|编制|招[聘录引]|签约|发展|办[好成理]|配备|购置|安装|[栽种]植|硬化|绿化|治理|化解|达到|申报|认定|获批|转移|救助|资助|帮扶|惠及|覆盖|落实好"
)
# of what has no better side as a stock: 新建公厕100座, 改造23条道路
_BUILDS_RE = lazy_re(r"(?:新建|改建|扩建|建成|建设|打通|改造|新增|打造|创建)")
# what happens to it in the end: 10个项目竣工, 1项非遗入选, 对13条背街小巷进行提升
_COMES_ABOUT_RE = lazy_re(
    r"(?:全部|如期|尽快|稳定|年内)*(?:进行|建设|改造|创建|竣工|开工|投产|投用|投入使用|入选|落户|出列|脱贫|达标|挂牌|上市|通车)"
)
# work goes on, and nobody says on how much of it: 提速22个重点项目建设
_GOES_ON_RE = lazy_re(r"项目建设")
# what is done stands elsewhere: 围绕五大产业, 为20个村补充器材
_TOPIC_RE = lazy_re(
    r"(?:围绕|聚焦|依托|面向|针对|按照|对照|立足|瞄准|(?:^|、)(?:为|以(?![上下内外])|在))[^，]{0,12}$"
)
# parts of a paper or of an order: 出台十六条措施, 夯实两个基础
_ABSTRACT_RE = lazy_re(r"(?:措施|机制|制度|办法|政策|原则|基础|方面|领域|要求|标准)$")
_PEOPLE_RE = lazy_re(r"(?:人民|儿女|父老|父老乡亲|干部群众|干群)$")  # 40万青山人民勠力同心
_CLAUSE_RE = lazy_re(r"[，。；;：:！？\n]")
_CONTEXT = 40  # characters before and after the row


def is_promise(targets: pd.DataFrame, texts: pd.DataFrame) -> pd.Series[bool]:
    """Say of each target whether something is promised.

    A known thing without better side is only counted (20个行政村) unless it is built, and so is what the text counts in passing (聚焦五大产业,
    提速22个重点项目), what stands in brackets, and the people who are called on.
    """
    text_of = texts_by_id(texts)
    names = (
        "doc_id",
        "start",
        "end",
        "text",
        "indicator",
        "indicator_id",
        "aspect",
        "norm_unit",
        "comparator",
    )
    found = []
    for doc_id, start, end, said, wording, known, aspect, unit, comparator in zip(
        *(targets[c] for c in names), strict=True
    ):
        text = text_of.get(doc_id, "")
        before, after = text[max(0, int(start) - _CONTEXT) : int(start)], text[int(end) : int(end) + _CONTEXT]
        has_side = (
            not is_text(known)
            or direction_of(known) is not None
            or _BUILDS_RE.match(wording) is not None
            or (_NUMBER_FIRST_RE.match(said) is not None and _BUILDS_RE.match(before[-2:]) is not None)
        )
        is_bound = aspect != "level" or comparator not in ("=", "~")
        is_aside = aspect == "level" and (
            is_people(wording)
            or (unit not in ("%", "‰") and _is_in_brackets(before, after))
            or _is_only_counted(before, said, after, wording, unit)
        )
        found.append((has_side or is_bound) and not is_aside)
    return pd.Series(found, index=targets.index, dtype=bool)


def is_people(wording: str) -> bool:
    """Say whether a wording is the people of a place as they are called on, no figure of anything.

    >>> is_people("青山人民"), is_people("贫困人口")
    (True, False)
    """
    return _PEOPLE_RE.search(wording) is not None


def _is_in_brackets(before: str, after: str) -> bool:
    """Whether a bracket is open: 12条农村公路（总长21.7公里）."""
    line, rest = before.rpartition("\n")[2], after.partition("\n")[0]
    opened, closes = line.rfind("（"), rest.find("）")
    return opened > line.rfind("）") and closes != -1 and (rest.find("（") == -1 or closes < rest.find("（"))


def _is_only_counted(before: str, said: str, after: str, wording: str, unit: object) -> bool:
    """Whether a number with its thing behind it is the object of no verb that brings the thing about."""
    if unit == "大":  # 五大产业, 两大园区
        return True
    is_number_first = _NUMBER_FIRST_RE.match(said) is not None and said.endswith(wording[-2:])
    if kind_of(unit) not in _COUNTED or not is_number_first:
        return False
    clause = _CLAUSE_RE.split(before)[-1]
    if _ABSTRACT_RE.search(wording) or _TOPIC_RE.search(clause):
        return True
    comes_about = _COMES_ABOUT_RE.match(after) and not _GOES_ON_RE.match(said[-2:] + after)
    return _BRINGS_ABOUT_RE.search(clause) is None and not comes_about
