"""The title that a file states among its properties."""

from __future__ import annotations

from pipeline.lazy_re import lazy_re

HAS_CHINESE_RE = lazy_re(r"[\u3400-\u9fff]")


def file_title(stated: str) -> str | None:
    """Return the title in a file's properties, None for what a program put there by itself.

    >>> file_title("关于做好招生工作的通知"), file_title("Microsoft Word - 1.doc")
    ('关于做好招生工作的通知', None)
    """
    return stated if HAS_CHINESE_RE.search(stated) else None
