"""Damages clean text the way mirror sites do, byte by byte, so that repairs can be measured.

The page is held as GBK bytes that are edited as if one byte were one character: pinyin is written behind some
characters, the bytes are cut at marks, and every piece is decoded on its own. Both strike wherever the byte pair
stands, in the middle of two characters too.
"""

from __future__ import annotations

import random
import unicodedata
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


def print_piece(octets: bytes, *, unmarked: bool = False) -> str:
    """Decode a piece as the mirror prints it: a stray lead byte is a `?`, and swallows ASCII below `@`; unmarked, it is nothing."""
    printed, at = [], 0
    while at < len(octets):
        if octets[at] < 0x80:
            printed.append(chr(octets[at]))
            at += 1
            continue
        try:
            printed.append(octets[at : at + 2].decode("gb18030"))
        except UnicodeDecodeError:
            printed.append("" if unmarked else "?")
            at -= unmarked
        at += 2
    return "".join(printed)


def mirror(
    text: str,
    noted: str = NOTED,
    marks: str = MARKS,
    choose: Choose = lambda at: True,
    *,
    fold: bool = False,
    unmarked: bool = False,
) -> str:
    """Return traditional text as a mirror site prints it.

    >>> mirror("加強學校基層黨組織建設", noted="")
    '加強學?；鶎狱h組織建設'
    >>> mirror("成長為區域學科帶頭人")
    '成長為區(qū)域?qū)W科帶頭人'
    >>> mirror("開展學校活動", noted="", unmarked=True)
    '開展學；顒'
    """
    lines = []
    for line in text.split("\n"):
        octets = note(
            "".join(c for c in line if c.isascii() or len(c.encode("gb18030")) == 2).encode("gb18030"), noted
        )
        lines.append("".join(print_piece(piece, unmarked=unmarked) for piece in cut(octets, marks, choose)))
    printed = "\n".join(lines)
    return printed.translate(FOLDED) if fold else printed


LOSSES = {"kept": None, "U+FFFD": "\ufffd", "?": "?", "dropped": ""}


def misread(text: str, right: str, wrong: str, lost: str = "U+FFFD") -> str:
    """Return text of one encoding as a program prints it that takes it for another.

    What the wrong encoding has no character for is lost as `lost` says: one sign for a byte, or for a pair where
    the program reads pairs (`pairs gbk`, `pairs big5`) and never swallows ASCII; `swallowing gbk` does. Browsers read
    pairs so, and have private-use characters for those that GBK leaves to its users, and € for the byte 80:
    that is `pairs gb18030`.

    >>> misread("教育", "utf-8", "gbk"), misread("教育", "gbk", "latin1"), misread("教育", "utf-8", "cp1252")
    ('鏁欒偛', '½ÌÓý', 'æ•™è‚²')
    """
    octets = text.encode(right, errors="ignore")
    sign = LOSSES[lost]
    if wrong.startswith(("pairs ", "swallowing ")):
        swallows, codec = wrong.startswith("swallowing"), wrong.split(" ")[1]
        return _misread_pairs(octets, codec, sign or "", swallows=swallows)
    if sign is None:  # nothing is lost
        if wrong == "cp1252":
            return "".join(bytes((b,)).decode("cp1252", "ignore") or chr(b) for b in octets)
        return octets.decode("gb18030" if wrong == "gbk" else wrong, errors="replace")
    return octets.decode(wrong, errors="replace").replace("\ufffd", sign)


def _misread_pairs(octets: bytes, codec: str, sign: str, *, swallows: bool) -> str:
    printed, at = [], 0
    while at < len(octets):
        if octets[at] < 0x80 or (octets[at] == 0x80 and codec == "gb18030"):
            printed.append(chr(octets[at]) if octets[at] < 0x80 else "€")
            at += 1
            continue
        char = octets[at : at + 2].decode(codec, errors="ignore") if octets[at] > 0x80 else ""
        found = len(char) == 1 and not char.isascii()
        printed.append(char if found else sign)
        takes_two = found or swallows or octets[at + 1 : at + 2] >= b"\x80"
        at += 2 if takes_two and octets[at] > 0x80 else 1
    return "".join(printed)


def escaped(text: str, how: str) -> str:
    """Return text with its Chinese written as escapes: entities (escaped twice), unicode or percent."""
    forms = {
        "entities": lambda char: f"&amp;#{ord(char)};",
        "unicode": lambda char: f"\\u{ord(char):04x}",
        "percent": lambda char: "".join(f"%{byte:02X}" for byte in char.encode()),
    }
    return "".join(char if char.isascii() else forms[how](char) for char in text)


RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
RADICALS |= {
    "民": "\u2ea0",
    "长": "\u2ed3",
    "车": "\u2ecb",
    "见": "\u2ec5",
    "页": "\u2eda",
    "马": "\u2ee2",
    "西": "\u2ec4",
}


def with_radicals(text: str) -> str:
    """Return text as a PDF gives it whose font maps characters to radicals: ⼀⽅⾯."""
    return text.translate(str.maketrans(RADICALS))


def with_ampersands(text: str) -> str:
    """Return text as 新华网's traditional edition prints it: 平台 is &&, any other 台 is &."""
    return text.replace("平台", "&&").replace("台", "&")


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
