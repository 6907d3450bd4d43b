"""Clauses of rules told by their shape, where no verb was found from the front: 信访举报必须件件核查, 按…的标准定额扣除."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.small_clauses import body
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView

MUST = frozenset(["必须", "务必", "一律", "须", "应当", "应", "要"])
MOST_MANNER = 4  # characters between the modal and the verb: 优先, 逐件
NO_MUST = frozenset(["aim", "goal", "lead", "light", "result"])
NO_MANNER_TAGS = ("p", "c", "u", "x")
_HOW = r"(?:定额|全额|据实|统一|分别|足额|一次性|按月|按年|按季)?"
RATED_RE = re.compile(
    rf"(?P<what>[^，按]{{0,24}}?)(?:应当?|可以?|要|须|统一|分别|均)?按照?(?:原|以下|下列|上述|[^，]{{2,30}}?的)?(?:[^，的]{{0,8}}?)(?:标准|比例|办法|方法|渠道){_HOW}"
    r"(?P<verb>扣除|补助|补贴|奖励|发放|收取|缴纳|拨付|确定|执行|支付|结算|列支|解决|征收|计发)"
)
ADAPTED_RE = re.compile(
    r"(?P<what>[^，]{2,24}?)(?:可以?|应当?|要)根据[^，]{2,24}?(?:动态|适时|适当|及时|相应|逐年|定期)(?P<verb>调整|修订|修改|变更|更新)"
)
ANSWERING_RE = re.compile(
    r"(?P<who>[^，的对]{1,14}(?:人|者|方|户|企业|单位))(?:应当?|要|须)?对(?P<what>[^，]{2,40})负责"
)
WITHIN_RE = re.compile(
    r"(?P<what>[^，在]{2,24}?)在[^，]{2,16}?(?:[内中]|期间|之前|前)(?:不得|不能|不予|不再)(?P<verb>(?:重复|擅自|随意|再次)?[\u4e00-\u9fff]{2})"
)
EXEMPT_RE = re.compile(
    r"(?P<what>[^，免]{2,60}?)(?:可以?|继续|暂|一律|全部){0,2}(?P<verb>免征|免缴|免收|减征|免交)"
    r"(?:[一二三五六七八九十两\d]{1,2}年)?(?P<object>[^，、的]{1,14}(?:税|费|金|收益|利息))"
)
CONTINUED_RE = re.compile(
    r"(?P<what>[^，]{2,30}?)(?:可以?|应当?|要)?继续(?P<verb>执行|沿用|享受|实行)(?P<object>[^，]{2,24})"
)


def let_within(view: ClauseView) -> Predicate | None:
    """The predicate of what a rule forbids for a time: 具体方式|在一个年度内|不能|变更."""
    found = WITHIN_RE.fullmatch(view.text)
    if found is None or view.known[0].acts:
        return None
    actor = body(view, found["what"])
    return Predicate(found["verb"], "" if actor else found["what"], actor)


def exempted(view: ClauseView) -> Predicate | None:
    """The predicate of a levy that is let off, whatever acts in what is in front: 电影放映收入|免征|增值税."""
    found = EXEMPT_RE.fullmatch(view.text)
    if found is None or "preposition" in view.known[0].classes or view.is_predicate(0, sure=False):
        return None
    if view.is_adverb(0) or "lead" in view.known[0].classes:
        return None
    return Predicate(found["verb"], found["object"], body(view, found["what"]))


def told_by_shape(view: ClauseView) -> Predicate | None:
    """Return the predicate of a clause of a rule whose verb stands at its end, or behind a word for the way, None for others."""
    text = view.text
    if "对" in text and text.endswith("负责") and (answering := ANSWERING_RE.fullmatch(text)):
        return Predicate("负责", answering["what"], answering["who"])
    if "根据" in text and (adapted := ADAPTED_RE.fullmatch(text)):
        return Predicate(adapted["verb"], adapted["what"])
    if "继续" in text and not view.known[0].acts and (continued := CONTINUED_RE.fullmatch(text)):
        return Predicate(continued["verb"], continued["object"], body(view, continued["what"]))
    if "按" in text and not view.known[0].acts and (rated := RATED_RE.fullmatch(text)):
        actor = body(view, rated["what"])
        return Predicate(rated["verb"], "" if actor else rated["what"], actor)
    return _owed(view)


def _owed(view: ClauseView) -> Predicate | None:
    """The predicate of a thing in front and what must be done to it: 信访举报|必须|件件|核查."""
    last = view.size - 1
    modal = next((n for n in range(max(1, last - MOST_MANNER), last) if view.units[n].text in MUST), 0)
    if not modal or not view.known[last].acts or not NO_MUST.isdisjoint(view.known[last].kinds):
        return None
    between, before = view.units[modal + 1 : last], view.units[:modal]
    manner = joined_text(between)
    if not 2 <= len(manner) <= MOST_MANNER or any(u.tag.startswith(NO_MANNER_TAGS) for u in between):
        return None
    is_verb = any(view.known[n].acts and not view.is_adverb(n) for n in range(modal + 1, last))
    if is_verb or "preposition" in view.known[0].classes or view.is_predicate(0, sure=False):
        return None
    what = joined_text(before)
    actor = body(view, what)
    return Predicate(view.units[last].text, "" if actor else what, actor)
