"""Whether a verb in its place tells of a deed: planned, owed, plain, or the last word of its clause."""

from __future__ import annotations

from pipeline.extract.measures.clauses import JOINTS
from pipeline.extract.measures.fronted import NO_PLAIN_ACT
from pipeline.extract.measures.verb_group import BY_WAY, SETTLED, SPENT, WAYS
from pipeline.extract.measures.verbs import NOUNLIKE
from pipeline.extract.measures.view import ClauseView

SANCTIONS = frozenset(["问效", "奖惩", "执法"])
BIDDEN = 8  # units between a modal and the verb that ends its clause
COMPLETING = frozenset(["完成", "开工", "建成", "竣工", "运营", "启动", "实施", "到位", "上线", "销号"])
LETTING = frozenset(["可", "可以"])
OWING = frozenset(["应", "应当", "须", "必须"])
MUST = OWING | {"不得"}
LETTING_OR_OWING = LETTING | OWING
STATIVE = frozenset([
    "具备", "具有", "包括", "包含", "属于", "位于", "低于", "高于", "大于", "小于", "等于", "存在", "成为", "拥有",
    "看到", "认识", "知道", "懂得", "相信", "承认", "成功", "依靠", "在于", "来自", "处于", "基于", "达成", "出现",
    "达标", "相符", "相应", "符合", "合格", "一致", "有效", "齐全", "完整", "分开", "适用", "享有", "承受", "持有",
])  # fmt: skip
BOUNDS = frozenset(["标准", "程序", "条件", "流程", "范围", "时限", "期限", "门槛", "权限", "比例"])
# how what bounds a deed is kept or drawn up
KEEPING = frozenset([
    "执行", "落实", "遵守", "履行", "规范", "控制", "把握", "遵循", "制定", "限定", "限制", "核定", "明确", "确定", "设定", "坚持", "压缩", "实行",
    "缩短", "审核", "审查", "核实", "提高", "降低", "完善", "按照", "对照", "界定", "划定", "细化", "统一", "公开", "公示",
    "设置", "设立", "公布", "简化", "优化", "调整", "修订", "建立", "健全", "出台", "规定", "掌握", "放宽", "取消", "改变", "区分",
])  # fmt: skip
MATTERS = ("相关工作", "有关工作", "等工作")
WORKS = ("工作", "事务", "事宜", "管理", "监管", "监督")  # what somebody is in charge of
DISCIPLINES = frozenset(["纪律", "法纪", "考纪", "会纪", "风纪", "生活"])
FOR_WHOM = frozenset(["给", "向"])
NOW, NOW_DECIDED = frozenset(["现", "特", "兹"]), 2
OBJECT_BEGINS = frozenset("nrljqsbmv")


def is_owed(view: ClauseView, index: int) -> bool:
    """Whether a verb that the lexicon does not know is what a modal before it asks for: 应当|单独|设账, not 应当|具备|条件."""
    unit = view.units[index]
    if unit.tag != "v" or len(unit.text) != 2 or unit.text in STATIVE:
        return False
    is_last = index + 1 == view.size or view.texts[index + 1] == "、"
    if not is_last and view.units[index + 1].tag[:1] not in OBJECT_BEGINS:
        return False
    if view.known[index + 1].acts and NOUNLIKE.isdisjoint(view.known[index + 1].kinds):
        return False  # 要特别注意|加强…
    modal = index - 1
    while modal and "obliging" not in view.known[modal].classes and _tells_when(view, modal):
        modal -= 1
    return "obliging" in view.known[modal].classes


def _tells_when(view: ClauseView, index: int) -> bool:
    """Whether an adverb or how long before stands at an index: 应当|提前|24|小时|通知…."""
    return view.units[index].tag in ("d", "ad", "m", "q") or view.texts[index] in ("提前", "小时")


def is_charge(view: ClauseView, index: int) -> bool:
    """Whether the verb behind 负责 says with its object what is to be done: 提供|成果, not 组织实施, 指导、监督|工作."""
    if index + 1 >= view.size or view.texts[index + 1] in JOINTS:
        return False
    if view.texts[index] in FOR_WHOM:
        return True  # 负责|给上述账号赋予权限
    known, following = view.known[index], view.units[index + 1]
    if view.text.endswith(MATTERS):
        return False  # 负责〔新建项目相关工作〕
    if is_plain(view, index) and NOUNLIKE.isdisjoint(known.kinds):
        return True
    is_thing = (
        following.tag[:1] in "nbrj" or index + 2 < view.size
    )  # 负责|加强|消防站|建设, but 负责|组织|实施
    return (
        known.acts
        and view.units[index].tag in ("v", "a", "vn")
        and is_thing
        and not view.text.endswith(WORKS)
    )


def may_end(view: ClauseView, index: int, actor: str | None, patient: str) -> bool:
    """Whether a verb may be the last word of its clause: behind what it is done to, or by which way."""
    before = view.texts[index - 1]
    way = before in WAYS  # 按照…的程序|办理
    way = way or (view.texts[index] in SETTLED and _goes_by(view, index))
    way = way or _is_bidden(view, index)
    return way or (patient != "" and (actor is not None or view.is_adverb(index - 1)))


def _is_bidden(view: ClauseView, index: int) -> bool:
    """Whether a rule bids the verb that ends a clause, and the verb tells of a deed: 施工单位要|在24小时内|到场|处置."""
    if not view.is_norm or "aim" in view.known[index].kinds or view.texts[index] in COMPLETING:
        return False
    return any("obliging" in view.known[n].classes for n in range(max(0, index - BIDDEN), index))


def _goes_by(view: ClauseView, index: int) -> bool:
    """Whether a rule says before an index by which way a thing is settled: 根据困难程度|分档|确定."""
    return view.is_norm and any(unit.text in BY_WAY for unit in view.units[:index])


def is_let_or_owed(view: ClauseView, index: int) -> bool:
    """Whether a rule lets or tells one to do what ends the clause, the verb at an index, and names no thing: 可以|退回, 应当|立即|停工."""
    if not view.is_norm or view.units[index].tag[:1] != "v":
        return False
    modal = index - 1
    while modal > 0 and view.is_adverb(modal):
        modal -= 1
    return modal >= 0 and view.texts[modal] in LETTING_OR_OWING and is_plain(view, index)


def names_a_control(view: ClauseView, index: int) -> bool:
    """Whether the last two units of a clause are verbs that name what is strict, and no verb with its object: 督查|考核."""
    return "noun" in view.known[index].kinds and (
        view.known[index + 1].acts or view.texts[index + 1] in SANCTIONS
    )


def names_bound(view: ClauseView, index: int) -> bool:
    """Whether the last two units of a clause name by a verb what bounds a deed, and are no verb with its object: 创建|标准, 招标|程序, not 执行|标准."""
    return view.texts[index + 1] in BOUNDS and view.texts[index] not in KEEPING and view.known[index].acts


def names_discipline(view: ClauseView, index: int) -> bool:
    """Whether the words from an index on name a discipline, and none before it is a deed: 招生|纪律, not 查处|违反|换届|纪律."""
    known = view.known[index]
    is_deed = known.acts and "intransitive" not in known.classes and NOUNLIKE.isdisjoint(known.kinds)
    is_deed = is_deed and view.texts[index] != "学习"  # 严格|学习|纪律
    return view.texts[-1][-2:] in DISCIPLINES and not is_deed


def is_planned(view: ClauseView, index: int) -> bool:
    """Whether 计划 before an index says that a thing will be done, and is no noun: 计划|改造学校8所, not 计划|投资5亿元."""
    if not view.known[index].acts or index + 1 >= view.size:
        return False
    return view.texts[index] not in SPENT and view.units[index].tag == "v"


def is_decided(view: ClauseView, index: int) -> bool:
    """Whether 决定 before an index opens a paper's clause, and where, how or on what a thing is done follows: 在全市|开展检查."""
    opened = index == 1 or (index == NOW_DECIDED and view.texts[0] in NOW)  # 现|决定|组织开展…
    if not opened or index >= view.size or not view.is_paper:
        return False
    return view.texts[index] in ("在", "对") or view.is_adverb(index) or view.known[index].acts


def is_done_alike(view: ClauseView, index: int) -> bool:
    """Whether 统一 before an index says how a thing is done, and is no deed of its own: 统一|印制|宣传资料, 统一|由…."""
    if view.units[index : index + 1] and view.texts[index] == "由":
        return True
    if index + 1 >= view.size:
        return False
    told = view.units[index].tag == "v" and view.units[index + 1].tag in ("n", "a", "nz", "m", "b")
    told = told and view.known[index].acts and "head" not in view.known[index + 1].classes
    return is_plain(view, index) or (told and "either" not in view.known[index].kinds)


def is_plain(view: ClauseView, index: int) -> bool:
    """Whether the verb at an index acts on things, and tells neither of a state nor of an end: 赋码, not 提升, 完成."""
    kinds = view.known[index].kinds
    return view.known[index].acts and kinds.isdisjoint(NO_PLAIN_ACT) and view.texts[index] not in COMPLETING
