"""Cuts sentences into clauses: brackets, quotations and titles stay whole, list markers stay outside."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from string import ascii_letters
from typing import NamedTuple

from pipeline.lazy_re import lazy_re
from pipeline.records import Reading

# atomic groups: a mark that is never closed costs one bounded look ahead, no more
OPAQUE = (
    r"(?>“[^“”\n]{1,120}(?<![。！？])”|‘[^‘’\n]{1,80}’|《[^《》\n]{1,80}》|【[^【】\n]{1,40}】"
    r"|（(?>[^（）\n]{1,160}|（[^（）\n]{0,80}）){1,8}）)"
)
# branches that all begin with a character are looked for at once: a class among them would be slow
OPENING_RE = lazy_re(r"“|‘|《|【|（")
SIGN_RE = lazy_re(
    r"展改革|和(?:改革|城乡|旅游|信息|社会|规划|草原|体育|工业|科技|综合执法|投资|水[务利])|小组|指挥部|会议|专班|办"
)  # without one of these there is no bureau
OPENING_OR_SIGN_RE = lazy_re(f"{OPENING_RE.pattern}|{SIGN_RE.pattern}")
OPAQUE_RE = lazy_re(OPAQUE)
BLANK_RE = lazy_re(r"\s")
KINDS_OF_WORKS_RE = lazy_re(r"（[改扩迁续重]{1,2}(?:、[改扩迁续重])?）")
_ALSO = "街道办事处|街道办|街道|镇街|社区|乡镇|农场|林场|开发区|园区|管委会|企业|部门|单位|场|户|村|居|校|园|区|市|乡|镇|旗|局|站|所"
ALSO_RE = lazy_re(rf"（(?:{_ALSO})(?:[、，](?:{_ALSO})){{0,4}}）")
KINDS = dict.fromkeys("（【", "bracket") | dict.fromkeys("“‘《", "quote")  # tags by the first character
BUREAU_RE = lazy_re(
    r"(?:国家|[省市县区])?发展(?:和)?改革(?:委员会|委|局|厅|部门|(?=、[^，。]{1,60}(?:部门|单位|机构|局)))"
    # those a county sets up for one task: 县优化营商环境工作领导小组, 县优化办
    r"|(?<![全各我本该])[省市县区镇](?![^，；。]{0,6}(?:成立|组建|设立|建立|调整))[\u4e00-\u9fff]{2,18}?(?:领导小组|指挥部|联席会议|工作专班)(?:办公室|成员单位|各成员单位)?"
    r"|(?<![全各我本该])[市县区](?:金融|外事|信访|人防|安委|双拥|老龄|招商|优化|创建|整治|攻坚|扶贫|防控|治理|督查|改革|发展|振兴|[\u4e00-\u9fff]{2}(?:创建|整治|攻坚|防控|振兴|治理|改革))办(?![理法公学事好成案结])"
    r"|(?:国家|[省市县区])?(?:住房和城乡建设|文化和旅游|工业和信息化|人力资源和社会保障|自然资源和规划)(?:[局厅部委]|委员会)"
    r"|[省市县区]?(?:林业|(?:文化)?(?:广电|体育|广播电视){0,2}(?<=[化电育视])|教育|科技|科学技术|农业农村|商务|城市管理|工业|经济|卫生健康)和(?:草原|旅游|体育|工业(?:和)?信息化|科技|信息化|综合执法|投资促进|水[务利])(?:[局厅委]|委员会)"
)  # jieba reads 发展 as a verb, and 革委会 across the name and 会同
CLAUSE_RE = lazy_re(
    rf"(?:[^，；。！？：…\n\t“‘《【（]+|{OPAQUE}|[“‘《【（]|(?<=\d)：(?=\d))+"
)  # 新建城东小学, 1：3
OPAQUE_OR_BUREAU_RE = lazy_re(f"{OPAQUE}|{BUREAU_RE.pattern}")
MARKER_RE = lazy_re(
    r"[\s　]*(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}[.．、](?!\d)|（\d{1,2}）|\d{1,2}[）)](?=[\u4e00-\u9fff])|[①-⑳⑴-⒛㈠-㈩❶-❿]|[-—•●◆■▲★◇□○·]{1,2}|\?{1,8}(?=[ 　]?[\u4e00-\u9fff])"
    r"|[A-Za-zⅠ-Ⅻ][.．、）](?=[\u4e00-\u9fff]))"
    r"[\s　]*"
)  # （一） 1. ① 1） ⒈, and ? for a bullet that was lost

# who answers for the sentence before stands in front of the next: （县发改局负责）推广…
DUTY_RE = lazy_re(r"（[^（）\n]{2,120}(?:负责|牵头|指导|配合|参与|落实|实施|分工(?:负责)?)）")
NOTE_RE = lazy_re(r"(?<=”)\d{1,2}$")  # 做到“四个不摘”21
# what a clause adds in sentences of their own: 给予企业10万元奖励〔（第一年5万元，第二年3万元）〕
ASIDE_RE = lazy_re(
    r"(?<=.{6})（(?!联系|电话|邮箱|咨询)[^（）\n]{1,160}[，；。][^（）\n]{1,160}）$"
    r"|(?:(?<=”)|(?<=”[\u4e00-\u9fff]{2}))（[^（）\n]{2,80}、[^（）\n]{2,80}）$"  # “五有”标准（有场地、有设施）
)

GLUED_RE = lazy_re(
    r"(?<![之其第统唯万单专合同划归在为])(?P<item>[一二三四五六七八九]是)(?=[\u4e00-\u9fff]{4})(?<=[\u4e00-\u9fff]{6})"
)  # a heading that ran into its paragraph: 提升依法行政水平〔一是加强…〕


class Unit(NamedTuple):
    """A word, or a quotation, title or bracket taken as one (a tuple, for a megabyte makes 200,000 of them)."""

    text: str
    tag: str  # jieba's tag; `quote` and `bracket` for the opaque ones
    start: int
    end: int


JOINTS = frozenset(["、", "和", "及", "与", "的"])  # texts after which what has begun goes on
# the ends of words for where something stands
SITES = ("路口", "路段", "区域", "场所", "部位", "沿线", "周边")
AMOUNT_TAGS = frozenset(["m", "q", "mq"])
MOST_CHARACTERS = 400  # more without a comma is a table or a list of names, no clause


_DIGITS = frozenset("0123456789")
_BLANKS = frozenset(" \n\t\r\x0b\x0c\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000").union(
    map(chr, range(0x2000, 0x200B))
)
_MARKER_BEGINS = frozenset("一二三四五六七八九十（-—•●◆■▲★◇□○·?0123456789 　").union(
    map(
        chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A), *range(0x2776, 0x2780), *range(0x2160, 0x216C))
    ),
    ascii_letters,
)  # ①, ⑴, ⒈, ㈠, ❶, Ⅰ


class Clause(NamedTuple):
    """A clause without closing mark; `mark` is the sign behind it, "" at a line's end."""

    start: int
    end: int
    mark: str
    sentence: int


class Piece(NamedTuple):
    """A clause, or several that grammar does not part: its units, the text they stand for, and the text of each."""

    clause: Clause
    units: list[Unit]
    text: str
    texts: list[str]


# Unit(…), Clause(…), Piece(…) of what is in a tuple, without their frame
_unit: Callable[[tuple[str, str, int, int]], Unit] = partial(tuple.__new__, Unit)
_clause: Callable[[tuple[int, int, str, int]], Clause] = partial(tuple.__new__, Clause)
_piece: Callable[[tuple[Clause, list[Unit], str, list[str]]], Piece] = partial(tuple.__new__, Piece)


_text_of: Callable[[Unit], str] = itemgetter(0)


def clauses(reading: Reading) -> Iterator[Clause]:
    """Yield the clauses of a text in order, each with the index of its sentence."""
    text = reading.text
    for index, sentence in enumerate(reading.sentences):
        for match in CLAUSE_RE.finditer(text, sentence.start, sentence.end):
            start, behind = match.span()
            end = behind
            first = text[start]
            if first == "“" and "”" not in text[start:end]:
                start += 1  # a speech of several sentences opens here
            if (first in _MARKER_BEGINS or first.isspace()) and (marker := MARKER_RE.match(text, start, end)):
                start = marker.end()
            elif first == "（" and (duty := DUTY_RE.match(text, start, end)):
                start = duty.end()
            piece = text[start:end]
            shown = piece.strip()
            if shown != piece:
                start += len(piece) - len(piece.lstrip())
                end = start + len(shown)
            if text[end - 1 : end] in _DIGITS and (note := NOTE_RE.search(text, max(start, end - 3), end)):
                end = note.start()
            if text[end - 1] == "）" and (aside := ASIDE_RE.search(text, start, end)):
                end = aside.start()
            if "——" in piece and (dash := text.find("”——", start, end - 3) + 1):
                yield Clause(start, dash, "", index)  # 优化“四大结构”——优化产业结构、…
                start = dash + 2
            if "是" in piece and (glued := GLUED_RE.search(text, start + 1, end)):
                yield Clause(start, glued.start("item"), "", index)
                start = glued.start("item")
            if start < end <= start + MOST_CHARACTERS:
                mark = text[behind : behind + 1]
                yield _clause((start, end, "" if mark in _BLANKS else mark, index))


class Words:
    """The words of a document by offset, ready to be cut into clauses."""

    def __init__(self, reading: Reading) -> None:
        words = reading.words
        self._text, self._tokens, self._tags = reading.text, words.tokens, words.tags
        self._starts, self._ends = words.starts, words.ends

    def piece(self, clause: Clause) -> Piece:
        """Return one clause with its units."""
        start, end = clause.start, clause.end
        said = self._text[start:end]
        opaque = self._opaque(said, start, end) if OPENING_OR_SIGN_RE.search(said) else ()
        is_printed = said.isprintable()  # and has no blank but spaces
        if not opaque and is_printed and " " not in said:
            first, last = bisect.bisect_right(self._ends, start), bisect.bisect_left(self._ends, end) + 1
            if self._starts[first] == start and self._ends[last - 1] == end:  # as nearly all clauses do
                return _piece((clause, self._whole(first, last), said, self._tokens[first:last]))
        units = self._units(opaque, start, end)
        return piece_of(clause, units, said if is_printed else None)

    def _whole(self, first: int, last: int) -> list[Unit]:
        """The units of the words from one index up to another; made when asked for, as they live no longer than their clause."""
        some = slice(first, last)
        return list(
            map(
                _unit,
                zip(self._tokens[some], self._tags[some], self._starts[some], self._ends[some], strict=True),
            )
        )

    def _units(self, opaque: Sequence[tuple[int, int]], start: int, end: int) -> list[Unit]:
        text = self._text
        units: list[Unit] = []
        at = start
        for opening, closing in opaque:
            if at < opening:
                self._add_words(units, at, opening)
            kind = KINDS.get(text[opening], "nt")
            if kind == "bracket" and units and ALSO_RE.fullmatch(text, opening, closing):
                before = units[-1]
                if before.end == opening:  # 各乡镇（街道）: one name for those of two kinds
                    units[-1] = Unit(text[before.start : closing], before.tag, before.start, closing)
                    at = closing
                    continue
            units.append(Unit(text[opening:closing], kind, opening, closing))
            at = closing
        if at < end:
            self._add_words(units, at, end)
        return _with_works(units) if "）建" in text[start:end] else units

    def _opaque(self, said: str, start: int, end: int) -> list[tuple[int, int]]:
        has_bureau = BUREAU_RE.search(self._text, start, end) if SIGN_RE.search(said) else None
        if not has_bureau and not OPENING_RE.search(said):
            return []
        found = OPAQUE_OR_BUREAU_RE if has_bureau else OPAQUE_RE
        return [m.span() for m in found.finditer(self._text, start, end)]

    def _add_words(self, units: list[Unit], start: int, end: int) -> None:
        """Add the words from `start` to `end`; of one that reaches over `start` only the rest, tagged x."""
        text, ends, tags = self._text, self._ends, self._tags
        number = bisect.bisect_right(ends, start)
        behind = bisect.bisect_left(ends, end) + 1
        if (
            self._starts[number] == start
            and ends[behind - 1] == end
            and not BLANK_RE.search(text, start, end)
        ):
            units += self._whole(number, behind)
            return
        at = start
        whole = start == 0 or (number > 0 and ends[number - 1] == start)
        while at < end:
            stop = ends[number]
            if stop > end:
                stop = end
            word = text[at:stop]
            if not word.isspace():
                units.append(_unit((word, tags[number] if whole else "x", at, stop)))
            at, whole = stop, True
            number += 1


def _with_works(units: list[Unit]) -> list[Unit]:
    """Return units with works of several kinds as one verb: 新|（改、扩）|建."""
    n = 1
    while n + 1 < len(units):
        before, kinds, after = units[n - 1 : n + 2]
        n += 1
        if (
            after.text == "建"
            and before.text in ("新", "改", "扩")
            and KINDS_OF_WORKS_RE.fullmatch(kinds.text)
        ):
            verb = Unit(before.text + kinds.text + after.text, "v", before.start, after.end)
            units[n - 2 : n + 1] = [verb]
    return units


def piece_of(clause: Clause, units: list[Unit], text: str | None = None) -> Piece:
    """Return the piece that some units of a clause are; their text is joined where none is given."""
    return Piece(clause, units, joined_text(units) if text is None else text, [unit.text for unit in units])


def unspaced(piece: Piece) -> str:
    """Return the words of a piece without the blanks between them."""
    return "".join(piece.texts) if " " in piece.text else piece.text


def joined_text(units: list[Unit]) -> str:
    """Return the text the units stand for, blanks between them included."""
    if not units:
        return ""
    whole = "".join(map(_text_of, units))
    if len(whole) == units[-1].end - units[0].start:
        return whole
    pieces: list[str] = []
    at = units[0].start
    for unit in units:
        pieces += (" " * (unit.start - at), unit.text)
        at = unit.end
    return "".join(pieces)
