"""Quantities without a printed amount and unit: ratios (师生比1:16), structures (三次产业结构6:46:48), zeros (清零)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.extract.quantities.amounts import Found
from pipeline.extract.quantities.clauses import Naming
from pipeline.extract.quantities.governing import words_before
from pipeline.extract.quantities.indicators import indicator_id
from pipeline.extract.quantities.line import Line
from pipeline.extract.quantities.lists import split_names
from pipeline.lazy_re import lazy_re
from pipeline.numerals import Amount, comparators
from pipeline.records import Quantity

_NOT_HAPPENING = (
    "事故", "死亡", "确诊", "投诉", "上访", "感染", "辍学", "失学", "伤亡", "返贫", "非访", "排放", "发案", "报告", "传播", "扩散", "输入", "差错", "火灾", "溺亡", "欠薪", "违规",
)  # fmt: skip
_ZERO_RE = lazy_re(
    r"(?!“?(?:动态|常态|全面|全部)[性化]?”?“?[清归]零)(?P<subject>“[^“”，。]{1,10}”[^，。；：！？、“”□]{0,16}?|[^，。；：！？、“”□]{2,16}?)(?:(?:动态|全面|全部|基本|持续|保持|实现|已){0,2}“?清零|动态归零)(?!”?\s?(?:行动|率|总?方针|政策|总?策略))”?"  # 全县学科类培训机构清零
    r"|(?P<rate>[^，。；：！？、“”□]{2,16}?(?:率|[人起件]数|数量|发生|事故|案件|事件|问题))(?:继续|连续)?(?:保持)?为零"  # 孕产妇死亡率为零
    r"|(?P<never>[^，。；：！？、“”□]{2,16}?)(?:实现|保持)?“?零发生”?"
    rf"|(?:实现|保持|达到)?“?零(?P<thing>{'|'.join(_NOT_HAPPENING)})”?"
)
# one of these is in whatever it finds, and in no 零售
_HAS_ZERO_RE = lazy_re(
    "|".join(["清零", "归零", "为零", "零发生", *(f"零{name}" for name in _NOT_HAPPENING)])
)
_KEPT_RE = lazy_re(r"(?:守住|做到|实现|确保|保持|达到)了?")  # 守住了“零发生”的防线: of what is not said
_RATIO_RE = lazy_re(
    r"(?<![\d:：∶.])(?P<first>\d{1,3}(?:\.\d{1,2})?)\s?[:：∶]\s?(?P<second>\d{1,4}(?:\.\d{1,2})?)(?![\d:：∶.])"
    r"(?P<norm>的(?:比例|标准|原则|要求|配比)|(?:比例)?配[备比齐套置])?"
)  # 督学与学校数1:1的原则
_RATIO_NAME_RE = lazy_re(
    r"(?:比|比例|比率|配比|之比)"
    r"(?P<verb>(?:达到?|为|是|由|从|不低于|不高于|约|(?:缩小|降低|下降|回落|缩|降|扩大|提高|升|优化|调整|稳定|控制|保持)[到至为在])?(?:□{2,14}的)?)$"
)  # 城乡居民收入比〔由〕2.3∶1缩小到2.1∶1
_FROM_RE = lazy_re(r"[由从](?:□{2,14}的)?$")
_RATIO_SIGN_RE = lazy_re(r"(?:不低于|不高于|不超过|约)$")  # 师生比〔不低于〕1:15
_RATIO_PAIR_RE = lazy_re(r"[与和][^，。；、与和]{2,10}$")
_SHARE = r"\d{1,2}(?:\.\d{1,2})?"
_STRUCTURE_RE = lazy_re(
    rf"(?<![\d:：∶.]){_SHARE}(?:\s?[:：∶]\s?{_SHARE}){{2}}(?![:：∶.]?\d)"
)  # 6.0:46.9:47.1
_THREE_SECTORS_RE = lazy_re(
    r"(?:三次产业|三大产业|三产|一[、，]?二[、，]?三(?:次|大)?产业?|第一[、，]第?二[、，]第?三产业)(?P<what>[^，。；、\d:：由从为]{0,10}?)"
    r"(?P<verb>(?:[由从为约是]|(?:分别|逐步|不断)?(?:调整|优化|演变|转变|变化|升级|变|调|达){1,2}[到至成为]?)?)(?:\s?(?:19|20)\d\d\s?年的?)?\s?$"
)  # 三次产业增加值结构〔为〕
_ROUNDED = 0.3  # by which rounded shares may miss it
_LISTED_STRUCTURE_RE = lazy_re(
    rf"(?<=[为由从到])(?P<shares>{_SHARE}(?:%?[、，]\s?{_SHARE}){{2}}%?)(?![、，\d.亿万元]|\s?[：:])"
)  # 结构为9.3、41.0、49.6
_NEXT_RE = lazy_re(r"[，,]?[一-鿿]{0,4}(?:[到至成为]|化)(?:\s?(?:19|20)\d\d\s?年的?)?\s?")  # 调整为


def find_without_unit(blanked: str) -> list[re.Match[str]]:
    """Return where a blanked sentence holds ratios, structures and zeros."""
    has_zero = "零" in blanked and _HAS_ZERO_RE.search(blanked)
    found = list(_ZERO_RE.finditer(blanked)) if has_zero else []
    if ":" in blanked or "：" in blanked or "∶" in blanked:
        found += _STRUCTURE_RE.finditer(blanked)
        found += _RATIO_RE.finditer(blanked)
    if "结构" in blanked or "产业" in blanked:
        found += (m for m in _LISTED_STRUCTURE_RE.finditer(blanked) if _is_whole(m))
    return found


def _is_whole(match: re.Match[str]) -> bool:
    """Say whether three shares in a list make up a whole."""
    return abs(sum(map(float, re.findall(_SHARE, match["shares"]))) - 100) <= _ROUNDED


def read_without_unit(line: Line, found: list[re.Match[str]]) -> Iterator[Quantity]:
    """Yield the rows of the ratios, structures and zeros of a sentence."""
    structures = (_STRUCTURE_RE.pattern, _LISTED_STRUCTURE_RE.pattern)
    sectors = [match for match in found if match.re.pattern in structures]
    if sectors:
        yield from _read_structures(line, sectors)
    last: tuple[Naming, int] | None = None  # of the ratio before, and where that ends
    for match in found:
        if match.re.pattern == _RATIO_RE.pattern:
            naming = _name_of_ratio(line, match, last)
            if naming is not None:
                yield _ratio_row(line, match, naming)
                last = naming, match.end("second")
        elif match.re.pattern == _ZERO_RE.pattern:
            yield from _read_zero(line, match)


def _read_structures(line: Line, found: list[re.Match[str]]) -> Iterator[Quantity]:
    """Yield the shares of the three sectors one by one: 三次产业结构由8:46:46调整为6:46:48 is six rows."""
    what, start, at = None, 0, 0
    for match in found:
        front = line.words.text[line.start + max(at, match.start() - 40) : line.start + match.start()]
        named = _THREE_SECTORS_RE.search(front)
        if named:
            what, start = named["what"], line.start + match.start() - len(front) + named.start()
        elif what is None or not _NEXT_RE.fullmatch(front):
            what = None
            continue
        at = match.end()
        end = line.start + at
        naming = Naming(split_names(f"三次产业{what}", 3), start, end)
        is_base = named is not None and named["verb"][:1] in ("由", "从")
        for name, share in zip(naming.names, re.findall(_SHARE, match.group()), strict=True):
            value = Amount(float(share), None, "=", "")
            row = line.row(name, Found(end, end, end, end, value, "", False), naming, None, front)
            if is_base:
                row = line.as_base(row, start, line.start + match.start())
            catalogued = indicator_id(f"{name[:4]}增加值占比", "%")  # of the whole value added
            yield replace(row, indicator_id=catalogued)


def _name_of_ratio(line: Line, match: re.Match[str], last: tuple[Naming, int] | None) -> Naming | None:
    """Return what a ratio is of: 督学与学校数1:1, 师生比达到1:16; None of 下午3:30."""
    at, end = match.start(), line.start + match.end("second")
    if last is not None and _NEXT_RE.fullmatch(line.blanked, last[1], at):
        return replace(last[0], end=end)  # 由2.3∶1〔缩小到2.1∶1〕
    left = max(line.blanked.rfind(mark, max(0, at - 40), at) for mark in "，。；：（、") + 1
    front = line.blanked[max(left, at - 40) : at]
    named = _RATIO_NAME_RE.search(front)
    if not (named or (match["norm"] and _RATIO_PAIR_RE.search(front))) or not float(match["second"]):
        return None
    sign = _RATIO_SIGN_RE.search(front)
    led = len(named["verb"]) if named else len(sign.group()) if sign else 0
    core = words_before(
        line.words, line.blanked, line.start, line.start + at - len(front), line.start + at - led
    )
    if core.start >= core.end:
        return None
    return Naming((line.words.text[core.start : core.end],), core.start, end)


def _ratio_row(line: Line, match: re.Match[str], naming: Naming) -> Quantity:
    """Return a ratio as the quotient of its numbers, its first as the level left where the second follows from it."""
    at = match.start()
    front = line.blanked[max(0, at - 40) : at]
    sign = _RATIO_SIGN_RE.search(front)
    quotient = float(match["first"]) / float(match["second"])
    amount = Amount(quotient, None, comparators("before")[sign.group()] if sign else "=", "")
    start, end = line.start + at, line.start + match.end("second")
    found = Found(start, start, end, end, amount, "", is_chinese=False)
    row = line.row(naming.names[0], found, naming, None, front + match.group())
    if _FROM_RE.search(front):
        return line.as_base(row, naming.start, start)
    return replace(row, status="requirement") if match["norm"] else row


def _read_zero(line: Line, match: re.Match[str]) -> Iterator[Quantity]:
    """Yield 清零 and 零事故 as a value of 0."""
    start, end = line.start + match.start(), line.start + match.end()
    name = match["thing"]
    if match["subject"] or match["rate"] or match["never"]:
        named = line.start + max(match.end("subject"), match.end("rate"), match.end("never"))
        core = words_before(line.words, line.blanked, line.start, start, named)
        kept = _KEPT_RE.match(line.words.text, core.start, core.end)
        start = kept.end() if kept else core.start
        name = line.words.text[start : core.end]
    if name:
        zero = Found(start, start, end, end, Amount(0.0, None, "=", ""), "", is_chinese=False)
        yield line.row(
            name, zero, Naming((name,), start, end), None, line.blanked[match.start() : match.end() + 4]
        )
