"""Names of files that are not UTF-8: how they are shown, and the file that a shown name stands for.

An archive packed on a Chinese Windows and unpacked on Linux leaves names in GBK. Python keeps their bytes as lone
surrogates, which no table, terminal or page can hold.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Collection
from pathlib import Path

from pipeline.lazy_re import lazy_re

TWO_BYTE_RE = lazy_re(r"[\u0250-\u07ff]")  # two bytes in UTF-8, as characters of GBK; Latin letters aside
HAS_CHINESE_RE = lazy_re(r"[\u3400-\u9fff]")


def shown_name(name: str, beside: Collection[str] = ()) -> str:
    r"""Return a name of a file as text: read as GBK where its bytes are that, else with those that are no UTF-8 as \x81.

    A reading that is the name of another file `beside` it is not taken.

    >>> shown_name("通知.txt"), shown_name("通知.txt".encode("gbk").decode("utf-8", "surrogateescape"))
    ('通知.txt', '通知.txt')
    >>> shown_name("caf\udce9.txt"), shown_name("Приказ.txt")
    ('caf\\xe9.txt', 'Приказ.txt')
    """
    try:
        raw = name.encode("utf-8")
        if not _is_of_mixed_scripts(name):
            return name
    except UnicodeEncodeError:
        raw = name.encode("utf-8", "surrogateescape" if _is_of_bytes(name) else "backslashreplace")
    try:
        read = raw.decode("gb18030")
    except UnicodeDecodeError:
        read = ""
    if HAS_CHINESE_RE.search(read) and read.isprintable() and read not in beside:
        return read
    return raw.decode("utf-8", "backslashreplace")


def _is_of_mixed_scripts(name: str) -> bool:
    """Tell whether a name is of letters of several scripts, none of them Chinese: 通知 in GBK is UTF-8 of two such letters."""
    strange = TWO_BYTE_RE.findall(name)
    if not strange or HAS_CHINESE_RE.search(name):
        return False
    return len({unicodedata.name(letter, "").split(" ")[0] for letter in strange}) > 1


def _is_of_bytes(name: str) -> bool:
    """Tell whether all that is no character in a name stands for a byte; Windows has other halves of characters too."""
    return all(not "\ud800" <= c <= "\udfff" or "\udc80" <= c <= "\udcff" for c in name)


def shown_path(path: Path) -> str:
    """Return a path as text, each of its names as `shown_name` gives it."""
    given = path.as_posix()
    return "/".join(map(shown_name, given.split("/")))


def on_disk(path: Path) -> Path:
    """Return the path of the file that a path stands for, names in it given as they are shown or as they are.

    One that stands for no file is returned as it is.
    """
    if os.path.lexists(path):
        return path
    found = Path(path.anchor)
    for part in path.relative_to(path.anchor).parts:
        if not os.path.lexists(found / part):
            try:
                names = os.listdir(found)
            except OSError:
                return path
            here = set(names)
            part = next((name for name in sorted(names) if shown_name(name, here) == part), "")
            if not part:
                return path
        found /= part
    return found
