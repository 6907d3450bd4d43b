"""Measures: the policy actions of a text, clause by clause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from pipeline.extract.measures.clauses import Clause, Piece, Words, clauses
from pipeline.extract.measures.context import Context, lone_actor
from pipeline.extract.measures.coordination import joined
from pipeline.extract.measures.deadlines import deadline_of
from pipeline.extract.measures.instruments import instruments
from pipeline.extract.measures.led_lists import Led, going_on, led_by
from pipeline.extract.measures.members import Members
from pipeline.extract.measures.modality import modality_of
from pipeline.extract.measures.parallel import parted
from pipeline.extract.measures.predicate import Predicate, find_predicate
from pipeline.extract.measures.verb_group import NUMBER_RE
from pipeline.extract.measures.verbs import NOTHING, Lexicon, lexicon
from pipeline.lazy_re import lazy_re
from pipeline.records import Extractions, Measure, Reading

# what a notice asks for at its end: 请认真贯彻执行, and no 请知悉
CARRYING_OUT = frozenset(["贯彻执行", "贯彻落实", "组织实施", "抓好落实", "遵照执行"])
ISSUED = frozenset(["印发", "出台", "发布", "下发", "颁布"])
TOLD_OF_ABOVE = (*ISSUED, "明确", "提出", "部署", "要求", "规定")
ABOVE_RE = lazy_re(r"党中央|中共中央|国务院|中央|教育部|财政部|国家[^，]{0,10}[委局部]")
TOPIC_RE = lazy_re(
    r"的(?:具体|实施|管理|计算|征收|补助){0,2}(?:办法|标准|事项|细则|范围|期限|程序|条件|目录)$"
)
REQUEST_RE = lazy_re(r"^(?:并?(?:现?请|望|希|希望))")  # 请结合实际，认真贯彻执行
REQUESTING = frozenset("并现请望希")  # the characters it begins with
LAID_DOWN = ("规定", "制定", "制订", "确定", "公布", "核定", "决定")
APPLYING = ("适用本", "遵守本", "应当遵守本", "必须遵守本")  # what a paper is about
# the day, or who decided after what, with which a sentence comes to what was done
DATED_RE = lazy_re(r"(?:(?:20\d\d年)?\d{1,2}月\d{1,2}日|近日|日前|连日来|[今昨]天|决定|经[^，]{0,20}研究)")
# where a paper says after its aims what it is: …，特制定本方案; …，我局起草了《…》
ENACTING_RE = lazy_re(
    r"[^，《]{0,12}?(?:特|现|研究)?(?:制定|制订|编制|起草|出台)了?(?:本|如下|以下|《)|[^，]{0,8}现[就将]|特(?:制定|制订|提出)"
)
SERVED = frozenset(
    [
        "培养",
        "营造",
        "弘扬",
        "传承",
        "树立",
        "引导",
        "激发",
        "防止",
        "杜绝",
        "严防",
        "防范",
        "遏制",
        "展示",
        "展现",
        "普及",
        "规范",
    ]
)
OWED = "应必不须方可"
OWING = ("应当", "必须", "不得", "方可", "可以")
SHORT_OWING = "应须"
# who or what an attribute names that has to do something, or to which something is done
SUBJECT_RE = lazy_re(
    r"的(?:单位|企业|个人|机构|区域|场所|人员|地区|项目|学校|主体|经营者|生产者|建筑|工程|家庭|农户|车辆|组织|部门|行为|活动|产品|设施)(?:[、和或](?:个人|单位|人员|企业|组织))?$"
)
# what those do who apply for something, and no body: 申请人填写申请表，提交身份证
HANDING_IN = frozenset([
    "填写", "提交", "提出申请", "携带", "登录", "递交", "领取", "申领", "出示", "打印", "上传", "下载", "填报", "报名", "缴费", "申报", "申请",
])  # fmt: skip
LONGEST_TIME = 16  # 到2027年底前: a clause that is nothing but the time

__all__ = ["find_measures"]


def find_measures(reading: Reading, found: Extractions) -> Iterator[Measure]:
    """Yield the clauses that state an action of a policy actor, in text order.

    Headings alone in their line, results (取得实效), background (为深入贯彻…) and explanations of terms yield nothing.
    """
    context = Context(reading)
    rows = list(_parsed(reading, context))
    texts = [reading.text[row.clause.start : row.clause.end] for row in rows]
    labels = instruments([(row.predicate, text) for row, text in zip(rows, texts, strict=True)])
    members = Members(reading, found)
    for row, text, (instrument, sub) in zip(rows, texts, labels, strict=True):
        duty = context.duties.at(row.clause.start)
        yield Measure(
            text,
            row.predicate.verb,
            row.predicate.object,
            row.predicate.actor,
            instrument,
            sub,
            members.slogan_of(row.clause),
            row.clause.start,
            row.clause.end,
            modality=row.modality,
            lead="、".join(duty.lead) or None if duty else None,
            responsible="、".join(duty.bodies) or None if duty else None,
            deadline=row.deadline or (duty.deadline if duty else None),
        )


def _is_issued_above(predicate: Predicate, actor: str | None) -> bool:
    """Whether a clause only tells which paper those above have issued: 党中央、国务院印发《…》."""
    return actor is not None and predicate.object.startswith("《") and ABOVE_RE.match(actor) is not None


def _is_topic(text: str, following: str) -> bool:
    """Whether a clause only names what the next one says who lays down: 征收房产税的具体办法，由省政府规定."""
    return following.endswith(LAID_DOWN) and TOPIC_RE.search(text) is not None


def _is_case(part: Piece, following: Piece, verbs: Lexicon, verb: str) -> bool:
    """Whether a clause only tells in which case who it names has to do what comes next: 学校组织研学，应当报备."""
    said = following.text
    if part.clause.mark != "，" or said[:1] not in OWED or not (said[:2] in OWING or said[0] in SHORT_OWING):
        return False
    if verb in verbs.words["encouraging"]:
        return False  # 扶持带动力强的企业，应当…
    if SUBJECT_RE.search(part.text) or (verb[:2] in verbs.words["built"] and not NUMBER_RE.search(part.text)):
        return True  # 从事收集、运输的企业，应当取得许可; 新建住宅小区，应当配建幼儿园
    return said[:2] == "应当" and part.units[0].tag[:1] in "nj" and not verbs.acts(part.units[0].text)


def _without_purposes(parts: list[Piece], verbs: Lexicon) -> list[Piece]:
    """The clauses of a sentence without those that go on with what it is done for: 为营造氛围，培养习惯，4月1日，学校举办…."""
    enacted = next((n for n, part in enumerate(parts) if n and ENACTING_RE.match(part.text)), 0)
    if enacted:
        return [parts[0], *parts[enacted:]]
    main = next((n for n, part in enumerate(parts[1:], start=1) if DATED_RE.match(part.text)), 0)
    served = parts[1:main]
    are_aims = len(served) == sum(
        any(word in SERVED or "aim" in verbs.known.get(word, NOTHING).kinds for word in part.texts[:3])
        for part in served
    )
    return [parts[0], *parts[main:]] if served and are_aims else parts


class _Row(NamedTuple):
    """A clause with what was read in it, or carried on from the clauses before it."""

    clause: Clause
    predicate: Predicate
    modality: str | None
    deadline: str | None


def _parsed(reading: Reading, context: Context) -> Iterator[_Row]:
    """Yield the clauses that act, each with the actor, duty and deadline that go on from those before it in its sentence."""
    words, verbs, setting = Words(reading), lexicon(), context.setting
    bidding = setting._replace(is_norm=True)  # what a report or news tells has to be done
    public = verbs.words["public"]
    title = reading.facts.title or ""
    led: Led | None = None  # 有下列情形之一的，…：（一）…
    allowed = (clause for clause in clauses(reading) if context.allows(clause))
    for _, sentence in itertools.groupby(allowed, key=attrgetter("sentence")):
        actor: str | None = None
        modality: str | None = None  # 各乡镇要…，…: the duty goes on up to the semicolon
        deadline: str | None = None  # 到2027年，…，…
        told_of_above = False  # 国务院办公厅印发《…》，明确了…
        is_request = False  # 请结合实际，认真贯彻执行
        is_wish = False  # 你省请求，国家…: what others ask for is no deed of those who answer
        applies = False  # 申请人向乡镇提出申请，填写申请表
        pieces = joined(list(map(words.piece, sentence)), verbs)
        if led is not None:
            led = going_on(led, reading.text, pieces[0].clause.start)
            actor = led.actor if led else None
        parts = list(itertools.chain.from_iterable([parted(piece, verbs) for piece in pieces]))
        if parts[2:] and parts[0].text[0] == "为":
            parts = _without_purposes(parts, verbs)
        for part, following in itertools.zip_longest(parts, parts[1:]):
            if following and following.text[:1] == "由" and _is_topic(part.text, following.text):
                continue
            if following and (following.text[:3] in APPLYING or following.text[:5] in APPLYING):
                continue  # 本县垃圾的投放、运输及其管理活动，适用本办法
            predicate = find_predicate(verbs, part, bidding if modality else setting)
            clause = part.clause
            text = reading.text[clause.start : clause.end]
            if led is not None and led.is_case and predicate is not None:
                continue  # 有下列情形之一的，取消资格：（一）提供虚假材料
            if clause.mark == "：":
                leads = led_by(reading.text[pieces[0].clause.start : clause.end], text)
                led = leads or led
                if leads and ("下列" in text or "以下" in text):
                    actor = leads.actor
                    continue  # 应当履行下列义务：
            is_wish = is_wish or (predicate is None and text[-2:] == "请求" and clause.mark in ("，", "："))
            if is_wish:
                continue
            is_public = part.texts[0] in public or part.text[:4] in public
            applies = applies or (predicate is None and is_public)
            own_deadline = deadline_of(text, context.year)
            is_request = is_request or (text[0] in REQUESTING and REQUEST_RE.match(text) is not None)
            idle = is_request and predicate is not None and not (predicate.object or predicate.actor)
            if predicate is None or (idle and predicate.verb not in CARRYING_OUT):
                if who := lone_actor(verbs, part):
                    actor = who
                    if modality_of(part.texts, "", verbs) == "obligation":
                        modality = "obligation"  # 各村要针对出现的情况，采取措施
                if own_deadline and len(text) <= LONGEST_TIME:
                    deadline = own_deadline
                continue
            applies = is_public or (applies and predicate.actor is None)
            if applies and (predicate.verb in HANDING_IN or predicate.object == "申请"):
                continue
            if predicate.object[:1] == "《" and predicate.object[1:-1] and predicate.object[1:-1] in title:
                continue  # 根据有关规定，制定《…实施细则》, which is the paper itself
            actor = predicate.actor or actor
            told_of_above = told_of_above or (predicate.verb in ISSUED and _is_issued_above(predicate, actor))
            if told_of_above and predicate.verb.startswith(TOLD_OF_ABOVE):
                continue
            own_modality = modality_of(part.texts, predicate.verb, verbs)
            if (
                setting.is_norm
                and own_modality is None
                and following
                and _is_case(part, following, verbs, predicate.verb)
            ):
                continue
            who = actor or context.actor_of_section(clause)
            if who != predicate.actor:
                predicate = Predicate(predicate.verb, predicate.object, who)
            led_modality = led.modality if led else None
            yield _Row(clause, predicate, own_modality or modality or led_modality, own_deadline or deadline)
            if actor and actor[:2] == "任何":
                actor = None  # whom a ban is said of; what comes next is others' doing
            if own_modality == "obligation":
                modality = own_modality
            if clause.mark in ("；", "。"):
                modality = None
