"""Where an amount stands, what names it, and what one amount of a sentence hands on to the next."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.quantities.amounts import Found
from pipeline.lazy_re import lazy_re
from pipeline.numerals import split_unit
from pipeline.tagged import TaggedText

# what a list puts before its sentences: 一是, （二）, 3、, 1．, ①, ——, - , ●
LIST_MARKS = frozenset("一二三四五六七八九十第其（(0123456789①②③④⑤⑥⑦⑧⑨⑩—-–•●◆■★▲*·?？")
LIST_MARK_RE = lazy_re(
    r"(?:[一二三四五六七八九十]{1,2}(?:[是要]|、(?![一二三四五六七八九十]))|(?:第|其)[一二三四五六七八九十]{1,2}(?:是|，)"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)][.、．]?"
    r"|\d{1,2}(?:[、)）]|[.．](?!\d)|[.．](?=\d{1,6}[多余]?[个家所名户项处座套件条]))"  # 1.16处, which nothing is
    r"|[①-⑩][.、．]?|—{1,2}|[-–*?？](?=[ \u3000一-鿿])|[•●◆■★▲·])[ \u3000]{0,4}"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """Where an amount stands: its clause in the blanked sentence `line`, which begins at `offset` of the text.

    `left` is where the words that may name the amount begin: behind the clause's start and the amount before.
    """

    words: TaggedText
    line: str
    offset: int
    start: int
    left: int
    right: int

    def blanked(self, start: int, end: int) -> str:
        """Return a span of the text with dates, names and slogans blanked out."""
        return self.line[start - self.offset : end - self.offset]


@dataclass(frozen=True, slots=True)
class Naming:
    """The indicators of a group of amounts, and the span of text that shows both."""

    names: tuple[str, ...]
    start: int
    end: int
    change: str | None = None
    is_shared: bool = False
    # a share, or what it is a share of: what follows goes on about the indicator before
    is_aside: bool = False
    status: str | None = None  # where the way it is named decides that: 三年内不得申报 is a requirement


@dataclass(slots=True)
class Carried:
    """What one group of amounts hands on to the next of its sentence."""

    end: int
    last: Naming | None = None
    history: list[tuple[str, int]] = field(default_factory=list)
    unit: str = ""  # of the group before
    of_unit: dict[str, Naming] = field(default_factory=dict)  # what was last counted in each unit
    tells_base: bool = False  # 由100元: where it was raised from is a quantity too
    is_raised: bool = False  # 由100元提高到: the next amount is the level of the same indicator
    # 完成预算3亿元的: what the next amount is a share of, and where that ends
    whole: tuple[str, int] | None = None
    due: str = ""  # what the deadlines of a list are for: 诉求1日内回应、5日内解决

    def named(self, n_amounts: int) -> tuple[tuple[str, ...], int]:
        """Return the last names, as many as there are amounts where so many were given, and where the first stands."""
        if self.last is None:
            return (), self.end
        if len(self.last.names) == 1 < n_amounts <= len(self.history):
            some = self.history[-n_amounts:]
            return tuple(name for name, _ in some), some[0][1]
        return self.last.names, self.last.start

    def has_unit_of(self, found: Found) -> bool:
        """Say whether an amount has the unit of the group before, but for its magnitude: 3200户 and 2.5万户."""
        unit = found.amount.unit
        return unit == self.unit or (
            unit[-1:] == self.unit[-1:] and split_unit(unit)[1] == split_unit(self.unit)[1]
        )

    def take(self, naming: Naming) -> None:
        """Remember a naming for what follows."""
        if naming.is_aside and self.last is not None:
            self.end, self.is_raised = naming.end, False
            return
        if self.last is None or naming.names != self.last.names:
            self.history += [(name, naming.start) for name in naming.names]
        self.last, self.end, self.is_raised = naming, naming.end, False


def balanced(name: str) -> str:
    """Return a name without a quotation mark that has lost its partner, or without the pair around all of it.

    >>> balanced("初中“名校"), balanced("“绿色学校”"), balanced("省“绿色学校”")
    ('初中名校', '绿色学校', '省“绿色学校”')
    """
    if "“" not in name and "”" not in name:
        return name
    if name.count("“") != name.count("”"):
        return name.replace("“", "").replace("”", "")
    return name[1:-1] if name.startswith("“") and name.find("”") == len(name) - 1 else name


def with_its_mark(text: str, start: int, end: int) -> str:
    """Return the words of a span with the closing mark that was left off behind it.

    >>> with_its_mark("整治“纳污坑塘”31处", 2, 7)
    '“纳污坑塘”'
    """
    name = text[start:end].strip()
    is_cut_off = text.startswith("”", end) and name.count("“") > name.count("”")
    return name + "”" if is_cut_off else name
