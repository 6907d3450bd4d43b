"""The signs of damage as rules, and the table that is made of them.

A sign is a pair of neighbouring characters, the first of one set, the second of another. It may show where nothing
is damaged; it must show wherever its repair would change something.

The table is stored in models/signs.npz (`scripts/build_tables.py`); where a rule has changed since, it is made anew.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.characters import ASTRAL, load_model
from pipeline.repair.gbk_table import CUT_MARKS, LEADS, SURE_CUTS, TRAILS, from_pair
from pipeline.repair.invisible_characters import ODD_SPACE
from pipeline.repair.private_use import KNOWN
from pipeline.repair.readings import LETTERS

HANZI = "\u3400-\u4dbf\u4e00-\u9fff〇"
HIGH = "\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"  # a byte from 80 on, as Latin-1 or cp1252 prints it
UNSEEN = "\0-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc"
ANY = "\\s\\S"

# kind, first character, second character (each the inside of a character class)
SIGNS: tuple[tuple[str, str, str], ...] = (
    ("escaped_entities", "&", "#A-Za-z"),
    ("unicode_escapes", r"\\%", "uU"),
    ("percent_encoding", "%", "0-9A-Fa-f"),
    ("replacement_read_as_gbk", "1", "\ufffd"),
    ("utf8_read_as_latin1", "\xc2-\xef", HIGH + "?\ufffd"),
    ("misread_twice", "\xc2-\xef", HIGH + "\ufffd"),
    ("gbk_read_as_latin1", "\xa1-\xff", HIGH + "@-~"),
    ("gbk_read_as_latin1", HIGH, "\xa1-\xff"),
    ("big5_read_as_latin1", "\xa1-\xff", HIGH + "@-~"),
    ("big5_read_as_latin1", HIGH, "\xa1-\xff"),
    ("compatibility_forms", ANY, f"\u2e80-\u2fd5\uf900-\ufad9\ufb00-\ufb06{chr(ASTRAL)}"),
    ("invisible_characters", ANY, UNSEEN + ODD_SPACE + chr(ASTRAL)),
    ("invisible_characters", r"\\", "rRnN"),
    ("invisible_characters", "&", "nNeEtT#"),
    ("pinyin_notes", r"(（\[［〔【?？\ufffd", LETTERS),
    ("pinyin_notes", r"(（\[［〔【", " \u00a0\u3000"),
    ("gbk_bytes_shifted", "?？\ufffd", CUT_MARKS + LETTERS),
    ("lost_spaces", "\n \t?？", "?？"),
    ("ampersand_for_tai", HANZI + "”’、；，：。！？“‘「『（(《+0-9%\n", "&"),
    ("full_width_forms", ANY, "０-９Ａ-Ｚａ-ｚ％＋．"),
    ("stray_commas", "，,", "，,、。；："),
    ("piped_tables", "0-9%％‰ ", "|"),
    ("lost_line_breaks", "。！？；!?”）)", " "),
    ("page_numbers", "-—–－‐~～· 第", "0-9"),
    ("spaced_figures", "0-9", " "),
    ("stray_spaces", HANZI + "，。；：、！？”’》）】〕,;", " "),
    ("private_use", ANY, "".join(KNOWN)),
)
Pairs = tuple[range, Iterable[int]]  # lead and trail bytes of GBK
_BEGINS: Pairs = (range(0xE2, 0xF0), range(0x80, 0xC0))
_GOES_ON: Pairs = (range(0x81, 0xC0), TRAILS)
_LETTERS: Pairs = (range(0xC2, 0xC4), range(0x80, 0xC0))  # Latin letters in UTF-8, read as GBK: 脣脛
# the same of characters that are two bytes in GBK, and further second characters
BYTE_SIGNS: tuple[tuple[str, Pairs, Pairs, str], ...] = (
    ("utf8_read_as_gbk", _BEGINS, _GOES_ON, "\ufffd"),
    ("misread_twice", _BEGINS, _GOES_ON, ""),
    ("misread_twice", _LETTERS, _LETTERS, ""),
)
# log probabilities by themselves below which characters of GBK that are no marks are rare: beside another one, and alone
RARE, RAREST = -12.0, -14.0
MARK_LEADS = range(0xA1, 0xA4)
SWALLOWED = "@A-Z\\[\\]^_`a-z{|}"  # second bytes of traditional characters that print by themselves
# two characters of each word that injected lines are made of, such as stand in few other words
SPAM_PAIRS = (
    "产精 產精 无码 無碼 有码 有碼 久久 色综 色綜 婷婷 丁香 插插 狠狠 啪啪 日韩 美亚 美日 洲色 洲精 洲欧 洲日 洲婷 区二 区三 AV Av aV av 成人 费视 费观 费看 "
    "费在 费网 线观 线播 线视 线看 清无 清在 清视 毛片 色网 黄网 黄片 情网 情视 情小 情五 理片 乱伦 裸聊 品视 产a 产A 产自 产偷 产三 拍偷 女优 艳照 熟女 人妻 家乐 "
    "時彩 时彩 合彩 虎机 京赛 门新 门威 门永 门银 门太 门赌 人娱 人荷 人游 博彩 乐城 博网 牌游 牌平 册送 就送 即送 户送 票平 票网 票注 球投 上赌 上投 彩金 首存 返水 亚博 必威 冠体 尼斯 奖直 特码 pk PK"
)
STORED = "signs.npz"


def rules_digest() -> str:
    """Return the digest of the rules, by which a stored table is told from one out of date."""
    rules = repr((SIGNS, BYTE_SIGNS, SPAM_PAIRS, RARE, RAREST, SWALLOWED, sorted(SURE_CUTS))).encode(
        "utf-8", "surrogatepass"
    )
    return hashlib.blake2b(rules, digest_size=16).hexdigest()


def build() -> dict[str, Any]:
    """Return what models/signs.npz holds, made from the rules."""
    every = "".join(map(chr, range(65536)))
    rules = [(kind, _codes(first, every), _codes(second, every)) for kind, first, second in SIGNS]
    for kind, begins, goes_on, further in BYTE_SIGNS:
        rules.append((kind, _gbk(*begins), [*_gbk(*goes_on), *map(ord, further)]))
    price, no_letters = load_model().singles, set(_gbk(MARK_LEADS, TRAILS))
    rare, rarest = (
        [code for code in _gbk(LEADS, TRAILS) if price[code] < least and code not in no_letters]
        for least in (RARE, RAREST)
    )
    cuts, swallowed = [*map(ord, sorted(SURE_CUTS))], _codes(SWALLOWED, every)
    hanzi, wide = _codes(HANZI, every), _codes("Ａ-Ｚａ-ｚ", every)
    shifted = (
        (cuts, rare),
        (rare, rare),
        (range(65536), rarest),
        (cuts, swallowed),
        (hanzi, [*swallowed, *wide]),
    )
    rules += [("gbk_bytes_dropped", [*first], second) for first, second in shifted]
    rules += [("injected_spam", [ord(pair[0])], [ord(pair[1])]) for pair in SPAM_PAIRS.split()]
    kinds = tuple(dict.fromkeys(kind for kind, _, _ in rules))
    first, firsts = _classes([codes for _, codes, _ in rules])
    second, seconds = _classes([codes for _, _, codes in rules])
    bit_of = np.array([1 << kinds.index(kind) for kind, _, _ in rules], dtype=np.uint32)
    shown = firsts[:, None] & seconds[None]
    pairs = np.zeros((len(firsts), 256), dtype=np.uint32)
    pairs[:, : len(seconds)] = np.bitwise_or.reduce(shown * bit_of, axis=2)
    marks = np.zeros(65536, dtype=np.bool_)
    marks[_codes(r"\W_", every)] = True
    return {
        "rules": np.array(rules_digest()),
        "kinds": np.array(kinds),
        "classes": first << np.uint16(8) | second,
        "pairs": pairs.ravel(),
        "marks": np.packbits(marks),  # characters that are neither letters nor digits
    }


def _classes(sets: list[list[int]]) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.bool_]]:
    """Return the class of each code point, and for each class which of the sets it belongs to."""
    member = np.zeros((65536, len(sets)), dtype=np.bool_)
    for number, codes in enumerate(sets):
        member[codes, number] = True
    packed = np.packbits(member, axis=1)
    rows = packed.view(f"V{packed.shape[1]}").ravel()
    numbers = {row: number for number, row in enumerate(dict.fromkeys(rows.tolist()))}
    classes = np.array([numbers[row] for row in rows.tolist()], dtype=np.uint16)
    _, at = np.unique(classes, return_index=True)
    return classes, member[at]


def _codes(inside: str, every: str) -> list[int]:
    """Return the code points of a character class."""
    return [*map(ord, re.findall(f"[{inside}]", every))]


def _gbk(leads: range, trails: Iterable[int]) -> list[int]:
    chars = (from_pair(lead, trail) for lead in leads for trail in trails)
    return [ord(char) for char in chars if char]
