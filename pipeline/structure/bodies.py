"""Names of bodies that issue documents: 柳城县教育局, and several of them in one line."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from pipeline.lazy_re import compiled_once, lazy_re
from pipeline.lexicon import words
from pipeline.structure.dates import DATE_RE

HAN = r"[\u4e00-\u9fff·]"
GLUED_RE = lazy_re(
    r"(?P<first>(?:中共)?(?P<place>[\u4e00-\u9fff]{2,8}?[省市县区旗州盟])[\u4e00-\u9fff]{1,20}?)(?P<rest>(?:中共)?(?P=place)[\u4e00-\u9fff]{2,60})"
)
SEAL_RE = lazy_re(r"[（(](?:盖?章|公章|印章|代章|签章|印)[）)]")


@functools.cache
def _body_re() -> re.Pattern[str]:
    endings = "|".join(sorted(map(re.escape, words("issuer_suffixes.txt")), key=len, reverse=True))
    return compiled_once(
        rf"(?:{HAN}|（[\u4e00-\u9fff]{{1,10}}）){{0,30}}(?:{endings})(?:（[\u4e00-\u9fff]{{1,12}}）)?"
    )


def is_body(name: str) -> bool:
    """Say whether a name is that of a body which issues documents.

    >>> is_body("柳城县教育局"), is_body("全县各中小学"), is_body("促进教育均衡")
    (True, False, False)
    """
    return (
        2 < len(name) <= 34
        and not name.startswith(("各", "全县", "全市", "有关", "走进", "走近", "探访"))
        and "（略）" not in name  # a masked name is nobody's
        and bool(_body_re().fullmatch(name))
    )


def split_names(line: str) -> tuple[str, ...]:
    """Return the bodies that a line names, none when it holds anything else.

    >>> split_names("国务院办公厅　中央军委办公厅")
    ('国务院办公厅', '中央军委办公厅')
    """
    line = SEAL_RE.sub("", line)
    whole = re.sub(r"\s+", "", line)
    names: tuple[str, ...]
    if glued := GLUED_RE.fullmatch(whole):  # no body names its place twice: 青山县教育局青山县财政局
        names = split_names(glued["first"]) + split_names(glued["rest"])
        if len(names) >= 2:
            return names
    if is_body(whole) and (len(whole) <= 12 or len(line.split()) == 1):
        names = (whole,)
        parts = tuple(line.split())
        if len(parts) > 1 and all(is_body(p) for p in parts):
            names = parts
    else:
        names = tuple(part for part in re.split(r"[\s、，]+", line) if part)
    return names if names and all(is_body(name) for name in names) else ()


def names_in(block: Sequence[str]) -> str | None:
    """Return the bodies of a signature, one or several a line, their date left out.

    >>> names_in(["柳城县教育局 柳城县财政局", "柳城县民政局", "2023年3月30日"])
    '柳城县教育局、柳城县财政局、柳城县民政局'
    """
    names: list[str] = []
    for line in block:
        match = DATE_RE.search(line)
        names += split_names(line[: match.start()] if match else line)
    return "、".join(dict.fromkeys(names)) or None
