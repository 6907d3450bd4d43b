"""What stands in front of its verb: a topic (食堂全部实行自主经营), a patient (教育经费全部落实到位)."""

from __future__ import annotations

import re

from pipeline.extract.measures.clauses import joined_text
from pipeline.extract.measures.patterns import CARRIED_OUT_RE, DIVIDED_RE, FRONTED_RE, TURNED_RE
from pipeline.extract.measures.verb_group import Predicate
from pipeline.extract.measures.view import ClauseView

LEVELED_RE = re.compile(
    r"(?P<what>[^，]{1,30}?(?:标准|时间|时限|期限|环节|费用|价格|审批|事项|材料|(?<!产业)比例|门槛|税率|额度|补助|补贴|工资|待遇))"
    r"(?:[由从][^，]{1,16}?)?(?:再|全部|统一|逐步|分别)?(?P<verb>压缩|压减|缩减|缩短|提高|降低|下调|上调|调整|提升|减少|精简)[到至为][约近]?\d"
)
OPENED_RE = re.compile(
    r"(?P<what>.{3,60}?)(?:(?:\d{4}年)?(?:\d{1,2}月)?(?:相继|陆续|正式|已|年内|全部|全面|同步|先后|提前|如期|即将|顺利|要|将|尽早|尽快)){0,2}(?P<verb>开工建设|动工建设|启动建设)"
)


def patient_in_front(view: ClauseView) -> Predicate | None:
    """Return the predicate of a level that is moved (开办时间压缩到1个工作日) or of works that begin (水厂开工建设)."""
    text = view.text
    found = None
    if text.endswith("建设"):
        found = OPENED_RE.fullmatch(text)
    elif "到" in text or "至" in text:
        found = LEVELED_RE.match(text)
    if found is None or view.is_adverb(0) or (view.acts(0) and view.units[0].tag == "v" and view.opens(0)):
        return None
    first = view.units[0].text
    return (
        None
        if first in ("力争", "确保", "争取", "将", "把", "对", "为")
        else Predicate(found["verb"], found["what"])
    )


def topic_verb(view: ClauseView, index: int) -> int | None:
    """Return the index of a plain verb with an object behind a topic, adverbs between; None for any other verb."""
    n = index
    last = len(view.units) - 1
    if last > n and view.is_adverb(last - 1) and view.acts(last):
        return None  # 产业承接平台积极拓展
    while n < len(view.units) and view.is_adverb(n) and not view.acts(n):
        n += 1
    if n + 1 >= len(view.units) or not view.acts(n) or not view.is_predicate(n, sure=False):
        return None
    plain = view.kind(n).isdisjoint({"aim", "noun", "either", "goal", "lead", "light"})
    plain = plain and not view.has("status", n)
    behind = view.units[n + 1]
    is_verb = behind.tag[:1] == "v" and (
        not view.is_norm or view.acts(n + 1) or behind.text in ("到位", "就业")
    )
    is_object = not behind.tag.startswith(("p", "bracket")) and not is_verb
    return n if plain and is_object else None


def fronted(view: ClauseView, index: int, actor: str | None) -> Predicate | None:
    """Return the predicate of a patient in front of its verb: 教育经费全部落实到位, 全县学校划分为12个片区, 初中部改扩建."""
    rest = joined_text(view.units[index:])
    for pattern in (CARRIED_OUT_RE, DIVIDED_RE, TURNED_RE) if FRONTED_RE.search(rest) else ():
        match = pattern.search(rest)
        if match and 2 <= match.start() <= 60:
            return Predicate(match["verb"], rest[: match.start()].strip(), actor)
    body = [u for u in view.units[index:] if u.tag != "bracket"]
    if len(body) >= 2 and body[-1].text in view.lexicon.words["built"]:
        return Predicate(body[-1].text, joined_text(body[:-1]), actor)
    return None
