"""By when a measure is to be done: 2025年12月底前, 今年9月底前, 到2027年."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re

DEADLINE_RE = lazy_re(
    r"(?=[到至力今本明当年底末终上一二三四春秋之以前为\d\s度])"  # all of it may be missing, and then it is nothing
    r"(?P<lead>到|至|力争)?"
    r"(?:(?P<year>(?:19|20)\d{2})\s?年|(?P<word>今年|本年|本年度|明年|当年))?度?"
    r"(?:\s?(?P<month>\d{1,2})\s?月(?:份)?)?(?:\s?(?P<day>\d{1,2})\s?日)?"
    r"(?P<part>年?[底末终]|上半年|[一二三四]季度|(?:春|秋)季(?:学期)?(?:开学)?)?"
    r"(?P<before>(?:之|以)?前|为止)?"
)
_WORDS = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "明年": 1}


def deadline_of(text: str, year: int | None, *, whole: bool = False) -> str | None:
    """Return the deadline a clause names, in the form of `quantities.when`; `year` is the document's, for 今年.

    `whole`: the text is nothing but the time, as behind 完成时限：, and needs no 前.

    >>> deadline_of("2025年12月底前完成主体工程", None), deadline_of("9月30日前报送总结", 2024)
    ('2025-12', '2024-09-30')
    >>> deadline_of("长期坚持", 2024, whole=True), deadline_of("截至2023年底建成5所", None)
    (None, None)

    A time without 前 is a deadline only as 到2027年 at a clause's beginning: 2025年新建 says when, not by when.
    """
    if not (whole or "前" in text or "为止" in text or "到" in text[:3] or "至" in text[:3]):
        return None
    for match in DEADLINE_RE.finditer(text):
        if not (match["year"] or match["word"] or match["month"] or (match["part"] and match["before"])):
            continue
        reaches = match["lead"] in ("到", "至") and match["year"] and match.start() <= 2
        bound = match["before"] or reaches or (whole and (match["year"] or match["word"] or match["month"]))
        if not bound or text[max(0, match.start() - 1) : match.start()] in ("截", "每", "第"):
            continue
        return _iso(match, year)
    return None


def _iso(match: re.Match[str], year: int | None) -> str | None:
    named = (
        int(match["year"]) if match["year"] else year + _WORDS.get(match["word"] or "", 0) if year else None
    )
    if named is None:
        return None
    month, day = int(match["month"] or 0), int(match["day"] or 0)
    if not 1 <= month <= 12:
        return str(named)
    return f"{named}-{month:02d}-{day:02d}" if 1 <= day <= 31 else f"{named}-{month:02d}"
