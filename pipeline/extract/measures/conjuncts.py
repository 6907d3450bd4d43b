"""Whether a conjunct of its own begins behind 、 or 并: 、提高|行政效能, 、全面|落实|“六保”任务, 、每季度|调度一次."""

from __future__ import annotations

from pipeline.extract.measures.clauses import AMOUNT_TAGS, Unit
from pipeline.extract.measures.small_clauses import ENTER_RE, ENTERING
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon

ATTRIBUTING = frozenset(["的", "之"])


def begins_conjunct(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Return whether a verb with an object of its own stands at an index: 、提高|行政效能, 、入|课堂."""
    if n + 1 >= len(units):
        return False
    following = units[n + 1]
    before = words.known.get(units[n - 2].text, NOTHING)
    known = words.known.get(units[n].text, NOTHING)
    works = "built" in before.classes and "built" in known.classes
    if works or (before.acts and before.kinds.isdisjoint(NOUNLIKE)):
        return False  # 续建、新建校舍
    if (
        units[n - 1].text == "并"
        and following.tag == "v"
        and words.acts(following.text)
        and units[-1].tag == "v"
    ):
        return False  # 并跟进督办抓落实
    enters = units[n - 1].text == "、" and units[n].text[0] in ENTERING
    if enters and ENTER_RE.fullmatch(units[n].text + following.text):
        return True
    if units[n - 1].text == "、" and known.acts and "noun" not in known.kinds and _is_twin(units, n, words):
        return True
    half = words.known.get(units[n].text[:2], NOTHING) if len(units[n].text) == 4 else known
    is_amount = following.tag[0] == "m" and "lead" not in known.kinds
    is_amount = is_amount and n + 2 < len(units) and units[n + 2].text != "、"  # and no 验收一个、销号一个
    if known.acts and is_amount and any(u.tag[0] == "m" for u in units[: n - 1]):
        return all(u.text != "的" for u in units[n:])  # 新造1.75万亩油茶林、改造9000亩油茶林
    if not (known.acts or half.acts) or "noun" in known.kinds | half.kinds:
        return False
    if half is not known and not known.acts and not half.kinds.isdisjoint(NOUNLIKE):
        return False  # 、建设用地
    if known.acts and following.tag[0] == "m" and units[n - 2].tag in AMOUNT_TAGS:
        return "lead" not in known.kinds  # 新建公路30公里、改造50公里
    unsure = not known.kinds.isdisjoint({"either", "lead"}) and "nominal" not in known.kinds
    if unsure or (half is known and "either" in known.kinds and units[n].tag != "v"):
        return False  # 、使用范围, 、开放环境: a noun as likely
    if "lead" in known.kinds and "aim" not in known.kinds:
        return False  # 、创新精神, 、组织形态
    if following.text == "和" and units[-1].tag in AMOUNT_TAGS and n + 2 < len(units):
        return known.acts and words.acts(units[n + 2].text)  # 、新增|和|改造|绿地47万平米
    if following.text in ("、", "的", "和", "及", "与", "等") or following.tag.startswith("u"):
        return half is not known and not known.acts and len(units[n].text) == 4  # 、明确任务
    return "head" not in words.known.get(following.text, NOTHING).classes


def _is_twin(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Whether verb and noun at an index follow upon verb and noun, no more: 完善|制度、|健全|机制, 明确任务、|夯实|责任."""
    if n + 2 < len(units) and units[n + 2].text != "、":
        return False
    if not (units[n + 1].tag[:1] == "n" and len(units[n].text) == len(units[n + 1].text) == 2):
        return False
    twin, first = units[n - 2].text, n - 3
    if len(twin) == 4:  # jieba keeps it whole
        first, before = n - 2, words.known.get(twin[:2], NOTHING)
    else:
        if n < 3 or len(twin) != 2 or units[n - 2].tag[:1] != "n":
            return False
        before = words.known.get(units[first].text, NOTHING)
    if not before.acts or "noun" in before.kinds or {"governing", "pivot"} & before.classes:
        return False
    opening = units[first - 1].text if first else "、"
    return opening == "、" or "adverb" in words.known.get(opening, NOTHING).classes


def begins_with_adverb(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Return whether an adverb stands at an index and a verb with an object of its own behind it: 、全面|落实|“六保”任务."""
    if units[n - 1].text != "、" or n + 2 >= len(units) or len(units[n].text) not in (2, 4):
        return False
    known = words.known.get(units[n].text[:2], NOTHING)
    if "adverb" not in known.classes:
        return False
    if not ATTRIBUTING.isdisjoint([unit.text for unit in units[n:]]):
        return False  # 充满活力、全面支撑发展的体系: an attribute as likely
    if len(units[n].text) == 4:  # jieba keeps 全面落实 whole
        verb = words.known.get(units[n].text[2:], NOTHING)
        following = words.known.get(units[n + 1].text, NOTHING)
        is_sure = "nominal" in verb.kinds and units[n + 1].tag[:1] in "nq" and "head" not in following.classes
        return is_sure and units[n].text not in words.known
    verb = words.known.get(units[n + 1].text, NOTHING)
    plain = verb.kinds == {"action"} and units[n + 2].tag[:1] == "n"
    is_sure = verb.acts and (units[n + 1].tag[0] == "v" or plain)
    is_sure = is_sure and ("nominal" in verb.kinds or verb.kinds.isdisjoint(NOUNLIKE))
    return not known.acts and is_sure and (plain or begins_conjunct(units, n + 1, words))  # 、层层|压实|责任


def begins_each(units: list[Unit], n: int, words: Lexicon) -> bool:
    """Return whether how often something is done stands at an index, as in front of the clause: 每月走访一次、|每季度|调度一次."""
    if units[n].text[0] != "每" or n + 1 >= len(units) or units[n + 1].text == "一":
        return False  # 每周一研判
    if not any(u.text[0] == "每" for u in units[:2]):
        return False
    return any(words.acts(unit.text) for unit in units[n + 1 : n + 3])
