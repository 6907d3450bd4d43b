"""Predicates that only tell how things lie, how far works are, or what came about of itself."""

from __future__ import annotations

from pipeline.extract.measures.verb_group import PLACED_RE, Predicate
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

DIRECTIONS = frozenset(["南北", "东西", "全境", "境内", "全县", "全市", "全区", "全镇"])
LISTED = frozenset(["列入", "入选", "跻身"])
RANK_RE = lazy_re(r"(?:[首第][一二三四五六七八九十\d]?批|全国|国家级|省级|全省|世界|中国)")
INVESTING = frozenset(["投资", "投入"])
BOUND_RE = lazy_re(r"[约超近]?[\d.]{1,10}[万亿]?元(?:及?以上|以下|以内)(?:（含[^（）]{0,12}）)?")
UNDER_WAY = frozenset(["项目", "工程"])
UNDER_WAY_RE = lazy_re(
    r"(?:项目|工程)[^，的、]{0,8}?(?:正在|已|全面|全部|基本|加快|顺利|如期|稳步|扎实|有序|即将|陆续|相继)[^，的、]{2,8}"
)
OCCASIONS = frozenset(["活动", "现场", "仪式"])
PATTERNS = frozenset(["格局", "局面"])
CONFIRMING = frozenset(["确保", "保证", "做到"])
# by which verbs, and of which things, a clause may tell so
TOLD_BY = LISTED | INVESTING | CONFIRMING | {"贯穿", "繁荣发展"}
TOLD_THINGS = UNDER_WAY | OCCASIONS
STANDARDS = ("要求", "时间", "规定", "标准", "计划", "节点", "部署")


def is_told_as_done(view: ClauseView, found: Predicate) -> bool:
    """Return whether a clause tells how things lie or what came about of itself: 公路|贯穿|南北, 新上|项目全面开工, 景区|列入|国家级名录."""
    said, thing, verb = view.text, found.object, found.verb
    if verb == "贯穿" and thing[:2] in DIRECTIONS:
        return True
    if (
        verb in LISTED
        and thing
        and not PLACED_RE.search(said)
        and RANK_RE.match(said, said.find(verb) + len(verb))
    ):
        return True
    if verb in INVESTING and BOUND_RE.fullmatch(thing) and said == verb + thing:
        return True  # 投资5000万元以上，实行“一事一议”
    if thing[:2] in UNDER_WAY and UNDER_WAY_RE.fullmatch(thing):
        known = view.lexicon.known.get(verb[-2:], NOTHING)
        return verb == "新上" or "built" in known.classes or not known.kinds.isdisjoint(NOUNLIKE)
    if thing[:2] in OCCASIONS and "intransitive" in view.lexicon.known.get(verb, NOTHING).classes:
        return True  # 植树|活动
    if verb == "繁荣发展" and not thing:
        return True  # 商业街繁荣发展
    if "成为" in thing[2:]:  # 治沙|造林先进群体成为时代楷模
        return "intransitive" in view.lexicon.known.get(verb, NOTHING).classes
    if thing[-2:] in PATTERNS and verb + "起" in said:
        return True  # 构建起共建共治共享的新格局, as 形成…格局
    return verb in CONFIRMING and thing[:1] in "按依" and thing.endswith(STANDARDS)  # 确保按照时限要求
