"""Amounts that no noun beside them names: by the amount before, the clause before, a fate, an honour, a bare verb."""

from __future__ import annotations

from pipeline.extract.quantities.amounts import RATE_KINDS, Found
from pipeline.extract.quantities.clauses import Carried, Clause, Naming, with_its_mark
from pipeline.extract.quantities.front import change_of
from pipeline.extract.quantities.governing import Before, words_before
from pipeline.extract.quantities.lists import split_names
from pipeline.extract.quantities.phrases import noun_after
from pipeline.extract.quantities.subjects import clause_before
from pipeline.extract.quantities.words import word_list, words_between
from pipeline.lazy_re import lazy_re

_SORTED_RE = lazy_re(r"(?P<what>[^，。；：、□]{2,16}?)(?:共|可|按照?[^，。；□]{1,14})?(?<!划)分[为成]?")
_VERB_RE = lazy_re(r"(?P<verb>[一-鿿]{2,4}?)(?:共|累计|了|约|近|达)?$")
_REACHING = frozenset({"惠及"})  # to jieba a name
MADE_RE = lazy_re(r"(?:先后|分别)?被(?:评为|评选为|授予|命名为|认定为|确定为|列为|评定为)|获评|当选为?")
_TITLE_RE = lazy_re(r"[^，。；“”\d]{0,6}“[^“”]{2,16}”")  # 市“我最喜爱的老师”
_PASSED_RE = lazy_re(
    r"(?:全部|稳定|如期|顺利|成功|已经?|先后|实现|完成){0,2}(?P<what>脱贫(?:出列|摘帽)?|再就业|就业|创业|搬迁|拆迁|受益|参保|入学|转移就业|回迁|入住|获奖|改造)(?![^，。；！、（）的\d□])"
)
_HARM_RE = lazy_re(
    r"(?:不幸)?(?P<harm>死亡|受伤|重伤|轻伤|失踪|遇难|身亡|溺亡|中毒|被困)(?=[，。；、和及）]|\Z)"
)
HARMS = frozenset("死受重轻失遇身溺中被不")  # how what befell people begins
_GOT_RE = lazy_re(
    r"(?P<what>(?P<verb>获得|享受|领取|领到|获|接受|喝上|用上|住上|吃上)了?[一-鿿“”]{2,10}?)(?=[，。；！、\d□]|\Z)"
)
_GAIN_RE = lazy_re(
    r"(?P<basis>(?:[户人亩校社村]均)?)(?:年|累计|分别|共|可|预计|实现|再|新)*(?P<gain>增收|增效)(?:达到?|约|近|超过?|了)?$"
)
# verbs of change with what changes in them: 收入, 支出, 产量, 负担, 排放
_TELLING_CHANGE_RE = lazy_re(r"[超短欠减增][收支产]|减[负排税贫]|增[产值速幅]")
_BOTH_RE = lazy_re(r"进出口|存贷款")  # two things, but one where two were told: 存款5亿元，进出口2亿元，分别…
_PENALTIES = frozenset({"整治", "整改", "处罚"})  # to jieba nouns
_LONGEST_DEED = 7
_FIGURE_RE = lazy_re(r"\d")
_HOLDING = ("开展", "组织", "举行", "进行", "召开", "组织开展")


def inherited(group: list[Found], before: Before, carried: Carried, *, is_any: bool = False) -> Naming | None:
    """Take the indicator of the amount before: 生产总值达到88.2亿元，〔增长8.1%〕."""
    if carried.last is None or (before.change and change_of(carried.last.names[0])):
        return None  # 年均超收12亿元，去年〔减收〕3亿元
    if not (is_any or carried.is_raised or before.change or group[0].kind in RATE_KINDS):
        return None
    names, start = carried.named(len(group))  # 城镇…达3172元，农村…达668元，分别增长7%和9%
    last = carried.last
    is_one = len(last.names) == 1 < len(group) and not (len(names) > 1 and _BOTH_RE.search(last.names[0]))
    if is_one and len(own := split_names(last.names[0], len(group))) == len(group):
        names, start = own, last.start  # 财政收入和预算收入年均增长18%，分别达到7亿元和3.7亿元
    return Naming(names, start, group[-1].end, is_shared=carried.last.is_shared)


def honour(clause: Clause, group: list[Found]) -> Naming | None:
    """Name people by what they were made: 86人被评为〔市优秀教师〕."""
    verb = MADE_RE.match(clause.line, group[-1].end - clause.offset)
    if verb is None or group[0].kind not in ("people", "count"):
        return None
    if quoted := _TITLE_RE.match(clause.words.text, clause.offset + verb.end(), clause.right):
        return Naming((quoted.group(),), group[0].start, quoted.end())
    after = noun_after(clause.words, clause.offset + verb.end(), clause.right)
    return Naming((clause.words.text[after[0] : after[1]],), group[0].start, after[1]) if after else None


def passed(clause: Clause, group: list[Found]) -> Naming | None:
    """Name people and households by what befell them: 1446户2414人稳定〔脱贫〕, 63人〔获得保险赔付资金〕8.1万元."""
    at = group[-1].end - clause.offset
    match = _PASSED_RE.match(clause.line, at) or _GOT_RE.match(clause.line, at)
    if match is None or group[0].kind not in ("people", "count"):
        return None
    end = (
        match.end("verb") if "verb" in match.re.groupindex else match.end()
    )  # what was got may be a sum's name
    return Naming((match["what"],), group[0].start, clause.offset + end)


def another_deed(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name a count by its own deed behind that of another: 停产整顿6家，〔关闭取缔〕2家."""
    raw = clause.blanked(clause.left, group[0].start)
    deed = raw.strip("，、；和 ")
    last = carried.last
    if last is None or not 3 < len(deed) < _LONGEST_DEED or not carried.has_unit_of(group[0]):
        return None
    start = clause.left + raw.find(deed)
    is_told = clause.words.text.startswith(last.names[-1], last.start)
    both = (last.start, last.start + len(last.names[-1])), (start, start + len(deed))
    if not is_told or not all(_is_deed(clause, *span) for span in both):
        return None
    return Naming((deed,), start, group[-1].end)


def _is_deed(clause: Clause, start: int, end: int) -> bool:
    """Say whether a span of four characters or more holds verbs and nothing else: 停产整顿."""
    rows = words_between(clause.words, start, end)
    return end - start > 3 and all(
        (tag[0] in "vli" or word in _PENALTIES) and len(word) > 1 for _, word, tag in rows
    )


def befell(clause: Clause, group: list[Found]) -> Naming | None:
    """Name people by the harm that is said to have been done to them: 造成3人〔死亡〕、5人〔受伤〕."""
    harm = _HARM_RE.match(clause.line, group[-1].end - clause.offset) if len(group) == 1 else None
    if harm is None:
        return None
    return Naming((harm["harm"],), group[0].start, clause.offset + harm.end())


def of_sorts(clause: Clause, group: list[Found]) -> Naming | None:
    """Name sorts by what is sorted: 〔乡村教师补助〕按边远程度分三档, 〔引进人才〕分为三类."""
    found = _SORTED_RE.fullmatch(clause.blanked(clause.left, group[0].start))
    if found is None:
        return None
    start = clause.left + found.start("what")
    return Naming((clause.words.text[start : clause.left + found.end("what")],), start, group[-1].end)


def done_each_time(
    clause: Clause, group: list[Found], per: tuple[str, int], carried: Carried
) -> Naming | None:
    """Name a bare bound for each time by the deed of the clause before: 开展〔上门巡诊〕，每次不少于1小时."""
    if per[1] != clause.start or per[0][0] != "每":
        return None
    start = clause_before(clause, carried, "，；。：（", 30)
    if start is None:
        return None
    before = words_before(clause.words, clause.line, clause.offset, start, clause.start - 1)
    name = with_its_mark(clause.words.text, before.start, before.end)
    if len(name) < 2 or "□" in name or _FIGURE_RE.search(name):
        return None  # 共3天，每天8学时
    return Naming((name,), clause.start, group[-1].end)


def repeated(clause: Clause, group: list[Found], carried: Carried) -> Naming | None:
    """Name how often something is done by what the amount before was: 学校每学期开展2次〔演练〕，幼儿园每季度开展一次."""
    if carried.last is None or group[0].kind != "times" or carried.unit != group[0].amount.unit:
        return None
    if not clause.blanked(clause.left, group[0].start).endswith(_HOLDING):
        return None
    return Naming(carried.last.names[-1:], clause.left, group[-1].end)


def bare_verb(clause: Clause, group: list[Found]) -> Naming | None:
    """Name an amount by its verb when nothing else does: 每年〔斥资〕近300万元."""
    raw = clause.blanked(clause.left, group[0].start)
    match = _VERB_RE.search(raw)
    if match is None or "□" in raw[-2:]:
        return None
    rows = words_between(clause.words, clause.left, clause.left + match.end("verb"))
    verb = rows[-1][1] if rows else ""
    is_verb = bool(rows) and (rows[-1][2].startswith("v") or verb in _REACHING)
    if (
        not is_verb
        or verb in word_list("reached")
        or change_of(verb)
        or verb.startswith(("已达", "现达", "总达"))
    ):
        return None
    at = rows[-1][0]
    if verb == "到位" and len(rows) > 1 and rows[-2][2].startswith("v"):
        at = rows[-2][0]  # 拨付|到位
    return Naming((clause.words.text[at : rows[-1][0] + len(verb)],), at, group[-1].end)


def change_told(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Name an amount by the verb of change that says of itself what changes, when nothing else does: 去年〔超收〕2573亿元."""
    at = before.change_at
    told = None if at is None else _TELLING_CHANGE_RE.match(clause.words.text, at, group[0].start)
    return Naming((told.group(),), told.start(), group[-1].end) if told else None


def of_a_gain(clause: Clause, group: list[Found], before: Before) -> Naming | None:
    """Name money by the gain whose verb holds the noun: 〔农户户均增收〕2000元."""
    gain = _GAIN_RE.search(clause.blanked(clause.left, group[0].start))
    if gain is None:
        return None
    begin = clause.left + gain.start()
    if before.end > begin > clause.left:  # 贫困户|人均增收
        before = words_before(clause.words, clause.line, clause.offset, clause.left, begin)
    subject = clause.words.text[before.start : before.end] if before.start + 1 < before.end <= begin else ""
    if subject.endswith(word_list("measure_heads")) or not (subject or gain["basis"]):
        return None  # 财政收入增收1284万元
    start = before.start if subject else clause.left + gain.start()
    return Naming((subject + gain["basis"] + gain["gain"],), start, group[-1].end)
