"""What is done by whom: 补助资金由县财政承担, 本办法由县民政局负责解释."""

from __future__ import annotations

from pipeline.extract.measures.bans import Walk
from pipeline.extract.measures.bound_subjects import MAY_OR_MUST
from pipeline.extract.measures.clauses import JOINTS, joined_text
from pipeline.extract.measures.leads import MOMENTS
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView

NO_THING_TAGS = ("p", "c", "u", "d", "x")
MOST_NAMED = 12  # units that name an actor
# who acts in a rule by these names alone: 由承租人扣除
PARTIES = (
    "人", "方", "者", "双方", "村集体", "县级", "市级", "省级", "镇级", "村级", "业主", "农户", "用户", "家庭", "企业",
)  # fmt: skip
EXPLAINING = frozenset(["解释", "说明"])
LEADING_VERBS = frozenset(["牵头", "统一", "给予", "予以", "进行"])  # before the deed


def done_by_actor(view: ClauseView, walk: Walk) -> Predicate | None:
    """Return the predicate of what is done by whom: 补助资金|由|县财政|承担."""
    at = next((n for n, unit in enumerate(view.units) if unit.text == "由"), 0)
    begin = at
    while begin and (view.is_adverb(begin - 1) or view.texts[begin - 1] in MAY_OR_MUST):
        begin -= 1  # 统一由, 应当先由
    told = 1 if begin > 1 and view.texts[0] in ("对", "对于") else 0  # 对投诉事项|由县优化办交办
    thing = joined_text(view.units[told:begin])
    if begin > 1 and view.texts[begin - 1] == "的" and view.is_norm and not told:
        thing = ""  # 逾期不改的|由县城管局|责令停业
    elif not begin or len(thing) < 2 or view.units[begin - 1].tag.startswith(NO_THING_TAGS):
        return None
    if view.text.endswith("组成") or thing.endswith("选择"):
        return None  # 评审组由有关部门组成
    if thing.endswith(MOMENTS) or any(view.texts[n] in ("把", "将", "自") for n in range(begin)):
        return None
    named = next((n for n in range(at, view.size) if "means" in view.known[n].classes), view.size)
    if view.is_predicate(0, sure=False) and any(u.text == "的" for u in view.units[at:named]):
        return None  # 健全由政府主导的机制
    for n in range(min(at + MOST_NAMED, view.size - 1), at + 1, -1):
        if _organizes(view, at + 1, n):
            continue
        name = joined_text(view.units[at + 1 : n])
        if (view.is_actor(name) or (view.is_norm and name.endswith(PARTIES))) and not _does(view, at + 1, n):
            verb = _charge(view, n) if view.texts[n] == "负责" else _lone_verbs(view, n)
            if verb := verb or _listed(view, n) or _handed(view, n):
                return Predicate(verb, thing, name)
            is_first = view.texts[n + 1 : n + 2] == ["后"] and n + 2 < view.size  # 由县政府审定|后|向社会公布
            return walk(view, n + 2 if is_first else n, name, thing, sure=True)
    return None


def by_whom(view: ClauseView, index: int, stop: int) -> str | None:
    """The body that the 由 at an index names, whatever phrase follows before `stop`: 由|县审批局|在三日内, 由|县教育局|组织|开展."""
    if _organizes(view, index + 1, stop):
        stop -= 1
    if view.is_actor(name := joined_text(view.units[index + 1 : stop])):
        return name
    end = next((n for n in range(index + 2, stop) if "preposition" in view.known[n].classes), index)
    if view.texts[end] in JOINTS:
        return None
    return name if view.is_actor(name := joined_text(view.units[index + 1 : end])) else None


def _organizes(view: ClauseView, start: int, stop: int) -> bool:
    """Whether 组织 ends a span as what the body before it does, and no name: 县教育局|组织, not 社会|组织."""
    return view.texts[stop - 1] == "组织" and view.is_actor(joined_text(view.units[start : stop - 1]))


def _charge(view: ClauseView, index: int) -> str:
    """What somebody is charged with whose object stands in front: 本办法由县民政局|负责解释; 负责 before an object."""
    rest = range(index + 1, view.size)
    alone = len(rest) > 0 and all(view.known[n].acts or view.texts[n] in EXPLAINING for n in rest)
    return joined_text(view.units[index:]) if alone else "负责"


def _listed(view: ClauseView, index: int) -> str:
    """The verb by which a thing in front is put on a list, adverbs before it; "" for any other: 每年|列入|预算."""
    verb = next((n for n in range(index, view.size) if not view.is_adverb(n)), index)
    return view.texts[verb] if "listed" in view.known[verb].classes else ""


def _handed(view: ClauseView, index: int) -> str:
    """The verb by which what stands in front comes to somebody, "" for any other: 直接|拨付|到户, 兑付|到|个人账户."""
    verb = next((n for n in range(index, view.size) if not view.is_adverb(n)), index)
    behind = view.texts[verb + 1 :]
    comes = len(behind) > 1 and behind[0] in ("到", "至", "给") and view.units[verb + 2].tag != "m"
    comes = comes or (len(behind) == 1 and behind[0][0] == "到")
    return view.texts[verb] if comes and view.known[verb].acts else ""


def _does(view: ClauseView, start: int, end: int) -> bool:
    """Whether a verb acts between two indexes, and does not only say which body it is: 起草|部门."""
    return any(
        view.known[n].acts
        and view.units[n].tag == "v"
        and not (n + 1 < end and (view.known[n + 1].acts or "head" in view.known[n + 1].classes))
        for n in range(start, end)
    )


def _lone_verbs(view: ClauseView, index: int) -> str:
    """The verbs that end a clause from an index on without object, adverbs and 负责 before them left off; "" with one."""
    pause = next((n for n in range(index, view.size) if view.texts[n] == "、"), view.size)
    if not all(view.known[n].acts or view.is_adverb(n) for n in range(index, view.size) if n != pause):
        return ""  # 由县供水总站统一采购、统一配送 acts by the first
    rest = range(index, pause)
    begin = next((n for n in rest if view.known[n].acts and view.texts[n] not in LEADING_VERBS), pause - 1)
    return (
        joined_text(view.units[begin:pause])
        if all(view.known[n].acts for n in range(begin, rest.stop))
        else ""
    )
