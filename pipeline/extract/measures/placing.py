"""What 把 and 将 put somewhere or turn into something: 把德育融入…, 将时限压减到3天, 把培训内容与产业结合起来."""

from __future__ import annotations

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.phrases import JOINED
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

PLACING_RE = lazy_re(
    r"(?:稳定|控制|保持|维持)在|作为|列入|列为|纳入|融入|剔除|(?:确定|认定|评定|划定|设定|调整|更名|命名)为|(?:建设|打造|培育|发展|转化|转变)成为?"
)
TOLD_RE = lazy_re(
    r"告知|通报|反馈|移送|移交|抄送|转交|转送|(?:落实|分解|细化|压实|延伸|下沉)[到至]"
)  # 将办理结果|告知申请人
PUTTING = frozenset(
    ["引", "搬", "用", "放", "花", "投", "摆", "抓", "落", "稳定", "控制", "保持", "维持", "压减"]
)
PUT_AT = frozenset(["在", "到", "于", "到位"])
NAME = 4  # characters
TIED = frozenset(["挂钩", "脱钩", "衔接", "对接"])  # 将考核结果〔与绩效工资〕挂钩
BESIDE = frozenset(["与", "同"])
TOGETHER = frozenset(["起来", "在一起"])
CLOSELY = frozenset(["有机", "紧密"])
TOWARD = frozenset(["向", "在"])
MADE_KNOWN = frozenset(
    ["公布", "公开", "公示", "通报", "报告", "反馈", "发布", "汇报", "移交"]
)  # 将结果〔向社会〕公布
FROM = frozenset(["由", "从"])
WITH = frozenset(["用", "以", "通过", "采取"])


def placed(view: ClauseView, index: int, start: int = 0) -> tuple[str, str] | None:
    """Return (verb, what is placed) behind the 把 or 将 at an index: 把德育融入…, None without such a verb."""
    if view.texts[-1] in TOGETHER:
        return _brought_together(view, index)
    if known := _made_known(view, index):
        return known
    starts = _first_of(FROM, view, index + 1, index + 2) > 0
    named = any("placed" in view.known[n].classes for n in range(index + 2, view.size))
    for n in range(start or index + 2, view.size):
        unit = view.units[n]
        following = view.units[n + 1] if n + 1 < view.size else None
        if unit.text in PUTTING and following and following.text in PUT_AT:
            return unit.text, joined_text(view.units[index + 1 : n])  # 把资金用|在…
        if view.texts[n - 1] in JOINED or (named and "placed" not in view.known[n].classes):
            continue  # 将考核结果作为依据: a noun may look like a verb before the verb that places
        is_thing = view.units[index + 1].tag[:1] in "nmrjs" or view.texts[index + 1] in ("原有", "现有")
        turning = ("成为", "成", "为") if is_thing else ("成为", "成")
        turned = following is not None and following.text in turning  # 培育成为, 整合为
        # 落实|到|每一座水库, not 由去年的1076亿元|增加|到…
        brought = following is not None and following.text in PUT_AT and view.known[n].acts and not starts
        counted = following is not None and following.tag == "m"  # 提高|5%
        plain = turned or brought or NOUNLIKE.isdisjoint(view.known[n].kinds) or view.is_adverb(n - 1)
        last = following is None and view.known[n].acts and unit.tag == "v"
        well_done = brought and following is not None and following.text == "到位"  # 把政策|宣传|到位
        is_deed = well_done or (
            (plain or (counted and view.known[n].acts))
            and (turned or last or view.is_predicate(n, sure=False))
        )
        if "placed" in view.known[n].classes or is_deed or (counted and unit.text[1:] == "至"):
            end = n
            if "nominal" in view.known[n - 1].kinds and n + 1 == view.size:
                return None  # 将牢记使命、强化|担当: its object, no verb that places
            if view.texts[n] == "进行" and view.known[view.size - 1].acts and n + 1 < view.size:
                ways = range(n + 1, view.size - 1)
                n = view.size - 1 if all(map(view.is_adverb, ways)) else n  # 将政策用宣传画进行|认真|展示
            way = _first_of(WITH, view, index + 2, end)  # 将政策|用宣传画…
            origin = _first_of(FROM, view, index + 2, end) if brought else 0  # 将起征点|从3万元|提高到15万元
            tied = _first_of(BESIDE, view, index + 2, end) if view.texts[n] in TIED else 0
            told = _first_of(TOWARD, view, index + 2, end) if view.texts[n] in MADE_KNOWN else 0
            end = way or origin or tied or told or end
            while end - 1 > index + 1 and _is_manner(view, end - 1) and view.texts[end - 2] != "的":
                end -= 1
            return view.texts[n], joined_text(view.units[index + 1 : end]).removesuffix("进行")
    return None


def _made_known(view: ClauseView, index: int) -> tuple[str, str] | None:
    """Return (verb, what) of what is told to somebody or shown somewhere: 将评审结果|向社会|公开."""
    last = view.size - 1
    if view.texts[last] not in TELLING:
        return None
    if any("placed" in view.known[n].classes for n in range(index + 2, last)):
        return None  # 将信息纳入平台并向社会公示
    end = _first_of(TO, view, index + 2, last)
    while end > index + 2 and view.is_adverb(end - 1):
        end -= 1
    return (view.texts[last], joined_text(view.units[index + 1 : end])) if end else None


def _is_manner(view: ClauseView, index: int) -> bool:
    """Whether the word at an index says how something is placed, and is no name of four characters: 全部, not 学前教育."""
    known = view.lexicon.known.get(view.texts[index][2:])
    names = len(view.texts[index]) == NAME and known is not None and not NOUNLIKE.isdisjoint(known.kinds)
    return view.is_adverb(index) and not names


def _first_of(words: frozenset[str], view: ClauseView, start: int, end: int) -> int:
    """The first index between two at which one of some words stands, 0 if none does."""
    return next((n for n in range(start, min(end, view.size)) if view.texts[n] in words), 0)


def _brought_together(view: ClauseView, index: int) -> tuple[str, str] | None:
    """Return (verb, what) of what 把 brings together with something else: 把培训内容与产业|结合|起来."""
    last = view.size - 2
    joint = next((n for n in range(index + 2, last) if view.texts[n] in ("与", "和", "同")), 0)
    if view.texts[joint] == "和" and "、" in view.texts[index + 1 : joint]:
        joint = 0  # 把企业、基地和农户|联合|起来
    end = joint or last
    while end > index + 2 and (view.is_adverb(end - 1) or view.texts[end - 1] in CLOSELY):
        end -= 1
    verb = view.texts[last]
    return (
        (verb, joined_text(view.units[index + 1 : end])) if view.known[last].acts or verb == "结合" else None
    )


TELLING = frozenset(
    ["公开", "公示", "公布", "通报", "发布", "反馈", "报告", "张贴", "展示", "移交", "开放", "备案"]
)
TO = frozenset(["向", "在", "于"])
SINCE = frozenset(["自", "从"])


def placed_by_jiang(view: ClauseView, index: int) -> tuple[str, str] | None:
    """Return what `placed` does for 将, which says 把 where no verb follows at once, or a level is reached: 将〔时限〕压减到3天."""
    if "framed" in view.known[index + 1].classes or any(u.text == "把" for u in view.units[index + 1 :]):
        return None
    following = view.texts[index + 1 : index + 2]
    if following in (["会同"], ["会"]) or (following and following[0][0] == "每"):
        return None  # 县教育局将|会同|县财政局|开展检查, 将|会|提高效率, 将|每季度|通报情况
    if (
        following
        and following[0] in SINCE
        and any(text in ("起", "开始") for text in view.texts[index + 2 :])
    ):
        return None  # 将|自2025年起|提高标准
    tells_of_future = view.is_adverb(index + 1) or view.opens(index + 1)
    moved = _moved(view, index + 2)
    is_placed = moved or "placed" in view.known[view.size - 1].classes or PLACING_RE.search(view.text)
    is_placed = is_placed or (not view.is_adverb(index + 1) and TOLD_RE.search(view.text, 4))
    if is_placed or not tells_of_future:
        return placed(view, index, moved)
    return _made_known(view, index)


def _moved(view: ClauseView, index: int) -> int:
    """Where what 将 takes is brought to a level, looked for from an index on, 0 where it is not: 将〔企业开办时间〕压缩到1天."""
    units = view.units
    for n in range(index, len(units) - 1):
        if units[n + 1].text in ("到", "至") and view.known[n].acts and units[n].tag == "v":
            return n
        if (
            units[n + 1].text == "为"
            and view.known[n].acts
            and units[n + 2 : n + 3]
            and units[n + 2].tag == "m"
        ):
            return n  # 压缩|为|1个
        if units[n].text[1:] == "至" and units[n + 1].tag == "m":
            return n  # 降至|1%
    return 0
