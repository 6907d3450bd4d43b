"""A page misread as a whole: its markup, tags and all, once more as it was before.

The running text is repaired line by line, with a ledger; what a page says of itself in title, tags and info bar has to be
found in markup that reads, before it is known where those stand.
"""

from __future__ import annotations

import re

_CP1252 = {ord(bytes([code]).decode("cp1252", "ignore") or "\0"): code for code in range(0x80, 0xA0)}
_CP1252.pop(0, None)
_HAN_RE = re.compile(r"[\u4e00-\u9fff]")
_FOREIGN_RE = re.compile(r"[^\x00-\x7f]")
_ESCAPED_TWICE_RE = re.compile(r"&amp;(?=#\d{4,6};|#x[0-9a-fA-F]{4,5};)")
_UNICODE_ESCAPE_RE = re.compile(r"\\u(?P<code>[4-9][0-9a-fA-F]{3}|ff[01][0-9a-fA-F]|30[01][0-9a-fA-F])")
LOST = "\ufffd"
_FEWEST = 40  # characters that are not ASCII: fewer may be anything
_FEWEST_ESCAPES = 20
_MOST_LOST = 0.02
_MOST_HAN, _LEAST_HAN = 0.05, 0.5  # of what is not ASCII, in a page misread and in one that reads


def without_layer(markup: str) -> str | None:
    """Return the markup of a page that was misread or escaped as a whole as it was before, None for any other page.

    >>> page = "<title>关于做好招生工作的通知</title>" + "<p>各学校要做好招生工作。</p>" * 4
    >>> without_layer(page.encode().decode("latin-1")) == page, without_layer(page)
    (True, None)
    """
    n_escapes = len(_ESCAPED_TWICE_RE.findall(markup)) + len(_UNICODE_ESCAPE_RE.findall(markup))
    if n_escapes >= _FEWEST_ESCAPES:
        unescaped = _UNICODE_ESCAPE_RE.sub(lambda m: chr(int(m["code"], 16)), markup)
        return _ESCAPED_TWICE_RE.sub("&", unescaped)
    foreign = _FOREIGN_RE.findall(markup)
    if len(foreign) < _FEWEST:
        return None
    for misread, encodings in (
        (_bytes_of_latin1(markup, foreign), ("utf-8", "gb18030")),
        (_bytes_of_gbk(markup), ("utf-8",)),
    ):
        for encoding in encodings if misread is not None else ():
            read = (misread or b"").decode(encoding, "replace")
            if read.count(LOST) <= _MOST_LOST * len(foreign) and _reads(read):
                return read
    return None


def _bytes_of_latin1(markup: str, foreign: list[str]) -> bytes | None:
    """The bytes that were read as Latin-1 or cp1252, None where other characters stand among them."""
    if sum(map(bool, map(_HAN_RE.match, foreign))) > _MOST_HAN * len(foreign):
        return None
    try:
        return markup.translate(_CP1252).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _bytes_of_gbk(markup: str) -> bytes | None:
    """The bytes that were read as GBK, None where they cannot have been."""
    try:
        return markup.encode("gb18030")
    except UnicodeEncodeError:
        return None


def _reads(markup: str) -> bool:
    foreign = _FOREIGN_RE.findall(markup)
    return sum(map(bool, map(_HAN_RE.match, foreign))) >= _LEAST_HAN * len(foreign) > 0
