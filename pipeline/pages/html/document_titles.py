"""Lines worded as the title of a document (关于…的通知, …实施方案), and the one that stands above a text."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from pipeline import lexicon
from pipeline.lazy_re import lazy_re
from pipeline.pages.html.labels import FOLDED, has_label, is_bar

OPENS_RE = lazy_re(r"关于|印发|转发|批转")
HANDS_ON_RE = lazy_re(r"转发|批转|印发|等(?:\S{1,3}个?)?(?:部门|单位)$")  # …转发县教育局等部门 | 关于…的通知
NO_PIECE_RE = lazy_re(r"[。；！？：:>》|｜\t]|(?:文件|第.{1,5}号)$")
BRACKETED_RE = lazy_re(r"\s{0,4}[（(〔\[【][^（）()〔〕\[\]【】]{1,40}[）)〕\]】]\s{0,4}$")
MENU_RE = lazy_re(
    r"[\u4e00-\u9fff]{2,6}(?:[ \u3000]{1,9}[\u4e00-\u9fff]{2,6}){2,20}"
)  # 公开指南 公开制度 公开年报
_LONG_ENOUGH = 8  # characters of a title without 关于: shorter ones are columns
_LONGEST = 150
_MOST_PIECES = 3  # lines of one title
_MOST_BELOW = 8  # lines between a title and its text
_MOST_SHARED = 0.6  # of the pairs of characters of an abridged title


@functools.cache
def _words() -> tuple[frozenset[str], tuple[int, ...]]:
    words = frozenset(row["word"] for row in lexicon.table("doc_types.csv"))
    return words, tuple(sorted({len(word) for word in words}))


def is_document_title(line: str) -> bool:
    """Tell a line that ends in the name of a kind of document and is too long, or worded too fully, for a column of a site.

    >>> [is_document_title(one) for one in ("青山县2023年防火工作方案", "关于停水的通告（第3号）", "通知公告", "公开指南 公开制度 公开年报")]
    [True, True, False, False]
    """
    bare = line.strip().translate(FOLDED)
    if len(bare) > _LONGEST or "。" in bare or MENU_RE.fullmatch(bare):
        return False
    for _ in range(3):
        bare = BRACKETED_RE.sub("", bare)
    bare = bare.rstrip("》”")
    words, lengths = _words()
    is_named = any(bare[-length:] in words for length in lengths)
    return is_named and (len(bare) >= _LONG_ENOUGH or OPENS_RE.search(bare) is not None)


def _is_piece(line: str) -> bool:
    """Tell a line that may be the upper half of a title broken by hand."""
    return not (len(line) > 60 or NO_PIECE_RE.search(line) or is_bar(line) or is_document_title(line))


def title_above(
    before: Sequence[str], is_below_title: Callable[[str], bool], is_site: Callable[[str], bool]
) -> str | None:
    """Return the title right above a text, joined where it is broken; only info bars and lines of a masthead may stand between.

    >>> title_above(["首页", "青山县人民政府关于做好", "防火工作的通知"], lambda line: False, lambda line: False)
    '青山县人民政府关于做好防火工作的通知'
    """
    at = len(before)
    while at > max(0, len(before) - _MOST_BELOW) and is_below_title(before[at - 1].strip()):
        at -= 1
    whole, best, is_opened = "", None, False
    for n, line in enumerate(reversed([one.strip() for one in before[max(0, at - _MOST_PIECES) : at]])):
        if has_label(line) or is_site(line) or (n and not _is_piece(line)):
            break
        if is_opened and not HANDS_ON_RE.search(line):
            break
        whole = line + whole
        is_opened = OPENS_RE.search(whole) is not None
        if is_document_title(whole) and (is_opened or not n):
            best = whole
    return best


def is_abridged(title: str, headline: str) -> bool:
    """Tell whether a title says a headline in fewer words; both are keys, letters and digits alone.

    >>> is_abridged("青山县农村低保对象公示", "青山县第二季度农村低保对象公示"), is_abridged("青山县统计公报", "青山县人民政府公报")
    (True, False)
    """
    pairs = {title[at : at + 2] for at in range(len(title) - 1)}
    n_shared = sum(pair in headline for pair in pairs)
    return len(headline) > len(title) and bool(pairs) and n_shared >= _MOST_SHARED * len(pairs)
