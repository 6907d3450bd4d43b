"""The day of the meeting that a document belongs to: at which it was delivered or passed, or which it reports."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.dates import DATE_PATTERN, DATE_RE, first_date, to_iso
from pipeline.structure.doc_types import NEWS, REPORT

PASSED_RE = lazy_re(
    rf"(?:已?经|于|（)?\s?(?:{DATE_PATTERN})[^。；\n]{{2,50}}(?:会议|大会|常委会)[^。；\n]{{0,16}}(?:审议|讨论|研究|表决)?(?:并)?(?:原则)?(?:通过|同意)"
    rf"|(?:会议|大会|常委会)[^。；\n]{{0,6}}于\s?(?:{DATE_PATTERN})(?:审议|表决|讨论)?(?:通过|批准)"
)  # 已经2023年3月5日县人民政府第12次常务会议审议通过
SPOKEN_RE = lazy_re(r"(?:会议?|大会)上的(?:讲话|报告|致辞|发言|说明)")
HELD_ON_RE = lazy_re(
    rf"[—–\-－（( ]{{0,6}}(?:{DATE_PATTERN})?\s?在[^。，\n]{{4,60}}(?:会议|大会)上[）)]?$"
)  # ——2023年1月8日在青山县第十七届人民代表大会第三次会议上
HELD_RE = lazy_re(
    r"(?P<month>\d{1,2})月(?P<day>\d{1,2})日[^。\n]{0,40}(?:召开|举行|主持召开)[^。\n]{0,40}(?:会|会议|大会|座谈会|推进会)"
)
MEETING_NEWS_RE = lazy_re(r"会议|召开|大会|推进会|座谈会|调度会|部署会|现场会|专题会|常务会|全会|动员会")
MINUTES_RE = lazy_re(r"会议?纪要")


PASSED_LINE_RE = lazy_re(
    rf"[（(]\s?(?:{DATE_PATTERN})[^（）()\n]{{4,60}}(?:通过|批准)(?:[^（）()\n]{{0,40}})[）)]"
)  # （2023年1月8日青山县第十七届人民代表大会第三次会议通过）


def day_passed(head: Sequence[str]) -> str | None:
    """Return the day that a resolution bears below its title, on which it was passed.

    >>> day_passed(["关于政府工作报告的决议", "（2023年1月8日青山县第十七届人民代表大会第三次会议通过）"])
    '2023-01-08'
    """
    return next((first_date(line) for line in head[1:5] if PASSED_LINE_RE.fullmatch(line.strip())), None)


def says_where_held(head: Sequence[str]) -> bool:
    """Say whether a line under the title names the meeting at which the document was delivered.

    >>> says_where_held(["政府工作报告", "——2023年1月8日在青山县第十七届人民代表大会第三次会议上"])
    True
    """
    return any(HELD_ON_RE.match(line) for line in head[:6])


def delivered(head: Sequence[str]) -> str | None:
    """Return the day on which a work report was delivered: （2022年1月26日在…大会第二次会议上）."""
    for line in head[:12]:
        if len(line) > 120 or line.startswith("各位"):
            break
        match = DATE_RE.search(line)
        is_delivery = match and (
            len(line) <= 24
            or "大会" in line
            or line[match.end() :] in (")", "）")
            or HELD_ON_RE.fullmatch(line.strip())  # ——2023年12月26日在政协青山县第九届委员会第三次会议上
        )
        if match and is_delivery and (iso := to_iso(match)):
            return iso
    return None


def find_meeting(doc_type: str, title: str | None, head: Sequence[str], publish: str | None) -> str | None:
    """Return the day of the meeting that heard, passed or is reported by a document.

    >>> find_meeting("规定", None, ["（2023年3月5日青山县人民政府第12次常务会议审议通过）"], None)
    '2023-03-05'
    >>> find_meeting("新闻报道", "我县召开教育工作会议", ["3月5日，县委召开教育工作会议。"], "2023-03-07")
    '2023-03-05'

    A day without year is read only where the day of publication gives the year.
    """
    if doc_type == REPORT or (title and SPOKEN_RE.search(title)) or says_where_held(head):
        return delivered(head)
    for line in head[:16]:
        if (match := PASSED_RE.search(line[:400])) and (iso := first_date(match[0])):
            return iso
    is_meeting = title is not None and (
        MINUTES_RE.search(title) or (doc_type == NEWS and MEETING_NEWS_RE.search(title))
    )
    if not is_meeting:
        return None
    for line in head[:12]:
        opening = line[:160]
        if (
            (full := DATE_RE.search(opening))
            and re.search(r"召开|主持|举行|会议时间", opening)
            and (iso := to_iso(full))
        ):
            return iso
        if publish and len(publish) == 10 and (held := HELD_RE.search(opening)):
            return _before(publish, int(held["month"]), int(held["day"]))
    return None


def _before(publish: str, month: int, day: int) -> str | None:
    """Return the last such day up to the day of publication."""
    published = datetime.date.fromisoformat(publish)
    for year in (published.year, published.year - 1):
        try:
            held = datetime.date(year, month, day)
        except ValueError:
            continue
        if held <= published:
            return held.isoformat() if (published - held).days <= 200 else None
    return None
