"""A page misread as a whole: its markup, tags and all, once more as it was before.

The running text is repaired line by line, with a ledger; what a page says of itself in title, tags and info bar has to be
found in markup that reads, before it is known where those stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from pipeline.lazy_re import lazy_re
from pipeline.repair.misread import FOREIGN_RE, HANZI_RE

_CP1252 = {
    ord(char): code for code in range(0x80, 0xA0) if (char := bytes([code]).decode("cp1252", "ignore"))
}
_REFERENCE = r"#(?:\d{4,6}|x[0-9a-fA-F]{4,5});?"
_SHOWN_RE = lazy_re(rf"&(?:amp;){{0,2}}{_REFERENCE}")  # in a page's text one that was escaped twice
_ESCAPED_TWICE_RE = lazy_re(rf"&(?:amp;){{1,2}}(?={_REFERENCE})")
_UNICODE_ESCAPE_RE = lazy_re(r"\\u(?P<code>[4-9][0-9a-fA-F]{3}|ff[01][0-9a-fA-F]|30[01][0-9a-fA-F])")
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
    n_escapes = len(_SHOWN_RE.findall(markup)) + len(_UNICODE_ESCAPE_RE.findall(markup))
    if n_escapes >= _FEWEST_ESCAPES:
        unescaped = _UNICODE_ESCAPE_RE.sub(lambda m: chr(int(m["code"], 16)), markup)
        return _ESCAPED_TWICE_RE.sub("&", unescaped)
    n_foreign = len(FOREIGN_RE.findall(markup))
    if n_foreign < _FEWEST:
        return None
    for octets, encodings in _misreadings(markup, n_foreign):
        for encoding in encodings:
            read = octets.decode(encoding, "replace")
            if read.count(LOST) <= _MOST_LOST * n_foreign and _reads(read):
                return read
    return None


def _misreadings(markup: str, n_foreign: int) -> Iterator[tuple[bytes, tuple[str, ...]]]:
    """Yield the bytes that may have been read as Latin-1 or cp1252, or as GBK, and what they can be."""
    if len(HANZI_RE.findall(markup)) <= _MOST_HAN * n_foreign:
        with suppress(UnicodeEncodeError):
            yield markup.translate(_CP1252).encode("latin-1"), ("utf-8", "gb18030")
    with suppress(UnicodeEncodeError):
        yield markup.encode("gb18030"), ("utf-8",)


def _reads(markup: str) -> bool:
    n_foreign = len(FOREIGN_RE.findall(markup))
    return len(HANZI_RE.findall(markup)) >= _LEAST_HAN * n_foreign > 0
