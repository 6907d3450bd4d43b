"""What is said of a subject with an attribute or a deed of its own: 悬挂专用号牌的车辆不得…, 引进人才须签订协议."""

from __future__ import annotations

import functools

from pipeline.extract.measures.actors import PEOPLE_ENDS
from pipeline.extract.measures.bans import BANNED_VERBS, Walk
from pipeline.extract.measures.carrying import BIDDING
from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.deeds import LETTING, MUST, OWING
from pipeline.extract.measures.objects import SAYING
from pipeline.extract.measures.states import DRAFTED
from pipeline.extract.measures.verb_group import BY_WAY, Predicate
from pipeline.extract.measures.verbs import lexicon
from pipeline.extract.measures.view import ClauseView

OFFICES = frozenset(["部门", "行政部门", "主管部门", "执法机构"])
MAY_OR_MUST = MUST | LETTING
# what is asked of others or held, whose object may hold a modal: 号召|职工要…, 坚持|发展要…
ASKING = SAYING | frozenset([
    "号召", "坚持", "教育", "提醒", "告诫", "通知", "告知", "认为", "做到", "看到", "认识", "认识到", "使", "让", "宣传", "宣讲", "注意", "牢记", "树立", "强化", "增强", "形成",
])  # fmt: skip
PARTING = frozenset(["，", "、", "的", "是", "把", "将", "就"])
OPENS_CLAUSE = frozenset(["preposition", "partner", "lead"])
OFFICES_FOR = frozenset(["办公室", "中心", "小组", "领导小组", "委员会", "专班", "指挥部"])
RELIED_ON = frozenset(
    ["依托", "利用", "使用", "运用", "立足", "围绕", "面向"]
)  # verbs of their own behind a modal
PEOPLE = (*PEOPLE_ENDS, "部")
BINDING = OWING | {"要", "务必"}
GOVERNING = frozenset(["governing", "pivot"])
# what those get whom an attribute names: 情节严重的|吊销许可证
DEALT_OUT = frozenset([
    "给予", "予以", "吊销", "取消", "责令", "移送", "扣减", "奖励", "拨付", "暂停", "终止", "追究", "约谈", "收回", "清退", "解除", "注销",
])  # fmt: skip


@functools.cache
def binding_words() -> frozenset[str]:
    """Return the words one of which stands behind every subject that `bound` looks for."""
    words = lexicon().words
    return MAY_OR_MUST | BY_WAY | BANNED_VERBS | DEALT_OUT | words["obliging"] | words["binding"]


def bound(view: ClauseView, walk: Walk) -> Predicate | None:
    """Return the predicate behind a subject whose attribute acts, or that is a deed itself; None for any other subject.

    It is asked of clauses that hold one of the `binding_words`, as few do.
    """
    if (found := _of_deed(view, walk)) or "的" not in view.text:
        return found
    is_subject = "preposition" not in view.known[0].classes
    told = 1 if view.texts[0] in ("对", "对于") else 0  # 对未经检验的肉类|不得|销售
    for n in range(2, view.size - 1):
        if view.texts[n - 1] == "的":
            ban = n + 1 if view.texts[n] == "一律" else n
            if view.texts[ban] in BANNED_VERBS:
                return walk(
                    view, ban, None, joined_text(view.units[told:n]), sure=True
                )  # 验收不合格的|不得移交
            if is_subject and view.is_norm:
                if dealt := _dealt_out(view, n, walk):
                    return dealt  # 情节严重的|吊销许可证
                if "obliging" in view.known[n].classes:
                    return walk(view, n + 1, None, "", sure=True)  # 不能立即整改的|要|落实措施
        elif _binds(view, n, is_subject=is_subject):
            name = joined_text(view.units[told:n])
            who = name if not told and view.is_actor(name) else None
            return walk(view, n, who, "" if who or not view.is_norm else name, sure=True)
    return None


def told_behind(view: ClauseView, found: Predicate, walk: Walk) -> Predicate | None:
    """Return the predicate behind a modal that stands in what was taken for an object, None where no modal turns the clause.

    The verb found only tells whom or what it is said of: 提供|办事服务|应|依托平台, 国家〔组织〕药品采购办公室|要|会同…; in
    督促企业要落实责任 the modal belongs to the object.
    """
    texts, known = view.texts, view.known
    verb = next((n for n in range(view.size) if known[n].acts and found.verb.startswith(texts[n])), view.size)
    modal = next((n for n in range(verb + 2, view.size - 1) if texts[n] in BINDING), 0)
    if not modal or found.verb in ASKING:
        return None
    # 国家〔组织〕药品采购办公室: the office for what is organised
    is_office = (
        texts[verb] == "组织"
        and texts[modal - 1] in OFFICES_FOR
        and any(known[n].acts for n in range(verb + 1, modal))
    )
    if not (is_office or GOVERNING.isdisjoint(known[verb].classes)):
        return None
    behind = known[modal + 1]
    goes_on = behind.acts or not OPENS_CLAUSE.isdisjoint(behind.classes) or view.is_adverb(modal + 1)
    before = view.units[modal - 1]
    if not goes_on or not (before.tag[:1] in "nvj" or before.text == "的"):
        return None
    told = 1 if texts[0] in ("对", "对于") else 0
    name = joined_text(view.units[told:modal])
    who = name if not told and view.is_actor(name) else None
    thing = name if told or not who else ""
    by = texts[modal + 1] in RELIED_ON and joined_text(view.units[modal + 2 :])
    return walk(view, modal, who, thing, sure=True) or (Predicate(texts[modal + 1], by, who) if by else None)


def entrusted(view: ClauseView, walk: Walk) -> Predicate | None:
    """Return the predicate of what those do whom another has asked to: 卫生院|受县卫健局委托|负责考核."""
    asked = next((n for n in range(1, view.size - 1) if view.texts[n] == "委托"), 0)
    if not asked or not (view.known[asked + 1].acts or view.turns_to_deed(asked + 1)):
        return None
    who, _, other = view.text.partition("受")
    is_asked = len(other) > 2 and "的" not in view.texts[:asked]  # 受委托的机构
    is_body = not who or view.is_actor(who)
    return walk(view, asked + 1, who or None, "", sure=True) if is_asked and is_body else None


def of_charged(view: ClauseView, walk: Walk) -> Predicate | None:
    """Return the predicate of bodies that are told by what they are charged with: 负责药品监管的部门|建立台账."""
    begin = view.texts.index("的") + 1 if "的" in view.texts else view.size
    if "preposition" in view.known[1].classes:
        return None  # 负责|对存在问题的单位开展检查
    for n in range(begin + 1, view.size - 1):
        text = view.texts[n]
        if text == "的":
            return None
        if text != "负责" and not view.turns_to_deed(n):
            continue
        if view.is_actor(name := joined_text(view.units[:n])):
            return walk(view, n, name, "", sure=True)
    return None


def _binds(view: ClauseView, n: int, *, is_subject: bool) -> bool:
    """Whether the word at an index binds the noun before it, which has an attribute: 悬挂专用号牌的车辆|不得."""
    classes = view.known[n].classes
    if "binding" not in classes and not (is_subject and "obliging" in classes):
        return False
    return view.units[n - 1].tag[:1] in "nlj" and "的" in view.texts[1 : n - 1]


def _of_deed(view: ClauseView, walk: Walk) -> Predicate | None:
    """The predicate of what is said of a deed: 引进|人才|须签订协议, 新建|居住区|按照标准配建…."""
    units = view.units
    if view.size > 3 and view.texts[2] in MAY_OR_MUST and units[1].tag[:1] == "n" and view.known[0].acts:
        return walk(view, 2, *_who_or_what(view, 2), sure=True)
    if modal := told_of_deed(view):
        deed = next(n for n in range(modal) if view.known[n].acts)
        return walk(view, modal, joined_text(units[:deed]) or None, "", sure=True)
    if not view.is_norm:
        return None
    by_way = view.size > 4 and view.texts[2] in BY_WAY and units[1].tag[:1] == "n" and view.known[0].acts
    if by_way and (told := walk(view, 2, None, joined_text(units[:2]), sure=True)):
        return told
    if not MUST.isdisjoint(view.texts[2:]) and (modal := _modal_behind_deed(view)):
        return walk(view, modal, *_who_or_what(view, modal), sure=True)  # 学校组织学生外出|应当|报备
    return None


def told_of_deed(view: ClauseView) -> int:
    """Return the index of the modal that says how the deed before it is to be done, 0 for none: 制定|政策|要|认真听取…."""
    texts, known = view.texts, view.known
    told = 2
    while told < view.size and texts[told] not in BIDDING:
        told += 1
    if told + 1 >= view.size:
        return 0
    deed = 0
    while deed < told and not known[deed].acts:
        deed += 1
    if told < deed + 2 or texts[deed] in ASKING:
        return 0
    behind = known[told + 1]
    goes_on = behind.acts or "preposition" in behind.classes or view.is_adverb(told + 1)
    if (
        not goes_on
        or "governing" in known[deed].classes
        or (deed and not view.is_actor(joined_text(view.units[:deed])))
    ):
        return 0
    for n in range(deed + 1, told):
        if texts[n] in PARTING or view.is_adverb(n) or not OPENS_CLAUSE.isdisjoint(known[n].classes):
            return 0
    thing = joined_text(view.units[deed + 1 : told])
    return 0 if thing[-1:] in PEOPLE or view.is_actor(thing) else told


def _who_or_what(view: ClauseView, modal: int) -> tuple[str | None, str]:
    """The body or the thing that stands before a modal: 县救援大队, 教育|行政部门, 引进人才的企业; 新建|学校."""
    name = joined_text(view.units[:modal])
    is_body = not view.known[0].acts or view.texts[modal - 1] in OFFICES or "的" in view.texts[1:modal]
    return (name, "") if is_body and view.is_actor(name) else (None, name)


def _dealt_out(view: ClauseView, index: int, walk: Walk) -> Predicate | None:
    """The predicate of what those get that an attribute names, adverbs before it: 优秀等次的|全额|拨付."""
    verb = index
    while verb + 1 < view.size and view.is_adverb(verb):
        verb += 1
    is_verb = view.units[verb].tag[:1] == "v" or view.texts[verb] == "责令"  # a noun to jieba
    if view.texts[verb] not in DEALT_OUT or not is_verb or not view.known[verb].acts:
        return None
    if verb + 1 == view.size or view.texts[verb + 1] == "并":
        return Predicate(view.texts[verb], "") if verb > index else None
    return walk(view, verb, None, "", sure=True)


def _modal_behind_deed(view: ClauseView) -> int:
    """The index of the modal behind a deed that is only the topic of its clause, 0 for none: 易地搬迁|应|将…纳入规划."""
    modal = next((n for n, u in enumerate(view.units) if u.text in MUST), 0)
    if modal < 2 or modal + 1 >= view.size or "preposition" in view.known[0].classes:
        return 0
    before = view.units[:modal]
    if before[-1].text in ("的", "、") or not any(view.known[n].acts for n in range(modal)):
        return 0
    says = any(u.text in SAYING or u.text.startswith(DRAFTED) for u in before)
    return (
        0
        if says
        or any("adverb" in view.known[n].classes or "modal" in view.known[n].kinds for n in range(modal))
        else modal
    )
