"""Writes 台 again where 新华网's traditional edition prints `&`: 智慧教育&& is 平台, 舞& is 舞台."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from pipeline.characters import load_model
from pipeline.edits import Edit

AMPERSAND_RE = re.compile(
    r"(?:(?<=[\u4e00-\u9fff”、；，])(?P<marks>&{1,2})(?![&#a-zA-Z])|(?<=\d)(?P<counted>&)(?=[\u4e00-\u9fff，。；、（(]))"
)  # 舞&提升, 平&3家, 98&，
READINGS = {"&": "台", "&&": "平台"}
JOINTS = ("、", "和", "与")  # what an honest & between words would mean
CONTEXT = 4
MARGIN = {
    "&": 1.0,
    "&&": -3.0,
}  # nats; && is hardly ever honest, and its reading has one character more to pay
LEAST_PRICE = -8.0  # of 台 behind its word, before a mark where nothing can be joined
MARK_RE = re.compile(r"[，。；：、！？”’》）,.;:!?)]|\s|\Z")


def ampersand_for_tai(text: str) -> list[Edit]:
    """Return the edits that write 台 and 平台 where the model finds them likelier than an `&` that joins.

    >>> from pipeline.edits import TracedText
    >>> damaged = "升级智慧教育&&，利用多样舞&提升审美能力，加大R&D投入"
    >>> TracedText(damaged).edited(ampersand_for_tai(damaged), kind="ampersand_for_tai").text
    '升级智慧教育平台，利用多样舞台提升审美能力，加大R&D投入'

    R&D, AT&T and entities stay: only an `&` between Chinese is looked at.
    """
    return list(_edits(text)) if "&" in text else []


def _edits(text: str) -> Iterator[Edit]:
    model = load_model()
    for match in AMPERSAND_RE.finditer(text):
        reading = READINGS[match["marks"] or "&"]
        before, after = (
            text[max(0, match.start() - CONTEXT) : match.start()],
            text[match.end() : match.end() + CONTEXT],
        )
        marks = match["marks"] or match["counted"]
        if match["counted"]:
            margin = 2.0  # 98&，: nothing can be joined to a bare number, and machines are counted in 台
        elif MARK_RE.match(after):
            margin = model.score(reading[-1], before=before + reading[:-1]) - LEAST_PRICE
        else:
            rest = after.split("&")[0]  # a neighbour that is damaged as well tells nothing
            joined = max(model.score(joint + rest, before=before) for joint in JOINTS)
            margin = model.score(reading + rest, before=before) - joined - MARGIN[marks]
        if margin > 0:
            yield Edit(*match.span(), reading, 1 - 0.5 * math.exp(-margin))
