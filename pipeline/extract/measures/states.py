"""Clauses that only seem to act: 任务仍然艰巨, 承接平台积极拓展, 专业村发展到10个, 提供…是…的任务."""

from __future__ import annotations

import re

from pipeline.extract.measures.patterns import GROWN_RE, PLACED_RE, is_attained, is_state
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView

SUPPORT_RE = re.compile(
    r"(?:打下|奠定|筑牢|夯实|提供|注入|增添|创造)了?(?:更加?)?(?:坚实|有力|强有力|强大|坚强|良好|重要|充沛|新)的?[\u4e00-\u9fff]{0,4}(?:基础|支撑|保障|动力|动能|活力|条件|环境)$|保驾护航$|(?:打下|奠定|筑牢|夯实|提供|注入|增添|创造)(?:制度|组织|人才|技术|法治|服务)?(?:基础|支撑)$"
)

BRINGING = ("推动", "促进", "推进")  # 推动改革取得新进展 is a goal in a plan
LOOKING_BACK_RE = re.compile(r"[了过]|已")
NAMED_ONLY = frozenset(["行动", "工程", "计划", "专项行动"])
CARRYING_OUT = frozenset(
    ["实施", "开展", "启动", "推进", "组织", "参加", "加快", "落实", "推动", "谋划", "部署"]
)
PRAISED = frozenset(["有力", "有序", "有效", "有方", "有度"])  # how something was done, and no object
FINISHED = ("投入使用", "投入运营", "投入运行", "交付使用", "建成投用", "投用", "竣工", "完工", "通车")
SHARES = ("比例", "占比", "比重", "使用率", "覆盖率")
THOUGHTS = ("的理念", "的思想", "的意识", "的观念", "的观点", "的导向")
SET_UP = ("建立", "构建", "健全", "完善")
DRAFTED = ("编制", "制定", "制订", "出台", "修订", "起草", "印发")  # a plan may name the level it is for


def is_only_stated(view: ClauseView, found: Predicate) -> bool:
    """Return whether a clause tells of a state or a result, whatever predicate was found in it."""
    text, verb = view.text, found.verb
    if text[0] == "为" and SUPPORT_RE.search(text):
        return True  # 为粮食丰收打下坚实基础
    if view.is_report and verb.endswith("实现"):
        return True
    if found.object in NAMED_ONLY and verb not in CARRYING_OUT and not view.is_adverb(0):
        return True  # （一）景区提质行动
    if found.object[:1] == "有" and found.object.partition("、")[0] in PRAISED:
        return True  # 保障有力
    if verb == "组织" and found.object.endswith(SHARES):
        return True  # 国家组织药品集中采购中选药品使用比例: the name of an indicator
    if verb == "组成" and text.endswith("组成"):
        return True  # 成员由各部门负责人组成
    if verb == "听取" and not view.in_plan:
        return True  # what a meeting heard
    if (verb == "投入" or verb in view.lexicon.words["built"]) and text.endswith(FINISHED):
        return True  # 职教中心新建宿舍楼投入使用
    is_goal = "取得" in text and view.in_plan and verb in BRINGING
    is_goal = is_goal and not LOOKING_BACK_RE.search(text)
    if (is_attained(text) and not is_goal) or (
        found.actor and not PLACED_RE.search(text) and GROWN_RE.search(text)
    ):
        return True
    if text[0] == "对" and found.object and text.endswith("及时" + verb):
        return False  # 对缺苗的地块及时补种, but 处理问题及时妥当
    stated = is_state(text, acts_first=verb.startswith(DRAFTED) or verb.endswith(SET_UP))
    defined = "是" in text and _is_defined(view, found)
    if not (stated or defined):
        return False
    pivotal = not text.endswith(verb) and any(verb.startswith(pivot) for pivot in view.lexicon.words["pivot"])
    return not pivotal and (stated or verb != "坚持")


def _is_defined(view: ClauseView, found: Predicate) -> bool:
    """Whether the action is only the subject of 是: 提供优质服务是…的任务."""
    if view.text.endswith(THOUGHTS):
        return False  # 树牢〔发展是第一要务的〕理念
    begin = view.units[0].start
    at = view.text.find(found.verb)
    return any(
        unit.text == "是"
        and unit.start - begin > at >= 0
        and not view.texts[n].endswith(("特别", "尤其", "就", "不", "还", "而"))
        for n, unit in enumerate(view.units[1:])
    )
