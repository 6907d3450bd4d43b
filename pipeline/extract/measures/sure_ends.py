"""Phrases in front of a predicate whose last words close them for sure: 以…为抓手, 在…方面, 从2025年起."""

from __future__ import annotations

from pipeline.extract.measures.clauses import JOINTS
from pipeline.extract.measures.view import ClauseView

FRAMES = frozenset([
    "抓手", "导向", "契机", "载体", "引领", "统领", "牵引", "支撑", "突破口", "着力点", "切入点", "中心", "重点", "核心", "主线", "基础",
    "目标", "动力", "依托", "单位", "主体", "纽带", "主题", "根本", "保障", "平台", "底线", "标准", "主攻方向",
])  # fmt: skip
ATTRIBUTES = frozenset(["重要", "主要", "根本", "基本", "有力", "首要"])  # 以…为|重要|抓手
FIELDS = frozenset(["方面", "层面", "领域", "环节", "过程中", "基础上", "前提下"])
WITHIN = frozenset(["上", "中", "下", "内", "里", "期间"])
# what a phrase of names begins with, beside the means: 在各乡镇|加强…, 为老年人|完善…
NAMING = frozenset(["在", "为", "给", "从", "向", "对", "对于"])
NAME_TAGS = frozenset("nvjstmqrblaiqux")  # the first characters of jieba's tags
NAME_ENDS = frozenset(["nominalizer", "head"])
NO_THING = frozenset(["情况", "力度", "工作", "程度"])


WAYS_BY = frozenset(["按照", "按", "根据", "依据", "依照", "遵照", "结合"])
# by what a thing is done: 按照职责分工|加强…, 按照规定程序|办理…
BY = frozenset([
    "分工", "职责分工", "职责", "部署", "安排", "要求", "程序", "规定", "原则", "标准", "精神", "方案", "计划", "意见", "办法", "步骤", "时限", "规划",
    "思路", "任务", "政策", "规范", "流程", "需要", "情况", "结果", "节点", "目标", "清单", "模式", "方式", "比例", "权限", "约定", "范围",
])  # fmt: skip
RULES = frozenset(["规定", "程序", "办法", "要求", "标准", "流程", "比例"])
CARRIED_THROUGH = frozenset(
    ["办理", "执行", "支付", "拨付", "发放", "处理", "实施", "操作", "安排", "核定", "结算", "列支"]
)
BY_MEANS_OF = frozenset(["通过", "利用", "运用", "依托", "借助", "用"])
FITTING = frozenset(["根据", "结合"])  # 根据工作实际|制定…, but 按实际缴纳的费用
WHO = frozenset(["单位", "部门", "机构", "人员", "主体"])
# what closes a phrase for sure, by the word that it begins with
ENDS = {"以": FRAMES, "在": FIELDS | WITHIN, "从": frozenset(["起"]), "自": frozenset(["起"])}


def behind_sure_end(view: ClauseView, index: int) -> int:
    """Return the index behind the phrase at `index` that ends in words which only close phrases, 0 for any other.

    Whatever closes a phrase elsewhere, or names a thing by a verb, stands behind that end: 以项目为抓手|完善工作机制.
    """
    texts = view.texts
    opening = texts[index]
    if opening in WAYS_BY:
        return _behind_way(view, index)
    if opening in BY_MEANS_OF and "等" in texts:
        return _behind_quoted(view, index)
    if opening not in ENDS or (opening == "以" and "为" not in texts):
        return 0
    ends = ENDS[opening]
    for n in range(index + 2, view.size - 2):
        if texts[n] in ends and (opening == "在" or _closes(texts, index, n)):
            return n + 1 if _begins(view, n + 1) else 0
    return 0


def _behind_quoted(view: ClauseView, index: int) -> int:
    """The verb behind the quoted names of means whose list 等 ends, 0 where none follows: 通过“红色物业”等|拓展|治理领域."""
    end = view.texts.index("等")
    is_list = end > index + 1 and all(
        view.units[n].tag == "quote" or view.texts[n] in JOINTS for n in range(index + 1, end)
    )
    return end + 1 if is_list and end + 2 < view.size and _begins(view, end + 1) else 0


def _behind_way(view: ClauseView, index: int) -> int:
    """The verb behind the last of the nouns that say by what it is done, 0 where none follows: 按照|规定|程序|办理|手续."""
    for n in range(index + 1, view.size - 2):
        behind = view.texts[n + 1]
        is_end = view.texts[n] in BY or (view.texts[n] == "实际" and view.texts[index] in FITTING)
        if is_end and behind not in BY and _begins(view, n + 1):
            names_body = view.texts[n + 2] in WHO and "role" in view.known[n + 1].classes
            return 0 if names_body else n + 1  # not 建设|单位
    last = view.size - 1
    if last > index + 3 and view.texts[last - 1] in RULES and view.texts[last] in CARRIED_THROUGH:
        return last  # 按|国库|集中|支付|规定|办理
    return 0


def _closes(texts: list[str], index: int, n: int) -> bool:
    """Whether 为 stands before the word at `n` that may end its frame, or a date before 起: 以县为|单位, 以党建为|重要|引领."""
    if texts[n] == "起":
        return texts[n - 1][-1] in "年月日度期"
    before = n - 2 if texts[n - 1] in ATTRIBUTES else n - 1
    return before > index and texts[before] == "为"


def behind_names(view: ClauseView, index: int, found: int | None) -> int:
    """Return the index of a verb that is never part of a name, behind a phrase of nothing but names: 围绕乡村振兴|加强|制度建设.

    0 where none is, and where anything but names leads on from it to the verb already `found` at the clause's end.
    """
    if "means" not in view.known[index].classes and view.texts[index] not in NAMING:
        return 0
    if view.texts[-1] in WITHIN or "goal_noun" in view.known[view.size - 1].classes:
        return 0  # 在计划制定方法上, 围绕环境质量改善这个目标
    for n in range(index + 1, view.size - 1):
        known, unit = view.known[n], view.units[n]
        if n > index + 1 and "upright" in known.classes:
            name = n
            while name > index + 1 and _leads(view, name - 1):
                name -= 1  # 围绕绿色发展|全面|加强…, not 围绕|精心|打造…
            is_there = unit.tag[:1] in "va" and name > index + 1 and view.texts[name - 1] not in JOINTS
            if found and any(u.tag[:1] not in NAME_TAGS for u in view.units[n + 1 : found]):
                return 0  # 在完善政策时|将|统筹考虑
            return n if is_there and _has_object(view, n) else 0
        if unit.tag[:1] not in NAME_TAGS or (known.acts and unit.tag == "v"):
            return 0
    return 0


def _leads(view: ClauseView, n: int) -> bool:
    return view.units[n].tag == "d" or "adverb" in view.known[n].classes


def _has_object(view: ClauseView, n: int) -> bool:
    """Whether a thing stands behind the verb at an index: 加强|管理, 完善|工作|机制, not 提高|的, 提高|推动."""
    following, behind = view.units[n + 1], view.known[n + 1]
    if following.tag[:1] not in NAME_TAGS or following.text in JOINTS or following.text == "等":
        return False
    if n + 2 == view.size and NAME_ENDS & behind.classes:
        return "framing" in view.known[n].classes and following.text not in NO_THING
    return following.tag[:1] != "v" or following.tag == "vn"


def _begins(view: ClauseView, n: int) -> bool:
    """Whether a predicate begins at an index, by a verb that makes no name of a thing: 加强|管理, not 发展|的, 建设|规模."""
    known, behind = view.known[n], view.known[n + 1]
    if "light" in known.kinds:
        return True  # 按比例|给予|一次性奖励
    if not known.acts or view.texts[n + 1] == "、" or not view.is_predicate(n, sure=True):
        return False
    if n + 2 == view.size and behind.acts and "noun" not in behind.kinds and "nominal" not in known.kinds:
        return False  # 在重点领域|攻坚|发力: both are the deed
    return "noun" not in known.kinds or not view.follows_head(n + 1)
