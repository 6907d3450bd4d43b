"""Traditional characters to simplified, one for one, and only where the text is traditional.

A character that means the same everywhere (發, 產, 裡) is replaced by a table. One whose simplified form hangs
on the word (乾縣 but 餅乾, 著作 but 著力, 鍾 as a name) is left to OpenCC's engine over OpenCC's current
dictionaries, clause by clause, and only in a line that is traditional: in simplified text 乾县, 瞭望, 慰藉 and
馀 are right as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.lazy_re import lazy_re
from pipeline.simplify.tables import tables as _tables
from pipeline.surnames import SURNAMES

__all__ = ["detect_script", "simplify"]

_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_CLAUSE_RE = lazy_re(rf"[{_HAN}]{{1,60}}")
# what a mechanical conversion leaves in simplified text
_LEFTOVER_RE = lazy_re(
    r"著(?<![显顯卓专專名原土巨昭论論译譯编編合遗遺拙新执執知所].)(?=[力眼手重实實急落陆陸])"  # 著力提升; not 显著重要
    r"|著(?<=[沿随隨绕繞本朝向].)(?![名作述称稱录錄者书書])"  # 沿著, 围绕著; not 本著作
    r"|於(?<=[关對对關鉴鑒位属屬处處优優利善勇敢至终終忠源].)"  # 关於, 位於; 於 is else a surname
    r"|甯(?=夏)"
)
_LEFTOVERS = {"著": "着", "於": "于", "甯": "宁"}
# 乾 is 干 where a thing is dry; not in the number of a document (乾教發〔2024〕17號), nor in the short name of a county
# that the text names in full. 乾安全 is the end of 餅乾 and 安全.
_QIAN_NUMBER_RE = lazy_re(
    rf"乾[{_HAN}]{{1,7}}(?=\s?[〔\[（(【]\s?(?:19|20)\d\d\s?年?[〕\]）)】]\s?第?\s?\d{{1,4}}\s?[号號])"
)
_QIAN_COUNTY_RE, _QIAN_PLACE_RE = lazy_re("乾安[縣县]"), lazy_re("乾安(?!全)")
# a name, in a list of names or where somebody is appointed: 任命乾德明同志, 李乾、余著
_FIRST_OF_NAME = SURNAMES + "萧萬"
_NAME_RE = lazy_re(
    rf"(?<=任命|免去)(?P<first>乾)(?![燥旱涸枯淨净洗脆])[{_HAN}]{{1,2}}(?=同志|[為为等、，])"
    rf"|(?<![{_HAN}])[{_FIRST_OF_NAME}](?P<second>[乾著])(?:(?![燥旱涸枯淨净洗脆])[{_HAN}])?(?=同志|[、，。；]|\s|\Z)"
    rf"|(?<=任命|免去)[{_FIRST_OF_NAME}](?P<third>[乾著])[{_HAN}]?(?=同志|[為为等、，])"
)
_LEFT_OVER_RE = lazy_re("[著於甯]")  # sooner looked for than what stands around them


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
    from pipeline.simplify.dictionaries import engine  # simplified text needs none of OpenCC

    tables = _tables()
    clause = match[0]
    if tables.by_word_re.search(clause) is None:
        return clause.translate(tables.plain)
    simplified: str = engine().convert(clause)
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


def _kept(text: str) -> Iterator[int]:
    """Yield where 乾 and 著 stay though no dictionary says so."""
    for pattern in (_QIAN_NUMBER_RE, _QIAN_PLACE_RE) if _QIAN_COUNTY_RE.search(text) else (_QIAN_NUMBER_RE,):
        yield from (match.start() for match in pattern.finditer(text))
    yield from (match.start(match.lastgroup or 0) for match in _NAME_RE.finditer(text))


def _with(text: str, at: Iterable[int], printed: str) -> str:
    """Write in some places what was printed there."""
    chars = list(text)
    for place in at:
        chars[place] = printed[place]
    return "".join(chars)


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
        kept = tuple(_kept(text)) if "乾" in text or "著" in text else ()
        printed = text
        text = "\n".join(
            [
                _simplify_line(line, in_traditional=in_traditional, given=given, taiwan=taiwan)
                for line in lines
            ]
        )
        text = _with(text, kept, printed) if kept else text
    if _LEFT_OVER_RE.search(text):
        text = _LEFTOVER_RE.sub(lambda m: _LEFTOVERS[m[0]], text)
    return text
