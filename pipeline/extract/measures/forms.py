"""The forms that few clauses have and that give their predicate away, filed by what tells that a clause may have them.

A form states beside its reader with which characters its clauses begin or end, or a word they hold; it is read only
where one of these stands.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from operator import or_
from typing import NamedTuple

from pipeline.extract.measures.fixed_forms import (
    FILED,
    FORMED_ENDS,
    NO_DEED,
    PAPER_HELD,
    RECKONED,
    SCHEDULED,
    barred_within,
    filed,
    fixed_form,
    holding_paper,
    reckoned,
    scheduled,
)
from pipeline.extract.measures.fronted import CHANGED_ENDS, FRONTED_ENDS, patient_in_front
from pipeline.extract.measures.small_clauses import (
    COMPLETED_DEEDS,
    ENTERED,
    USED,
    done_by,
    entered,
    post_taken,
    put_in,
    put_right,
    put_to_use,
    taken_on,
    used_for,
)
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView
from pipeline.lazy_re import lazy_re

CHARGED_RE = lazy_re(
    r"(?P<who>[^，对]{2,40}?)?(?:要|须|必须)?对[^，]{2,30}(?:切实|全面)?负(?P<charge>总责|主责|首责|全责)"
)  # 乡镇对禁烧工作负总责
DONE = frozenset(["完成", "完工", "办结", "到位", "整改", "落实"])
BOUNDED_RE = lazy_re(
    r"(?P<what>[^，]{0,40}?)(?P<verb>不得(?:低于|超过|少于|高于|小于|大于|多于))(?P<bound>[^，的]*\d[^，的]*)"
)
DIMENSIONS = ("米", "厘米", "毫米", "公里", "平方米", "课时", "学时", "小时", "分钟", "层", "度", "处")
TURNED_RE = lazy_re(r"变(?P<what>“[^“”]{2,16}”|[^，为“”]{2,10})为(?:“[^“”]{2,16}”|[^，“”]{2,12})")
# whom 教育 is a verb before: 教育学生自觉遵守交通法规, but 教育系统, 教育资助
TAUGHT = ["引导", "学生", "师生", "群众", "职工", "党员", "干部", "孩子", "村民", "居民", "未成年", "青少年"]
TAUGHT_RE = lazy_re(
    r"教育(?:引导)?(?P<whom>[\u4e00-\u9fff]{0,6}?(?:学生|师生|群众|职工|党员|干部|青少年|孩子|村民|员工|居民)(?:自觉|主动|不|要|如何|正确|增强|遵守|养成|树立|懂得|掌握|珍惜|注意|学会|远离|牢记)[^，]{2,40})"
)
SHIFTED_RE = lazy_re(
    r"(?P<what>[^，的]{2,24}?)(?:要|应当?|须|必须|加快|逐步|推动)(?:由|从)[^，]{2,30}向[^，]{2,30}(?P<verb>转变|转型|升级|拓展|延伸)"
)
STUDIED_RE = lazy_re(
    r"(?P<who>[^，的“《]{2,12}(?:党委|党组|支部|学校|局|单位|部门|干部))?(?:要|应|认真|深入|全面|系统|集中|组织|及时|重点|专题|再次|反复|原原本本|带头){0,3}(?P<verb>学习(?:贯彻|领会|宣传|宣讲)?(?:落实)?)了?"
    r"(?P<what>(?![、和]|型|强国|贯彻|领会|宣传)[^，]{2,140}(?:精神|讲话|报告|论述|指示|批示|重要文章|决议|《[^《》]{2,40}》))"
)
STUDIED_ENDS = frozenset("神话告述示章议》")
TAKEN_PART_RE = lazy_re(
    r"(?:积极|踊跃|主动|组团)(?:组织)?参加(?P<what>[^，]{2,40}(?:活动|[会展赛]”?|论坛|大会))"
)
BUDGETED_RE = lazy_re(
    r"(?:[一二两三四五六七八九十\d]{1,4}年|[全今本]年|年内|分[一二两三四五六七八九十]{1,2}[年期])?(?:总计|合计|计划|预计|拟|共)+(?P<verb>投入|投资)(?:各类)?(?:资金)?(?P<sum>[约近]?[\d.]{1,10}[余多]?[万亿]?元)"
)
TAKEN_ENDS = frozenset(
    "抓责审批案准定核后意施局委办部处厅组心府门"
)  # the last characters of what taken_on looks for
GRANT_RE = lazy_re(
    r"(?!对|按|给|为|.{0,6}(?:给予|发放|拨付|兑[付现]|增发|发给|落实|支付|安排|投入|争取|申[请领]|享受|领取|下[拨达])).{2,24}?(?:再|另|一次性|分别)*(?P<verb>奖励|补助|补贴|奖补|资助)(?P<sum>(?:[\d.]{1,9}(?:[—~-][\d.]{1,9})?[万亿]?元[、和]?){1,4})"
)  # 企业首次上规奖励20万元
SET_OUT_RE = lazy_re(
    r"(?P<who>[^，》]{0,24}?)(?:就|对|围绕)(?P<what>[^，此]{2,80}?)(?:等方面|等)?[也都均]?(?:作|做)了(?:[^，了]{1,8}的|[^，的了]{2})?(?P<deed>安排部署|部署安排|部署|安排|布置)"
)
LOOKED_AT = ("看是否", "查是否", "看有没有", "查有没有")


def _bidden_done(view: ClauseView) -> Predicate | None:
    """The predicate of what is to be done by a day, or put right: 于6月底前完成, 逐项整改到位."""
    if view.text[-2:] in DONE or view.text[-4:-2] == "完成":
        return done_by(view) or put_right(view)
    return None


def _charged(view: ClauseView) -> Predicate | None:
    """The predicate of who answers for what: 乡镇对禁烧工作负总责."""
    charged = CHARGED_RE.fullmatch(view.text)
    return Predicate("负", charged["charge"], view.body(charged["who"])) if charged else None


def _one_batch(view: ClauseView) -> Predicate | None:
    """The predicate of what is done batch by batch: 开工一批."""
    is_batch = view.text[2:] == "一批" and view.units[0].tag[:1] == "v"
    return Predicate(view.text[:2], "一批") if is_batch else None


def _limited(view: ClauseView) -> Predicate | None:
    """The predicate of a limit that rules set (救助金额不得超过5000元); none for what things or lessons measure (路基宽度不得小于4.5米)."""
    bound = BOUNDED_RE.fullmatch(view.text)
    if bound is None:
        return None
    if bound["bound"].endswith(DIMENSIONS):
        return NO_DEED
    return Predicate(bound["verb"], bound["bound"], view.body(bound["what"]))


def _turned(view: ClauseView) -> Predicate | None:
    """The predicate of what is turned into another thing: 变“被动响应”为“主动作为”."""
    turned = TURNED_RE.fullmatch(view.text)
    return Predicate("变", turned["what"]) if turned else None


def _taught(view: ClauseView) -> Predicate | None:
    """The predicate of what people are taught to do: 教育学生自觉遵守交通法规, but no 教育学生资助."""
    taught = TAUGHT_RE.fullmatch(view.text)
    return Predicate("教育", taught["whom"]) if taught else None


def _shifted(view: ClauseView) -> Predicate | None:
    """The predicate of what has to turn from one thing to another: 敬老院要从兜底保障机构向区域养老中心转型."""
    shifted = SHIFTED_RE.fullmatch(view.text)
    return Predicate(shifted["verb"], shifted["what"], view.body(shifted["what"])) if shifted else None


def _studied(view: ClauseView) -> Predicate | None:
    """The predicate of what is studied, however many deeds its name tells of: 学习…听取汇报时的重要讲话精神."""
    studied = STUDIED_RE.fullmatch(view.text) if view.text[-1] in STUDIED_ENDS else None
    return Predicate(studied["verb"], studied["what"], view.body(studied["who"])) if studied else None


def _took_part(view: ClauseView) -> Predicate | None:
    """The predicate of what bodies take part in: 积极参加“廊洽会”“进博会”等活动."""
    taken = TAKEN_PART_RE.fullmatch(view.text)
    return Predicate("参加", taken["what"]) if taken else None


def _budgeted(view: ClauseView) -> Predicate | None:
    """The predicate of a sum that is planned or added up: 三年计划投入6800万元, 总计投资4.8亿元."""
    sum_told = BUDGETED_RE.fullmatch(view.text)
    return Predicate(sum_told["verb"], sum_told["sum"]) if sum_told else None


def _used(view: ClauseView) -> Predicate | None:
    """The predicate of what money or land is for, which is a rule's alone: 主要用于路面保洁."""
    if not view.text.startswith(USED):
        return None
    return used_for(view) if view.is_norm else NO_DEED


def _set_out(view: ClauseView) -> Predicate | None:
    """The predicate of what was set out on a matter: 就防汛工作作了全面部署."""
    told = SET_OUT_RE.fullmatch(view.text)
    return Predicate(told["deed"], told["what"], view.body(told["who"])) if told else None


def _looked_at(view: ClauseView) -> Predicate | None:
    """The predicate of what is looked at: 看是否到户."""
    return Predicate(view.text[0], view.text[1:]) if view.text.startswith(LOOKED_AT) else None


def _granted(view: ClauseView) -> Predicate | None:
    """The predicate of a sum that is granted: 企业首次上规奖励20万元."""
    grant = None if "最高" in view.text else GRANT_RE.fullmatch(view.text)  # 每家企业最高补助20万元: a bound
    return Predicate(grant["verb"], grant["sum"]) if grant else None


class Form(NamedTuple):
    """A form that few clauses have: how it is read, and what a clause must begin with, end in or hold to be asked for it."""

    read: Callable[[ClauseView], Predicate | None]
    begins: Iterable[str] = ()  # one character each
    ends: Iterable[str] = ()
    holds: Iterable[str] = ()
    of_norms: bool = False  # only where it is said what is to be done


# the first that gives a predicate is the clause's
FORMS = (
    Form(_bidden_done, ends={word[-1] for word in DONE.union(COMPLETED_DEEDS)}, of_norms=True),
    Form(entered, ends=ENTERED),
    Form(_charged, ends="责"),
    Form(_one_batch, ends="批"),
    Form(_limited, holds=["不得"], of_norms=True),
    Form(_turned, begins="变"),
    Form(_shifted, ends="变型级展伸", of_norms=True),
    Form(_studied, holds=["学习"]),
    Form(_took_part, holds=["参加"]),
    Form(_taught, holds=[f"教育{whom}" for whom in TAUGHT]),
    Form(_budgeted, holds=["计划投", "预计投", "总计投", "合计投", "拟投", "共投"]),
    Form(barred_within, holds=["在"], of_norms=True),
    Form(_used, holds=["用于"]),
    Form(fixed_form, ends=FORMED_ENDS, of_norms=True),
    Form(reckoned, holds=RECKONED, of_norms=True),
    Form(filed, holds=FILED, of_norms=True),
    Form(holding_paper, holds=PAPER_HELD, of_norms=True),
    Form(_set_out, holds=["作了", "做了"]),
    Form(_looked_at, begins={words[0] for words in LOOKED_AT}),
    Form(scheduled, begins=SCHEDULED),
    Form(post_taken, holds=["任"], of_norms=True),
    Form(put_in, holds=["投入"], of_norms=True),
    Form(put_to_use, holds=["用于"], of_norms=True),
    Form(taken_on, ends=TAKEN_ENDS),
    Form(_granted, ends="元", of_norms=True),
    Form(
        patient_in_front,
        ends=CHANGED_ENDS | {end[-1] for end in FRONTED_ENDS},
        holds=["到", "至", "报", "设在", "作为"],
    ),
)


def _filed(field: str) -> dict[str, int]:
    """Which forms each first or last character or word held calls for: each form is a bit, the first one the lowest."""
    filed: dict[str, int] = {}
    for number, form in enumerate(FORMS):
        for word in getattr(form, field):
            filed[word] = filed.get(word, 0) | 1 << number
    # 设在 is found in one, and holds 在
    return {word: functools.reduce(or_, [filed[part] for part in filed if part in word]) for word in filed}


_BEGINNING, _ENDING, _HOLDING = _filed("begins"), _filed("ends"), _filed("holds")
_HELD_RE = lazy_re("|".join(sorted(_HOLDING, key=len, reverse=True)))
_OF_ANY = sum(1 << number for number, form in enumerate(FORMS) if not form.of_norms)


def read_form(view: ClauseView) -> Predicate | None:
    """Return the predicate that the form of a clause gives away, NO_DEED for one that takes no action, None for no such form."""
    text = view.text
    asked = _BEGINNING.get(text[0], 0) | _ENDING.get(text[-1], 0)
    for word in _HELD_RE.findall(text):
        asked |= _HOLDING[word]
    if not view.is_norm:
        asked &= _OF_ANY
    while asked:
        first = asked & -asked
        asked ^= first
        if found := FORMS[first.bit_length() - 1].read(view):
            return found
    return None
