"""Words of a clause that are two, or one with the word before: 全面|落实, 递进式, 会同|县财政局."""

from __future__ import annotations

import functools

from pipeline.extract.measures.bodies import SUBJECTS
from pipeline.extract.measures.clauses import Unit
from pipeline.extract.measures.verbs import NOTHING, NOUNLIKE, Lexicon, lexicon
from pipeline.lazy_re import lazy_re

SUM_RE = lazy_re(r"(?:资金|经费)?[近约超达]?\d")
FUNDED = ("财政投入", "财政补贴", "财政补助")  # who pays, before a sum
# words of jieba's dictionary that are two here: how long the first is, and the tags of both
PARTED_WORDS = {
    "会同县": (2, "p", "n"),  # a county, and what a bureau does with those of another: 会同|县财政局
    "新开通": (1, "a", "v"),
    "先由": (1, "d", "p"),
    "共出动": (1, "d", "v"),
    **dict.fromkeys(["我镇于", "我乡于", "我区于", "我局于", "我校于", "我村于"], (2, "n", "p")),
    "请于": (1, "v", "p"),
    "放在首位": (2, "v", "n"),
    "可不": (1, "v", "d"),
    "新建县": (2, "v", "n"),  # once a county, and what a county builds: 新建|县第三幼儿园
    "擅自改变": (2, "d", "v"),
    "执行程序": (2, "v", "n"),
    "须持": (1, "v", "v"),
    "拖欠工资": (2, "v", "n"),
    "突出问题": (2, "v", "n"),
    **dict.fromkeys(["办实事", "办好事"], (1, "v", "n")),  # 为群众|办|实事
    "进一步提高": (3, "d", "v"),  # the one adverb kept with its verb
    **dict.fromkeys(FUNDED, (2, "n", "v")),
}
ONLY_BEFORE = {"突出问题": "导向"}  # the word behind, without which they are one
NEVER_BEFORE = {"可不": "受"}  # 可|不受
# words whose first character belongs to the one before, and the tags of both then: 不得|到企业检查, 大力|促消费
MOVED_BACK = {
    ("不", "得到"): ("v", "v"),
    ("上", "传到"): ("v", "v"),
    **dict.fromkeys([(char, "力促") for char in "大聚合借协"], ("d", "v")),
}
PARTED = frozenset([*PARTED_WORDS, *(word for _, word in MOVED_BACK)])
NAMED = SUBJECTS | {"同志"}  # 牵头单位: nobody does this to them
OPAQUE_TAGS = ("quote", "bracket")


@functools.lru_cache(maxsize=1 << 14)
def may_change(word: str) -> bool:
    """Return whether a word may have to be parted, or joined to the one before it, in some clause."""
    words = lexicon()
    if word in words.joints or word in PARTED:
        return True
    is_phrase = len(word) == 4 and not _is_whole(words, word)
    return is_phrase and (word[:2] in words.known or word in words.words["fused"])


def parted_words(units: list[Unit], text: str, words: Lexicon, places: frozenset[str]) -> list[Unit]:
    """Part jieba's set phrases 全面|落实, 明确|任务; join 递进|式 into the adverb and 做|深 into the verb it is.

    `text` is that of the clause, `places` its document's own county, whose name stays whole.
    """
    result: list[Unit] = []
    done = 0
    for n, unit in enumerate(units):
        if not may_change(unit.text):
            continue  # as most are
        result += units[done:n]
        done = n + 1
        before = result[-1] if result else None
        if before is not None and unit.text in words.joints and (tag := _joins(words, before, unit)):
            result[-1] = Unit(before.text + unit.text, tag, before.start, unit.end)
            continue
        if before is not None and (tags := MOVED_BACK.get((before.text, unit.text))):
            at = unit.start + 1
            result[-1:] = [
                Unit(before.text + unit.text[0], tags[0], before.start, at),
                Unit(unit.text[1:], tags[1], at, unit.end),
            ]
            continue
        parting: tuple[int, str, str] | None = None
        if unit.tag not in OPAQUE_TAGS:
            if unit.text in PARTED_WORDS and unit.text not in places:
                behind = units[n + 1].text if n + 1 < len(units) else ""
                is_two = (
                    behind == ONLY_BEFORE.get(unit.text, behind)
                    and behind != NEVER_BEFORE.get(unit.text)
                    and (unit.text not in FUNDED or SUM_RE.match(text, unit.end - units[0].start))
                )
                parting = PARTED_WORDS[unit.text] if is_two else None
            if parting is None and len(unit.text) == 4:
                is_governed = before is not None and words.acts(before.text)
                if is_governed and before and unit.text in words.words["fused"]:
                    known = words.known[before.text]
                    is_governed = not ("lead" in known.kinds or "adverb" in known.classes)  # 集中|化解矛盾
                tags = _halves(unit.text, unit.tag, is_governed=is_governed)
                parting = (2, *tags) if tags else None
        if parting is None:
            result.append(unit)
            continue
        at, first, second = parting
        result.append(Unit(unit.text[:at], first, unit.start, unit.start + at))
        result.append(Unit(unit.text[at:], second, unit.start + at, unit.end))
    result += units[done:]
    return result


def _joins(words: Lexicon, before: Unit, unit: Unit) -> str | None:
    """The tag of two units that are one word, None for two words."""
    if before.text == "会" and unit.text == "同":
        return "p"
    if unit.text in ("式", "化"):
        return "b" if len(before.text) <= 3 and before.tag[:1] in "vnab" else None
    is_verb = before.text in words.words["complemented"] and unit.text in words.words["complement"]
    return "v" if is_verb else None


def _is_whole(words: Lexicon, word: str) -> bool:
    """Whether the lexicon knows a set phrase as one word: 警示标志."""
    known = words.known.get(word, NOTHING)
    return known.acts or "adverb" in known.classes or "plain" in known.classes


@functools.lru_cache(maxsize=1 << 12)
def _halves(word: str, tag: str, *, is_governed: bool) -> tuple[str, str] | None:
    """The tags of the halves of a set phrase, None for one that is a word of its own (坚定不移), or behind a verb (注重|创新驱动)."""
    words = lexicon()
    if _is_whole(words, word):
        return None
    if word in words.words["fused"] and not is_governed:
        return "v", "n"  # 总结|经验
    if word[2:] in NAMED or word[2:] == "性地":
        return None  # 牵头单位, 创造性地
    first, second = words.known.get(word[:2], NOTHING), words.known.get(word[2:], NOTHING)
    if "adverb" in first.classes and (second.acts or "preposition" in second.classes):
        return "d", "v"  # 积极|参与, 紧紧|围绕
    if tag.startswith("n") and second.acts and is_governed:
        return None
    if "nominal" in first.kinds and second.acts and tag in ("l", "v"):
        return "v", "vn"  # 推进|改革
    if "strengthening" in first.classes and not is_governed:
        return ("v", "n") if word[2:] != "作用" else None  # 加强|监督, 提高|质量; 促进作用
    return ("v", "n") if first.acts and first.kinds.isdisjoint(NOUNLIKE) else None
