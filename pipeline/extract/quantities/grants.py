"""Sums that are given or set aside: named by what they are given as (20万元〔奖补〕) or make up (3亿元的〔引导基金〕); and what of it is a rule."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming
from pipeline.extract.quantities.governing import words_before
from pipeline.extract.quantities.lists import each_of
from pipeline.extract.quantities.phrases import noun_after
from pipeline.lazy_re import lazy_re

_GIVEN_RE = lazy_re(
    r"(?:给予|予以|给与)(?P<whom>[^，。；：、\d“”（）]{0,12})$|(?P<paid>发放|拨付|兑付|兑现|(?:[可将能各]|分别|一次性)获得?)$|(?:^|[，；。])(?:(?:对|[^，。；]{0,40}一次性)(?:(?!给予|予以)[^，。；]){0,60}|每[个名户家位](?:(?!给予|予以)[^，。；]){0,10})(?P<what>奖励|奖补|补助|补贴|资助|补偿)$"
    r"|(?:分别|一次性|最[高多](?:可|不超过)?|各|再)(?P<most>奖励|奖补|补助|补贴|资助|补偿|赔付|贴息)$"
)  # 对新认定的企业〔给予〕20万元奖补, 对首次入规企业〔奖励〕10万元
_MOST_GIVEN_RE = lazy_re(r"最[高多](?:可|再)?(?P<what>奖励|奖补|补助|补贴|资助)$")
_GRANT_WORD = r"(?:奖励|奖补|补助|补贴|资助|补偿|贴息|津贴|扶持|支持|补)(?:资金|经费|金|费)?"
_SUM = "[一-鿿]{1,6}(?:经费|资金|基金|费用|贷款|工资|报酬|金|费)"
_AT_RATE_RE = lazy_re(
    rf"(?:的?标准)?(?:由[一-鿿]{{2,8}}?)?(?:(?:给予|予以|发放|支付|进行)?(?P<name>[一-鿿]{{0,9}}?{_GRANT_WORD})|(?:发放|支付|给付|收取|缴纳|计提|拨付|安排|核拨)(?P<sum>{_SUM}))"
    r"(?=给|到|企业|农户|个人|单位|家庭|学校|经营|用人|[^一-鿿]|\Z)"
)  # 按每亩200元给予〔补贴〕
_PAID_AT_RE = lazy_re(
    r"(?:[^，。；、]{0,12}的)?(?P<what>[一-鿿]{2,12}(?:经费|费用|津贴|工资|报酬))(?:分别|统一)?按照?"
)  # 〔课后服务经费〕按每生每年200元标准由市财政予以补助
_TOPIC_RE = lazy_re(
    r"(?P<what>(?![对为由给向在])[^，。；：]{2,20}?)(?:统一|分别|均|一律|仍|继续|可){0,2}按照?"
)
# what is worked out by heads: 〔运营补贴〕按实际入住人数每人每月100元
_BY_HEADS_RE = lazy_re(
    r"(?P<what>(?![对为由给向在])[^，。；：]{2,16}(?:经费|费用?|资金|津贴|补贴|补助|工资|报酬|奖金|金))按照?[^，。；：\d]{0,10}(?:人数|户数|学生数|幼儿数|床位数|面积|数量|天数|亩数|头数)"
)
_EXECUTED_RE = lazy_re(
    r"的?标准(?:执行|发放|拨付|给付|支付|收取|缴纳|落实|核定|安排|补助|补贴|保障|计发|兑现|列支|计算)?(?=[，。；、（\[]|由|\Z)"
)
_FINE_RE = lazy_re(r"(?:以[上下])?的?(?P<name>罚款|罚金|违约金)")  # 处五百元以上二千元以下〔罚款〕
_GRANT_END_RE = lazy_re(rf"{_GRANT_WORD}$")
_GRANT_RE = lazy_re(
    rf"(?:以内|左右|以上|等)?的?(?P<name>[一-鿿]{{0,8}}?{_GRANT_WORD}|{_SUM})(?:(?![一-鿿])|(?=[和及与并][^，。；\d]{{0,10}}\d))"
)
# 给予20万元奖励〔、〕10万元装修补贴, 〔和每年〕5万元租金补贴
_AND_RE = lazy_re(r"[、，和及与]?(?:以及|并|另|再|同时|和)?(?:给予|发放)?(?:一次性)?")
_GIVING_RE = lazy_re(r"给予|予以|发放|享受|提供")
_REACH = 60
# who gets it, before what it is: 给予〔该企业〕奖励
_WHOM_RE = lazy_re(
    r"\A(?:该|其|上述|每[个名位家户]|获奖|申报|承担|牵头|新建|新增)?(?:企业|单位|个人|项目|学校|农户|家庭|人员|者|主体|机构|团队|人才|平台|带头人|负责人|教师|学生|毕业生|职工|村民|居民)?"
)
_STATED_RE = lazy_re(
    r"给予|予以|(?:对[^，。；]{2,60}|一次性|■■■|每[个名户家位][^，。；]{0,10})(?:奖励|奖补|补助|补贴|资助|补偿)"
)  # 对新认定的企业给予20万元奖补: a rule of a plan, not its aim
# 〔总规模〕3亿元的产业引导基金, 用好2亿元〔应急转贷资金〕
_FUND_SET_UP_RE = lazy_re(
    r"(?:(?:设立|组建|成立|建立|发起设立|用好|用足|用活|用好用足|放大|管好)(?P<size>(?:总|首期)?规模)?|^(?P<bare>(?:总|首期)?规模))(?:达到?|为)?$"
)
_FUND_BEHIND_RE = lazy_re(
    r"的?(?P<fund>[一-鿿“”]{2,16}(?:基金|资金池|风险池|补偿金|转贷资金|应急资金|周转金|引导资金))(?=[，。；、（]|\Z|[的用支撬助])"
)


def states_a_grant(clause: str) -> bool:
    """Say whether a clause with an amount lays down what somebody gets.

    >>> states_a_grant("对首次入规企业奖励10万元"), states_a_grant("固定资产投资增长10%")
    (True, False)
    """
    return _STATED_RE.search(clause) is not None


_RATE_RE = lazy_re(
    r"奖励|奖补|补助|补贴|津贴|奖金|再奖|罚款|收取|缴纳|免收|减免|承担|自付|租金|费率|缴费|报销|标准[为是]|补偿|发给|最高不超过|封顶|起付线|限额|按[^，。；]{0,20}(?:返还|执行|计提|承担)|[上下]浮"
)  # what somebody gets or owes
_WHOLE_SUM_RE = lazy_re(
    r"设立|投入|安排|筹[集措]|列支|总投资|投资|共|累计|完成|争取|资金\d|已|了|计划|拟|规划|每年"
)
_RATED_UNITS = ("元", "%", "成", "折")
_EACH_OF_THEM_RE = lazy_re(r"每(?:人|生|户|亩|台|套|辆|头|只|个|名|家|所|平方米|吨|满)")


def states_a_rate(clause: str, unit: str, per: str | None) -> bool:
    """Say whether a sum or a share in a paper of rules is what each is given or owes, and no total to be spent.

    >>> states_a_rate("保教费每生每年1000元", "元", "每生每年"), states_a_rate("投入补助资金1237万元", "万元", None)
    (True, False)
    """
    if not unit.endswith(_RATED_UNITS):
        return False
    if per is not None and _EACH_OF_THEM_RE.match(per):
        return True
    return _RATE_RE.search(clause) is not None and _WHOLE_SUM_RE.search(clause) is None


def _for_each(clause: Clause, group: list[Found], start: int, name: str) -> tuple[tuple[str, ...], int]:
    """The names of sums that several get, each its own, and where they begin: 对〔国家级、省级〕企业，分别给予50万元、20万元奖励."""
    whom, opened = each_of(clause.words.text, max(clause.offset, start - 60), start, len(group))
    return (tuple(who + name for who in whom), opened) if whom else ((name,), start)


def of_a_grant(
    clause: Clause, group: list[Found], per: tuple[str, int] | None, carried: Carried
) -> Naming | None:
    """Name a sum or a share that is given by what it is given as: 对新认定的企业给予20万元〔奖补〕, not by who gets it.

    `per` is its distributive word and where that stands. Returns None where nothing is given.
    """
    text, end = clause.words.text, group[0].start
    is_sum = group[0].kind in ("money", "share") or "元/" in group[0].amount.unit  # 100元/亩〔奖励〕
    if not is_sum:
        most = _MOST_GIVEN_RE.search(clause.blanked(clause.left, end))  # 每户最高〔补助〕30头
        return Naming((most["what"],), clause.left + most.start(), group[-1].end) if most else None
    if per is not None and clause.left <= per[1] < end and per[1] + len(per[0]) >= end:
        end = per[1]
    if text.endswith(("处", "处以"), clause.left, end):
        fine = _FINE_RE.match(text, group[-1].end, clause.right)
        return Naming((fine["name"],), group[0].start, fine.end()) if fine else None
    given = _GIVEN_RE.search(text[clause.left : end].removesuffix("人民币").removesuffix("一次性"))
    if given is None:
        return _at_a_rate(clause, group, end) or _given_too(clause, group, end, carried)
    if what := given["what"] or given["most"]:
        start = clause.left + given.start("what" if given["what"] else "most")
        if text.endswith("一次性", clause.left, start):
            start, what = start - len("一次性"), "一次性" + what
        names, start = _for_each(clause, group, start, what)
        return Naming(names, start, group[-1].end)
    start = clause.left + given.start()
    if named := _GRANT_RE.match(text, group[-1].end, clause.right):
        names, opened = _for_each(clause, group, start, named["name"])
        return Naming(names, opened, named.end("name"))
    if given["paid"]:
        return None
    if whom := given["whom"]:  # 给予该企业〔奖励〕50万元, 给予〔安家费〕20万元
        own = _WHOM_RE.sub("", whom, count=1) if _GRANT_END_RE.search(whom) else whom
        names, start = _for_each(clause, group, start, own)
        return Naming(names, start, group[-1].end) if len(own) > 1 else None
    after = noun_after(clause.words, group[-1].end, clause.right)
    return Naming((text[after[0] : after[1]],), start, after[1]) if after else None


def _at_a_rate(clause: Clause, group: list[Found], end: int) -> Naming | None:
    """Name what is paid at a rate: 按每亩200元给予〔补贴〕, 按每人300元标准发放〔慰问金〕."""
    text = clause.words.text
    if not text.endswith(("按", "按照"), clause.left, end):
        by_heads = _BY_HEADS_RE.fullmatch(text, clause.left, end) if "按" in clause.line else None
        return Naming((by_heads["what"],), clause.left, group[-1].end) if by_heads else None
    at_rate = _AT_RATE_RE.match(text, group[-1].end, clause.right)
    if at_rate is None:
        return _of_its_topic(clause, group, end)
    if paid := _PAID_AT_RE.fullmatch(text, clause.left, end):
        return Naming((paid["what"],), clause.left + paid.start("what") - paid.start(), at_rate.end())
    return Naming((at_rate["name"] or at_rate["sum"],), end - 1, at_rate.end())


def _of_its_topic(clause: Clause, group: list[Found], end: int) -> Naming | None:
    """Name a rate by what is paid at it, in front: 〔高龄津贴〕按每人每月300元的标准执行."""
    topic = _TOPIC_RE.fullmatch(clause.blanked(clause.left, end))
    if topic is None or _EXECUTED_RE.match(clause.words.text, group[-1].end, clause.right) is None:
        return None
    stop = clause.left + topic.end("what")
    before = words_before(clause.words, clause.line, clause.offset, clause.left, stop)
    name = clause.words.text[before.start : before.end]
    return Naming((name,), before.start, group[-1].end) if len(name) > 1 else None


def _given_too(clause: Clause, group: list[Found], end: int, carried: Carried) -> Naming | None:
    """Name the next of several grants in one sentence by its own name: 给予20万元奖励、10万元〔装修补贴〕."""
    if carried.last is None or carried.end > clause.left:
        return None
    named = _GRANT_RE.match(clause.words.text, group[-1].end, clause.right)
    is_next = named and _AND_RE.fullmatch(clause.words.text, clause.left, end)
    said = clause.left - clause.offset
    if not named or not is_next or _GIVING_RE.search(clause.line, max(0, said - _REACH), said) is None:
        return None
    return Naming((named["name"],), group[0].start, named.end("name"))


def of_a_fund(clause: Clause, group: list[Found]) -> Naming | None:
    """Return the name of a sum that a fund is made of: 设立总规模3亿元的〔产业引导基金〕."""
    if len(group) > 1:
        return None
    fund = _FUND_BEHIND_RE.match(clause.words.text, group[0].end, clause.right)
    set_up = _FUND_SET_UP_RE.search(clause.blanked(clause.left, group[0].start)) if fund else None
    if fund is None or set_up is None:
        return None
    sized = "size" if set_up["size"] else "bare"
    start = clause.left + set_up.start(sized) if set_up[sized] else group[0].start
    return Naming((fund["fund"].strip("“”"),), start, fund.end("fund"))
