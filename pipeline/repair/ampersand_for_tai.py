"""Writes 台 again where 新华网's traditional edition prints `&`: 智慧教育&& is 平台, 舞& is 舞台."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.characters import CharacterModel, load_model
from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re
from pipeline.repair.misread import HANZI_RE

AMPERSAND_RE = lazy_re(
    r"(?<![&a-zA-Z])(?:(?<=[\u4e00-\u9fff”’、；，：。！？“‘「『（(《+0-9%])|^)(?P<marks>&{1,2})(?![&#a-zA-Z])",
    re.MULTILINE,
)  # 舞&提升, 平&3家, 98&，, “&独”
READINGS = {"&": "台", "&&": "平台"}
JOINTS = ("、", "和", "与")  # what an honest & between words would mean
CONTEXT = 4
DOUBLED = (
    3.0  # nats in favour of 平台: && is hardly ever honest, and its reading has one character more to pay
)
IN_PROSE = (
    8.0  # the same in sentences, on a page that shows nothing of a program: two words are joined by one &
)
PROSE_RE = lazy_re(r"[\u4e00-\u9fff]{4}[。；]")
PROGRAM_RE = lazy_re(
    r"[{}|<>=]|(?<![A-Za-z])(?:if|else|true|false|null|and|or|echo|return)(?![A-Za-z])|[!=]=|&&\s?[!(a-zA-Z$]"
)
SINGLE = -1.0
COUNTED = 2.0  # 98&，: nothing can be joined to a bare number, and machines are counted in 台
PROOF = 4.0  # nats, of all places together, that prove that a page prints & for 台,
PROVEN = 8.0  # and what that is worth to its other places: honest ones between Chinese are rare, both on one page rarer
LONG_PAGE = 400  # characters in which a page that prints 台 would have printed one,
NONE_PRINTED = 3.5  # and nats in favour of a page without any
BETWEEN_NUMBERS = -3.0  # 453&10蒸吨: only on a page that is proven
LEAST_PRICE = -8.0  # of 台 behind its word, before a mark where nothing can be joined
MARK_RE = lazy_re(r"[，。；：、！？”’》）,.;:!?)]|\s|\Z")
BESIDE_RE = lazy_re(r"[\u4e00-\u9fff”0-9]")
PRINTED_RE = lazy_re(r"[台臺]")


def ampersand_for_tai(text: str) -> list[Edit]:
    """Return the edits that write 台 and 平台 where the model finds them likelier than an `&` that joins.

    >>> from pipeline.edits import TracedText
    >>> damaged = "升级智慧教育&&，利用多样舞&提升审美能力，加大R&D投入"
    >>> TracedText(damaged).edited(ampersand_for_tai(damaged), kind="ampersand_for_tai").text
    '升级智慧教育平台，利用多样舞台提升审美能力，加大R&D投入'

    R&D, AT&T and entities stay: only an `&` beside Chinese is looked at. One that is surely 台 speaks for the
    rest of its page.
    """
    if "&" not in text:
        return []
    places = list(_places(text))
    if PROSE_RE.search(text) and not PROGRAM_RE.search(text):
        places = [(match, margin + IN_PROSE * (match["marks"] == "&&")) for match, margin in places]
    bonus = NONE_PRINTED if len(text) >= LONG_PAGE and not PRINTED_RE.search(text) else 0.0
    if sum(max(margin, 0.0) for _, margin in places) >= PROOF:
        bonus = PROVEN
    return [
        Edit(*match.span("marks"), READINGS[match["marks"]], 1 - 0.5 * math.exp(-(margin + bonus)))
        for match, margin in places
        if margin + bonus > 0
    ]


def _places(text: str) -> Iterator[tuple[re.Match[str], float]]:
    """Yield each `&` beside Chinese, and by how many nats 台 is likelier there."""
    model = load_model()
    for match in AMPERSAND_RE.finditer(text):
        before = text[max(0, match.start() - CONTEXT) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + CONTEXT]
        if BESIDE_RE.match(before[-1:]) or HANZI_RE.match(after[:1]):
            yield match, _margin(model, before, match["marks"], after)


def _margin(model: CharacterModel, before: str, marks: str, after: str) -> float:
    reading = READINGS[marks]
    before = before or "\n\n"
    if before[-1].isdigit() and marks == "&":
        return BETWEEN_NUMBERS if after[:1].isdigit() else COUNTED
    if MARK_RE.match(after):
        return model.score(reading[-1], before=before + reading[:-1]) - LEAST_PRICE
    rest = after.split("&")[0]  # a neighbour that is damaged as well tells nothing
    joined = max(model.score(joint + rest, before=before) for joint in JOINTS)
    return model.score(reading + rest, before=before) - joined + (DOUBLED if marks == "&&" else SINGLE)
