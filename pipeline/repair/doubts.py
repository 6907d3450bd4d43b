"""Finds places that look damaged and were left: what was lost cannot be told, or no reading was clearly better."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lazy_re import lazy_re
from pipeline.repair.gbk_bytes_shifted import LEAST_CONFIDENCE, rereadings
from pipeline.repair.lost_spaces import QUESTION_RE
from pipeline.repair.misread import odd_spans
from pipeline.repair.readings import CLOSED, SYLLABLE, is_read
from pipeline.repair.sign_rules import HANZI

MARKS = "！？；，。：、!?;,:"
DOUBT_RE = lazy_re(
    rf"(?P<lost_bytes>\ufffd{{1,200}})"
    rf"|(?P<stray_question_mark>(?<=[{HANZI}”’》）0-9%])\?(?=[{HANZI}{MARKS}“‘《（A-Za-z]))"  # 学?；
    rf"|(?P<pinyin_note>[{HANZI}][(（]{SYLLABLE}{CLOSED})"  # 驱(qū)
    rf"|(?P<ampersand>(?<=[{HANZI}”])(?:&&|&(?=[{MARKS}”》）]|\s|\Z)))"  # 智慧教育&&
    r"|(?P<private_use>[\ue000-\uf8ff]{1,200})"
    r"|(?P<nothing_left>(?:锟斤拷|锟斤|斤拷|烫烫烫|屯屯屯){1,200})"
    r"|(?P<latin_letters>[\x80-\xff]{4,400})"  # ½ÌÓý
)
CLAUSE = 20  # characters before a question mark that may ask
DEAR = 12  # characters of a run without sense that is worth a word


@dataclass(frozen=True, slots=True)
class Doubt:
    """A place that looks damaged and was left as it is; `kind` is a row of models/doubt_kinds.csv."""

    kind: str
    start: int
    end: int


def find_doubts(text: str) -> Iterator[Doubt]:
    """Yield what still looks damaged in a repaired text, in order.

    >>> text = "规划?的实施，达到85%?教育\ufffd。你去吗?我去"
    >>> [(doubt.kind, text[doubt.start : doubt.end]) for doubt in find_doubts(text)]
    [('stray_question_mark', '?'), ('stray_question_mark', '?'), ('lost_bytes', '\ufffd')]

    A question is none, nor is a reading behind a character that does not have it.
    """
    found = list(_signs(text))
    taken = sorted((doubt.start, doubt.end) for doubt in found)
    for start, end in odd_spans(text):
        if end - start >= DEAR and not any(a < end and start < b for a, b in taken):
            found.append(Doubt("no_sense", start, end))
            taken.append((start, end))
    yield from sorted(found, key=lambda doubt: doubt.start)


def _signs(text: str) -> Iterator[Doubt]:
    refused = [(edit.start, edit.end) for edit in rereadings(text) if edit.confidence < LEAST_CONFIDENCE]
    yield from (Doubt("shifted_bytes", start, end) for start, end in refused)
    for match in DOUBT_RE.finditer(text):
        kind = match.lastgroup or ""
        if any(start <= match.start() < end for start, end in refused):
            continue
        if kind == "pinyin_note" and not is_read(match.group()[0], match.group()[2:-1]):
            continue
        if kind == "stray_question_mark" and QUESTION_RE.search(
            text, max(0, match.start() - CLAUSE), match.start()
        ):
            continue
        yield Doubt(kind, *match.span())
