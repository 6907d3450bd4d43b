"""Titles that stand elsewhere than in the first line: what a decree enacts, a notice hands out, a letter is headed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.lazy_re import lazy_re
from pipeline.structure.doc_types import type_of_title
from pipeline.structure.title_lines import tidy

ENACTED_RE = lazy_re(
    r"(?:公布|发布|施行|通过)[^《》]{0,20}《(?P<title>[^《》]{4,60})》|《(?P<other>[^《》]{4,60})》"
)
HANDED_OUT_RE = lazy_re(
    r"《(?P<title>[^《》]{4,80})》[^《》。；\n]{0,60}[，,]?\s?现(?:予以?)?印发|现(?:将)?《(?P<other>[^《》]{4,80})》[^《》。；\n]{0,20}印发"
)
LETTER_RE = lazy_re(r"[\u4e00-\u9fff]{0,30}关于[^，。：]{4,80}(?:答复函|答复意见|的答复|复函|的函)")


def _bare(line: str) -> str:
    return re.sub(r"\s", "", line)


def enacted_title(head: Sequence[str]) -> str | None:
    """Return the title of what a decree puts into force: printed below it, or at least named in it."""
    enacted = next((m["title"] or m["other"] for line in head[:4] if (m := ENACTED_RE.search(line))), None)
    for line in head[:12]:
        if enacted is not None and _bare(line) == _bare(enacted):
            return tidy(line)
    return enacted


def handed_out(head: Sequence[str]) -> str | None:
    """Return the title of what a notice without a title hands out, where it is printed below it.

    >>> handed_out(["各乡镇人民政府：", "《青山县供水工作方案》已经县政府同意，现印发给你们。", "青山县供水工作方案"])
    '青山县供水工作方案'
    """
    for i, line in enumerate(head[:6]):
        if match := HANDED_OUT_RE.search(line[:400]):
            title = match["title"] or match["other"]
            return next((tidy(low) for low in head[i + 1 :] if _bare(low) == _bare(title)), None)
    return None


def headed_letter(head: Sequence[str]) -> str | None:
    """Return the title of an answer printed below the form of what it answers: right above whom it addresses.

    >>> headed_letter(["建议号：21号", "提案人：王某", "青山县教育局关于第21号建议的答复函", "王某代表："])
    '青山县教育局关于第21号建议的答复函'
    """
    for line, below in itertools.pairwise(head):
        if below.endswith("：") and len(below) <= 40 and LETTER_RE.fullmatch(line) and type_of_title(line):
            return tidy(line)
    return None
