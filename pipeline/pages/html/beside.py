"""Lines of the document that a page prints beside its text: number, meeting and speaker below the headline, the signature behind."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline import lexicon
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.pages.html.headline import key_of
from pipeline.pages.html.labels import FOLDED, has_label, is_bar

_DIGITS = r"[\d〇○◯ＯO零0一二三四五六七八九]"
_OLD_DAY = (
    rf"{_DIGITS}{{4}}\s?年\s?[\d一二三四五六七八九十元]{{1,3}}\s?月\s?[\d一二三四五六七八九十廿]{{1,3}}\s?日"
)
_DAY = rf"(?:{_OLD_DAY}|(?:19|20)\d\d\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}})"
# 青政发〔2013〕88号, （青政办函[2013]5号）, 第165号, 青山县人民政府令第5号
NUMBER_RE = lazy_re(
    r"[（(【〔]?[\u4e00-\u9fff]{1,14}(?:[（(][\u4e00-\u9fff]{1,6}[）)][\u4e00-\u9fff]{0,4})?[〔\[［【﹝（({](?:19|20)\d\d年?[〕\]］】﹞）)}]第?\d{1,5}号[）)】〕]?(?:签发人[：:][\u4e00-\u9fff]{2,8})?"
    r"|[（(]?(?:[\u4e00-\u9fff]{2,24}(?:令|公告|通告))?(?:(?:19|20)\d\d年)?第[\d一二三四五六七八九十百]{1,5}号[）)]?"
)
# ——2023年1月8日在青山县第十七届人民代表大会第三次会议上; （2023年1月8日青山县…第三次会议通过）; （2023年1月8日）
MEETING_RE = lazy_re(
    rf"[（(]\s?{_DAY}\s?[）)]|[—–－\-（(\s]{{0,6}}(?:{_DAY}\s?在?|在)[^。；：\n]{{4,80}}(?:会议?|全会)(?:上|[^。；\n]{{0,20}}(?:通过|批准))\s?[）)]?"
)
SPEAKER_RE = lazy_re(
    r"[—–\-]{0,2}\s?[\u4e00-\u9fff]{0,24}(?:[县市区州旗盟省镇乡局院]长|[县市区州旗盟省镇乡局院]長|书记|書記|主任|主席|检察长)[ \u3000]{1,6}[\u4e00-\u9fff·]{1,8}(?:[ \u3000]{1,4}[\u4e00-\u9fff])?"
)  # 县长　李某
RECIPIENT_RE = lazy_re(r"(?=各|.{0,140}(?:人民政府|[、，]各))[^。；！？：:\t|>]{4,150}[：:]")
LETTERHEAD_RE = lazy_re(r"[\u4e00-\u9fff、（）() \u3000]{4,40}(?:文件|令)")
SIGNED_DAY_RE = lazy_re(rf"{_DAY}(?:印发)?")
OLD_DAY_RE = lazy_re(_OLD_DAY)
NOTE_RE = lazy_re(r"[（(]此[件文](?:主动|依申请)?[\u4e00-\u9fff]{2,24}[）)]")  # （此件公开发布）
SPACE_RE = lazy_re(r"\s{1,40}")
BESIDE = "lines of the document beside its text"
_NEAR = 12  # lines between headline and text
_FAR = 80  # lines above the text among which the headline is looked for
_MOST_PIECES = 4  # lines of one headline
_MOST_ABOVE = 6  # lines above the text where the headline is not known
_MOST_SIGNERS = 6
_N_TOP, _N_END = 15, 8  # lines of the text in which such a line may stand already


class Beside(NamedTuple):
    """Which lines beside a text are its own: above and below the headline among those before it, and of those behind it."""

    head: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    signature: tuple[int, ...] = ()


@functools.cache
def _signer_re() -> re.Pattern[str]:
    endings = "|".join(sorted(map(re.escape, lexicon.words("issuer_suffixes.txt")), key=len, reverse=True))
    name = rf"[\u4e00-\u9fff·（）()]{{2,36}}(?:{endings})"
    return compiled_once(
        rf"(?P<names>{name}(?:[、 \u3000]{{1,8}}{name}){{0,5}})(?:[（(](?:盖?章|公章|印章)[）)])?(?P<day>\s{{0,30}}{_OLD_DAY})?"
    )


def printed_at(lines: Sequence[str], key: str) -> tuple[int, int] | None:
    """Return where among lines a headline stands last, which may be broken over some of them; `key` is its key.

    >>> printed_at(["青山县", "关于做好春季", "防火工作的通知", "青政发〔2023〕8号"], "关于做好春季防火工作的通知")
    (1, 3)
    """
    first = max(0, len(lines) - _FAR)
    for end in range(len(lines), first, -1) if key else ():
        joined = ""
        for start in range(end - 1, max(first, end - _MOST_PIECES) - 1, -1):
            joined = key_of(lines[start][:400]) + joined
            if joined == key:
                return start, end
            if not joined or not key.endswith(joined):
                break
    return None


def _is_number(line: str) -> bool:
    return len(line) <= 60 and NUMBER_RE.fullmatch(SPACE_RE.sub("", line)) is not None


def _is_masthead(line: str) -> bool:
    """Tell a line that only a document has between its title and its first paragraph."""
    folded = line.translate(FOLDED)
    if len(line) > 160:
        return False
    if _is_number(folded) or MEETING_RE.fullmatch(folded):
        return True
    return RECIPIENT_RE.fullmatch(folded) is not None and not has_label(line)


def is_above_text(line: str) -> bool:
    """Tell a line that may stand between headline and text: of a masthead, an official's name, an info bar.

    >>> [is_above_text(one) for one in ("青政发〔2023〕8号", "县长　李某", "发布时间：2023-03-08", "关于防火的通知")]
    [True, True, True, False]
    """
    return _is_masthead(line) or is_bar(line) or (len(line) <= 60 and SPEAKER_RE.fullmatch(line) is not None)


def _below(before: Sequence[str], start: int, stop: int) -> Iterator[int]:
    """Yield the lines of a masthead; who speaks has his name there only below the meeting that heard him."""
    was_meeting = False
    for at in range(start, stop):
        line = before[at].strip()
        if _is_masthead(line) or (was_meeting and len(line) <= 60 and SPEAKER_RE.fullmatch(line)):
            yield at
        was_meeting = was_meeting or MEETING_RE.fullmatch(line[:160].translate(FOLDED)) is not None


def _letterhead(before: Sequence[str], stop: int) -> Iterator[int]:
    """Yield letterhead and number right above a headline: 青山县人民政府文件 | 青政发〔2013〕88号."""
    if stop > 0 and _is_number(before[stop - 1].translate(FOLDED)):
        if stop > 1 and LETTERHEAD_RE.fullmatch(before[stop - 2].strip()):
            yield stop - 2
        yield stop - 1


def _signature(after: Sequence[str]) -> Iterator[int]:
    """Yield the lines behind a text that sign it: bodies, then a day; a day alone only as a document writes it."""
    at, is_signed = 0, False
    for line in (one.strip() for one in after[:_MOST_SIGNERS]):
        signer = _signer_re().fullmatch(line[:300])
        is_day = (SIGNED_DAY_RE if at else OLD_DAY_RE).fullmatch(line[:40])
        if is_signed or not (signer or is_day or SPEAKER_RE.fullmatch(line[:80])):
            break
        is_signed = bool(is_day or (signer and signer["day"]))
        at += 1
    if is_signed:
        yield from range(at)
        if at < len(after) and NOTE_RE.fullmatch(after[at].strip()):
            yield at


def _is_signed(lines: Sequence[str]) -> bool:
    """Tell a text that bears its signature already."""
    ends = (line.strip()[-60:] for line in lines[-_N_END:])
    return any(SIGNED_DAY_RE.fullmatch(end) or _signer_re().fullmatch(end) for end in ends)


def find_beside(
    before: Sequence[str], after: Sequence[str], lines: Sequence[str], title: str | None
) -> Beside:
    """Return which lines before and behind a text are lines of the document, by the forms that its masthead and signature have.

    >>> before = ["首页 > 文件", "政府工作报告", "发布时间：2022-01-20", "（2022年1月12日在青山县第三次会议上）", "县长　李某"]
    >>> find_beside(before, ["青山县人民政府", "2022年1月12日", "上一篇"], ["各位代表："], "政府工作报告")
    Beside(head=(), below=(3, 4), signature=(0, 1))

    What the text has itself is left out. Where the headline is not among the lines, those right above the text count.
    """
    at = printed_at(before, key_of(title or ""))
    if at is not None:
        head, stop = tuple(_letterhead(before, at[0])), min(len(before), at[1] + _NEAR)
        below = tuple(_below(before, at[1], stop))
    else:
        start = len(before)
        while start > max(0, len(before) - _MOST_ABOVE) and is_above_text(before[start - 1].strip()):
            start -= 1
        head, below = (), tuple(_below(before, start, len(before)))
    there = {key_of(line) for line in lines[:_N_TOP]}
    return Beside(
        tuple(i for i in head if key_of(before[i]) not in there),
        tuple(i for i in below if key_of(before[i]) not in there),
        () if _is_signed(lines) else tuple(_signature(after)),
    )
