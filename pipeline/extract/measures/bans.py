"""What must not be done: 不得挪用, 不得以任何理由拖欠, 不得擅自复工, 严禁吸烟."""

from __future__ import annotations

from typing import Protocol

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.placing import placed
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

BANNED_VERBS = frozenset(
    ["不得", "不准", "不许", "不予"]
)  # the ban is said of the verb behind; 严禁 is a verb itself
LONGEST_VERB = 4
PLACE_ENDS = frozenset("内外上中下里间")
SERVING_AS = ("用于", "作为")
# how it is not to be done, before the verb
AT_WILL = ("对外", "简单", "擅自", "随意", "私自", "任意", "无故", "违规", "再次")
# what a ban lets nobody plead, before the verb that is banned: 以任何理由, 以户籍为由, 借集团之名
EXCUSED_RE = lazy_re(r"(?:以|借|凭|简单以)[^，]{1,16}?(?:理由|为由|名义|之名|方式|形式|借口|“[^“”]{1,12}”)")
SEVERAL_RE = lazy_re(r"(?P<verb>[\u4e00-\u9fff]{2})(?:、[\u4e00-\u9fff]{2}){1,4}")
LISTED_RE = lazy_re(
    r"(?P<verbs>[\u4e00-\u9fff]{2}(?:、[\u4e00-\u9fff]{2})*(?:(?:、|和|或者?)[\u4e00-\u9fff]{2}))"
)


class Walk(Protocol):
    """Returns the predicate found from a unit of a clause on."""

    def __call__(
        self, view: ClauseView, index: int, actor: str | None, patient: str, *, sure: bool
    ) -> Predicate | None: ...


def forbidden(view: ClauseView, index: int, actor: str | None, patient: str, walk: Walk) -> Predicate | None:
    """Return the predicate of what must not be done: 不得|抵扣费用 by its verb, 严禁|吸烟 by the ban; a limit is none.

    `walk` reads what is banned as it would be read without the ban.
    """
    banned, whole = view.texts[index], joined_text(view.units[index + 1 :])
    rest = whole
    if not rest or rest.startswith(("高于", "低于", "少于", "多于", "超过", "大于", "小于", "晚于", "早于")):
        return None
    if view.texts[index] in BANNED_VERBS:
        if rest[2:3] == "、" and view.units[index + 1].tag[:1] == "v" and (listed := LISTED_RE.match(rest)):
            return Predicate(listed["verbs"], rest[listed.end() :] or patient, actor)  # 不得|截留、挪用|资金
        if excused := EXCUSED_RE.match(rest):
            start = view.units[index + 1].start + excused.end()
            behind = next((n for n, u in enumerate(view.units) if u.start >= start), 0)
            if behind:
                index, rest = behind - 1, joined_text(view.units[behind:])  # 不得|以任何理由|拖欠工资
        if rest.startswith(SERVING_AS) and len(rest) > LONGEST_VERB:
            return Predicate(rest[:2], rest[2:], actor)  # 资金|不得|用于人员经费, 不得|作为|审批前置条件
        at_will = view.texts[index + 1] in AT_WILL and index + 3 < view.size
        if at_will or (view.texts[index + 1] in AT_WILL and view.known[index + 2].acts):
            index += 1  # 不得|违规|收取费用
        while index + 3 < len(view.units) and view.is_adverb(index + 1) and _is_how(view, index + 1):
            index += 1  # 不得|自行|购买食用油
        listed_rest = joined_text(view.units[index + 1 :]) if "、" in rest else ""
        if listed_rest[2:3] == "、" and view.units[index + 1].tag[:1] == "v":
            listed = LISTED_RE.match(listed_rest)
            if listed and not listed["verbs"].endswith(AT_WILL):
                return Predicate(
                    listed["verbs"], listed_rest[listed.end() :] or patient, actor
                )  # 不得擅自|关闭或者拆除|设施
        if rest[0] == "在" and (there := _behind_inside(view, index + 1)):
            index, rest = there - 1, joined_text(view.units[there:])  # 不得|在校内|销售商品
        if view.texts[index + 1] in ("将", "把") and (put := placed(view, index + 1)):
            return Predicate(*put, actor)  # 不得|将已取消的事项|转为中介服务
        inner = walk(view, index + 1, actor, patient, sure=True)
        if inner is not None:
            return inner
        if rest[0] == "由" and view.known[view.size - 1].acts:
            return Predicate(view.units[-1].text, patient, actor)  # 不得|由食堂|列支
        thing = joined_text(view.units[index + 2 :])
        is_verb = at_will or view.units[index + 1].tag[:1] == "v"
        if is_verb and thing and view.units[index + 2].tag[:1] != "v":
            return Predicate(view.texts[index + 1], thing, actor)  # 不得|体罚|学生
        if (several := SEVERAL_RE.fullmatch(rest)) is not None:
            return Predicate(several["verb"], patient, actor)  # 不得|迟报、漏报
        if rest.startswith(AT_WILL) and len(rest) == LONGEST_VERB:
            rest = rest[2:]  # 不得|擅自|复工
        if len(rest) <= LONGEST_VERB:
            return Predicate(rest, patient, actor)  # 不得|挤占挪用
    return Predicate(banned, whole, actor)


def _is_how(view: ClauseView, index: int) -> bool:
    """Whether an adverb says how the banned thing is done, and neither acts nor places: 自行, not 将."""
    return not view.known[index].acts and "placing" not in view.known[index].classes


def _behind_inside(view: ClauseView, index: int) -> int:
    """The verb behind the place that 在 at an index opens: 在|渠道|内|倾倒|垃圾; 0 where no word closes the place."""
    units = view.units
    for n in range(index + 1, view.size - 1):
        if units[n].text[-1] in PLACE_ENDS and units[n].tag[:1] in "fns" and units[n + 1].tag[:1] == "v":
            return n + 1
    return 0
