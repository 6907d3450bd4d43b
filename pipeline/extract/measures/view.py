"""One clause as the parser sees it: its units, and what each of them may be."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.measures.clauses import Unit, joined_text
from pipeline.extract.measures.patterns import REACHED_RE
from pipeline.extract.measures.verbs import NO_KINDS, NOTHING, Lexicon

OBJECT_TAGS = ("n", "m", "quote", "j", "b", "r", "l", "i", "s", "a", "t")
NO_OBJECT = frozenset(
    ["的", "得到", "取得", "有所", "是", "明显", "显著", "更加", "日益", "之", "者", "率", "后", "前", "时"]
)
SHORT_OBJECT_TAGS = ("n", "m", "quote", "a", "r", "b", "l", "j")


def _amount_of(units: list[Unit], index: int) -> bool:
    """Whether an amount stands at an index as an attribute: 500亿元的新城."""
    for n in range(index, min(index + 4, len(units))):
        if units[n].text == "的":
            return n > index
        if units[n].tag not in ("m", "q", "mq"):
            return False
    return False


class ClauseView:
    """The units of one clause with the lexicon's knowledge of them."""

    def __init__(self, words: Lexicon, units: list[Unit], *, in_plan: bool) -> None:
        self.lexicon, self.in_plan = words, in_plan
        parting = any(len(unit.text) == 4 or unit.text in ("式", "化") for unit in units)
        self.units = list(self._parted(units)) if parting else units
        self.text = joined_text(self.units)
        self._known = [words.known.get(unit.text, NOTHING) for unit in self.units]

    def _parted(self, units: list[Unit]) -> Iterator[Unit]:
        """Part jieba's set phrases 全面|落实, 明确|任务; join 递进|式 into the adverb it is."""
        held: Unit | None = None
        for unit in units:
            if (
                held is not None
                and unit.text in ("式", "化")
                and len(held.text) <= 3
                and held.tag[:1] in "vnab"
            ):
                held = Unit(held.text + unit.text, "b", held.start, unit.end)
                continue
            if held is not None:
                yield held
            held = unit
            if (
                len(unit.text) == 4
                and unit.tag not in ("quote", "bracket")
                and not self.lexicon.acts(unit.text)
            ):
                before, behind = unit.text[:2], unit.text[2:]
                adverbial = before in self.lexicon.words["adverb"] and self.lexicon.acts(behind)
                verbal = self.lexicon.acts(before) and {"noun", "either"}.isdisjoint(
                    self.lexicon.kind(before)
                )
                if adverbial or verbal:
                    middle = unit.start + 2
                    yield Unit(before, "d" if adverbial else "v", unit.start, middle)
                    held = Unit(behind, "v" if adverbial else "n", middle, unit.end)
        if held is not None:
            yield held

    def has(self, word_class: str, index: int) -> bool:
        """Return whether the unit at an index is a word of a class; no unit is in none."""
        return 0 <= index < len(self._known) and word_class in self._known[index].classes

    def is_adverb(self, index: int) -> bool:
        """Return whether the unit at an index only says how or when: 全面, 因地制宜, 递进式."""
        if index >= len(self.units):
            return False
        unit = self.units[index]
        if "adverb" in self._known[index].classes or unit.tag in ("d", "ad", "uv", "t", "tg", "y"):
            return True
        if not self.acts(index + 1):
            return False
        if len(unit.text) == 4 and unit.tag in ("i", "l") and not self.acts(index):
            return True
        return unit.text.endswith(("式", "化"))

    def acts(self, index: int) -> bool:
        """Return whether the unit at an index can be a measure's verb."""
        return 0 <= index < len(self._known) and self._known[index].acts

    def kind(self, index: int) -> frozenset[str]:
        """Return the kinds of the verb at an index, none for any other unit."""
        return self._known[index].kinds if 0 <= index < len(self._known) else NO_KINDS

    def follows_head(self, index: int) -> bool:
        """Return whether what follows makes a noun of the word before it: 培训|体系, 管理|水平, 建设|的."""
        if index >= len(self.units):
            return False
        unit = self.units[index]
        return unit.text in ("的", "及", "之") or "head" in self._known[index].classes

    def is_predicate(self, index: int, *, sure: bool) -> bool:
        """Return whether the verb at an index can carry the clause; `sure` after an adverb or a modal."""
        unit, kind = self.units[index], self.kind(index)
        if not self.acts(index) and not ("single" in kind and unit.tag.startswith("v")):
            return False
        after = index + 1
        if after >= len(self.units):
            return len(unit.text) >= 4 or self.has("intransitive", index)
        if self.units[after].text in NO_OBJECT:
            return False
        if "single" in kind:
            return len(unit.text) == 1 and self.units[after].tag.startswith(SHORT_OBJECT_TAGS)
        if not {"noun", "either"}.isdisjoint(kind) and not sure and REACHED_RE.search(self.text):
            return False
        if _amount_of(self.units, after) and unit.text in ("投资", "投入", "斥资", "耗资"):
            return False
        if "either" in kind and not sure and self.has("nominalizer", after):
            beyond = self.units[after + 1] if after + 1 < len(self.units) else None
            if beyond is None or beyond.tag == "d" or beyond.text in self.lexicon.words["evaluation"]:
                return False
        if "noun" not in kind:
            return True
        if self.follows_head(after) and not self.has("after", after):
            return False
        if sure or "nominal" in kind:
            return True
        if unit.tag != "v" and not self.units[after].tag.startswith(OBJECT_TAGS) and not self.acts(after):
            return False
        return not any(u.tag == "d" or u.text in self.lexicon.words["evaluation"] for u in self.units[after:])
