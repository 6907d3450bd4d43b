"""Levels that what was told before has led to: 新增技术中心2家、〔达到〕6家; 财政收入增长5%，〔总量〕达到3.2亿元."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import RATE_KINDS, Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.elliptic import MADE_RE
from pipeline.extract.quantities.governing import Before
from pipeline.extract.quantities.in_front import THE_REST
from pipeline.extract.quantities.words import words_between
from pipeline.lazy_re import lazy_re
from pipeline.numerals import units

# 增长20%，〔总数达到〕35家: the level that a growth has led to
_REACHED = "[一-鿿]{0,2}[到至]|达|突破|超过?|"
_LEVEL_RE = lazy_re(rf"(?:总[数量]|现|已经?|目前|首次|累计){{0,2}}(?:{_REACHED})")
# 新增市场主体3200户，〔总数达到〕2.5万户
_TOTAL_RE = lazy_re(
    rf"(?:(?:现|已|目前|累计){{0,2}}总[数量]|总计)(?:分别|已|首次|现){{0,2}}(?:为|{_REACHED})"
)
_AIMED_RE = lazy_re(
    r"(?:力争|确保|争取|预计|有望|计划|将|要|今年|年内){1,2}(?:达到?|增加?[到至]|[一-鿿]{2}[到至]|突破|超过)"
)  # 现有35家，〔力争达到〕40家
# 完成400户改造，户均3000元；〔2025年、2026年各完成〕300户: more of what was counted so
_AGAIN_RE = lazy_re(
    r"\s?[到至]?(?:□{2,14}(?:[底末]前?|前)?[、和及，]?){1,4}(?:再|各|分别|计划|拟|将|累计){0,2}(?:完成|达到|建成|实现)"
)
_GRANTED_RE = lazy_re(
    r"(?:（不?含）|（不?含[^（）]{1,8}）)?的(?:企业|农户|个人|主体|单位)?[，,]?(?:每|按|给予|予以|再|分别|补贴|补助|奖励|奖补|资助|一次性|最高)"
)
_NEWLY_RE = lazy_re(r"\A新(?:登记|注册|设立|认定|[入开])(?=.{2})")
_TOTALS = frozenset({"总量", "总额", "总规模", "规模总量", "总数"})
_BARE_TAGS = "vdxpu"  # of verbs, adverbs and the like, which name nothing
_OF_THEM = THE_REST | {"其中", "目前", "另", "另有", "还有"}  # 其中〔已完成〕7项，〔另〕5项正在建设
_LONGEST_VERB = 6
_NEAR = 10  # characters: 加上粮食企业的亏损，总额达一百多亿元 is of more than the amount before


def continued(clause: Clause, group: list[Found], before: Before, carried: Carried) -> Naming | None:
    """Keep the indicator under a bare verb with the same unit, or one of a level behind a growth.

    新增技术中心2家、〔达到〕6家; 35件实事已完成31件; 高新技术企业增长20%，〔达到〕35家.
    """
    first, last = group[0], carried.last
    if last is None or before.change:
        return None
    names, start = carried.named(len(group))
    if len(names) not in (1, len(group)):
        return None
    raw = clause.blanked(carried.end, first.start).strip("，、； ")
    is_total = carried.has_unit_of(first) and _TOTAL_RE.fullmatch(raw) is not None
    is_kept = is_total or (
        len(group) == 1 and (_is_level(raw, first, carried) or _is_bare(clause, raw, first, carried))
    )
    is_apart = clause.line.find("；", carried.end - clause.offset, first.start - clause.offset) >= 0
    if not is_kept or is_apart or MADE_RE.match(clause.line, group[-1].end - clause.offset):
        return None
    return Naming(names, start, group[-1].end)


def next_step(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name the next bound of a scale by the first of its unit: 面积50亩以上的，每亩200元；〔100亩以上〕的，每亩300元."""
    told = carried.of_unit.get(group[0].amount.unit)
    if told is None or clause.blanked(clause.left, group[0].start).strip("，；、 "):
        return None
    if _GRANTED_RE.match(clause.line, group[-1].end - clause.offset) is None:
        return None
    return Naming(told.names[-1:], group[0].start, group[-1].end, is_aside=True)


def more_of_the_same(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name what another year brings by what was last counted in its unit: 改造200户，户均3000元；〔2025年完成〕150户."""
    told = carried.of_unit.get(group[0].amount.unit)
    if told is None or len(told.names) != len(group):
        return None
    if _AGAIN_RE.fullmatch(clause.blanked(clause.left, group[0].start)) is None:
        return None
    return Naming(told.names, clause.left, group[-1].end)


def of_the_whole(naming: Naming, group: list[Found], carried: Carried) -> Naming | None:
    """Return the naming of a bare total by the thing before: 财政收入增长5%，〔总量〕达到3.2亿元."""
    last = carried.last
    if last is None or naming.names[0] not in _TOTALS or group[0].start - carried.end > _NEAR:
        return None
    is_of_growth = last.change is not None and _is_rate(carried.unit) and group[0].kind not in RATE_KINDS
    names, start = carried.named(len(group))
    if len(names) != len(group) or not (is_of_growth or carried.has_unit_of(group[0])):
        return None
    names = tuple(_NEWLY_RE.sub("", name) for name in names)  # 新登记经营主体4000户，总量达2万户
    return Naming(names, start, naming.end)


def _is_rate(unit: str) -> bool:
    """Say whether a unit is one of how much of something: %, 个百分点, 倍."""
    known = units().get(unit)
    return known is not None and known.kind in RATE_KINDS


def _is_bare(clause: Clause, raw: str, first: Found, carried: Carried) -> bool:
    """Say whether nothing but a verb stands between an amount and another of its unit: 已〔完成〕31件."""
    if carried.has_unit_of(first) and _AIMED_RE.fullmatch(raw):
        return True
    return (
        carried.has_unit_of(first)
        and len(raw) <= _LONGEST_VERB
        and all(
            tag[0] in _BARE_TAGS or word in _OF_THEM
            for _, word, tag in words_between(clause.words, carried.end, first.start)
        )
    )


def _is_level(raw: str, first: Found, carried: Carried) -> bool:
    """Say whether an amount is what the thing before has grown or shrunk to, by so many percent."""
    is_of_growth = carried.last is not None and carried.last.change is not None
    is_told = raw != "" or first.start < first.number  # 增长20%，近35家
    return (
        is_of_growth
        and is_told
        and _is_rate(carried.unit)
        and first.kind in ("count", "people")
        and _LEVEL_RE.fullmatch(raw) is not None
    )
