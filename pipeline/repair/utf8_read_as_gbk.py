"""Undoes UTF-8 that was read as GBK: 鏁欒偛 is 教育. A `?` or U+FFFD at its end is a byte that got lost."""

from __future__ import annotations

import re

from pipeline.characters import load_model
from pipeline.edits import Edit
from pipeline.repair.gbk_table import from_pair, to_pair
from pipeline.repair.misread import edit_if_believed

WINDOWS = (32, 512, 4000)  # characters looked at: few at first, most runs are soon over
MANY = 12  # characters of a run of which fewer than a third may have lost a byte
LOST = frozenset("?？\ufffd")


def _members(leads: range, trails: range) -> str:
    chars = (from_pair(lead, trail) for lead in leads for trail in trails if trail != 0x7F)
    return "".join(re.escape(char) for char in chars if char)


# 鏁欒, 骞\ufffd: a three-byte character begins with E2–EF and goes on with 80–BF
_FIRST, _SECOND = (
    _members(range(0xE2, 0xF0), range(0x80, 0xC0)),
    _members(range(0x81, 0xC0), range(0x40, 0xFF)),
)
START_RE = re.compile(f"[{_FIRST}](?:[{_SECOND}]|\ufffd)")
RUN_RE = re.compile(r"(?:[^\x00-\x7f]|[?](?=[^\x00-\x7f])|[@-~](?=[^\x00-\x7f])){2,4000}[?]?")


def utf8_read_as_gbk(text: str) -> list[Edit]:
    """Return the edits that read such runs as UTF-8 again, where that is better Chinese.

    >>> from pipeline.edits import TracedText
    >>> damaged = "鍏充簬鍗板彂銆婃煶鍩庢暀鑲叉彁璐ㄦ尟鍏翠笁骞磋\ue511鍔ㄨ\ue178鍒掋�嬬殑閫氱煡"
    >>> TracedText(damaged).edited(utf8_read_as_gbk(damaged), kind="utf8_read_as_gbk").text
    '关于印发《柳城教育提质振兴三年行动计划》的通知'

    Where a byte was lost, the character is the one that the model prefers; 锟斤拷 holds nothing and stays.
    """
    edits: list[Edit] = []
    end = 0
    for start in START_RE.finditer(text):
        if start.start() < end:
            continue
        n_bytes = 0
        for size in WINDOWS:
            run = RUN_RE.match(text, start.start(), start.start() + size)
            if run is None:
                break
            octets, ends = _to_bytes(text, *run.span())
            readings, n_bytes = _decode(octets)
            if n_bytes < len(octets) - 3:
                break  # the reading ended inside the window
        if run is not None and n_bytes:
            end = ends[n_bytes - 1]
            if len(readings) < 2 and "\ufffd" not in run.group():
                continue  # two rare characters may be a word: nothing but chance speaks for one in their place
            if len(readings) > MANY and sum(len(chars) > 1 for chars in readings) * 3 > len(readings):
                continue  # too much is lost to be read
            reading = _choose(readings, before=text[max(0, run.start() - 2) : run.start()])
            edits += edit_if_believed(text, run.start(), end, reading)
    return edits


def _to_bytes(text: str, start: int, end: int) -> tuple[list[int | None], list[int]]:
    """Return the bytes of a run, None for a lost one, and where in the text each one ends."""
    octets: list[int | None] = []
    ends: list[int] = []
    for at in range(start, end):
        pair = to_pair(text[at])
        if text[at] in LOST:
            piece: list[int | None] = [None]
        elif text[at] == "€":
            piece = [0x80]
        elif text[at].isascii():
            piece = [ord(text[at])]
        elif pair is None:
            break
        else:
            piece = list(pair)
        octets += piece
        ends += [at + 1] * len(piece)
    return octets, ends


def _decode(octets: list[int | None]) -> tuple[list[list[str]], int]:
    """Return what each character may be in UTF-8, as far as it goes, and the number of bytes this took."""
    readings: list[list[str]] = []
    at = 0
    while at < len(octets):
        lead = octets[at]
        size = 3 if lead is None or lead >= 0xE0 else 1 if lead < 0x80 else 2
        chars = _characters(octets[at : at + size]) if at + size <= len(octets) else []
        if not chars:
            break
        readings.append(chars)
        at += size
    return readings, at


def _characters(piece: list[int | None]) -> list[str]:
    """Return the characters of one to three bytes; of three, one may be lost."""
    if None not in piece:
        choices = range(1)
    elif len(piece) == 3 and piece.count(None) == 1:
        choices = range(0xE3, 0xEA) if piece[0] is None else range(0x80, 0xC0)
    else:
        return []
    filled = (bytes(choice if byte is None else byte for byte in piece) for choice in choices)
    return [char for char in map(_strict, filled) if char]


def _choose(readings: list[list[str]], before: str) -> str:
    """Return the text, with the likeliest character wherever a byte was lost."""
    model = load_model()
    is_plain = all(_is_gb2312(chars[0]) for chars in readings if len(chars) == 1)
    text = ""
    for number, chars in enumerate(readings):
        if len(chars) > 1:
            after = "".join(
                following[0] for following in readings[number + 1 : number + 3] if len(following) == 1
            )
            context = text[-2:] or before or "\n\n"
            prices = [
                (model.score(char + after, before=context), is_plain and _is_gb2312(char)) for char in chars
            ]
            text += chars[prices.index(max(prices))]  # at one price 开 goes before 開
        else:
            text += chars[0]
    return text


def _is_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _strict(octets: bytes) -> str | None:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return None
