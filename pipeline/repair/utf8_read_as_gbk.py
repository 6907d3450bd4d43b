"""Undoes UTF-8 that was read as GBK: 鏁欒偛 is 教育. A `?` or U+FFFD in it is a byte or two that got lost."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

from pipeline.edits import Edit
from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.repair.misread_bytes import Code
from pipeline.repair.misread_lines import reread_lines


def _members(leads: range, trails: range) -> str:
    """Return the inside of a character class, as ranges: a class of single characters takes ten times as long to compile."""
    octets = bytes(byte for lead in leads for trail in trails if trail != 0x7F for byte in (lead, trail))
    codes = sorted(map(ord, octets.decode("gb18030")))
    breaks = [n for n in range(1, len(codes)) if codes[n] != codes[n - 1] + 1]
    begins, ends = [0, *breaks], [*breaks, len(codes)]
    return "".join(
        f"{chr(codes[begin])}-{chr(codes[end - 1])}" for begin, end in zip(begins, ends, strict=True)
    )


RUN_RE = lazy_re(r"(?:[^\x00-\x7f]|[?](?=[^\x00-\x7f])|[@-~](?=[^\x00-\x7f])){2,4000}[?]?")
LOST_RE = lazy_re(r"[?\ufffd]|[\x00-\x7f]")
UTF8_RE = lazy_re(
    rb"[\xe2-\xef][\x80-\xbf]{2}(?:[\xe2-\xef][\x80-\xbf]{2}|[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf])"
)
CODE = Code(wrong="gbk", right="utf-8")


@functools.cache
def _start_re() -> re.Pattern[str]:
    """鏁欒, 骞\ufffd: a three-byte character begins with E2–EF and goes on with 80–BF."""
    first, second = (
        _members(range(0xE2, 0xF0), range(0x80, 0xC0)),
        _members(range(0x81, 0xC0), range(0x40, 0xFF)),
    )
    return compiled_once(f"[{first}](?:[{second}]|\ufffd)")


def utf8_read_as_gbk(text: str, lines: Iterable[tuple[int, int]] | None = None) -> list[Edit]:
    """Return the edits that read such runs as UTF-8 again, where that is better Chinese; only those of some lines, if told.

    >>> from pipeline.edits import TracedText
    >>> damaged = "鍏充簬鍗板彂銆婃煶鍩庢暀鑲叉彁璐ㄦ尟鍏翠笁骞磋\ue511鍔ㄨ\ue178鍒掋�嬬殑閫氱煡"
    >>> TracedText(damaged).edited(utf8_read_as_gbk(damaged), kind="utf8_read_as_gbk").text
    '关于印发《柳城教育提质振兴三年行动计划》的通知'

    Where a byte was lost, the character is the one that the model prefers; 锟斤拷 holds nothing and stays.
    """
    spans = [(0, len(text))] if lines is None else lines
    return reread_lines(text, CODE, (place for span in spans for place in _places(text, *span)))


def _places(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    end = start
    for begin in _start_re().finditer(text, start, stop):
        at = begin.start()
        if at < end or not _goes_on(text, at):
            continue
        run = RUN_RE.match(text, at)
        if run is not None:
            end = run.end()
            yield run.span()


def _goes_on(text: str, start: int) -> bool:
    """Tell whether the first six bytes may be two characters of UTF-8, or one is lost among them."""
    chars = text[start : start + 4]
    if LOST_RE.search(chars):
        return True
    octets = chars.encode("gb18030", errors="replace")
    return not octets[5:] or UTF8_RE.match(octets) is not None
