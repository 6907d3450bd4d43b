"""Data that a script holds packed, as percent signs, base64 or JSON within a string, written plainly where it stands."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote

from pipeline.lazy_re import lazy_re
from pipeline.pages.html.script_strings import decoded, string_at
from pipeline.pages.paragraphs import HAN_RE

# an image is no text: data:image/png;base64,…
BASE64_RE = lazy_re(r"(?P<quote>[\"'])(?P<packed>[A-Za-z0-9+/]{80,2000000}={0,2})(?P=quote)")
PERCENT_RE = lazy_re(r"(?P<quote>[\"'])(?P<packed>(?:[^\"'%\s<>\\]|%[0-9A-Fa-f]{2}){80,2000000})(?P=quote)")
ALL_PERCENT_RE = lazy_re(r"\s{0,40}%(?:7B|5B)", re.IGNORECASE)  # %7B%22title%22…
PARSED_RE = lazy_re(r"JSON\.parse\(\s{0,9}(?=[\"'])")
_SAMPLE = 400
_MAX_PARSED = 20


def unpacked(code: str) -> str:
    """Return a script with what it holds packed written plainly.

    >>> unpacked("%7B%22title%22%3A%22%E9%98%B2%E7%81%AB%22%7D")
    '{"title":"防火"}'
    >>> unpacked(r'var a = JSON.parse("{\\"title\\":\\"防火\\"}");')
    'var a = JSON.parse({"title":"防火"});'
    """
    if ALL_PERCENT_RE.match(code):
        return unquote(code)
    if "JSON.parse" in code:
        code = _parsed(code)
    if "%E" in code or "%e" in code:
        code = PERCENT_RE.sub(lambda one: _plain(one, unquote(one["packed"])), code)
    return BASE64_RE.sub(_from_base64, code) if BASE64_RE.search(code) else code


def _parsed(code: str) -> str:
    pieces: list[str] = []
    at = 0
    for call in PARSED_RE.finditer(code):
        if call.start() < at or len(pieces) > 2 * _MAX_PARSED:
            continue
        written, end = string_at(code, code[call.end()], call.end() + 1)
        if written.lstrip()[:1] in ("{", "["):
            pieces += [code[at : call.end()], decoded(written)]
            at = end
    return "".join([*pieces, code[at:]])


def _plain(packed: re.Match[str], text: str) -> str:
    """A packed string as one that may hold lines, where it holds Chinese; else as it was."""
    if not HAN_RE.search(text[:_SAMPLE]):
        return packed[0]
    return "`" + text.replace("\\", "\\\\").replace("`", "\\`") + "`"


def _from_base64(packed: re.Match[str]) -> str:
    try:
        return _plain(packed, base64.b64decode(packed["packed"], validate=True).decode("utf-8"))
    except (binascii.Error, UnicodeDecodeError):
        return packed[0]
