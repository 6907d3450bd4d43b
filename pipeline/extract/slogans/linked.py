"""Slogans linked to the place of the document that explains them: a footnote, a 名词解释 appendix, an earlier sentence."""

from __future__ import annotations

import dataclasses
import functools
from collections import defaultdict
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.records import Slogan

_NOTE_BEHIND_RE = lazy_re(
    r"[”’」』]?[\u4e00-\u9fff]{0,6}?[”’」』]?\s?[\[【〔（(]\s?(?P<bracketed>\d{1,3})\s?[\]】〕）)]|[”’」』](?P<glued>\d{1,3})(?![\d.%％年月日个项家万亿])"
)  # “十百千万”[14], “四医联动”改革[11], “七个一”13
_ENTRY_BEFORE_RE = lazy_re(
    r"(?:\A|\n)[ \t\u3000※]{0,4}(?:[\[【〔（(]?\s?(?P<note>\d{1,3})\s?[\]】〕）)]{0,2}[.．、:：]?)?\s{0,2}[^，。；：“”\n]{0,8}[“\[【]{0,3}\Z"
)  # 21.[四个不摘]即…; 【21】“六馆一中心”：
_MEANS_BEHIND_RE = lazy_re(
    r"[”\]】]{0,2}[\u4e00-\u9fff]{0,8}[”\]】]{0,2}[，：:]?\s?(?:[：:]|即|就是|是指|指|是|“|（)"
)
_SAME_RE = lazy_re(r"[、，,·\s“”‘’]")


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    """An occurrence that explains its label; `note` is the number of its footnote."""

    index: int
    key: str
    note: int | None


@functools.lru_cache(maxsize=4096)  # each label is asked for twice, and comes again
def _key(label: str) -> str:
    """Return one spelling of a label: 双随机、一公开 is 双随机一公开."""
    return _SAME_RE.sub("", label).replace("＋", "+").upper()


def _entries(text: str, slogans: Sequence[Slogan]) -> list[_Entry]:
    entries = []
    for index, slogan in enumerate(slogans):
        near = max(0, slogan.start - 30)
        begins = near == 0 or text.find("\n", near, slogan.start) >= 0
        before = _ENTRY_BEFORE_RE.search(text, near, slogan.start) if begins else None
        explains = before is not None and _MEANS_BEHIND_RE.match(text, slogan.end)
        note = int(before["note"]) if before and explains and before["note"] else None
        if slogan.items or (note is not None and explains):
            entries.append(_Entry(index, _key(slogan.label), note))
    return entries


def _explaining(
    text: str, slogan: Slogan, index: int, same: Sequence[_Entry], by_note: dict[int, list[_Entry]]
) -> int | None:
    """Return the index of the occurrence that explains this one: by footnote number, else by label."""
    key = _key(slogan.label)
    if note := _NOTE_BEHIND_RE.match(text, slogan.end):
        for entry in by_note.get(int(note["bracketed"] or note["glued"]), ()):
            if entry.index != index and (entry.key in key or key in entry.key):
                return entry.index
    others = [entry for entry in same if entry.index != index]
    if not others:
        return None
    # a numbered entry of an appendix first, then the nearest place that says it
    best = min(others, key=lambda e: (e.note is None, abs(e.index - index)))
    return best.index


def check_count(n_items: int, n_expected: int | None) -> str | None:
    """Return how the number of members stands to the numeral: match, fewer, more; None where either is unknown.

    >>> check_count(3, 6), check_count(4, 4), check_count(0, 4)
    ('fewer', 'match', None)
    """
    if not n_items or n_expected is None:
        return None
    return "match" if n_items == n_expected else "fewer" if n_items < n_expected else "more"


def link_explanations(text: str, slogans: Sequence[Slogan]) -> tuple[Slogan, ...]:
    """Return the slogans with `defined_at` and `items_linked` where another place of the document explains them.

    An occurrence that lists its own members keeps them, and is linked to nothing.
    """
    entries = _entries(text, slogans)
    by_key: dict[str, list[_Entry]] = defaultdict(list)
    by_note: dict[int, list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_key[entry.key].append(entry)
        if entry.note is not None:
            by_note[entry.note].append(entry)
    noted = {entry.index for entry in entries if entry.note is not None}
    linked = []
    for index, slogan in enumerate(slogans):
        at = None
        if not slogan.items and index not in noted:
            at = _explaining(text, slogan, index, by_key[_key(slogan.label)], by_note)
        members = () if at is None else slogans[at].items
        check = check_count(len(slogan.items or members), slogan.n_expected)
        linked.append(dataclasses.replace(slogan, items_linked=members, defined_at=at, count_check=check))
    return tuple(linked)
