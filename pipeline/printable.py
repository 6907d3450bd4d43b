"""Words of documents made fit for a terminal."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

# what a hostile page could steer a terminal with, or hide: controls, bidi and zero-width marks, halves of pairs, tags
UNPRINTABLE_RE = lazy_re(
    "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff\\ufff9-\\ufffb"
    "\\ud800-\\udfff\\U000e0000-\\U000e0fff]"
)


def printable(text: str) -> str:
    """Return text that is safe in a terminal: controls and what cannot be seen become U+FFFD.

    >>> printable("四个\\x1b[31m强化\\n") == "四个\\ufffd[31m强化\\n"
    True
    """
    return UNPRINTABLE_RE.sub("\ufffd", text)
