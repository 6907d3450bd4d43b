"""Clauses that 、 or 并 joins and grammar parts: each with a verb and an object of its own is a measure of its own."""

from __future__ import annotations

from itertools import pairwise

from pipeline.extract.measures.clauses import AMOUNT_TAGS, Clause, Piece, Unit, piece_of
from pipeline.extract.measures.conjuncts import (
    OF_PARTS,
    PARTS,
    begins_conjunct,
    begins_each,
    begins_with_adverb,
    serves_somebody,
)
from pipeline.extract.measures.deeds import MUST
from pipeline.extract.measures.small_clauses import ENTER_RE
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon
from pipeline.lazy_re import lazy_re

# verbs whose object is often a coordinated clause or ends in one head noun for all: 推动企业转型、扩大出口
CLOSING_HEADS = (
    "机制", "制度", "活动", "行动", "工程", "工作", "政策", "措施", "办法", "方案", "文件", "任务", "要求", "规定",
    "问题", "体系", "模式", "项目", "课程", "意识", "理念", "精神", "作用", "情形", "情况", "原则", "思路",
)  # fmt: skip
# 办结一项、销号一项 says of each thing what is done with it, one act; 发现一起、查处一起 acts by the last
EACH_ONE_RE = lazy_re(
    r"(?:^|[要须将应])(?P<first>[\u4e00-\u9fff]{2})一(?P<unit>[项个件起处户])(?:、[\u4e00-\u9fff]{2}一(?P=unit))+$"
)
_ONE_BATCH_RE = lazy_re(r"^[\u4e00-\u9fff]{2,4}一批(?:、[\u4e00-\u9fff]{2}一批){1,5}$")
HEARTS_RE = lazy_re(r"(?:、?以?[热真诚细耐恒爱暖]心[\u4e00-\u9fff]{3}){2,6}")  # 细心查问题、耐心讲政策
FRAMES = frozenset("把将以")
LONGEST_VERB = 2  # units: 扛|稳
FOUR, PHRASE_OF_TWO = 4, 2  # characters, units
THINGS = frozenset(["head", "tail"])  # of the second half: 渠道, not 进取
PARTING = frozenset(["、", "并"])
_NAMING = frozenset(["的", "按照", "应", "应当", "须", "必须"])  # 新建城区、新建居住区|按照标准…
LEADING_RE = lazy_re(r"^(?:[一二三四五六七八九十]是|我们)+")  # 一是|强征管、保重点
CHECKING = frozenset("查看问听访测验讲")  # verbs of one character that are said side by side
FINDING = frozenset(["发现", "出现", "成熟", "排查"])


def parted(piece: Piece, words: Lexicon) -> list[Piece]:
    """Return the measures that one clause holds side by side, the clause alone when it holds one.

    创新行政方式、提高行政效能 are two, 帮助校长提升能力、拓展视野 and 建立学用结合、提升质量的机制 are one.
    """
    clause, units, text, texts = piece
    if "、" not in text and "并" not in text and "心" not in text[:3]:
        return [piece]  # as most are
    bid = 1 if text[0] in "要须应" else 2 if text[:2] == "必须" else 0  # 要|补短板、强弱项
    if (
        "、" in text
        and (short := words.single_re.fullmatch(text, bid))
        and (_only_leads(short["before"], words) if not bid else not short["before"])
    ):
        return _cut(clause, units, _pauses(units))  # 补短板、防风险
    if "心" in text[:3] and HEARTS_RE.fullmatch(text):
        return _cut(clause, units, _pauses(units))
    if "一" in text and text.startswith("做到"):
        return [piece]  # 做到整改一个、验收一个
    if "一" in text and (saying := EACH_ONE_RE.search(text)) and (pauses := _pauses(units)):
        is_found = saying["first"] in FINDING
        if is_found:
            acts = units[pauses[-1] + 1 :]
            return [piece_of(clause, acts)]
        return [_piece(clause, units[: pauses[0]])]
    if "一批、" in text and _ONE_BATCH_RE.search(text):
        return _cut(clause, units, _pauses(units))  # 开工一批、投产一批
    if units[0].text in FRAMES and (pauses := _framed_alike(units)):
        return _cut(clause, units, pauses)  # 把历史活化为故事、把资源转化为优势
    if text[4:5] == "、" and _is_in_fours(units, words):
        return _cut(clause, units, _pauses(units))  # 压实责任、细化举措、狠抓落实
    if "、" in (text[6:7], text[7:8]) and _leads_fours(units, words):
        return _cut(clause, units, _pauses(units))  # 进一步|明确目标、细化举措
    if "”、" in text and _quoted_alike(units, words):
        return _cut(clause, units, _pauses(units))  # 狠抓“早”、突出“实”
    joints = [n for n, word in enumerate(texts) if word in PARTING]
    if not joints or units[0].text == "是":
        return [piece]  # 是解放思想、开拓创新的一年
    if units[0].text == "即" and "、" in text:
        told = parted(_piece(clause, units[1:]), words)
        return told if len(told) > 1 else [piece]
    if units[0].text in CHECKING and (pauses := _checked(units)):
        return _cut(clause, units, pauses)
    first = 1 if len(units[0].text) == 4 and "的" not in text else 2
    cuts = [
        n
        for n in joints
        if first <= n < len(units) - 1
        and (
            begins_conjunct(units, n + 1, words)
            or begins_with_adverb(units, n + 1, words)
            or ("每" in text and begins_each(units, n + 1, words))
        )
    ]
    again = _repeated(units, joints, words)
    cuts = sorted({*cuts, *again})
    if "应" in text or "须" in text or "不得" in text:
        cuts = [n for n in cuts if MUST.isdisjoint(texts[n + 2 : n + 3])]  # 账号开设、注销|应当备案
    if not cuts:
        return [piece]
    parts = _between(units, cuts)
    is_list = cuts == again and all("的" not in [unit.text for unit in part] for part in parts)
    # 每月入户一次、每季度分析一次帮扶措施
    is_each = "每" in text and all(units[n + 1].text[0] == "每" for n in cuts)
    if not (is_each or is_list or _stands_alone(parts[0], words)) or (
        not is_list and _shares_head(parts, words)
    ):
        return [piece]
    return _pieces(clause, parts)


def _framed_alike(units: list[Unit]) -> list[int]:
    """Where each 、 is followed by the preposition that the clause opens with, none where one is not: 以孩子带动家庭|、以家庭影响社会."""
    pauses = _pauses(units)
    is_alike = all(n + 3 < len(units) and units[n + 1].text == units[0].text for n in pauses)
    return pauses if pauses and pauses[0] > 2 and is_alike else []


def _is_in_fours(units: list[Unit], words: Lexicon) -> bool:
    """Whether a clause is nothing but phrases of four characters, each a verb and a thing: 细化举措、狠抓落实, not 加强农村、社区治理."""
    parts, doubtful = _between(units, _pauses(units)), 0
    for part in parts:
        if not part or part[-1].end - part[0].start != FOUR or len(part) > PHRASE_OF_TWO:
            return False
        if len(part) == 1:  # 狠抓落实, 拓宽渠道
            half, rest = (words.known.get(part[0].text[n : n + 2], NOTHING) for n in (0, 2))
            is_deed = half.acts and half.kinds.isdisjoint(NOUNLIKE) and not THINGS.isdisjoint(rest.classes)
            if half.kinds != {"nominal"} and not is_deed:
                return False
            continue
        known, behind = words.known.get(part[0].text, NOTHING), words.known.get(part[1].text, NOTHING)
        is_named = "tail" in behind.classes  # 举措, a verb to jieba
        is_thing = part[1].tag[:1] == "n" or is_named or known.kinds == {"nominal"}
        if not known.acts or not is_thing:
            return False
        if "noun" in known.kinds:
            doubtful += 1 + ("head" in behind.classes)
    return doubtful == 0 or (doubtful == 1 and len(parts) > PHRASE_OF_TWO)  # 研究举措 among others


def _leads_fours(units: list[Unit], words: Lexicon) -> bool:
    """Whether an adverb stands before phrases of four characters: 进一步|明确目标、细化举措."""
    known = words.known.get(units[0].text, NOTHING)
    return "adverb" in known.classes and not known.acts and _is_in_fours(units[1:], words)


def _quoted_alike(units: list[Unit], words: Lexicon) -> bool:
    """Whether a clause is nothing but verbs with a quoted word each, 、 between them: 狠抓“早”、突出“实”, 扛|稳“责任”、…."""
    return all(
        1 < len(part) <= LONGEST_VERB + 1
        and part[-1].tag == "quote"
        and all(unit.tag != "quote" for unit in part[:-1])
        and (part[0].tag[:1] == "v" or bool(words.known.get(part[0].text, NOTHING).kinds))
        for part in _between(units, _pauses(units))
    )


def _only_leads(before: str, words: Lexicon) -> bool:
    """Whether nothing but an adverb stands before a short phrase: 着力|补短板, 突出|补短板."""
    before = LEADING_RE.sub("", before)
    return before in ("", "突出", "聚焦") or "adverb" in words.known.get(before, NOTHING).classes


def _repeated(units: list[Unit], joints: list[int], words: Lexicon) -> list[int]:
    """Return which joints are a 、 before the verb that the first part has: 统一课程计划|、统一集体备课."""
    pauses = [n for n in joints if 1 <= n < len(units) - 2 and units[n].text == "、"]
    opening = units[pauses[0] + 1].text[:2] if pauses else ""
    again = [n for n in pauses if units[n + 1].text.startswith(opening)]
    if not pauses or len(again) < len(pauses):
        return []  # as nearly all are: no one word stands behind every pause
    if opening in OF_PARTS and any(units[n + 2].text in PARTS for n in again):
        return []  # 明确实施范围、实施步骤
    verb = next((n for n in range(pauses[0]) if units[n].text.startswith(opening)), None)
    if verb is None or not _NAMING.isdisjoint([unit.text for unit in units]):
        return []
    known = words.known.get(opening, NOTHING)
    if not known.acts and (opening != "抓" or verb + 1 == pauses[0]):
        return []
    if any(
        "adverb" not in words.known.get(u.text, NOTHING).classes and u.tag[0] != "d" for u in units[:verb]
    ):
        return []  # 不断创新|发展理念、发展思路
    return again


def _checked(units: list[Unit]) -> list[int]:
    """Where a 、 parts what is gone into from what is looked for, none in any other clause: 查项目进度|、看是否见效, 讲法律|、讲案例."""
    pauses = _pauses(units)
    opens = [units[0].text, *(units[n + 1].text for n in pauses if n + 2 < len(units))]
    return pauses if len(opens) == len(pauses) + 1 and CHECKING.issuperset(opens) else []


def _pauses(units: list[Unit]) -> list[int]:
    return [n for n, unit in enumerate(units) if unit.text == "、"]


def _between(units: list[Unit], cuts: list[int]) -> list[list[Unit]]:
    return [units[start + 1 : end] for start, end in pairwise([-1, *cuts, len(units)])]


def _cut(clause: Clause, units: list[Unit], cuts: list[int]) -> list[Piece]:
    """The pieces of a clause between the units at some indexes."""
    return _pieces(clause, _between(units, cuts))


def _pieces(clause: Clause, parts: list[list[Unit]]) -> list[Piece]:
    """The parts of a clause, 、 behind all but the last: a duty goes on from one to the next."""
    return [*(_piece(clause._replace(mark="、"), part) for part in parts[:-1]), _piece(clause, parts[-1])]


def _piece(clause: Clause, part: list[Unit]) -> Piece:
    return piece_of(Clause(part[0].start, part[-1].end, clause.mark, clause.sentence), part)


def _stands_alone(units: list[Unit], words: Lexicon) -> bool:
    """Whether the first part has verb and object, and no verb that governs what the others do."""
    if ENTER_RE.search("".join(u.text for u in units)):
        return True
    verb = _first_verb(units, words)
    if verb is None:
        return False
    if len(units[verb].text) == 4 and not words.acts(units[verb].text):
        return True  # 明确任务
    if "governing" in words.known[units[verb].text].classes:
        return False
    return any(
        (not known.acts or not known.kinds.isdisjoint(NOUNLIKE)) and "after" not in known.classes
        for known in (words.known.get(u.text, NOTHING) for u in units[verb + 1 :])
    )


def _first_verb(units: list[Unit], words: Lexicon) -> int | None:
    """The index of the first part's verb, None behind a preposition: what it governs may reach over the 、."""
    closed = 0
    if len(units) > 1 and units[1].text == "在" and words.acts(units[0].text):
        return None  # 坚持在法治轨道上统筹力量、规范行为
    if any(unit.text == "在" for unit in units[:3]):  # 在集团化管理中|提升…
        closed = next((n + 1 for n, u in enumerate(units) if u.text in ("中", "上", "下", "方面", "内")), 0)
    for n, unit in enumerate(units[closed:], start=closed):
        known = words.known.get(unit.text, NOTHING)
        if "preposition" in known.classes:
            if n == 0 and serves_somebody(units, words):
                continue  # 为学校加装空调、更换床铺
            return None
        leads = "lead" in known.kinds and n + 1 < len(units) and words.acts(units[n + 1].text)
        if unit.text == "创新" and n + 2 == len(units):
            leads = False  # 创新|管理、优化服务
        if known.acts and not leads:
            return n
        if len(unit.text) == 4 and not known.acts and words.acts(unit.text[:2]):
            return n
    return None


def _ends_list(part: list[Unit]) -> bool:
    """Whether 等 stands in a part, be it stuck to the word before it: 防治|水等|方面|隐患."""
    return any("等" in unit.text and (unit.text == "等" or unit.tag == "u") for unit in part)


def _shares_head(parts: list[list[Unit]], words: Lexicon) -> bool:
    """Whether the last part ends in a noun that all of them are attributes of: …、…的机制, …等措施."""
    if all(part[-1].tag in AMOUNT_TAGS for part in parts):
        return False  # 新修道路7.1万平米、新建住宅41万平米
    first, last, others = parts[0], parts[-1], parts[:-1]
    texts = [{u.text for u in part} for part in parts]
    if _ends_list(last) and not any(map(_ends_list, others)):
        return True
    verb = _first_verb(first, words) or 0
    nested = any(
        u.tag == "v" and "head" not in words.known.get(after.text, NOTHING).classes
        for u, after in zip(first[verb + 1 :], first[verb + 2 :], strict=False)
    )  # 出台|规范办学行为、…, 推动|学校办出质量、…
    framed = "framing" in words.known.get(first[verb].text, NOTHING).classes
    if framed and "的" in texts[-1] and "的" not in texts[0]:
        return True  # 营造尊重妇女、关爱儿童的风尚
    if not nested:
        return False
    return "的" in texts[-1] or last[-1].text.endswith(CLOSING_HEADS) or len(others[0]) > 3
