r"""Resolves escapes that a script or a database printed: \u6559\u80b2 and %u6559%u80b2 are 教育."""

from __future__ import annotations

from pipeline.edits import Edit
from pipeline.lazy_re import lazy_re

ESCAPES_RE = lazy_re(r"(?:[\\%][uU][0-9A-Fa-f]{4}){1,4000}")  # \u6559\u80b2
CODE_RE = lazy_re(r"[\\%][uU]([0-9A-Fa-f]{4})")
CHINESE_RE = lazy_re(r"[\u3000-\u303f\u3400-\u9fff\uff01-\uff5e\u2014-\u2026]")
LEAST_CHINESE = 0.5  # of the characters of a run


def unicode_escapes(text: str) -> list[Edit]:
    r"""Return the edits that write escaped characters as themselves.

    >>> from pipeline.edits import TracedText
    >>> damaged = "\\u6559\\u80b2强县"
    >>> TracedText(damaged).edited(unicode_escapes(damaged), kind="unicode_escapes").text
    '教育强县'

    Escapes that are not mostly Chinese stay.
    """
    edits = []
    for match in ESCAPES_RE.finditer(text):
        chars = "".join(chr(int(code, 16)) for code in CODE_RE.findall(match.group()))
        if chars.isprintable() and len(CHINESE_RE.findall(chars)) >= LEAST_CHINESE * len(chars):
            edits.append(Edit(*match.span(), chars))
    return edits
