"""The strings of a script as it writes them, and what they stand for."""

from __future__ import annotations

import re

from pipeline.lazy_re import lazy_re

INSIDE_RES = {  # what a literal of each quote holds; what was read is never read again
    '"': lazy_re(r"(?:[^\"\\\n]|\\.)*+", re.DOTALL),
    "'": lazy_re(r"(?:[^'\\\n]|\\.)*+", re.DOTALL),
    "`": lazy_re(r"(?:[^`\\]|\\.)*+", re.DOTALL),
}
ESCAPE_RE = lazy_re(
    r"\\(?:u(?P<four>[0-9a-fA-F]{4})|u\{(?P<code>[0-9a-fA-F]{1,6})\}|x(?P<two>[0-9a-fA-F]{2})|(?P<one>.))",
    re.DOTALL,
)
_ONE = {"n": "\n", "t": "\t", "r": "", "b": "", "f": "", "v": "", "0": "", "\n": ""}


def string_at(code: str, quote: str, at: int) -> tuple[str, int]:
    """Return the string that a quote opens at `at`, as written, and where what follows it begins.

    >>> string_at("a='它';b", "'", 3)
    ('它', 5)
    """
    inside = INSIDE_RES[quote].match(code, at)
    return (inside[0], inside.end() + 1) if inside is not None else ("", at)


def decoded(written: str) -> str:
    r"""Return what a string of a script stands for.

    >>> decoded(r"\u5171\x41<\/p>\n")
    '共A</p>\n'
    """
    if "\\" not in written:
        return written
    plain = ESCAPE_RE.sub(_character, written)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _character(escape: re.Match[str]) -> str:
    number = escape["four"] or escape["code"] or escape["two"]
    if number is None:
        return _ONE.get(escape["one"], escape["one"])
    return chr(int(number, 16)) if int(number, 16) <= 0x10FFFF else ""
