"""Damages clean text the way mirror sites do, byte by byte, so that repairs can be measured.

The page is held as GBK bytes that are edited as if one byte were one character: pinyin is written behind some
characters, the bytes are cut at marks, and every piece is decoded on its own. Both strike wherever the byte pair
stands, in the middle of two characters too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher

from pypinyin import Style, pinyin

# the characters the mirror of seed 002 annotates, in no known order
NOTED = "發養質業優規現術構結區領內創數統關鄉調協聯經穩態網續監轉農礎鎮據權醫節側驅"
NOTED_ELSEWHERE = "報請學進導討標責務認實負紹設濟級會現結"
MARKS = "！？；"
MARKS_ELSEWHERE = "！？；，。"
FOLDED = str.maketrans("，；：！？（）", ",;:!?()")

Choose = Callable[[int], bool]


def note(octets: bytes, chars: Iterable[str]) -> bytes:
    """Write (pinyin) behind the byte pair of every character, one character after the other."""
    for char in chars:
        reading = pinyin(char, style=Style.TONE)[0][0]
        pair = char.encode("gb18030")
        octets = octets.replace(pair, pair + f"({reading})".encode("gb18030"))
    return octets


def cut(octets: bytes, marks: str, choose: Choose) -> list[bytes]:
    """Cut at the byte pairs of marks, from left to right; pieces and marks alternate."""
    pairs = {mark.encode("gb18030") for mark in marks}
    pieces, start, at = [], 0, 0
    while at < len(octets) - 1:
        if octets[at : at + 2] in pairs and choose(at):
            pieces += [octets[start:at], octets[at : at + 2]]
            at = start = at + 2
        else:
            at += 1
    return [*pieces, octets[start:]]


def print_piece(octets: bytes) -> str:
    """Decode a piece as the mirror prints it: a stray lead byte is a `?`, and swallows ASCII below `@`."""
    printed, at = [], 0
    while at < len(octets):
        if octets[at] < 0x80:
            printed.append(chr(octets[at]))
            at += 1
            continue
        try:
            printed.append(octets[at : at + 2].decode("gb18030"))
        except UnicodeDecodeError:
            printed.append("?")
        at += 2
    return "".join(printed)


def mirror(
    text: str, noted: str = NOTED, marks: str = MARKS, choose: Choose = lambda at: True, *, fold: bool = False
) -> str:
    """Return traditional text as a mirror site prints it.

    >>> mirror("加強學校基層黨組織建設", noted="")
    '加強學?；鶎狱h組織建設'
    >>> mirror("成長為區域學科帶頭人")
    '成長為區(qū)域?qū)W科帶頭人'
    """
    lines = []
    for line in text.split("\n"):
        octets = note(
            "".join(c for c in line if c.isascii() or len(c.encode("gb18030")) == 2).encode("gb18030"), noted
        )
        lines.append("".join(print_piece(piece) for piece in cut(octets, marks, choose)))
    printed = "\n".join(lines)
    return printed.translate(FOLDED) if fold else printed


def sometimes(share: float, seed: int = 0) -> Choose:
    """Return a choice that says yes to a share of the places, the same ones for the same seed."""
    chance = random.Random(seed)
    return lambda at: chance.random() < share


def n_wrong(clean: str, text: str) -> int:
    """Return how many characters of a text differ from the clean one, line by line."""
    wrong = 0
    for right, line in zip(clean.split("\n"), text.split("\n"), strict=True):
        if right == line:
            continue
        matcher = SequenceMatcher(None, right, line, autojunk=False)
        wrong += sum(max(b - a, d - c) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal")
    return wrong
