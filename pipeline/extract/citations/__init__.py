"""Documents named in 《》 (引用文件): title, 发文字号 beside it, and whose document it is."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.citations.issuers import (
    has_code_from_above,
    has_own_code,
    names_issuer,
    role_by_title,
    without_upper_place,
)
from pipeline.extract.citations.roles import role_of, role_of_short, tells_about
from pipeline.extract.citations.titles import LONGEST_TITLE, number_beside, number_inside, title_spans
from pipeline.lazy_re import lazy_re
from pipeline.records import Citation, Extractions, Reading

_SHORT_FOR_RE = lazy_re(r"(?:以下|下)?(?:统)?[简下]称\s?[：:]?[“‘]?\Z")  # （以下简称《计划》）
_OWN_NOTICE_RE = lazy_re(r"关于(?:印发|发布|公布|下发|调整|修订)[^《》\n]{0,20}\Z")
_SENTENCE_END_RE = lazy_re(r"[。；]")
_LISTED_RE = lazy_re(r"》(?:[（(][^（）()]{1,30}[）)])?[、，和及与以；]{0,2}《\Z")  # 《…》《…》, 《…》和《…》
_NAMED_IN_TURN_RE = lazy_re(
    r"(?:即|包括|分别是|分别为|具体为)[：:]?[^，。；]{0,4}《\Z"
)  # 出台…政策，包括：《…》
_FAR = 400  # characters of the opening in which the document's own headline stands

__all__ = ["LONGEST_TITLE", "find_citations"]


def find_citations(reading: Reading, found: Extractions) -> Iterator[Citation]:
    """Yield every document named in 《》, in text order; of nested marks the outermost.

    >>> from pipeline.records import Facts, Reading, Extractions
    >>> text = "贯彻落实中共中央、国务院《深化新时代教育评价改革总体方案》，制定出台《柳城县教师聘后管理办法》。"
    >>> reading = Reading(text, Facts(county="柳城县"), (), (), None)
    >>> [(c.title, c.role) for c in find_citations(reading, Extractions())]
    [('深化新时代教育评价改革总体方案', 'upper'), ('柳城县教师聘后管理办法', 'issued')]
    """
    text, facts = reading.text, reading.facts
    roles: dict[str, str] = {}
    defined: set[str] = set()
    role, last_end = "other", 0
    for start, end in title_spans(text):
        closing, inside = end, None
        if text[end - 1] in "）)〕]】":
            end, inside = number_inside(text, start, end)
        title = text[start:end].strip()
        start += len(text[start:end]) - len(text[start:end].lstrip())
        opening = text.rfind("《", 0, start)
        before, behind = text[max(0, opening - 80) : opening], text[closing + 1 : closing + 81]
        is_listed = bool(_LISTED_RE.search(before[-40:] + "《"))
        in_turn = (
            bool(_NAMED_IN_TURN_RE.search(before[-12:] + "《"))
            and "\n" not in text[last_end:start]
            and start - last_end < 160
        )
        is_short = bool(_SHORT_FOR_RE.search(before))
        if is_short:
            defined.add(title)  # the abbreviation has the role of the document it abbreviates
        elif title in defined or roles.get(title, "other") != "other":
            role = roles[title]
        elif short_for := role_of_short(title, facts, roles):
            role = short_for
        elif _OWN_NOTICE_RE.search(before) and start < _FAR and not _SENTENCE_END_RE.search(text[:start]):
            role = "issued" if tells_about(facts) else "self"  # the document's own headline
        elif not (
            (is_listed or in_turn)
            and role in ("issued", "upper", "media")
            and not (role == "issued" and without_upper_place(title, facts) != title)
            and role_of(title, facts, "", behind) == "upper"
            and role_by_title(title, facts) is None
        ):
            role = role_of(title, facts, before, behind)
        # （以下简称《意见》，国发〔2019〕5号）: the number is the whole title's
        number = None if is_short else inside or number_beside(text, start, end)
        signed = role  # what its number says holds for this title alone, not for the list it stands in
        if (
            role == "upper"
            and number
            and has_own_code(number, facts)
            and not names_issuer(title, before, facts)
        ):
            signed = "issued"  # 《关于…的若干措施》（青政办〔2018〕61号）, cited in 青政〔2023〕45号
        elif role == "issued" and number and title.startswith("关于") and has_code_from_above(number, facts):
            signed = "upper"  # 《关于青山县规划的批复》（江政函〔2024〕33号）
        roles[title] = signed
        last_end = closing
        yield Citation(title, number, signed, start, start + len(title))
