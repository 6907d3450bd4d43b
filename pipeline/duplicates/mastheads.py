"""A text without the lines that only say what a document is called: its title, its number, the marks of a site."""

from __future__ import annotations

import re

from pipeline.duplicates.differences import ABOUT_RE, STAGE_RE
from pipeline.duplicates.fingerprint import without_marks
from pipeline.lazy_re import lazy_re

_N_LINES = 14
_PROSE = 60  # characters of a line that is no masthead any more, whatever follows
_LONGEST_SUFFIX = 40
_DATE_RE = lazy_re(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s?\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
)
_NUMBER_RE = lazy_re(
    r"[（(]?[\u4e00-\u9fff]{2,16}\s?[〔\[［（(【]\s?(?:19|20)\d\d\s?[〕\]］）)】]?\s?第?\d{1,5}\s?号?[）)]?"
)  # 青政办发〔201746: the scar of a number is one as well
_BODY_RE = lazy_re(
    r"(?:中华人民共和国)?[\u4e00-\u9fff]{2,16}(?:国务院|人民政府|委员会|办公[厅室]|[局厅委院])|国务院|中华人民共和国国务院"
)
_SITE_MARK_RE = lazy_re(r"\s?[_|｜\-–]\s?(?=[^\s_|｜\-–])")


def without_masthead(text: str, title: str | None, doc_number: str | None) -> str:
    """Return a text without the lines in its head that hold its title or its number and nothing that is content.

    What they say is compared apart, as titles and numbers.

    >>> without_masthead("供水工作方案 - 某某门户\\n青政发〔2023〕5号\\n各乡镇人民政府：\\n现通知如下。", "供水工作方案", "青政发〔2023〕5号")
    '各乡镇人民政府：\\n现通知如下。'
    >>> without_masthead("供水工作方案（征求意见稿）\\n现通知如下。", "供水工作方案", None)
    '供水工作方案（征求意见稿）\\n现通知如下。'
    """
    if not title:
        return text
    lines = text.split("\n")
    called = without_marks(title)
    kept: list[str] = []
    for k, line in enumerate(lines[:_N_LINES]):
        shown = line.strip(" 　|｜\t")
        if shown.endswith("：") or (len(shown) > _PROSE and "。" in shown):
            return "\n".join([*kept, *_without_heads(lines[k:], called)])
        if not _is_masthead(shown, title, called, doc_number):
            kept.append(line)
    return "\n".join([*kept, *_without_heads(lines[_N_LINES:], called)])


def _without_heads(lines: list[str], called: str) -> list[str]:
    """Return lines without those that are the title once more, which a print-out has on every sheet."""
    return [line for line in lines if len(line) < len(called) or without_marks(line) != called]


def _is_masthead(line: str, title: str, called: str, doc_number: str | None) -> bool:
    if len(line) > len(title) + 100:
        return False
    if line.startswith(title) and _SITE_MARK_RE.match(line, len(title)):
        suffix = line[len(title) :]
        return len(suffix) <= _LONGEST_SUFFIX and not (ABOUT_RE.search(suffix) or STAGE_RE.search(suffix))
    rest, n_numbers = _NUMBER_RE.subn("", line) if _is_own(line, doc_number) else (line, 0)
    said = without_marks(_DATE_RE.sub("", rest))
    if called in said:
        said = said.replace(called, "", 1)
        return not said or _BODY_RE.fullmatch(said) is not None
    # a title that its page broke over two lines
    return (not said and n_numbers > 0) or (
        len(said) >= 4 and len(said) >= len(called) // 4 and said in called
    )


def _is_own(line: str, doc_number: str | None) -> bool:
    """Say whether the number in a line is the document's own, or the scar of one that could not be read."""
    if doc_number is None:
        return True
    digits, own = (re.findall(r"\d+", said) for said in (line, doc_number))
    return digits[: len(own)] == own
