"""Shares, named by what they are of or what they are for: 完成预算49531万元的85%, 60%用于管水员报酬, 教师总数的2%送培骨干教师."""

from __future__ import annotations

import re

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.governing import Before, words_before
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.phrases import noun_after
from pipeline.extract.quantities.words import at_start, words_between
from pipeline.lazy_re import lazy_re
from pipeline.numerals import comparators

_WHOLE = (
    r"(?P<whole>[^，。；：、\d□■]{0,8}?(?:预算|计划|任务|目标)(?:总[额量数]|[额数])?)"  # 年度计划, 预算数
)
_WHOLE_RE = lazy_re(rf"(?P<how>占|完成了?|达到?|为|相当于){_WHOLE}$")
_SHARE_BEHIND_RE = lazy_re(r"的\s?(?:约|近|超过?)?\d[\d.]{0,7}\s?[%％]")
_PLAN_SHARE_RE = lazy_re(
    rf"(?:均|已|分别|累计)*(?:(?P<how>完成)了?|(?P<is>为|是|达到?|相当于)(?=[^，]+的)){_WHOLE}的?$"
)
_AT_RATE_RE = lazy_re(
    r"(?P<what>[^，。；：、□■]{0,16}?)(?:一律|统一|可)?(?<![安仅])(?:按照?|参照)(?:不超过)?(?P<basis>[^，。；：、□■]{2,20})的$"
)  # 〔租金〕按市场价的五折收取
_DONE_AT_RATE_RE = lazy_re(
    r"(?:以内|左右)?(?:的?(?:标准|比例))?(?:给予|予以|进行|一次性|足额)*(?P<what>[一-鿿]{0,6}?(?:奖励|奖补|补助|补贴|资助|补偿|贴息|返还|报销|收取|计提|提取|安排|缴纳))(?![一-鿿])"
)  # 按设备款的8%给予〔补助〕
_DEED_AT_RE = lazy_re(
    r"的比例(?:进行|开展|实施|随机)*(?P<what>抽查|抽检|抽样|复核|核查|检查|回访|[一-鿿]{2}检测)"
)  # 按不低于30%的比例进行〔抽查〕
_PAID_RE = lazy_re(r"(?:金|费用?|款|价格?|税|贷款?|补[助贴偿]|津贴|工资|薪酬?|[额率酬险]|收入|投入|经费)$")
_GIVEN_OF_RE = lazy_re(
    r"(?P<what>补助|奖励|补贴|奖补|资助|贴息)(?!资金|经费|标准|总|金|对象|款|费|额)(?P<basis>[^，。；：、□■]{2,14})的$"
)  # 每台〔补助〕购机款的40%
# 〔平均办理时限〕压缩至法定时限的28%
_CUT_TO_RE = lazy_re(
    r"(?P<what>[^，。；：、□■]{2,16}?)(?:整体|均|已|分别|再){0,2}(?:压缩|压减|缩减|缩短|精简|下降|降低|降|减少|提高|提升)[至到](?:法定|原|承诺|规定|国家|省定|全国|全省|全市)[^，。；：、\d]{0,8}的"
)
_COUNTED = ("人数", "人口", "总数", "总量", "总额", "户数")  # 达到在职职工人数25%
_NOW = ("今年", "目前", "年底", "年末")
_BOUND_RE = lazy_re(
    r"(?P<sign>不(?:得|能|应)?(?:低于|少于|超过|高于)|不足|低于|高于|超过|达到)(?P<basis>[^，。；：、□■]{2,16})$"
)  # 交流比例〔不低于〕应交流教师的15%, 网店数量〔达到〕家庭户数的10%
_TOTALS = ("总数", "总人数", "总量")
_USED_RE = lazy_re(r"(?:将|可|主要|专项)?用于")


def of_a_rate(clause: Clause, group: list[Found]) -> Naming | None:
    """Name a share of something by what is given or asked at that rate: 〔租金〕按市场价的五折收取, 按设备款的8%〔补助〕."""
    front = clause.blanked(clause.left, group[0].start)
    if front[-1:] == "的" and (level := _CUT_TO_RE.fullmatch(front)):
        before = words_before(
            clause.words, clause.line, clause.offset, clause.left, clause.left + level.end("what")
        )
        if before.end - before.start > 1:
            return Naming((clause.words.text[before.start : before.end],), before.start, group[-1].end)
    if given := _GIVEN_OF_RE.search(front):
        return Naming((given["what"],), clause.left + given.start(), group[-1].end)
    if front.endswith(("按", "按照")) and (
        deed := _DEED_AT_RE.match(clause.words.text, group[-1].end, clause.right)
    ):
        return Naming((deed["what"],), group[0].start, deed.end())
    rate = _AT_RATE_RE.fullmatch(front)
    if rate is None:
        return None
    stop = clause.left + rate.end("what")
    if rate["what"] and _PAID_RE.search(rate["what"]):
        what = words_before(clause.words, clause.line, clause.offset, clause.left, stop)
        if what.end - what.start > 1:
            return Naming((clause.words.text[what.start : what.end],), what.start, group[-1].end)
    done = _DONE_AT_RATE_RE.match(clause.words.text, group[-1].end, clause.right)
    return Naming((done["what"],), clause.left + rate.end("what"), done.end()) if done else None


def bound_before(clause: Clause, found: Found) -> tuple[str, int] | None:
    """Return the comparator of a share of something, and where its word stands: 〔不低于〕应交流教师的15%."""
    front = clause.blanked(clause.left, found.start)
    is_share_of = front.endswith(("的", *_COUNTED)) or found.amount.unit in ("成", "折")
    bound = _BOUND_RE.search(front.removesuffix("的")) if is_share_of else None
    if bound is None:
        return None
    sign = (
        "=" if bound["sign"] == "达到" else comparators("before").get(re.sub("[得能应]", "", bound["sign"]))
    )
    if bound.start() == 0 or front[: bound.start()] in ("按", "按照"):
        return (sign, found.start) if sign else None  # 〔不超过〕注册资本的1/3
    if bound.start() < 2 or (bound["sign"] == "达到" and front.endswith(_NOW, 0, bound.start())):
        return None
    return (sign, clause.left + bound.start()) if sign else None


def of_a_share(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name an amount that is a share of another one, or what another one is a share of; None for any other."""
    return _of_a_whole(clause, group, carried) or _of_a_plan(clause, group, carried)


def _of_a_plan(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name the shares of a plan that were reached: 固定资产投资10亿元，〔完成年度计划的〕119%, 〔为年初预算的〕101.3%."""
    if group[0].kind != "share":
        return None
    front = clause.blanked(clause.left, group[0].start)
    match = _PLAN_SHARE_RE.search(front)
    if match is None:
        return None
    reached = (match["how"] or match["is"]) + match["whole"]
    if match.start() > 2 and len(group) == 1:
        what = words_before(
            clause.words, clause.line, clause.offset, clause.left, clause.left + match.start()
        )
        if what.end - what.start > 2:  # 〔本年收入完成预算〕的96.98%
            name = clause.words.text[what.start : what.end] + reached
            return Naming((name,), what.start, group[-1].end)
    if match.start() > 0 or carried.last is None:
        return None
    names, start = carried.named(len(group))
    names = tuple(name + reached for name in names)
    return Naming(names, start, group[-1].end, is_aside=True) if len(names) in (1, len(group)) else None


def _of_a_whole(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name what a share is of (完成〔预算〕49531万元的), and the share behind it (一般公共预算收入〔完成预算〕…的85%)."""
    if len(group) != 1:
        return None
    found, whole = group[0], carried.whole
    carried.whole = None
    if whole is not None and found.kind == "share" and carried.last is not None:
        name, end = whole
        if clause.words.text[end : found.start].strip() == "的":
            return Naming((carried.last.names[-1] + name,), carried.last.start, found.end, is_aside=True)
    if found.kind == "share" or not _SHARE_BEHIND_RE.match(clause.line, found.end - clause.offset):
        return None
    match = _WHOLE_RE.search(clause.blanked(clause.left, found.start))
    if match is None:
        return None
    carried.whole = (match["how"] + match["whole"], found.end)
    status = "target" if match["how"].startswith(("占", "完成", "为", "相当于")) else None  # what was planned
    return Naming((match["whole"],), clause.left + match.start(), found.end, is_aside=True, status=status)


def of_a_use(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Return the name of a share by what it is used for: 60%用于〔管水员报酬〕."""
    used = _USED_RE.match(clause.words.text, group[-1].end, clause.right)
    if group[0].kind != "share" or used is None or before.end - before.start > 1:
        return None
    after = noun_after(clause.words, used.end(), clause.right)
    return Naming((clause.words.text[after[0] : after[1]],), group[0].start, after[1]) if after else None


def of_a_total(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Return the name of a share of a total by what it is spent on: 教师总数的2%和10%送培〔区级、市级骨干教师〕."""
    text = clause.words.text
    if not clause.blanked(clause.left, group[0].start).rstrip("的 ").endswith(_TOTALS):
        return None
    behind = _object_behind(clause, group[-1])
    if behind is None:
        return None
    names = split_names(text[behind[0] : behind[1]], len(group))
    return Naming(names, before.start, behind[1]) if len(names) == len(group) else None


def _object_behind(clause: Clause, last: Found) -> tuple[int, int] | None:
    if verb := at_start("light").match(clause.words.text, last.end, clause.right):
        return noun_after(clause.words, verb.end(), clause.right)
    rows = words_between(clause.words, last.end, min(clause.right, last.end + 8))
    if not rows or not rows[0][2].startswith("v"):
        return None
    return noun_after(clause.words, rows[0][0] + len(rows[0][1]), clause.right)
