"""One cell as its sheet prints it: percentages, dates, whole numbers; never an artefact of floating point."""

from __future__ import annotations

import datetime

from pipeline.lazy_re import lazy_re
from pipeline.pages.paragraphs import one_space

QUOTED_RE = lazy_re(r'"[^"]{0,200}"|[\\!].|\[[^\]]{0,60}\]')  # literal text, [$-804], [红色]
FORMAT_PART_RE = lazy_re(r'"(?P<quoted>[^"]{0,200})"|[\\!](?P<escaped>.)|\[[^\]]{0,60}\]|(?P<digit>[0#?])')
SECTION_RE = lazy_re(r'(?:"[^"]{0,200}"|[\\!].|[^;"\\!]){1,400}')  # 0.0%;"下降"0.0%
PRINTED_POINT_RE = lazy_re(r"(?<=[0#?])[\\!]\.(0{1,6})")
SCALE_RE = lazy_re(r"[0#?](,{1,4})(?![,0#?])")  # 0.0,, in millions
ZEROS_RE = lazy_re(r"0{2,30}")
DECIMALS_RE = lazy_re(r"\.(0{1,30})")
SPACE_RE = lazy_re(r"[\s\u3000]{1,9999}")
_MAX_TEXT = 32_767  # what Excel lets into a cell
_SIGNIFICANT = 15  # digits that a spreadsheet calculates with


def printed(value: object, number_format: str) -> str:
    """Return a cell's value in its number format; anything but numbers, dates and text is "".

    >>> printed(0.925, "0.0%"), printed(1200.0, "General"), printed(0.1 + 0.2, "")
    ('92.5%', '1200', '0.3')
    >>> import datetime
    >>> printed(datetime.datetime(2025, 12, 31), 'yyyy"年"m"月"d"日"')
    '2025年12月31日'
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return SPACE_RE.sub(one_space, value[:_MAX_TEXT]).strip()
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime.timedelta):  # [h]:mm
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, number_format)
    return ""


def _number(value: float, number_format: str) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    section, value = _section(number_format, value)
    point = PRINTED_POINT_RE.search(section)
    if point is not None:  # 0!.0,"万元": ten thousands out of thousands, by a point that is only printed
        value, section = value / 10 ** len(point[1]), section.replace(point.group(), f".{point[1]}", 1)
    bare = QUOTED_RE.sub("", section)
    scale = SCALE_RE.search(bare)
    if scale is not None:
        value /= 1000 ** len(scale[1])
    decimals = DECIMALS_RE.search(bare)
    n_decimals = len(decimals[1]) if decimals else 0
    if "%" in bare:
        digits = f"{value * 100:.{n_decimals}f}%"
    elif (decimals or scale) and "e" not in bare.lower():
        digits = f"{value:.{n_decimals}f}"
    else:
        digits = f"{value:.{_SIGNIFICANT}g}"
        if "e-" in digits:
            digits = f"{value:.{_SIGNIFICANT}f}".rstrip("0").rstrip(".")
    padded = ZEROS_RE.fullmatch(bare.strip())
    if padded is not None and digits.isdigit():  # a code: 000000
        digits = digits.zfill(len(padded.group()))
    before, after = _literals(section)
    return f"{before}{digits}{after}"


def _section(number_format: str, value: float) -> tuple[str, float]:
    """Return the part of a format that goes for a number, and the number as that part prints it.

    Where a part of its own says that the number is below zero in words or by an arrow, it has no minus.
    """
    sections = SECTION_RE.findall(number_format)
    if value >= 0 or len(sections) < 2:
        return (sections[0] if sections else ""), value
    before, after = _literals(sections[1])
    says_so = any(sign.isalpha() or sign in "↓▼-−" for sign in before)
    return (sections[1], -value) if says_so else (sections[0] if not after else sections[1], value)


def _literals(section: str) -> tuple[str, str]:
    """Return the words that a format prints before and behind the digits: 0"万元", "≥"0.0"%"."""
    before, after, is_behind = "", "", False
    for match in FORMAT_PART_RE.finditer(section):
        if match["digit"]:
            is_behind = True
        elif is_behind:
            after += match["quoted"] or match["escaped"] or ""
        else:
            before += match["quoted"] or match["escaped"] or ""
    return before.lstrip(), after.rstrip()


def _date(value: datetime.datetime | datetime.date | datetime.time, number_format: str) -> str:
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    is_chinese = "年" in number_format
    parts = QUOTED_RE.sub("", number_format).lower()
    if not is_chinese and "y" in parts and "m" in parts and not {"d", "h"} & set(parts):
        return f"{value.year:04}-{value.month:02}"
    has_day = "d" in QUOTED_RE.sub("", number_format).lower() or not is_chinese
    has_month = "m" in QUOTED_RE.sub("", number_format).lower() or not is_chinese
    if is_chinese:
        return (
            f"{value.year}年"
            + (f"{value.month}月" if has_month else "")
            + (f"{value.day}日" if has_day else "")
        )
    clock = (
        value.strftime(" %H:%M")
        if isinstance(value, datetime.datetime) and (value.hour or value.minute)
        else ""
    )
    return f"{value.year:04}-{value.month:02}-{value.day:02}{clock}"
