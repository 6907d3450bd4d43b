"""The province that a document's number names, where nothing else does: 青政办〔2023〕28号, sent to every city of it."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re
from pipeline.province_letters import provinces_by_letter
from pipeline.structure.gazetteer import Place, gazetteer

_NUMBER_RE = lazy_re(r"(?P<letter>[\u4e00-\u9fff])(?:政|府|政府)(?:办)?(?:发|字|函|规|电|令)?〔")
# a county's government may bear the same letter, but writes to towns
_TO_CITIES_RE = lazy_re(
    r"^[^\S\n]*各(?:设区的?市|省辖市|地级市|盟市?|市州|州市|市|州)[^。：\n]{0,40}(?:人民政府|行署|行政公署)",
    re.MULTILINE,
)
_HEAD = 600


def letter_of_province(province: str) -> str:
    """Return the letter with which the numbers of a province's government begin; that of the whole country where it has none.

    >>> letter_of_province("青海省")
    '青'
    """
    return next((letter for letter, name in provinces_by_letter().items() if name == province), "国")


def province_of_number(doc_number: str | None, text: str) -> Place | None:
    """Return the province whose government a number is of; None unless the document is addressed to its cities.

    >>> place = province_of_number("青政办〔2023〕28号", "青政办〔2023〕28号\\n各市、自治州人民政府，省政府各委、办、厅、局：")
    >>> place and place.name, province_of_number("青政办〔2023〕28号", "各乡镇人民政府：")
    ('青海省', None)
    """
    match = _NUMBER_RE.match(doc_number or "")
    name = provinces_by_letter().get(match["letter"]) if match else None
    if name is None or not _TO_CITIES_RE.search(text[:_HEAD]):
        return None
    return next((place for place in gazetteer().full.get(name, ()) if len(place.chain) == 1), None)
