"""Slogans without quotes whose members are told beside them: 两个环境（发展环境、生态环境）, 四个重点。一是…."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.extract.slogans.counts import head_of
from pipeline.extract.slogans.enumerations import enumerated_after
from pipeline.extract.slogans.explained import explained_behind
from pipeline.extract.slogans.lists import split_list
from pipeline.extract.slogans.quoted import Candidate
from pipeline.extract.slogans.shapes import classify
from pipeline.extract.slogans.words import one_of, stands_alone
from pipeline.lazy_re import lazy_re

if TYPE_CHECKING:
    from pipeline.tagged import TaggedText

# a head that names no place, body or piece of work: three towns (A、B、C) are counted
_LABEL = rf"[两三四五六七八九十](?:(?<=十)[一二三四五六])?(?:个|大|项|种|条|件|场)?(?:{one_of('told_head', 'abstract_head', 'nominal_verb')}|(?<=[项大])[\u4e00-\u9fff]{{2}}{one_of('abstract_head')})"
_TOLD_RE = lazy_re(
    rf"(?=[两三四五六七八九十、和及])(?:"  # no other character begins one
    rf"(?P<label>{_LABEL})(?P<sign>（|[，,]?(?:即|就是)|[：:]\s?一是|。\s?一是)"
    rf"|[、和及][\u4e00-\u9fff]{{2,12}}?(?:等|这)?(?P<summing>{_LABEL})(?!（))"
)
_RUN_RE = lazy_re(r"[\u4e00-\u9fff、]{1,100}\Z")
_MOST_PIECES = 9
_LONGEST_PIECE = 12  # characters between two of 、 and 和
_OF_BRANCHES_RE = lazy_re(
    r"[两三四五六七八九十]大(?:[\u4e00-\u9fff]{2})?(?:产业集群|产业链|产业|集群|板块|片区|园区|基地|市场|品牌|平台|中心)"
)
_BRANCHES_RE = lazy_re(
    r"[\u4e00-\u9fff]{2,10}(?:、[\u4e00-\u9fff]{2,10}){1,8}\Z"
)  # 食品加工、新型建材、机械制造〔三大产业集群〕
# 三项工作。一是… counts what follows; with 大 (五大工作) it is a name
_COUNTED_RE = lazy_re(r"[^大]{1,3}(?:工作|任务|举措|措施|管理|规定|制度|服务|方式|活动)")
_OF_IMPORTANCE = ("产业", "领域", "行业", "项目", "企业", "区域", "环节", "工程")  # 四个重点产业
_LONGEST = 24  # characters of one member
_LONGEST_LIST = 100


def find_told(text: str, words: TaggedText) -> Iterator[Candidate]:
    """Yield counted heads without quotes beside which just as many members are told.

    Nothing else tells 抓好四个重点 from a count of points; the list that spells it out does.
    """
    for match in _TOLD_RE.finditer(text):
        behind, sign, before = match.groups()
        label = behind or before
        end = match.end() - len(sign or "")
        start = end - len(label)
        if not stands_alone(text, start) or _COUNTED_RE.fullmatch(label):
            continue
        shape = classify(label)
        if shape is None or shape.numeral is None or not words.begins_and_ends(start, end):
            continue
        if sign:
            is_told = _is_told(text, end, label, shape.numeral, one_by_one=sign.endswith("一是"))
        else:  # 新产业、新模式、新动能〔三个关键词〕
            is_told = _is_summed_up(text, start, shape.numeral)
            is_told = is_told and not (label.endswith("重点") and text.startswith(_OF_IMPORTANCE, end))
        if is_told:
            yield Candidate(start, end, shape, is_quoted=False)
    yield from _branches(text, words)


def _is_summed_up(text: str, start: int, numeral: int) -> bool:
    """Whether just as many things are listed right before an offset, three at least."""
    listed = _listed_before(text, start) if numeral > 2 else ""
    return len(split_list(listed, numeral)) == numeral


def _listed_before(text: str, start: int) -> str:
    """Return the list that ends at an offset; a piece too long for a name begins it with its last characters."""
    run = _RUN_RE.search(text, max(0, start - _LONGEST_LIST), start)
    pieces: list[str] = []
    for piece in reversed(run[0].rstrip("等这").split("、") if run else ()):
        if len(piece) < 2 or len(pieces) == _MOST_PIECES:
            break
        is_name = all(len(name) <= _LONGEST_PIECE for name in piece.split("和"))
        pieces.append(piece if is_name else piece[-_LONGEST_PIECE:])
        if not is_name:
            break
    return "、".join(reversed(pieces))


def _branches(text: str, words: TaggedText) -> Iterator[Candidate]:
    """Find branches that are listed and summed up: 蔬菜、畜牧、林果三大产业."""
    for match in _OF_BRANCHES_RE.finditer(text):
        start = match.start()
        shape, listed = classify(match[0]), _BRANCHES_RE.search(text[max(0, start - _LONGEST_LIST) : start])
        is_sum = shape is not None and listed is not None and shape.numeral == listed[0].count("、") + 1
        # 建好两大… is no list; three and more are one whatever their last word is: 胸痛、卒中、创伤三大救治中心
        is_list = _names(words, start) or (shape is not None and (shape.numeral or 0) > 2)
        if shape and is_sum and is_list and words.begins_and_ends(*match.span()):
            yield Candidate(*match.span(), shape, is_quoted=False)


def _names(words: TaggedText, end: int) -> bool:
    """Say whether the word that ends at an offset names something: 汽车零部件, not 建好."""
    span = words.span(end - 1, end)
    tag = words.tags[span[0]] if span is not None else "x"
    return tag[0] in "nljb" or tag == "vn"


def _is_told(text: str, end: int, label: str, numeral: int, *, one_by_one: bool) -> bool:
    if one_by_one:
        members = enumerated_after(text, end, numeral, head_of(label), in_line=True)
    else:
        members = explained_behind(text, end, label, "enumerated", numeral)
    return len(members) == numeral and all(2 <= len(member) <= _LONGEST for member in members)
